import type { ListQuery, VehicleCriteria } from '../../application/criteria';
import { collectSql, oneSql, severalSql, walkAttempts, walksOn, type Asking, type Statement } from './vehicle-list';

const after = (value: string | null) => ({ after: { value, id: '00000000-0000-7000-8000-000000000000' } });
const criteria: VehicleCriteria[] = [
  { status: ['available'] },
  { status: ['available', 'reserved'] },
  { status: ['sold'], make: ['BMW'] },
  { status: ['sold'], make: ['BMW', 'Audi'], price: { min: 5, max: undefined } },
  { status: ['sold'], make: ['BMW'], price: { min: undefined, max: 5 }, hasImages: true },
];
const froms: ListQuery['from'][] = [{ offset: 0 }, { offset: 40 }, after('7'), after(null)];
const shapes: Pick<ListQuery, 'fields' | 'include'>[] = [{ fields: null, include: [] }, { fields: ['id', 'price'], include: [] }, { fields: ['id', 'reference_price', 'description'], include: [] }];
const orders: ListQuery['order'][] = [{ by: 'price', descending: true }, { by: 'price', descending: false }, { by: 'year', descending: true }];
const askers: Asking[] = [{ tenantId: null, currency: 'EUR' }, { tenantId: '00000000-0000-7000-8000-000000000001', currency: 'EUR' }];

const placeholders = ({ sql }: Statement): number[] => [...new Set([...sql.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number)))].sort((a, b) => a - b);
const everyOne = ({ params }: Statement): number[] => params.map((_, index) => index + 1);

it('a text that is kept is asked with the parameters that it names, whatever was asked before', () => {
  const texts = new Map<string, string>();
  for (const round of [1, 2]) {
    for (const [c, some] of criteria.entries()) for (const [f, from] of froms.entries()) for (const [s, shape] of shapes.entries()) for (const [o, order] of orders.entries()) for (const [a, asking] of askers.entries()) {
      const statement = collectSql({ criteria: some, order, perPage: 20 * round, from, ...shape }, asking);
      expect(placeholders(statement)).toEqual(everyOne(statement));
      // A first page and a later one are one text; everything else makes another.
      const name = [c, f < 2 ? 0 : f, s, o, a].join();
      expect(texts.get(name) ?? statement.sql).toBe(statement.sql);
      texts.set(name, statement.sql);
    }
  }
  expect(new Set(texts.values()).size).toBe(texts.size);
});

it('so is that of one vehicle, and of several', () => {
  for (const asking of [...askers, ...askers]) {
    for (const shape of shapes) {
      const one = oneSql('00000000-0000-7000-8000-000000000000', shape, asking);
      expect(placeholders(one)).toEqual(everyOne(one));
    }
    const several = severalSql(['00000000-0000-7000-8000-000000000000'], asking);
    expect(placeholders(several)).toEqual(everyOne(several));
    expect(several.sql).toContain('select v.id');
  }
});

it('from the beginning of a list a walk looks a little at first, and on only where it has found some', () => {
  const walk = (perPage: number, from: ListQuery['from']): readonly number[] =>
    walkAttempts({ criteria: {}, order: { by: 'price', descending: false }, perPage, from, fields: null, include: [] });
  expect(walk(20, { offset: 0 })).toEqual([600, 4_040]);
  // Enough for the page where one in ten is wanted.
  expect(walk(100, { offset: 0 })).toEqual([1_400, 4_200]);
  // None behind an offset may mean some before it; the page before a cursor was not far away.
  expect(walk(20, { offset: 40 })).toEqual([4_120]);
  expect(walk(20, after('7'))).toEqual([4_040]);
  expect([0, 1, 20].map(walksOn)).toEqual([false, true, true]);
});
