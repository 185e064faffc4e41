import { hash } from 'node:crypto';
import type { Offer } from '../domain/offer';

/** Tells whether a source says the same as last time, without reading all of it back. When it was seen does not matter. */
export const contentHash = ({ url, auctionUrl, status, facts }: Offer): string =>
  hash('sha1', JSON.stringify([url, auctionUrl, status, sorted(facts)]), 'base64url');

/** The same facts give the same text, in whatever order their members were written. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, inner]) => [key, sorted(inner)]);
}
