import type { Pagination } from '../reply/results';
import { decodeIdCursor, encodeCursor } from './cursor';
import { type PageQuery, type PageWindow, pageWindow, paginationOf } from './page';

/** Where a page of a list in the order of its ids begins: after the id of a cursor, or so many entries in. `binding` is the list that a cursor belongs to. */
export function idWindow(query: PageQuery, binding: unknown): PageWindow & { readonly after: string | null } {
  if (query.cursor === undefined) return { ...pageWindow(query), after: null };
  return { limit: query.per_page, offset: 0, after: decodeIdCursor(query.cursor, binding) };
}

/** What is told of such a page; `next` is the id that the next one begins after. */
export const idPagination = (query: PageQuery, { total, next }: { readonly total: number; readonly next: string | null }, binding: unknown): Pagination =>
  paginationOf({ page: query.page, perPage: query.per_page, total, nextCursor: next === null ? null : encodeCursor([next], binding) });
