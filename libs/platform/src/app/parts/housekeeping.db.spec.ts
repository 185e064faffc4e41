import { randomBytes } from 'node:crypto';
import { uuidv7 } from '@autobroker/kernel';
import { PersonVault, platformTables, type Database } from '../../database';
import { testDatabase, type TestDatabase } from '../../testing';
import { Housekeeping } from './housekeeping';

const key = (): string => randomBytes(32).toString('base64');
const [first, second, indexKey] = [`m1:${key()}`, `m2:${key()}`, key()];
const nothingToPrune = { prune: () => Promise.resolve({ outbox: 0, inbox: 0 }) };

describe('the housekeeping of a service', () => {
  let test: TestDatabase;
  let db: Database;
  beforeAll(async () => {
    test = await testDatabase({ services: [{ name: 'shed', entities: [], migrations: platformTables('shed') }] });
    db = test.of('shed');
  });
  afterAll(() => test?.close());

  const vaultOf = (masterKeys: string): PersonVault => new PersonVault(db, { masterKeys, indexKey });
  const keep = (masterKeys: string) =>
    new Housekeeping(db, nothingToPrune, vaultOf(masterKeys), test.clock).run({}, { signal: new AbortController().signal });
  const oldest = async (): Promise<string[]> =>
    (await db.query<{ master_key_id: string }>('select distinct master_key_id from shed.person_key')).map((row) => row.master_key_id);

  it('wraps people’s keys under a new master key, after which the old one may go', async () => {
    const people = Array.from({ length: 3 }, () => uuidv7());
    const sealed = await Promise.all(people.map((person) => vaultOf(first).encrypt(db, person, 'anna', 'name')));
    expect(await keep(first)).toMatchObject({ rewrapped: 0 });
    expect(await keep(`${second},${first}`)).toMatchObject({ rewrapped: 3 });
    expect(await oldest()).toEqual(['m2']);
    expect(await vaultOf(second).decrypt(people[0] ?? '', sealed[0] ?? '')).toBe('anna');
    expect(await keep(second)).toMatchObject({ rewrapped: 0 });
  });

  it('has done everything else when a key is found that no master in the ring opens', async () => {
    await db.query(`insert into shed.idempotency_key (scope, route, key, owner, request_hash, expires_at)
                    select 'user:1', 'POST /x', 'k' || n, gen_random_uuid(), '\\x00', now() - interval '1 day' from generate_series(1, 5) n`);
    await expect(keep(first)).rejects.toThrow('m2 is not in the ring');
    expect(await db.query('select 1 from shed.idempotency_key')).toEqual([]);
  });
});
