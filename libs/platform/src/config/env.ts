import { z } from 'zod';

/** Schemas for what environment variables usually hold: each reads a text and gives the typed value. */

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };
const durationPattern = /^([0-9]{1,12})(ms|s|m|h|d)?$/;

/** Milliseconds from `250ms`, `30s`, `5m`, `1h`, `7d`; a bare number is milliseconds. Null when it is none of these. */
export function parseDuration(text: string): number | null {
  const match = durationPattern.exec(text.trim());
  if (match === null) return null;
  return Number(match[1]) * (units[match[2] ?? 'ms'] ?? 1);
}

interface Range {
  readonly min?: number;
  readonly max?: number;
}

function checkRange(value: number, { min, max }: Range, fail: (message: string) => void): void {
  if (min !== undefined && value < min) fail(`must be at least ${min}`);
  if (max !== undefined && value > max) fail(`must be at most ${max}`);
}

export const env = {
  int: (range: Range = {}) =>
    z
      .string()
      .transform((text, ctx) => {
        const value = /^-?[0-9]{1,15}$/.test(text) ? Number(text) : null;
        if (value === null) {
          ctx.addIssue('must be a whole number');
          return z.NEVER;
        }
        checkRange(value, range, (message) => ctx.addIssue(message));
        return value;
      })
      .meta({ kind: rangeText('integer', range) }),

  number: (range: Range = {}) =>
    z
      .string()
      .transform((text, ctx) => {
        const value = /^-?[0-9]{1,15}(\.[0-9]{1,15})?$/.test(text) ? Number(text) : null;
        if (value === null) {
          ctx.addIssue('must be a number');
          return z.NEVER;
        }
        checkRange(value, range, (message) => ctx.addIssue(message));
        return value;
      })
      .meta({ kind: rangeText('number', range) }),

  bool: () =>
    z
      .string()
      .transform((text, ctx) => {
        const value = text.toLowerCase();
        if (['true', '1', 'yes', 'on'].includes(value)) return true;
        if (['false', '0', 'no', 'off'].includes(value)) return false;
        ctx.addIssue('must be true or false');
        return z.NEVER;
      })
      .meta({ kind: 'boolean' }),

  duration: (range: Range = {}) =>
    z
      .string()
      .transform((text, ctx) => {
        const value = parseDuration(text);
        if (value === null) {
          ctx.addIssue('must be a duration such as 250ms, 30s, 5m, 1h or 7d');
          return z.NEVER;
        }
        checkRange(value, range, (message) => ctx.addIssue(`${message} (milliseconds)`));
        return value;
      })
      .meta({ kind: 'duration' }),

  list: (separator = ',') =>
    z
      .string()
      .transform((text) =>
        text
          .split(separator)
          .map((part) => part.trim())
          .filter((part) => part !== ''),
      )
      .meta({ kind: 'list' }),

  url: (options: { protocols?: readonly string[] } = {}) =>
    z
      .string()
      .superRefine((text, ctx) => {
        if (!URL.canParse(text)) {
          ctx.addIssue('must be a URL');
          return;
        }
        const protocol = new URL(text).protocol.replace(/:$/, '');
        if (options.protocols !== undefined && !options.protocols.includes(protocol)) {
          ctx.addIssue(`must begin with ${options.protocols.map((name) => `${name}://`).join(' or ')}`);
        }
      })
      .meta({ kind: 'URL' }),

  text: (options: { min?: number; max?: number } = {}) =>
    z
      .string()
      .min(options.min ?? 1)
      .max(options.max ?? 10_000)
      .meta({ kind: 'text' }),

  oneOf: <const V extends readonly [string, ...string[]]>(values: V) => z.enum(values),
};

function rangeText(name: string, { min, max }: Range): string {
  if (min !== undefined && max !== undefined) return `${name}, ${min} to ${max}`;
  if (min !== undefined) return `${name} ≥ ${min}`;
  if (max !== undefined) return `${name} ≤ ${max}`;
  return name;
}
