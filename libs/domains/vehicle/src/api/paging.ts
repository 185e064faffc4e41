import { isUuid } from '@autobroker/kernel';
import { decodeCursor, encodeCursor, pageWindow, paginationOf, ProblemError, rawJson, type PageQuery } from '@autobroker/platform/http';
import type { Position, Total } from '../application/criteria';
import type { JsonPage } from '../application/offer-reader';

/** Where a page begins: after a cursor, or so many entries in. `binding` is the list that a cursor belongs to. */
export function startOf(query: PageQuery, binding: unknown): { readonly offset: number } | { readonly after: Position } {
  if (query.cursor === undefined) return { offset: pageWindow(query).offset };
  const [value, id] = decodeCursor(query.cursor, binding);
  if ((typeof value !== 'string' && value !== null) || !isUuid(id)) throw new ProblemError('invalid_cursor');
  return { after: { value, id } };
}

export const cursorOf = (next: Position, binding: unknown): string => encodeCursor([next.value, next.id], binding);

/** The page with the cursor of the next one. */
export const sealed = ({ next, ...page }: JsonPage, binding: unknown) => ({ ...page, nextCursor: next === null ? null : cursorOf(next, binding) });

interface PageText extends Total {
  readonly json: string | Buffer;
  readonly nextCursor: string | null;
  readonly etag?: string;
}

export function pageAnswer(page: PageText, query: PageQuery) {
  const pagination = paginationOf({
    page: query.page,
    perPage: query.per_page,
    total: page.total,
    totalCapped: page.capped,
    nextCursor: page.nextCursor,
  });
  return rawJson(page.json, { etag: page.etag, pagination });
}

const kept = new WeakMap<PageText, WeakMap<PageQuery, ReturnType<typeof pageAnswer>>>();

/** As pageAnswer, for a page and a query that both come again and again: what is made of them is the same, too. */
export function keptPageAnswer(page: PageText, query: PageQuery) {
  let answers = kept.get(page);
  if (answers === undefined) kept.set(page, (answers = new WeakMap()));
  let answer = answers.get(query);
  if (answer === undefined) answers.set(query, (answer = pageAnswer(page, query)));
  return answer;
}
