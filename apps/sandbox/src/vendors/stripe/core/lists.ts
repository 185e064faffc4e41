import { invalid, missing } from './errors';
import type { RawHash } from './form';
import { hash, int, readParams, text, type Given, type Spec } from './params';
import { pageOf, type Page } from './render';
import type { Row, Table } from '../../../shared/store';

const moment = int({ min: 0 });
const range = hash({ gt: moment, gte: moment, lt: moment, lte: moment });

const paging = {
  limit: int({ min: 1, max: 100 }),
  starting_after: text(),
  ending_before: text(),
  created: (raw: RawHash[string], name: string) => (typeof raw === 'string' ? { gte: moment(raw, name), lte: moment(raw, name) } : range(raw, name)),
} as const;

export interface Listing<T extends Row, S extends Spec> {
  readonly table: Table<T>;
  readonly url: string;
  /** How the object is called in "No such …". */
  readonly noun: string;
  readonly filters: S;
  readonly fits: (row: T, given: Given<S>) => boolean;
}

/** Refuses a list of what belongs to nobody. */
export function checkOwner(raw: RawHash, param: string, noun: string, known: (id: string) => object | undefined): void {
  const id = raw[param];
  if (typeof id === 'string' && id !== '' && known(id) === undefined) throw missing(noun, id, param, 400);
}

/** A few things that are kept in another one, in their own order; cursors are ids. */
export function listItems<T extends { readonly id: string }>(items: readonly T[], url: string, noun: string, raw: RawHash): Page {
  const { limit = 10, starting_after: after, ending_before: before } = readParams({ limit: paging.limit, starting_after: paging.starting_after, ending_before: paging.ending_before }, raw);
  const cursor = after ?? before;
  const at = cursor === undefined ? -1 : items.findIndex(({ id }) => id === cursor);
  if (cursor !== undefined && at < 0) throw missing(noun, cursor, after === undefined ? 'ending_before' : 'starting_after', 400);
  if (before !== undefined) return pageOf(url, items.slice(Math.max(0, at - limit), at), at > limit);
  return pageOf(url, items.slice(at + 1, at + 1 + limit), items.length > at + 1 + limit);
}

/** The newest first; cursors are ids. */
export function listRows<T extends Row, S extends Spec>({ table, url, noun, filters, fits }: Listing<T, S>, raw: RawHash): Page {
  const ofPaging = Object.fromEntries(Object.entries(raw).filter(([name]) => Object.hasOwn(paging, name)));
  const page = readParams(paging, ofPaging);
  const given = readParams(filters, Object.fromEntries(Object.entries(raw).filter(([name]) => !Object.hasOwn(paging, name))));
  const { limit = 10, starting_after: after, ending_before: before, created } = page;
  if (after !== undefined && before !== undefined) throw invalid('Only one of the following parameters may be set: starting_after, ending_before.', { code: 'parameters_exclusive', param: 'ending_before' });
  const cursor = after ?? before;
  const place = cursor === undefined ? undefined : table.placeOf(cursor);
  if (cursor !== undefined && place === undefined) throw missing(noun, cursor, after === undefined ? 'ending_before' : 'starting_after', 400);

  const matches = (row: T): boolean => {
    if (created !== undefined && !within(row.created, created)) return false;
    return fits(row, given);
  };
  const found: T[] = [];
  const rows = before === undefined ? table.newestFirst() : table.oldestFirst();
  for (const row of rows) {
    const at = table.placeOf(row.id) ?? 0;
    if (place !== undefined && (before === undefined ? at >= place : at <= place)) continue;
    if (!matches(row)) continue;
    found.push(row);
    if (found.length > limit) break;
  }
  const data = found.slice(0, limit);
  return pageOf(url, before === undefined ? data : data.reverse(), found.length > limit);
}

const within = (at: number, { gt, gte, lt, lte }: Given<{ gt: typeof moment; gte: typeof moment; lt: typeof moment; lte: typeof moment }>): boolean =>
  (gt === undefined || at > gt) && (gte === undefined || at >= gte) && (lt === undefined || at < lt) && (lte === undefined || at <= lte);
