import { ManualClock, ok } from '@autobroker/kernel';
import { objectStore, type ObjectStore } from '@autobroker/platform/storage';
import { testApp, testTenant, type TestApp } from '@autobroker/platform/testing';
import { VehicleDemo } from '../infrastructure/demo/seeder';
import { aCar, operator } from '../testing';
import { vehicleService } from '../vehicle.module';
import { CreateVehicle } from './create-vehicle';
import { DeleteVehicle } from './delete-vehicle';
import { captured } from './ingest/a-capture';
import { IngestListings, type News } from './ingest/ingest-listings';
import { MaintainVehicles } from './maintain-vehicles';
import { MediaStore, thumbnailKey } from './media-ports';
import { VehicleStore } from './ports';
import { RefreshReferencePrices } from './refresh-reference-prices';
import { UpsertVehicles } from './upsert-vehicles';

let app: TestApp;
const clock = new ManualClock('2026-11-20T12:00:00Z');
beforeAll(async () => {
  app = await testApp({ services: [vehicleService], overrides: { clock }, work: false });
}, 60_000);
afterAll(() => app.close());

const day = 86_400_000;
const count = async (sql: string): Promise<number> => {
  const [row] = await app.of('vehicle').query<{ n: number }>(`select count(*)::integer as n from ${sql}`);
  return row?.n ?? -1;
};

it('the demo makes a catalogue that looks alive, once, and quickly', async () => {
  const demo: VehicleDemo = app.app.get(VehicleDemo);
  const began = performance.now();
  const world = { tenants: [{ ...testTenant, currency: 'EUR' }], accounts: [] };
  await demo.seed(world);
  expect(performance.now() - began).toBeLessThan(15_000);
  const before = await count('vehicle.vehicles');
  expect(before).toBeGreaterThanOrEqual(300);
  expect(await count(`(select distinct price_currency from vehicle.vehicles where price_currency is not null) c`)).toBe(3);
  expect(await count(`(select vehicle_id from vehicle.price_history group by vehicle_id having count(*) > 2) h`)).toBeGreaterThan(10);
  expect(await count('vehicle.media')).toBeGreaterThan(10);
  expect(await count(`vehicle.vehicles where tenant_id = '${testTenant.id}'`)).toBeGreaterThan(10);
  await demo.seed(world);
  expect(await count('vehicle.vehicles')).toBe(before);
});

it('a deleted car is purged after its time, with its offers and not before; its price history stays', async () => {
  const create: CreateVehicle = app.app.get(CreateVehicle);
  const remove: DeleteVehicle = app.app.get(DeleteVehicle);
  const maintenance: MaintainVehicles = app.app.get(MaintainVehicles);
  const created = await create.run({ facts: aCar(), stock: 'shared', status: 'available' }, operator);
  const id = created.ok ? created.value.id : '';
  await remove.run(id, 1, operator);
  clock.advance(89 * day);
  expect((await maintenance.run()).vehiclesPurged).toBe(0);
  clock.advance(2 * day);
  expect((await maintenance.run()).vehiclesPurged).toBe(1);
  expect(await count(`vehicle.vehicles where id = '${id}'`)).toBe(0);
  expect(await count(`vehicle.price_history where vehicle_id = '${id}'`)).toBe(1);
});

describe('the ingest is tidied up', () => {
  const take = (...news: News[]) => app.of('vehicle').transaction((tx) => app.app.get<IngestListings>(IngestListings).run(tx, null, news, clock.now()));

  it('an offer that nobody sees any more has ended; one that somebody handed over has not', async () => {
    await take(captured('mobile-de', 'unseen', clock.now()));
    const handed: UpsertVehicles = app.app.get(UpsertVehicles);
    await handed.run([ok({ source: 'feed', externalId: 'handed', url: null, auctionUrl: null, status: 'active', seenAt: clock.now(), facts: aCar() })], 'shared', operator);
    clock.advance(20 * day);
    expect((await app.app.get<MaintainVehicles>(MaintainVehicles).run()).ingest.staleListings).toBe(0);
    clock.advance(2 * day);
    expect((await app.app.get<MaintainVehicles>(MaintainVehicles).run()).ingest.staleListings).toBe(1);
    const rows = await app.of('vehicle').query(`select external_id, status from vehicle.listings where external_id in ('unseen', 'handed') order by 1`);
    expect(rows).toEqual([{ external_id: 'handed', status: 'active' }, { external_id: 'unseen', status: 'removed' }]);
    expect(await count(`vehicle.vehicles v join vehicle.listings l on l.vehicle_id = v.id where l.external_id = 'unseen' and v.status = 'withdrawn'`)).toBe(1);
  });

  it('what waited too long, old decisions and old offers go, the offers into the archive', async () => {
    await take(captured('mobile-de', 'hopeless', clock.now(), { make: 'Zzyzx', model: undefined, title: undefined }));
    await take(captured('autoscout24', 'twice', clock.now(), { mileage: '33.117 km' }), captured('gumtree', 'twice', clock.now(), { mileage: '33.117 km' }));
    expect([await count('vehicle.quarantine'), await count('vehicle.match_decisions')]).toEqual([1, 1]);
    clock.advance(91 * day);
    expect((await app.app.get<MaintainVehicles>(MaintainVehicles).run()).ingest).toMatchObject({ quarantinePruned: 1, decisionsPruned: 0, archivedListings: 0 });
    clock.advance(900 * day);
    expect((await app.app.get<MaintainVehicles>(MaintainVehicles).run()).ingest).toMatchObject({ quarantinePruned: 0, decisionsPruned: 1 });
    expect(await count(`vehicle.listings where external_id in ('unseen', 'twice')`)).toBe(0);
    expect(await count(`vehicle.listing_archive where external_id in ('unseen', 'twice') and listing ->> 'status' = 'removed'`)).toBe(3);
  });
});

it('months are made ahead, so that the price history always has a place', async () => {
  clock.advance(70 * day);
  const report = await app.app.get<MaintainVehicles>(MaintainVehicles).run();
  expect(report.partitionsMade).toBeGreaterThan(0);
  expect((await app.app.get<MaintainVehicles>(MaintainVehicles).run()).partitionsMade).toBe(0);
});

it('files that no picture uses are swept up, once they are old enough', async () => {
  const objects: ObjectStore = app.app.get(objectStore);
  const used = await count('vehicle.media');
  await objects.put('vehicles/lost/file.webp', Buffer.from('lost'), { contentType: 'image/webp' });
  clock.set(new Date(Date.now() + 2 * day));
  const { filesSwept } = await app.app.get<MaintainVehicles>(MaintainVehicles).run();
  expect(filesSwept).toBe(1);
  expect(await objects.head('vehicles/lost/file.webp')).toBeNull();
  let kept = 0;
  for await (const _object of objects.list('vehicles/')) kept += 1;
  expect(kept).toBe(used);
});

it('a picture stays whose id ends in figures, as the width of a thumbnail does; so do its thumbnails', async () => {
  const [media, vehicles]: [MediaStore, VehicleStore] = [app.app.get(MediaStore), app.app.get(VehicleStore)];
  const [row] = await app.of('vehicle').query<{ vehicle_id: string }>('select vehicle_id from vehicle.media limit 1');
  const vehicleId = row?.vehicle_id ?? '';
  const id = '01a222e2-a8c5-7249-a288-123456789012';
  const objectKey = `vehicles/${vehicleId}/${id}.webp`;
  await app.of('vehicle').transaction(async (tx) => {
    await vehicles.lock(tx, [vehicleId]);
    await media.insert(tx, { id, vehicleId, position: 9, objectKey, sha256: 'ab'.repeat(32), contentType: 'image/webp', width: 1, height: 1, bytes: 1, sizes: [], createdAt: clock.now() });
  });
  const [thumbnail, lost] = [thumbnailKey(objectKey, 320), objectKey.replace('a288', 'a289')];
  expect(await media.unused([objectKey, thumbnail, lost, thumbnailKey(lost, 320)])).toEqual([lost, thumbnailKey(lost, 320)]);
});

it('reference prices follow the rates: what has drifted is put right, the rest is left alone', async () => {
  await app.of('vehicle').query(`update vehicle.vehicles set price_ref = 1 where price_currency = 'USD'`);
  const drifted = await count(`vehicle.vehicles where price_currency = 'USD'`);
  const refresh: RefreshReferencePrices = app.app.get(RefreshReferencePrices);
  expect((await refresh.run()).changed).toBeGreaterThanOrEqual(drifted);
  expect(await count(`vehicle.vehicles where price_ref = 1`)).toBe(0);
  expect((await refresh.run()).changed).toBe(0);
});
