import { vehicleDelisted } from '@autobroker/contracts';
import { uuidv7 } from '@autobroker/kernel';
import { recordJobs } from '@autobroker/platform/testing';
import { valueChangedJob } from '../application/jobs-valuation';
import { HearMarket } from '../application/market/hear-market';
import { FindOpportunities } from '../application/opportunities/find-opportunities';
import { findOpportunitiesJob } from '../application/opportunities/jobs';
import { OpportunityReader, OpportunityStore } from '../application/opportunities/ports';
import { ValuationStore } from '../application/valuation/ports';
import { ValueChanged } from '../application/valuation/value-changed';
import { saying } from '../domain/market/a-car';
import { uuidOf } from '../testing/market-bench';
import { PricingHouse } from '../testing/pricing-house';
import { ChangedCarsConsumer } from './changed-cars.consumer';
import { FindOpportunitiesProcessor } from './opportunity.jobs';
import { ValueChangedProcessor } from './valuation.jobs';

let house: PricingHouse;
beforeAll(async () => {
  house = await PricingHouse.start({ table: true, work: false });
}, 60_000);
afterAll(() => house.close());

const { signal } = new AbortController();
const valuationsWaiting = async () => (await house.db.query('select 1 from pricing.valuation_queue')).length;

/** Each of these left the market for good: to value it is to forget it. */
async function changed(count: number): Promise<void> {
  const ids = Array.from({ length: count }, (_value, index) => uuidOf(index));
  const now = house.clock.now();
  await house.db.transaction(async (tx) => {
    await house.get(HearMarket).run(tx, ids.map((id) => saying({ id }).left(1, 'deleted', now.toISOString())));
    await house.get(ValuationStore).enqueue(tx, ids.map((vehicleId) => ({ vehicleId, vehicleVersion: 1 })), now);
  });
}

it('what is left of a long queue when the time is over is valued by the next job, at once', async () => {
  await changed(1_002);
  const jobs = recordJobs();
  const processor = new ValueChangedProcessor(house.get(ValueChanged), jobs);
  for (const [waiting, asked] of [[502, 1], [2, 2]]) {
    const turn = processor.run({}, { signal });
    house.clock.advance(45_000);
    await turn;
    expect([await valuationsWaiting(), jobs.of(valueChangedJob).length]).toEqual([waiting, asked]);
  }
  await processor.run({}, { signal });
  expect([await valuationsWaiting(), jobs.of(valueChangedJob).length]).toEqual([0, 2]);
});

it('a long queue is worked by few jobs at once, however many come: the rest of its places are for others', async () => {
  await changed(2_002);
  const jobs = recordJobs();
  const values = new ValueChangedProcessor(house.get(ValueChanged), jobs);
  const turns = [1, 2, 3, 4].map(() => values.run({}, { signal }));
  house.clock.advance(45_000);
  await Promise.all(turns);
  expect([await valuationsWaiting(), jobs.of(valueChangedJob).length]).toEqual([1_002, 2]);
});

it('of those who look for deals one is at it, and whoever comes meanwhile is not passed over', async () => {
  const ids = Array.from({ length: 502 }, (_value, index) => uuidOf(index));
  const waiting = async () => (await house.db.query('select 1 from pricing.opportunity_queue')).length;
  const note = () => house.db.transaction((tx) => house.get(OpportunityStore).note(tx, ids, house.clock.now()));
  const jobs = recordJobs();
  const finds = new FindOpportunitiesProcessor(house.get(FindOpportunities), house.get(OpportunityReader), jobs, house.clock);
  await house.db.query('delete from pricing.opportunity_queue');
  await note();
  const turns = [1, 2, 3].map(() => finds.run({}, { signal }));
  house.clock.advance(45_000);
  await Promise.all(turns);
  expect([await waiting(), jobs.of(findOpportunitiesJob).length]).toEqual([2, 1]);
  // Nothing is left, but who was sent away may have come for what was not there when it was looked.
  await Promise.all([1, 2].map(() => finds.run({}, { signal })));
  expect([await waiting(), jobs.of(findOpportunitiesJob).length]).toEqual([0, 2]);
});

it('a car that never comes to the market holds up no other', async () => {
  await house.db.query('delete from pricing.valuation_queue');
  const jobs = recordJobs();
  const consumer = new ChangedCarsConsumer(house.db, house.get(ValuationStore), jobs);
  const tell = async (index: number) => {
    const data = { vehicle_id: uuidOf(index), version: 9, reason: 'sold', status: 'sold' } as const;
    const event = { id: uuidv7(), type: vehicleDelisted.type, version: 1, key: data.vehicle_id, tenant_id: null, occurred_at: house.clock.now().toISOString(), trace: null, data };
    await house.db.transaction((tx) => consumer.handle(event, tx));
    return jobs.of(valueChangedJob).length;
  };
  expect(await tell(5_000)).toBe(1);
  // The job that was asked for a moment ago takes this one too.
  expect(await tell(5_001)).toBe(1);
  house.clock.advance(5 * 60_000);
  expect(await tell(5_002)).toBe(2);
});
