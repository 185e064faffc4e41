import type { ErrorClass } from './run';

/** What comes back by itself when one waits; the rest is the same at every attempt. */
const passing: ReadonlySet<ErrorClass> = new Set<ErrorClass>(['timeout', 'network', 'rate_limited', 'server_error', 'blocked', 'circuit_open', 'own_limit', 'unauthorized', 'internal']);
/** What we do to ourselves: it says nothing of the page, nor of its source. */
export const isOurs = (error: ErrorClass): boolean => error === 'circuit_open' || error === 'own_limit';

export const maxAttempts = 4;
const firstMs = 1_000;
const longestMs = 5 * 60_000;
/** A site that asks for more patience than this is left to the next run. */
const longestAskedMs = 15 * 60_000;

export type RetryVerdict = { readonly again: true; readonly afterMs: number } | { readonly again: false };

/**
 * Whether a page is asked for again, and when: doubling, bounded, with up to half of it at random, and never before the
 * moment the site itself has named.
 */
export function retryAfter(error: ErrorClass, attempts: number, askedMs: number | null, random: number): RetryVerdict {
  if (!passing.has(error) || (askedMs ?? 0) > longestAskedMs) return { again: false };
  if (attempts >= (isOurs(error) ? maxAttempts * 3 : maxAttempts)) return { again: false };
  const full = Math.min(longestMs, firstMs * 2 ** Math.max(0, attempts - 1));
  const own = Math.round(full * (1 - random / 2));
  return { again: true, afterMs: Math.max(own, askedMs ?? 0) };
}

/** `Retry-After` in seconds or as a date; null when it says neither. */
export function parseRetryAfter(header: string | null, now: Date): number | null {
  if (header === null) return null;
  const text = header.trim();
  if (/^\d{1,9}$/u.test(text)) return Number(text) * 1_000;
  const at = Date.parse(text);
  return Number.isNaN(at) || !/[A-Za-z]/u.test(text) ? null : Math.max(0, at - now.getTime());
}

/** A pause between two requests, drawn anew each time, never below what robots.txt asks for. */
export const delayBetween = (range: { readonly minMs: number; readonly maxMs: number }, crawlDelayMs: number | null, random: number): number =>
  Math.max(crawlDelayMs ?? 0, Math.round(range.minMs + (range.maxMs - range.minMs) * random));
