import { pricingCatalogueValued, pricingModelActivated, pricingModelTrained } from '@autobroker/contracts';
import { uuidv7 } from '@autobroker/kernel';
import { objectStore, type ObjectStore } from '@autobroker/platform/storage';
import type { EventRecorder } from '@autobroker/platform/testing';
import { MarketCars } from '../application/ports';
import { ModelInService } from '../application/registry/model-in-service';
import { ModelLoader, ModelStore } from '../application/registry/ports';
import { SweepModels } from '../application/registry/sweep-models';
import { TrainingMeans, TrainModel, type TrainingOutcome } from '../application/registry/train-model';
import { TrainingCars } from '../application/registry/training-cars';
import { WatchModel } from '../application/registry/watch-model';
import { RevalueCatalogue } from '../application/valuation/revalue-catalogue';
import { ValueChanged } from '../application/valuation/value-changed';
import { generatedCars, tellListed, type GeneratedCar } from '../testing/generated-market';
import { PricingHouse } from '../testing/pricing-house';
import type { TableLoader } from '../testing/table-learner';

/** A generated market of about two thousand cars, and models that come and go. Each step goes on from the one before. */
let house: PricingHouse;
let cars: GeneratedCar[];
let said: EventRecorder;

const train = () => house.get(TrainModel).run({ ifGrown: false });
const revalue = () => house.get(RevalueCatalogue).run();
const models = async () => (await house.read('operator', '/pricing-models')).list;
const active = async () => (await models()).find(({ status }) => status === 'active');
const methods = async () => Object.fromEntries((await house.db.query<{ method: string; n: number }>('select method, count(*)::integer as n from pricing.valuations group by method')).map(({ method, n }) => [method, n]));

const trained = (outcome: TrainingOutcome) => {
  if (!outcome.trained) throw new Error(`not trained: ${outcome.reason}`);
  return outcome;
};

beforeAll(async () => {
  house = await PricingHouse.start({ table: true, work: false });
  said = await house.app.events('pricing');
  cars = generatedCars({ seed: 11, cars: 2_000, at: house.clock.now() });
  await tellListed(house.vehicles, cars);
  await house.hear();
}, 180_000);
afterAll(() => house.close());

it('before there is a model, cars are valued by their comparables, and those without a market not at all', async () => {
  await house.get(ValueChanged).run();
  const { model, hedonic, none } = await methods();
  expect(model).toBeUndefined();
  // Two thousand cars of some hundred models in ten countries: few have eight like them.
  expect(none).toBeGreaterThan(0);
  expect((hedonic ?? 0) + (none ?? 0)).toBe(cars.length);
  expect(await house.db.query('select 1 from pricing.valuation_queue')).toEqual([]);
}, 120_000);

it('a fresh installation trains as soon as there are cars enough, and only then', async () => {
  const few = await PricingHouse.start({ table: true, work: false });
  try {
    await tellListed(few.vehicles, cars.slice(0, 120));
    await few.hear();
    expect(await few.get(TrainModel).run({ ifGrown: true })).toMatchObject({ trained: false, reason: 'not_grown' });
    await tellListed(few.vehicles, cars.slice(120, 700));
    // Most of this market names no price: it is large beside what can be learned from it, and that alone is no growth.
    await tellListed(few.vehicles, cars.slice(700).map(({ vehicleId, facts }) => ({ vehicleId, facts: { ...facts, price: null, reference_price: null } })));
    await few.hear();
    expect(await few.get(TrainModel).run({ ifGrown: true })).toMatchObject({ trained: true, decision: { promote: true, reason: 'first' } });
    expect(await few.get(TrainModel).run({ ifGrown: true })).toMatchObject({ trained: false, reason: 'not_grown' });
    // Nor is it to a process that has not trained before: after a restart, or beside the one that has.
    const another = new TrainModel(few.db, few.app.app.get<ObjectStore>(objectStore), few.get(ModelStore), few.get(ModelInService), few.get(TrainingCars), few.get(TrainingMeans));
    expect(await another.run({ ifGrown: true })).toMatchObject({ trained: false, reason: 'not_grown' });
    expect(few.trainer.trained).toBe(1);
  } finally {
    await few.close();
  }
}, 120_000);

it('a first model serves when it is sound: judged by the newest cars, told, logged, and the catalogue valued by it', async () => {
  await said.clear();
  const { modelId, label, decision } = trained(await train());
  expect(decision).toEqual({ promote: true, reason: 'first' });
  const one = await house.read('operator', `/pricing-models/${modelId}`);
  expect(one.data).toMatchObject({ id: modelId, model_version: label, status: 'active', in_service: null, health: null });
  expect(one.data.metrics.cars).toBeGreaterThan(200);
  expect(Date.parse(one.data.learned_to)).toBeLessThan(house.clock.now().getTime());
  const told = await said.of(pricingModelTrained);
  expect(told.map(({ data }) => [data.model_id, data.promoted, data.status])).toEqual([[modelId, true, 'active']]);
  expect((await said.of(pricingModelActivated)).map(({ data }) => data)).toEqual([{ model_id: modelId, model_version: label, previous_id: null, reason: 'first' }]);
  const audit = await house.db.query<{ action: string }>('select action from pricing.audit_log where object_id = $1 order by at, id', [modelId]);
  expect(audit.map(({ action }) => action).sort()).toEqual(['pricing_model.activated', 'pricing_model.trained']);

  const progress = await revalue();
  expect(progress).toMatchObject({ valued: cars.length, of: cars.length });
  expect((await methods()).model).toBeGreaterThan(cars.length * 0.95);
  expect((await said.of(pricingCatalogueValued)).map(({ data }) => data)).toEqual([{ model_version: label, vehicles: cars.length }]);
  // A second round finds nothing new: no version counts up.
  expect(await revalue()).toMatchObject({ valued: cars.length, changed: 0 });
}, 120_000);

it('its answer has reasons in money, the coverage of its segment, and the model behind it', async () => {
  const car = cars.find(({ facts }) => facts.price !== null);
  const { data } = await house.read('nobody', `/vehicles/${car?.vehicleId}/pricing`);
  expect(data).toMatchObject({ method: 'model', coverage: { segment: expect.any(String), cars: expect.any(Number) }, model: { version: expect.any(String), degraded: false } });
  expect(data.factors[0]).toMatchObject({ factor: 'age', effect: { currency: data.currency } });
});

it('a car in another currency is valued in its own, with the rate of the day as evidence', async () => {
  const car = cars.find(({ facts }) => facts.price?.currency === 'GBP' && facts.reference_price !== null);
  const { data } = await house.read('nobody', `/vehicles/${car?.vehicleId}/pricing?include=evidence`);
  expect(data).toMatchObject({ method: 'model', currency: 'GBP', value: { currency: 'GBP' }, evidence: { converted: { from: 'EUR', to: 'GBP' } } });
  const [model] = [await house.get(ModelInService).current()];
  const stored = await house.get(MarketCars).byId(car?.vehicleId ?? '');
  const [inEuro] = stored === null || model === null ? [] : model.predict([stored.facts], new Date(data.valued_at));
  expect(data.value.amount / (inEuro?.q50 ?? 1)).toBeCloseTo(Number(data.evidence.converted.rate), 4);
});

it('a worse one is refused on the same cars, and kept for who wants to look', async () => {
  const before = await active();
  house.trainer.spoil = 0.25;
  const { modelId, decision } = trained(await train());
  expect(decision.promote).toBe(false);
  const one = await house.read('operator', `/pricing-models/${modelId}`);
  expect(one.data.status).toBe('rejected');
  expect(one.data.metrics.mdape).toBeGreaterThan(one.data.in_service.mdape);
  expect((await active())?.id).toBe(before?.id);
}, 60_000);

it('a better one takes over', async () => {
  house.trainer.spoil = 0.1;
  const worse = trained(await train());
  expect(worse.decision.promote).toBe(false);
  house.trainer.spoil = 0;
  const before = await active();
  const better = trained(await train());
  expect(better.decision).toEqual({ promote: true, reason: 'better' });
  expect((await active())?.id).toBe(better.modelId);
  expect((await models()).find(({ id }) => id === before?.id)).toMatchObject({ status: 'retired', reason: 'superseded' });
}, 60_000);

it('an operator puts any model into service, and one call takes it back', async () => {
  const good = await active();
  const bad = (await models()).find(({ status }) => status === 'rejected');
  expect((await house.ask('admin', 'POST', `/pricing-models/${bad?.id}/promote`)).status).toBe(403);
  const car = cars.find(({ facts }) => facts.price !== null)?.vehicleId ?? '';
  await revalue();
  const fair = await house.read('nobody', `/vehicles/${car}/pricing`);
  const promoted = await house.ask('operator', 'POST', `/pricing-models/${bad?.id}/promote`, { reason: 'trying it' });
  expect([promoted.status, promoted.data.status, promoted.data.reason]).toEqual([200, 'active', 'operator']);
  expect((await house.ask('operator', 'POST', `/pricing-models/${bad?.id}/promote`)).code).toBe('transition_not_allowed');
  expect((await house.get(ModelInService).current())?.id).toBe(bad?.id);
  await revalue();
  const dear = await house.read('nobody', `/vehicles/${car}/pricing`);
  expect(dear.data.value.amount).toBeGreaterThan(fair.data.value.amount * 1.05);

  const back = await house.ask('operator', 'POST', '/pricing-models/rollback', { reason: 'it asks too much' });
  expect([back.status, back.data.id, back.data.status, back.data.reason]).toEqual([200, good?.id, 'active', 'rollback']);
  expect((await house.get(ModelInService).current())?.id).toBe(good?.id);
  await revalue();
  expect((await house.read('nobody', `/vehicles/${car}/pricing`)).data.value).toEqual(fair.data.value);
  const audit = await house.db.query<{ reason: string }>(`select reason from pricing.audit_log where action = 'pricing_model.activated' and reason is not null order by at, id`);
  expect(audit.map(({ reason }) => reason).sort()).toEqual(['it asks too much', 'trying it']);
  expect(await house.db.query(`select 1 from pricing.model_versions where status = 'active'`)).toHaveLength(1);
}, 120_000);

it('only operators see or touch models; what is not there is not found', async () => {
  for (const person of ['nobody', 'buyer', 'agent', 'admin'] as const) expect([401, 403]).toContain((await house.read(person, '/pricing-models')).status);
  expect((await house.read('operator', `/pricing-models/${uuidv7()}`)).status).toBe(404);
  expect((await house.ask('operator', 'POST', `/pricing-models/${uuidv7()}/promote`)).status).toBe(404);
  const asked = await house.ask('operator', 'POST', '/pricing-models');
  expect([asked.status, asked.headers.get('location')]).toEqual([202, `/api/v1/pricing-models/${asked.data.model_id}`]);
  expect((await house.ask('operator', 'POST', '/pricing-models/revaluation')).status).toBe(202);
});

it('one that is superseded is let go though nobody asks, and the one that follows is loaded once for all who do', async () => {
  const service = house.get(ModelInService);
  const loader = house.app.app.get<TableLoader>(ModelLoader);
  const held = (): unknown => Reflect.get(Object(Reflect.get(service, 'loaded')), 'id');
  const before = (await service.current())?.id;
  house.clock.advance(1_000);
  const next = trained(await train());
  expect([before === undefined, next.decision.promote]).toEqual([false, true]);
  await house.until(() => Promise.resolve(held()), (id) => id === next.modelId);
  const { loads } = loader;
  expect((await house.ask('operator', 'POST', '/pricing-models/rollback', {})).data.id).toBe(before);
  service.forget();
  const asked = await Promise.all([service.current(), service.current(), service.current()]);
  expect(asked.map((model) => model?.id)).toEqual([before, before, before]);
  expect(loader.loads).toBe(loads + 1);
  const again = trained(await train());
  expect((await service.current())?.id).toBe(again.modelId);
}, 60_000);

it('a model in service whose artefact can’t be read any more is replaced by the next sound one', async () => {
  const broken = await active();
  const { artefactKey } = (await house.get(ModelStore).find(broken?.id ?? '')) ?? { artefactKey: '' };
  const objects = house.app.app.get<ObjectStore>(objectStore);
  await objects.put(artefactKey, Buffer.from('{"of":"another build"}'), { contentType: 'application/json' });
  const repaired = trained(await train());
  expect([repaired.decision, (await active())?.id]).toEqual([{ promote: true, reason: 'first' }, repaired.modelId]);
  await objects.delete((await house.get(ModelStore).find(repaired.modelId))?.artefactKey ?? '');
  const again = trained(await train());
  expect([again.decision.promote, (await house.get(ModelInService).current())?.id]).toEqual([true, again.modelId]);
}, 60_000);

describe('a model in service is watched', () => {
  const later = async (change: (car: GeneratedCar) => GeneratedCar['facts'], seed: number) => {
    house.clock.advance(86_400_000);
    const now = house.clock.now();
    const fresh = generatedCars({ seed, cars: 400, at: now }).map((car) => ({ ...car, facts: { ...change(car), listed_at: now.toISOString() } }));
    await tellListed(house.vehicles, fresh);
    await house.hear();
    house.get(ModelInService).forget();
    return house.get(WatchModel).run();
  };

  it('and left in peace while the market is the same', async () => {
    const health = await later(({ facts }) => facts, 12);
    expect(health?.cars).toBeGreaterThan(100);
    expect(health?.coverage80).toBeGreaterThan(0.7);
    expect(health?.degraded).toEqual([]);
    const one = await house.read('operator', `/pricing-models/${health?.modelId}`);
    expect(one.data.health).toMatchObject({ cars: health?.cars, degraded: [] });
  }, 60_000);

  it('and called degraded when prices and cars have moved away from it', async () => {
    const dear = (amount: { amount: number; currency: 'EUR' } | null | undefined) => (amount == null ? null : { ...amount, amount: amount.amount * 2 });
    const health = await later(({ facts }) => ({ ...facts, mileage_km: 240_000, price: facts.price === null ? null : { ...facts.price, amount: facts.price.amount * 2 }, reference_price: dear(facts.reference_price as { amount: number; currency: 'EUR' } | null) }), 13);
    expect(health?.degraded).toEqual(expect.arrayContaining(['coverage', 'drift']));
    const metrics = await (await house.app.call('/metrics')).text();
    expect(metrics).toMatch(/pricing_model_degraded 1/);
    // Whoever reads a price by it is told.
    await house.get(ModelInService).current();
    const [row] = await house.db.query<{ id: string }>(`select vehicle_id as id from pricing.valuations where method = 'model' order by vehicle_id desc limit 1`);
    expect((await house.read('nobody', `/vehicles/${row?.id}/pricing`)).data.model.degraded).toBe(true);
  }, 60_000);
});

it('what belongs to no model is swept, and so are models of long ago; what serves or may be gone back to stays', async () => {
  const before = await models();
  house.clock.advance(120 * 86_400_000);
  const swept = await house.get(SweepModels).run();
  const after = await models();
  expect(swept.models).toBe(before.length - after.length);
  expect(after.map(({ status }) => status).sort()).toEqual(['active', 'retired']);
  house.get(ModelInService).forget();
  expect((await house.get(ModelInService).current())?.id).toBe((await active())?.id);
});
