import { isRecord } from '../../../shared/records';
import { detail, PaypalError, type Detail } from './errors';
import { statusOf, type Issue } from './issues';
import { isCurrency, minorOf } from './money';

export interface Amount {
  readonly minor: number;
  readonly currency: string;
}

export type Hash = Readonly<Record<string, unknown>>;

const mostMinor = 9_000_000_000_000_000;

/** Reads a body field by field and says at the end everything that is wrong with it: first its form, then its sense. */
export class Reading {
  private readonly found: Detail[] = [];

  wrong(issue: Issue, field: string, value?: unknown): void {
    this.found.push(detail(issue, { field, location: 'body', ...(typeof value === 'string' || typeof value === 'number' ? { value: String(value) } : {}) }));
  }

  done(): void {
    const form = this.found.filter(({ issue }) => statusOf(issue as Issue) === 400);
    if (form.length > 0) throw new PaypalError(400, form);
    if (this.found.length > 0) throw new PaypalError(422, this.found);
  }

  hash(value: unknown, field: string, needed = false): Hash | null {
    if (value === undefined || value === null) {
      if (needed) this.wrong('MISSING_REQUIRED_PARAMETER', field);
      return null;
    }
    if (isRecord(value)) return value;
    this.wrong('INVALID_PARAMETER_SYNTAX', field, value);
    return null;
  }

  list(value: unknown, field: string, { min = 0, max = 100, needed = false } = {}): readonly unknown[] {
    if (value === undefined || value === null) {
      if (needed) this.wrong('MISSING_REQUIRED_PARAMETER', field);
      return [];
    }
    if (!Array.isArray(value)) {
      this.wrong('INVALID_PARAMETER_SYNTAX', field);
      return [];
    }
    if (value.length < min) this.wrong('INVALID_ARRAY_MIN_ITEMS', field);
    if (value.length > max) this.wrong('INVALID_ARRAY_MAX_ITEMS', field);
    return value;
  }

  text(value: unknown, field: string, { min = 1, max = 2_048, needed = false } = {}): string | null {
    if (value === undefined || value === null) {
      if (needed) this.wrong('MISSING_REQUIRED_PARAMETER', field);
      return null;
    }
    if (typeof value !== 'string') {
      this.wrong('INVALID_PARAMETER_SYNTAX', field, value);
      return null;
    }
    if (value.length < min || value.length > max) {
      this.wrong('INVALID_STRING_LENGTH', field, value);
      return null;
    }
    return value;
  }

  choice<T extends string>(value: unknown, field: string, choices: readonly T[], needed = false): T | null {
    const given = this.text(value, field, { max: 255, needed });
    if (given === null) return null;
    const found = choices.find((one) => one === given);
    if (found === undefined) this.wrong('INVALID_PARAMETER_VALUE', field, given);
    return found ?? null;
  }

  flag(value: unknown, field: string): boolean | null {
    if (value === undefined || value === null) return null;
    if (typeof value === 'boolean') return value;
    this.wrong('INVALID_PARAMETER_SYNTAX', field, value);
    return null;
  }

  url(value: unknown, field: string): string | null {
    const given = this.text(value, field);
    if (given === null) return null;
    if (URL.canParse(given) && /^https?:$/u.test(new URL(given).protocol)) return given;
    this.wrong('INVALID_PARAMETER_SYNTAX', field, given);
    return null;
  }

  /** An amount; more than nothing unless zero is good enough. */
  money(value: unknown, field: string, { zero = false, needed = false } = {}): Amount | null {
    const given = this.hash(value, field, needed);
    if (given === null) return null;
    const currency = this.text(given['currency_code'], `${field}/currency_code`, { min: 3, max: 3, needed: true });
    const text = this.text(given['value'], `${field}/value`, { max: 32, needed: true });
    if (currency === null || text === null) return null;
    if (!isCurrency(currency)) {
      this.wrong('INVALID_CURRENCY_CODE', `${field}/currency_code`, currency);
      return null;
    }
    const minor = minorOf(text, currency);
    if (minor === 'syntax') this.wrong('INVALID_PARAMETER_SYNTAX', `${field}/value`, text);
    else if (minor === 'precision') this.wrong('DECIMAL_PRECISION', `${field}/value`, text);
    else if (minor === 'no decimals') this.wrong('DECIMALS_NOT_SUPPORTED', `${field}/value`, text);
    else if (minor > mostMinor) this.wrong('MAX_VALUE_EXCEEDED', `${field}/value`, text);
    else if (minor < 0 && zero) this.wrong('CANNOT_BE_NEGATIVE', `${field}/value`, text);
    else if (minor <= 0 && !zero) this.wrong('CANNOT_BE_ZERO_OR_NEGATIVE', `${field}/value`, text);
    else return { minor, currency };
    return null;
  }
}
