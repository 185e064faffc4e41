import { z } from 'zod';
import { ProblemError } from '../errors/problem-error';
import type { Pagination } from '../reply/results';

export const maxPerPage = 100;
/** How far `page` reaches and how far totals are counted: beyond it, cursors. */
export const maxDepth = 10_000;

/** Query parameters of every list. Spread its shape into the route's own: `z.object({ ...pageQuery.shape, … })`. */
export const pageQuery = z.object({
  page: z.int().min(1).max(1_000_000_000).default(1).meta({ description: 'Page number, from 1', example: 1 }),
  per_page: z.int().min(1).max(maxPerPage).default(20).meta({ description: 'Entries on a page', example: 20 }),
  cursor: z
    .string()
    .min(1)
    .max(1_024)
    .optional()
    .meta({ description: '`pagination.next_cursor` of the answer before; then `page` is not used' }),
});

export type PageQuery = z.output<typeof pageQuery>;

export interface PageWindow {
  readonly limit: number;
  readonly offset: number;
}

/** Rows to skip and take, refusing a page that reaches beyond what is counted. */
export function pageWindow(query: Pick<PageQuery, 'page' | 'per_page'>): PageWindow {
  const offset = (query.page - 1) * query.per_page;
  if (offset + query.per_page > maxDepth && offset >= maxDepth) {
    throw new ProblemError('page_too_deep', `Page ${query.page} of ${query.per_page} begins after entry ${maxDepth}.`, {
      errors: [{ pointer: '/query/page', code: 'page_too_deep', detail: 'Follow pagination.next_cursor instead.' }],
    });
  }
  return { limit: query.per_page, offset };
}

export interface PageInput {
  readonly page: number;
  readonly perPage: number;
  /** Counted to at most `maxDepth`. */
  readonly total: number;
  readonly totalCapped?: boolean;
  readonly nextCursor?: string | null;
}

export function paginationOf({ page, perPage, total, totalCapped, nextCursor }: PageInput): Pagination {
  const capped = totalCapped === true || total > maxDepth;
  const counted = Math.min(total, maxDepth);
  return {
    page,
    per_page: perPage,
    total: counted,
    total_pages: Math.ceil(counted / perPage),
    ...(capped ? { total_capped: true } : {}),
    ...(nextCursor === undefined ? {} : { next_cursor: nextCursor }),
  };
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly pagination: Pagination;
}

export const pageOf = <T>(items: readonly T[], input: PageInput): Page<T> => ({
  items,
  pagination: paginationOf(input),
});

export const paginationSchema = z
  .strictObject({
    page: z.int(),
    per_page: z.int(),
    total: z.int().meta({ description: 'Exact up to 10,000' }),
    total_pages: z.int(),
    total_capped: z.literal(true).optional().meta({ description: 'There are more than `total`' }),
    next_cursor: z.string().nullable().optional().meta({ description: 'For `cursor=`; null at the end' }),
  })
  .meta({ id: 'Pagination' });
