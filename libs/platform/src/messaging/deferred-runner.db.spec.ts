import { uuidv7 } from '@autobroker/kernel';
import { testDatabase, type TestDatabase } from '../testing';
import { DeferredRunner } from './deferred-runner';
import { Isolation } from './isolation';
import { numberOf, parcels, range, suiteServices, until } from './suite/world';

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase({ services: suiteServices });
});
afterAll(() => test?.close());

/** Nobody looks by himself while a test runs. */
const never = 3_600_000;

/** Knows whether what is in work is alone. */
class Watched extends Isolation {
  lonely = false;

  override apart<Result>(work: () => Promise<Result>): Promise<Result> {
    return super.apart(async () => {
      this.lonely = true;
      return work().finally(() => (this.lonely = false));
    });
  }
}

describe('what was put off', () => {
  it('is taken apart from all other work when a process has died while it had it', async () => {
    const db = test.of('depot');
    const def = parcels('apart');
    const inputs = range(4).map((n) => ({ n, attempts: 1, starts: n === 2 ? 2 : 1 }));
    for (const { n, attempts, starts } of inputs) {
      const event = { id: uuidv7(), type: 'parcel.sent.v1', version: 1, key: uuidv7(), tenant_id: null, occurred_at: new Date().toISOString(), trace: null, data: { n } };
      await db.query(
        `insert into depot.deferred (consumer, source, key, event_id, event, attempts, starts, next_attempt_at)
         values ($1, 'depot', $2, $3, $4, $5, $6, clock_timestamp() - (10 - $7) * interval '1 second')`,
        [def.name, event.key, event.id, JSON.stringify(event), attempts, starts, n],
      );
    }
    const isolation = new Watched();
    const handled = new Map<number, boolean>();
    const handle = async (event: Parameters<typeof numberOf>[0]): Promise<void> => void handled.set(numberOf(event), isolation.lonely);
    const runner = new DeferredRunner({ def, db, handle }, isolation, never);
    runner.start();
    await until(() => handled.size === inputs.length);
    await runner.stop();
    // Those due before it may go apart as well: it can't be told beforehand which one is given out.
    expect(handled.get(2)).toBe(true);
    expect(handled.get(3)).toBe(false);
  });
});
