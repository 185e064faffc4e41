import { SystemClock } from '@autobroker/kernel';
import { platformTables } from '../../database';
import { testDatabase, type TestDatabase } from '../../testing';
import { PgIdempotencyStore } from './pg-store';
import type { ClaimOutcome, IdempotencyClaim } from './store';

let database: TestDatabase<SystemClock>;
let store: PgIdempotencyStore;
beforeAll(async () => {
  const services = [{ name: 'remember', entities: [], migrations: platformTables('remember') }];
  database = await testDatabase({ services, clock: new SystemClock() });
  store = new PgIdempotencyStore(database.of('remember'));
}, 120_000);
afterAll(() => database.close());

let keys = 0;
const claimOf = (more: Partial<IdempotencyClaim> = {}): IdempotencyClaim => ({
  scope: 'user:anna@tenant',
  route: 'POST /orders',
  key: `key-${(keys += 1)}`,
  requestHash: Buffer.from('first body'),
  lockMs: 60_000,
  keepMs: 60_000,
  ...more,
});
const ownerOf = (outcome: ClaimOutcome): string => {
  if (outcome.kind !== 'claimed') throw new Error(`it was ${outcome.kind}`);
  return outcome.owner;
};
const answer = Buffer.from('answer');

describe('answers kept in PostgreSQL', () => {
  it('are given again to the same request and to no other', async () => {
    const claim = claimOf();
    const owner = ownerOf(await store.claim(claim));
    expect(await store.claim(claim)).toEqual({ kind: 'in_flight' });
    expect(await store.settle(claim, owner, 201, answer)).toBe(true);
    expect(await store.claim(claim)).toEqual({ kind: 'answered', status: 201, answer });
    expect(await store.claim({ ...claim, requestHash: Buffer.from('another') })).toEqual({ kind: 'mismatch' });
    expect((await store.claim({ ...claim, scope: 'user:ben@tenant' })).kind).toBe('claimed');
  });

  it('are worked out by exactly one of many at once', async () => {
    const claim = claimOf();
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => store.claim(claim)));
    expect(outcomes.filter(({ kind }) => kind === 'claimed')).toHaveLength(1);
    expect(outcomes.filter(({ kind }) => kind === 'in_flight')).toHaveLength(19);
  });

  it('are left to another when their process died, who alone may settle then', async () => {
    const claim = claimOf({ lockMs: 0 });
    const dead = ownerOf(await store.claim(claim));
    expect(await store.claim({ ...claim, requestHash: Buffer.from('another') })).toEqual({ kind: 'mismatch' });
    const heirs = await Promise.all(Array.from({ length: 10 }, () => store.claim({ ...claim, lockMs: 60_000 })));
    const [heir, ...others] = heirs.filter(({ kind }) => kind === 'claimed');
    if (heir === undefined) throw new Error('nobody took over');
    expect(others).toHaveLength(0);
    expect(await store.settle(claim, dead, 500, answer)).toBe(false);
    expect(await store.settle(claim, ownerOf(heir), 201, answer)).toBe(true);
  });

  it('can be given up, by their owner only, and not once they are settled', async () => {
    const claim = claimOf();
    const owner = ownerOf(await store.claim(claim));
    await store.release(claim, '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b5a');
    expect((await store.claim(claim)).kind).toBe('in_flight');
    await store.release(claim, owner);
    const next = ownerOf(await store.claim(claim));
    await store.settle(claim, next, 201, answer);
    await store.release(claim, next);
    expect((await store.claim(claim)).kind).toBe('answered');
  });

  it('end after their time, and are swept', async () => {
    const claim = claimOf({ keepMs: 0 });
    await store.settle(claim, ownerOf(await store.claim(claim)), 201, answer);
    expect((await store.claim({ ...claim, requestHash: Buffer.from('new') })).kind).toBe('claimed');
    const ended = claimOf({ keepMs: 0 });
    await store.claim(ended);
    expect(await store.sweep(1_000)).toBeGreaterThanOrEqual(2);
    expect(await store.sweep(1_000)).toBe(0);
  });
});
