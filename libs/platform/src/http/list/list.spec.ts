import fc from 'fast-check';
import { z } from 'zod';
import { ProblemError } from '../errors/problem-error';
import { idPagination, idWindow } from './by-id';
import { configureCursors, decodeCursor, encodeCursor } from './cursor';
import { pageWindow, paginationOf } from './page';
import { parseFields, parseSort, pickFields } from './selection';

describe('cursors', () => {
  const binding = { sort: '-price', make: ['BMW'] };
  const code = (work: () => unknown): string => {
    try {
      work();
    } catch (error) {
      if (error instanceof ProblemError) return error.code;
    }
    return 'accepted';
  };

  it('lead through a list in the order of its ids', () => {
    const id = '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b60';
    expect(idWindow({ page: 3, per_page: 20 }, binding)).toEqual({ limit: 20, offset: 40, after: null });
    const { next_cursor: cursor } = idPagination({ page: 1, per_page: 20 }, { total: 50, next: id }, binding);
    expect(idWindow({ page: 3, per_page: 20, cursor: cursor ?? '' }, binding)).toEqual({ limit: 20, offset: 0, after: id });
    expect(code(() => idWindow({ page: 1, per_page: 20, cursor: encodeCursor(['no id'], binding) }, binding))).toBe('invalid_cursor');
    expect(idPagination({ page: 1, per_page: 20 }, { total: 5, next: null }, binding).next_cursor).toBeNull();
  });

  it('open to the place they were made of', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.string(), fc.integer(), fc.constant(null))), (position) => {
        expect(decodeCursor(encodeCursor(position, binding), binding)).toEqual(position);
      }),
    );
  });

  it('do not open when anything in them is changed', () => {
    const cursor = encodeCursor([1899000, '0192f0c1'], binding);
    // The last character of a base64 text has bits that carry nothing, so it may change without changing anything.
    const dot = cursor.indexOf('.');
    const places = [...cursor].flatMap((_, at) => (at === dot - 1 || at === cursor.length - 1 ? [] : [at]));
    fc.assert(
      fc.property(fc.constantFrom(...places), fc.constantFrom('A', 'b', '3', '-', '.'), (at, char) => {
        fc.pre(cursor[at] !== char);
        const changed = cursor.slice(0, at) + char + cursor.slice(at + 1);
        expect(code(() => decodeCursor(changed, binding))).toBe('invalid_cursor');
      }),
    );
  });

  it('belong to one sort and filter', () => {
    const cursor = encodeCursor([1], binding);
    expect(code(() => decodeCursor(cursor, { ...binding, sort: 'price' }))).toBe('invalid_cursor');
    for (const nonsense of ['', '.', 'a', 'a.b', 'a.b.c', '\u0000'])
      expect(code(() => decodeCursor(nonsense, binding))).toBe('invalid_cursor');
  });

  it('open only with the secret they were signed with', () => {
    const cursor = encodeCursor([1], binding);
    configureCursors('another secret');
    expect(code(() => decodeCursor(cursor, binding))).toBe('invalid_cursor');
  });
});

describe('pages', () => {
  it('reach as far as is counted', () => {
    expect(pageWindow({ page: 100, per_page: 100 })).toEqual({ limit: 100, offset: 9_900 });
    expect(() => pageWindow({ page: 101, per_page: 100 })).toThrow(ProblemError);
  });
  it('say when there is more than was counted', () => {
    expect(paginationOf({ page: 1, perPage: 20, total: 10_001 })).toEqual({
      page: 1,
      per_page: 20,
      total: 10_000,
      total_pages: 500,
      total_capped: true,
    });
    expect(paginationOf({ page: 1, perPage: 20, total: 10_000 })).toEqual({
      page: 1,
      per_page: 20,
      total: 10_000,
      total_pages: 500,
    });
    expect(paginationOf({ page: 1, perPage: 20, total: 0 }).total_pages).toBe(0);
  });
});

describe('choices in a query string', () => {
  const query = z.object({ sort: parseSort(['price', 'year'], { max: 2 }), fields: parseFields(['id', 'price']) });
  it('come in one order, however they were written', () => {
    expect(query.parse({ fields: 'price,id,price' }).fields).toEqual(['id', 'price']);
    expect(pickFields({ id: 1, price: 2, secret: 3 }, ['id', 'price'])).toEqual({ id: 1, price: 2 });
  });
  it.each(['price,price', '-price,price', '--price', '', 'price;drop', 'price,'])('refuse sort=%s', (sort) => {
    expect(query.safeParse({ sort }).success).toBe(false);
  });
});
