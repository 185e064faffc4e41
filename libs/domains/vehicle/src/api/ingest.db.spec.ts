import { listingCaptured, listingChecked } from '@autobroker/contracts';
import { ManualClock } from '@autobroker/kernel';
import { speakerFor, testTenant } from '@autobroker/platform/testing';
import { aCapture, capturedEvent } from '../application/ingest/a-capture';
import { Client } from './spec-client';

/** Only the outbox of the scraper: this spec says what it would say. */
const scraper = speakerFor('scraper');

let client: Client;
beforeAll(async () => {
  client = await Client.start([scraper]);
}, 60_000);
afterAll(() => client.close());

type Words = Parameters<typeof aCapture>[3];
let seq = 0;
const ago = (hours: number): Date => new Date(client.app.clock.now().getTime() - hours * 3_600_000);
const say = (...captures: ReturnType<typeof aCapture>[]) =>
  client.app.of('scraper').transaction((tx) => tx.publishAll(listingCaptured, captures.map((capture) => capturedEvent(capture, (seq += 1)))));
const gone = (source: string, externalId: string) =>
  client.app.of('scraper').transaction((tx) =>
    tx.publish(listingChecked, {
      key: `${source}:${externalId}`,
      tenantId: null,
      data: { source, external_id: externalId, url: null, check_id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b62', reason: 'missing', status: 'removed', price: null, checked_at: client.app.clock.now().toISOString() },
    }),
  );

async function until<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (let tries = 0; tries < 500; tries++) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('it never came');
}

const listing = (source: string, externalId: string) =>
  until(async () => (await client.get('nobody', `/listings?source=${source}&external_id=${externalId}`)).list[0]);
const vehicleOf = async (source: string, externalId: string): Promise<string> => String((await listing(source, externalId)).vehicle_id);

/** Two offers that nothing brings together by itself: other place, other mileage. */
async function twoVehicles(mark: string, km: number): Promise<[string, string]> {
  const near: Words = { mileage: `${km} km` };
  const far: Words = { mileage: `${km + 43_000} km`, city: 'Hamburg', postal_code: '20095', color: 'rot', power: '81 kW', trim: 'Trendline', title: 'VW Golf Trendline' };
  await say(aCapture('mobile-de', `${mark}1`, ago(3), near), aCapture('autoscout24', `${mark}2`, ago(3), far));
  return [await vehicleOf('mobile-de', `${mark}1`), await vehicleOf('autoscout24', `${mark}2`)];
}

describe('what the scraper captures', () => {
  it('is in the catalogue, with its quality and where each fact is from', async () => {
    await say(aCapture('mobile-de', 'q1', ago(3), { power: undefined, mileage: '151.017 km', city: 'Kassel', postal_code: '34117' }));
    const found = await listing('mobile-de', 'q1');
    expect(found).toMatchObject({ status: 'active', quality: { score: expect.any(Number) }, doubts: [], provenance: { price: { from: 'json_ld', confidence: 0.95 }, exterior_colour: { from: 'json_ld' } } });
    const vehicle = await client.get('nobody', `/vehicles/${String(found.vehicle_id)}?fields=id,make,quality,relist_count`);
    expect(vehicle.data).toEqual({ id: found.vehicle_id, make: 'Volkswagen', relist_count: 0, quality: { score: expect.any(Number), reasons: expect.arrayContaining(['no_power', 'no_vin']) } });
  });

  it('leaves the market when it is gone', async () => {
    await say(aCapture('mobile-de', 'g1', ago(3), { mileage: '171.017 km', city: 'Kiel', postal_code: '24103' }));
    const id = await vehicleOf('mobile-de', 'g1');
    const events = await client.app.events('vehicle');
    await gone('mobile-de', 'g1');
    await until(async () => ((await client.get('nobody', `/vehicles/${id}`)).data.status === 'withdrawn' ? true : undefined));
    expect((await events.types()).filter((type) => type.startsWith('vehicle.'))).toContain('vehicle.delisted.v1');
  });
});

describe('staff say that two vehicles are one', () => {
  it('and the other’s address leads to the one that is left, until it is taken back', async () => {
    const [one, other] = await twoVehicles('m', 48_217);
    expect(one).not.toBe(other);
    const merged = await client.ask('operator', 'POST', `/vehicles/${one}/merge`, { vehicle_id: other, reason: 'same car, seen in the yard' });
    expect(merged).toMatchObject({ status: 200, data: { kind: 'merge', vehicle_id: one, from_vehicle_id: other, reverted_at: null } });
    expect((await client.get('nobody', `/vehicles/${one}/listings`)).pagination.total).toBe(2);
    const answer = await client.app.call(`/api/v1/vehicles/${other}?fields=id`, { redirect: 'manual' });
    expect([answer.status, answer.headers.get('location')]).toEqual([308, `/api/v1/vehicles/${one}?fields=id`]);
    expect((await client.get('nobody', `/vehicles/${other}`)).data.id).toBe(one);
    const decisions = await client.get('operator', `/vehicles/${one}/match-decisions`);
    expect(decisions.list[0]).toMatchObject({ outcome: 'merged', method: 'staff', other_vehicle_id: other, by: { kind: 'user' } });

    const back = await client.ask('operator', 'POST', `/vehicle-merges/${String(merged.data.id)}/revert`);
    expect(back).toMatchObject({ status: 200, data: { reverted_at: expect.any(String) } });
    expect((await client.get('nobody', `/vehicles/${other}`)).data).toMatchObject({ id: other, status: 'available', sources: ['autoscout24'] });
    expect((await client.get('nobody', `/vehicles/${one}`)).data).toMatchObject({ sources: ['mobile-de'] });
    expect((await client.get('nobody', `/vehicles/${other}/price-history`)).list).toMatchObject([{ source: 'autoscout24' }]);
    expect((await client.ask('operator', 'POST', `/vehicle-merges/${String(merged.data.id)}/revert`)).code).toBe('not_revertible');
  });

  it('and no machine takes them apart, whatever it learns', async () => {
    const [one, other] = await twoVehicles('t', 21_339);
    await client.ask('operator', 'POST', `/vehicles/${one}/merge`, { vehicle_id: other, reason: 'same car' });
    await say(aCapture('mobile-de', 't1', ago(1), { mileage: '21339 km', vin: 'WVWZZZAUZHW111111' }), aCapture('autoscout24', 't2', ago(1), { vin: 'WVWZZZAUZHW222222', city: 'Hamburg', postal_code: '20095' }));
    await until(async () => ((await client.get('nobody', `/vehicles/${one}?fields=vin`)).data.vin === null ? undefined : true));
    expect((await client.get('nobody', `/vehicles/${one}/listings`)).pagination.total).toBe(2);
  });
});

describe('staff say that a listing is of another vehicle', () => {
  it('and it is not put back by what comes in later, until the split is taken back', async () => {
    const words: Words = { mileage: '66.613 km', city: 'Ulm', postal_code: '89073' };
    await say(aCapture('mobile-de', 's1', ago(5), words), aCapture('autoscout24', 's2', ago(5), words));
    const id = await vehicleOf('mobile-de', 's1');
    const { id: listingId, vehicle_id } = await listing('autoscout24', 's2');
    expect(vehicle_id).toBe(id);
    const split = await client.ask('operator', 'POST', `/vehicles/${id}/listings/${String(listingId)}/split`, { reason: 'two cars of a fleet' });
    expect(split).toMatchObject({ status: 200, data: { kind: 'split', from_vehicle_id: id, listing_ids: [listingId] } });
    await say(aCapture('autoscout24', 's2', ago(1), { ...words, vin: 'WVWZZZAUZHW333333' }), aCapture('mobile-de', 's1', ago(1), { ...words, vin: 'WVWZZZAUZHW333333' }));
    await until(async () => ((await client.get('nobody', `/vehicles/${id}?fields=vin`)).data.vin === null ? undefined : true));
    expect(await vehicleOf('autoscout24', 's2')).toBe(split.data.vehicle_id);

    expect((await client.ask('operator', 'POST', `/vehicle-merges/${String(split.data.id)}/revert`)).status).toBe(200);
    expect(await vehicleOf('autoscout24', 's2')).toBe(id);
    expect((await client.get('nobody', `/vehicles/${String(split.data.vehicle_id)}`)).data.id).toBe(id);
    expect((await client.ask('operator', 'POST', `/vehicles/${id}/listings/${String(id)}/split`, { reason: 'x' })).status).toBe(404);
  });
});

describe('the quarantine', () => {
  it('shows what could not be taken in, and lets it in once that has changed', async () => {
    const { clock } = client.app;
    if (!(clock instanceof ManualClock)) throw new Error('this spec moves the clock');
    const early = clock.now().getUTCFullYear() + 2;
    await say(aCapture('mobile-de', 'w1', ago(3), { year: String(early), title: 'VW Golf GTI', mileage: '12 km' }), aCapture('mobile-de', 'w2', ago(3), { make: 'Sonstige', model: 'Q', title: 'Sonstige Q' }));
    const waiting = await until(async () => {
      const page = await client.get('operator', '/ingest/quarantine?state=waiting');
      return page.list.length >= 2 ? page.list : undefined;
    });
    expect(waiting.map(({ external_id, reasons }) => [external_id, reasons])).toEqual([
      ['w2', ['make_unknown']],
      ['w1', ['facts_contradict']],
    ]);
    const detail = await client.get('operator', `/ingest/quarantine/${String(waiting[1]?.id)}`);
    expect(detail.data).toMatchObject({ attempts: 1, captured: { kind: 'detail', fields: { make: { value: 'VW' } } } });
    expect((await client.ask('operator', 'POST', `/ingest/quarantine/${String(waiting[1]?.id)}/reprocess`)).data).toMatchObject({ tried: 1, accepted: 0, waiting: 1 });
    clock.advance(366 * 86_400_000);
    expect((await client.ask('operator', 'POST', '/ingest/quarantine/reprocess', { source: 'mobile-de' })).data).toEqual({ tried: 2, accepted: 1, waiting: 1, next: null });
    expect(await listing('mobile-de', 'w1')).toMatchObject({ status: 'active' });
    expect((await client.get('operator', '/ingest/stats')).data).toMatchObject({ quarantine: { waiting: 1, reasons: { make_unknown: 1 } } });
    expect((await client.ask('operator', 'DELETE', `/ingest/quarantine/${String(waiting[0]?.id)}`, { reason: 'no such maker' })).status).toBe(204);
    expect((await client.get('operator', '/ingest/quarantine?state=waiting')).pagination.total).toBe(0);
    expect((await client.get('operator', '/ingest/quarantine?state=discarded')).list).toMatchObject([{ note: 'no such maker' }]);
  });

  it('and what a tenant has in it is nobody else’s', async () => {
    const event = capturedEvent(aCapture('own-feed', 'p1', ago(3), { year: undefined, title: 'VW Golf GTI' }), (seq += 1));
    await client.app.of('scraper').transaction((tx) => tx.publishAll(listingCaptured, [{ ...event, tenantId: testTenant.id }]));
    const [row] = await until(async () => {
      const found = await client.app.of('vehicle').query<{ id: string }>(`select id from vehicle.quarantine where source = 'own-feed'`);
      return found.length > 0 ? found : undefined;
    });
    const path = `/ingest/quarantine/${String(row?.id)}`;
    const seenBy = async (person: 'owner' | 'stranger') => [(await client.get(person, '/ingest/quarantine?source=own-feed')).list.length, (await client.get(person, path)).status];
    expect(await seenBy('owner')).toEqual([1, 200]);
    expect(await seenBy('stranger')).toEqual([0, 404]);
  });

  it('and all of this is for those who may', async () => {
    const [one, other] = ['0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b70', '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b71'];
    expect((await client.get('buyer', '/ingest/quarantine')).status).toBe(403);
    expect((await client.get('stranger', '/ingest/stats')).status).toBe(200);
    expect((await client.ask('stranger', 'POST', `/vehicles/${one}/merge`, { vehicle_id: other, reason: 'x' })).status).toBe(403);
    expect((await client.ask('operator', 'POST', `/vehicles/${one}/merge`, { vehicle_id: other, reason: 'x' })).status).toBe(404);
  });
});
