import { invalid, missing } from './errors';
import type { RawHash } from './form';
import { hash, int, readParams, text, type Given, type Spec } from './params';
import { pageOf, type Page } from './render';
import type { Row, Table } from '../../../shared/store';

const moment = int({ min: 0 });
const range = hash({ gt: moment, gte: moment, lt: moment, lte: moment });

const walking = { limit: int({ min: 1, max: 100 }), starting_after: text(), ending_before: text() } as const;

const paging = {
  ...walking,
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

/** The place that a page lies after, or before; none for the first one. */
function cursorIn({ starting_after: after, ending_before: before }: Given<typeof walking>, noun: string, placeOf: (id: string) => number | undefined): { readonly place: number | undefined; readonly backwards: boolean } {
  if (after !== undefined && before !== undefined) throw invalid('Only one of the following parameters may be set: starting_after, ending_before.', { code: 'parameters_exclusive', param: 'ending_before' });
  const cursor = after ?? before;
  const place = cursor === undefined ? undefined : placeOf(cursor);
  if (cursor !== undefined && place === undefined) throw missing(noun, cursor, after === undefined ? 'ending_before' : 'starting_after', 400);
  return { place, backwards: before !== undefined };
}

/** A few things that are kept in another one, in their own order; cursors are ids. */
export function listItems<T extends { readonly id: string }>(items: readonly T[], url: string, noun: string, raw: RawHash): Page {
  const page = readParams(walking, raw);
  const { limit = 10 } = page;
  const { place, backwards } = cursorIn(page, noun, (id) => [...items.keys()].find((at) => items[at]?.id === id));
  if (backwards && place !== undefined) return pageOf(url, items.slice(Math.max(0, place - limit), place), place > limit);
  const from = place === undefined ? 0 : place + 1;
  return pageOf(url, items.slice(from, from + limit), items.length > from + limit);
}

/** The newest first; cursors are ids. */
export function listRows<T extends Row, S extends Spec>({ table, url, noun, filters, fits }: Listing<T, S>, raw: RawHash): Page {
  const ofPaging = Object.fromEntries(Object.entries(raw).filter(([name]) => Object.hasOwn(paging, name)));
  const page = readParams(paging, ofPaging);
  const given = readParams(filters, Object.fromEntries(Object.entries(raw).filter(([name]) => !Object.hasOwn(paging, name))));
  const { limit = 10, created } = page;
  const { place, backwards } = cursorIn(page, noun, (id) => table.placeOf(id));

  const matches = (row: T): boolean => {
    if (created !== undefined && !within(row.created, created)) return false;
    return fits(row, given);
  };
  const found: T[] = [];
  const rows = backwards ? table.oldestFirst() : table.newestFirst();
  for (const row of rows) {
    const at = table.placeOf(row.id) ?? 0;
    if (place !== undefined && (backwards ? at <= place : at >= place)) continue;
    if (!matches(row)) continue;
    found.push(row);
    if (found.length > limit) break;
  }
  const data = found.slice(0, limit);
  return pageOf(url, backwards ? data.reverse() : data, found.length > limit);
}

const within = (at: number, { gt, gte, lt, lte }: Given<{ gt: typeof moment; gte: typeof moment; lt: typeof moment; lte: typeof moment }>): boolean =>
  (gt === undefined || at > gt) && (gte === undefined || at >= gte) && (lt === undefined || at < lt) && (lte === undefined || at <= lte);
