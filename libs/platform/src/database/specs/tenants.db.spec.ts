import { uuidv7 } from '@autobroker/kernel';
import { testDatabase, type TestDatabase } from '../../testing';
import { RowMissingError, scopeOf, systemScope, type Database, type TenantScope } from '..';
import { sample, ThingRepository, type Thing } from './sample';

const things = new ThingRepository();
const [north, south] = [uuidv7(), uuidv7()];
const [inNorth, inSouth] = [scopeOf({ tenantId: north }), scopeOf({ tenantId: south })];
const everywhere = systemScope('the spec looks at all of them');
let test: TestDatabase;
let db: Database;

beforeAll(async () => {
  test = await testDatabase({ services: [sample] });
  db = test.of('sample');
});
afterAll(() => test?.close());
beforeEach(() => db.query('delete from sample.things'));

async function put(scope: TenantScope, tenantId: string, label: string): Promise<Thing> {
  const row: Thing = { id: uuidv7(), tenantId, label, amount: 0, version: 1 };
  await db.transaction((tx) => things.insert(scope, tx, row));
  return row;
}

describe('a tenant’s repository', () => {
  it('finds, counts and locks only what belongs to the scope', async () => {
    const mine = await put(inNorth, north, 'car');
    const theirs = await put(inSouth, south, 'car');
    expect(await things.findById(inNorth, db, theirs.id)).toBeNull();
    expect((await things.findById(inNorth, db, mine.id))?.label).toBe('car');
    expect((await things.find(inNorth, db, { label: 'car' })).map(({ id }) => id)).toEqual([mine.id]);
    expect(await things.count(inSouth, db, {})).toBe(1);
    expect((await things.findOne(inSouth, db, { label: 'car' }))?.id).toBe(theirs.id);
    expect(await db.transaction((tx) => things.lockById(inNorth, tx, theirs.id))).toBeNull();
    expect(await things.count(everywhere, db, { label: 'car' })).toBe(2);
  });

  it('can’t be talked out of its filter by a condition with “or”', async () => {
    await put(inSouth, south, 'theirs');
    const found = await things.find(inNorth, db, { label: `x' or '1'='1` });
    expect(found).toEqual([]);
  });

  it('changes and removes only what belongs to the scope', async () => {
    const theirs = await put(inSouth, south, 'car');
    const update = db.transaction((tx) => things.update(inNorth, tx, theirs.id, 1, { label: 'stolen' }));
    await expect(update).rejects.toBeInstanceOf(RowMissingError);
    expect(await db.transaction((tx) => things.remove(inNorth, tx, theirs.id))).toBe(false);
    expect(await db.transaction((tx) => things.update(inSouth, tx, theirs.id, 1, { label: 'sold' }))).toBe(2);
    expect(await db.transaction((tx) => things.remove(inSouth, tx, theirs.id))).toBe(true);
  });

  it('refuses to insert for another tenant, and a scope without one', async () => {
    await expect(put(inNorth, south, 'smuggled')).rejects.toThrow('another tenant');
    expect(() => scopeOf({ tenantId: null })).toThrow('no tenant');
    expect(() => systemScope(' ')).toThrow('reason');
  });

  it('sorts and pages', async () => {
    for (const label of ['b', 'a', 'c']) await put(inNorth, north, label);
    const page = await things.find(inNorth, db, {}, { order: { label: 'DESC' }, take: 2, skip: 1 });
    expect(page.map(({ label }) => label)).toEqual(['b', 'a']);
  });
});
