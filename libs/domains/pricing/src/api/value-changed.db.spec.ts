import { recordJobs } from '@autobroker/platform/testing';
import { valueChangedJob } from '../application/jobs-valuation';
import { HearMarket } from '../application/market/hear-market';
import { ValuationStore } from '../application/valuation/ports';
import { ValueChanged } from '../application/valuation/value-changed';
import { saying } from '../domain/market/a-car';
import { uuidOf } from '../testing/market-bench';
import { PricingHouse } from '../testing/pricing-house';
import { ValueChangedProcessor } from './valuation.jobs';

let house: PricingHouse;
beforeAll(async () => {
  house = await PricingHouse.start({ table: true, work: false });
}, 60_000);
afterAll(() => house.close());

it('what is left of a long queue when the time is over is valued by the next job, at once', async () => {
  const ids = Array.from({ length: 1_002 }, (_value, index) => uuidOf(index));
  const now = house.clock.now();
  await house.db.transaction(async (tx) => {
    await house.get(HearMarket).run(tx, ids.map((id) => saying({ id }).left(1, 'deleted', now.toISOString())));
    await house.get(ValuationStore).enqueue(tx, ids.map((vehicleId) => ({ vehicleId, vehicleVersion: 1 })), now);
  });
  const jobs = recordJobs();
  const processor = new ValueChangedProcessor(house.get(ValueChanged), jobs);
  const left = async () => (await house.db.query('select 1 from pricing.valuation_queue')).length;
  for (const [waiting, asked] of [[502, 1], [2, 2]]) {
    const turn = processor.run({}, { signal: new AbortController().signal });
    house.clock.advance(45_000);
    await turn;
    expect([await left(), jobs.of(valueChangedJob).length]).toEqual([waiting, asked]);
  }
  await processor.run({}, { signal: new AbortController().signal });
  expect([await left(), jobs.of(valueChangedJob).length]).toEqual([0, 2]);
});
