import { listingRefused } from '@autobroker/contracts';
import { recordEvents } from '@autobroker/platform/testing';
import type { Captured } from '../../domain/ingest/captured';
import { vehicleBench } from '../../testing';
import { aCapture, captured } from './a-capture';
import type { News } from './ingest-listings';
import type { TakenIn } from './sighting';

let bench: Awaited<ReturnType<typeof vehicleBench>>;
beforeAll(async () => {
  bench = await vehicleBench();
}, 60_000);
beforeEach(async () => {
  await bench.db.query('delete from vehicle.vehicles');
  await bench.db.query('delete from vehicle.quarantine');
});
afterAll(() => bench.close());

const hour = 3_600_000;
const now = (): Date => bench.clock.now();
const ago = (hours: number): Date => new Date(now().getTime() - hours * hour);
const take = (...news: News[]): Promise<TakenIn[]> => bench.db.transaction((tx) => bench.ingest.run(tx, null, news, now()));
const gone = (source: string, externalId: string, status: 'removed' | 'sold' | 'reserved' | 'active' | 'unknown', checkedAt = now()): News => ({
  kind: 'checked',
  checked: { source, externalId, url: null, status, price: null, checkedAt },
});

interface Car {
  id: string;
  status: string;
  price: number | null;
  mileage_km: number | null;
  vin: string | null;
  version: number;
  relists: number;
  listings: string[];
}
const cars = (): Promise<Car[]> =>
  bench.db.query<Car>(
    `select v.id, v.status, v.price_amount::float8 as price, v.mileage_km, v.vin, v.version, d.relist_count::integer as relists,
       array(select l.source || '/' || l.external_id from vehicle.listings l where l.vehicle_id = v.id order by 1) as listings
     from vehicle.vehicles v join vehicle.vehicle_details d on d.vehicle_id = v.id where v.deleted_at is null order by v.created_at, v.id`,
  );
const since = async (id: string): Promise<string | undefined> => (await bench.db.query<{ at: Date }>('select listed_at as at from vehicle.vehicles where id = $1', [id]))[0]?.at.toISOString();
const history = async (id: string): Promise<unknown[]> =>
  (await bench.db.query<{ source: string; change: string; price: number }>(
    `select source, change, price_amount::float8 as price from vehicle.price_history where vehicle_id = $1 order by observed_at, id`,
    [id],
  )).map(({ source, change, price }) => [source, change, price]);

const vin = 'WVWZZZAUZHW123456';

describe('one car at two sources', () => {
  it('becomes one vehicle with two offers, at the lower price, and it is told why', async () => {
    await take(captured('mobile-de', 'a', ago(5)));
    await take(captured('autoscout24', 'b', ago(4), { title: 'Volkswagen Golf GTI', make: 'Volkswagen', price: '18.490 €', mileage: '48.217' }));
    const [car, ...others] = await cars();
    expect(others).toEqual([]);
    expect(car).toMatchObject({ listings: ['autoscout24/b', 'mobile-de/a'], price: 1_849_000, status: 'available' });
    const [decision] = await bench.db.query('select outcome, method, why from vehicle.match_decisions where vehicle_id = $1', [car?.id]);
    expect(decision).toMatchObject({ outcome: 'joined', method: 'score' });
    expect(await history(car?.id ?? '')).toEqual([
      ['mobile-de', 'first_seen', 1_899_000],
      ['autoscout24', 'first_seen', 1_849_000],
    ]);
  });

  it('also when both arrive in one batch', async () => {
    const results = await take(captured('mobile-de', 'a', ago(5)), captured('autoscout24', 'b', ago(4)), captured('gumtree', 'c', ago(4), { city: 'Leeds', postal_code: 'LS1 4AP', country: 'GB', mileage: '12.000 km', color: 'rot' }));
    expect(results.map(({ result }) => result)).toEqual(['created', 'created', 'created']);
    expect((await cars()).map(({ listings }) => listings).sort()).toEqual([['autoscout24/b', 'mobile-de/a'], ['gumtree/c']]);
  });

  it('also in miles and another currency, by its VIN', async () => {
    await take(captured('mobile-de', 'a', ago(5), { vin }));
    const foreign: Partial<Captured> = { hints: { locale: 'en-GB', currency: 'GBP', mileageUnit: 'mi', country: 'GB', auction: false } };
    await take(captured('gumtree', 'b', ago(4), { vin: `${vin.slice(0, 8)} ${vin.slice(8)}`, price: '£13,000', mileage: '29,961 miles', fuel: 'Petrol', city: 'Leeds', postal_code: 'LS1 4AP', country: 'GB' }, foreign));
    expect(await cars()).toMatchObject([{ listings: ['gumtree/b', 'mobile-de/a'], vin, mileage_km: 48_218, price: 1_300_000 }]);
  });

  it('is on the market since the first day that a source tells of, not since we have seen it', async () => {
    const day = (hours: number): string => ago(hours).toISOString();
    await take(captured('mobile-de', 'a', ago(5), { listed_at: day(240) }));
    const [{ id } = { id: '' }] = await cars();
    expect(await since(id)).toBe(day(240));
    // Another source has had it for longer; a third one has only just got it, and a fourth is wrong.
    await take(captured('autoscout24', 'b', ago(4), { listed_at: day(300) }));
    await take(captured('ebay', 'c', ago(3), { listed_at: day(20) }), captured('dealer-feed', 'd', ago(3), { listed_at: '2019-01-01' }));
    expect([(await cars()).length, await since(id)]).toEqual([1, day(300)]);
  });

  it('is sold when all offers are gone, and not before', async () => {
    await take(captured('mobile-de', 'a', ago(9)), captured('autoscout24', 'b', ago(9)));
    await take(gone('mobile-de', 'a', 'sold', ago(3)));
    expect(await cars()).toMatchObject([{ status: 'available' }]);
    await take(gone('autoscout24', 'b', 'unknown', ago(2)));
    expect(await cars()).toMatchObject([{ status: 'available' }]);
    await take(gone('autoscout24', 'b', 'removed', ago(1)));
    expect(await cars()).toMatchObject([{ status: 'sold' }]);
  });
});

describe('two cars', () => {
  it('of one fleet stay two, however alike', async () => {
    await take(captured('mobile-de', 'a', ago(5), { mileage: '10 km', stock_number: 'F1001' }), captured('mobile-de', 'b', ago(5), { mileage: '10 km', stock_number: 'F1002' }));
    expect(await cars()).toHaveLength(2);
  });

  it('with two VINs stay two, wherever they are offered', async () => {
    await take(captured('mobile-de', 'a', ago(5), { vin }), captured('autoscout24', 'b', ago(5), { vin: 'WVWZZZAUZHW765432' }));
    expect(await cars()).toHaveLength(2);
  });

  it('of two tenants have nothing to do with each other', async () => {
    const tenant = '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b02';
    await take(captured('mobile-de', 'a', ago(5), { vin }));
    await bench.db.transaction((tx) => bench.ingest.run(tx, tenant, [captured('autoscout24', 'b', ago(4), { vin })], now()));
    expect((await cars()).map(({ listings }) => listings).sort()).toEqual([['autoscout24/b'], ['mobile-de/a']]);
  });
});

describe('what comes late', () => {
  it('a VIN: two vehicles become one, and their history one', async () => {
    await take(captured('mobile-de', 'a', ago(9), { vin }), captured('autoscout24', 'b', ago(9), { mileage: '91.000 km', city: 'Berlin', postal_code: '10115' }));
    expect(await cars()).toHaveLength(2);
    await take(captured('autoscout24', 'b', ago(2), { mileage: '48.217 km', vin, city: 'Berlin', postal_code: '10115' }));
    const [car, ...others] = await cars();
    expect(others).toEqual([]);
    expect(car).toMatchObject({ listings: ['autoscout24/b', 'mobile-de/a'], vin });
    expect(await history(car?.id ?? '')).toHaveLength(2);
  });

  it('a VIN: the one car has been on the market for as long as either of the two', async () => {
    const other = { mileage: '91.000 km', city: 'Berlin', postal_code: '10115' };
    const told = { ...other, mileage: '48.217 km', vin };
    await take(captured('mobile-de', 'a', ago(9), { vin, listed_at: ago(240).toISOString() }));
    await take(captured('autoscout24', 'b', ago(8), { ...other, listed_at: ago(300).toISOString() }));
    expect(await cars()).toHaveLength(2);
    await take(captured('autoscout24', 'b', ago(2), told));
    const [car, ...others] = await cars();
    expect([others, await since(car?.id ?? '')]).toEqual([[], ago(300).toISOString()]);
    // And what is told by the same page that brings them together.
    await take(captured('ebay', 'c', ago(9), other), captured('ebay', 'c', ago(1), { ...told, listed_at: ago(400).toISOString() }));
    expect([(await cars()).length, await since(car?.id ?? '')]).toEqual([1, ago(400).toISOString()]);
  });

  it('another VIN: what was taken for one car is two', async () => {
    await take(captured('mobile-de', 'a', ago(9), { vin }), captured('autoscout24', 'b', ago(9)));
    expect(await cars()).toHaveLength(1);
    await take(captured('autoscout24', 'b', ago(2), { vin: 'WVWZZZAUZHW765432' }));
    expect((await cars()).map(({ listings }) => listings).sort()).toEqual([['autoscout24/b'], ['mobile-de/a']]);
  });

  it('an older capture: it overwrites nothing; one that repeats itself changes nothing', async () => {
    await take(captured('mobile-de', 'a', ago(2), { price: '17.000 €' }));
    const [before] = await cars();
    expect(await take(captured('mobile-de', 'a', ago(8), { price: '18.990 €' }))).toMatchObject([{ result: 'late' }]);
    expect(await take(captured('mobile-de', 'a', ago(1), { price: '17.000 €' }))).toMatchObject([{ result: 'unchanged' }]);
    expect(await cars()).toEqual([before]);
  });

  it('a list page after the detail: it brings the price, and takes nothing away', async () => {
    await take(captured('mobile-de', 'a', ago(5)));
    const summary = { power: undefined, fuel: undefined, gearbox: undefined, color: undefined, mileage: '48.000 km', price: '17.990 €' };
    await take(captured('mobile-de', 'a', ago(4), summary, { kind: 'summary' }));
    const [row] = await bench.db.query('select fuel, gearbox, mileage_km, power_kw, price_amount::float8 as price from vehicle.vehicles');
    expect(row).toEqual({ fuel: 'petrol', gearbox: 'automatic', mileage_km: 48_217, power_kw: 169, price: 1_799_000 });
  });
});

describe('a car that is offered anew', () => {
  it('under another number after it had ended: the same vehicle, one relist', async () => {
    await take(captured('mobile-de', 'old', ago(200)));
    await take(gone('mobile-de', 'old', 'removed', ago(100)));
    await take(captured('mobile-de', 'new', ago(50), { price: '17.500 €' }));
    expect(await cars()).toMatchObject([{ listings: ['mobile-de/new', 'mobile-de/old'], relists: 1, status: 'available', price: 1_750_000 }]);
  });

  it('with one reading, before anybody saw that the old one had ended: one car at once', async () => {
    await take(captured('mobile-de', 'old', ago(20), { mileage: '48.000 km' }));
    await take(captured('mobile-de', 'new', ago(10), { mileage: '48.000 km' }));
    expect(await cars()).toMatchObject([{ listings: ['mobile-de/new', 'mobile-de/old'], status: 'available' }]);
  });

  it('with another reading, before anybody saw that the old one had ended: they come together when that is seen', async () => {
    await take(captured('mobile-de', 'old', ago(30)));
    await take(captured('mobile-de', 'new', ago(20), { mileage: '48.241 km' }));
    expect(await cars()).toHaveLength(2);
    await take(gone('mobile-de', 'old', 'removed', ago(5)));
    expect(await cars()).toMatchObject([{ listings: ['mobile-de/new', 'mobile-de/old'], relists: 1, status: 'available' }]);
  });
});

describe('an offer that does not name its year', () => {
  const yearless = (words: Record<string, string | undefined> = {}) => captured('ebay', 'bare', ago(6), { title: 'VW Golf GTI', year: undefined, ...words });
  const waiting = async () => (await bench.db.query<{ state: string }>(`select state from vehicle.quarantine`)).map(({ state }) => state);

  it('joins the car that it agrees with, and the year is that of the others', async () => {
    await take(captured('mobile-de', 'a', ago(9)), yearless());
    expect(await cars()).toMatchObject([{ listings: ['ebay/bare', 'mobile-de/a'] }]);
    expect(await waiting()).toEqual([]);
    await take(gone('mobile-de', 'a', 'removed', ago(5)));
    expect(await bench.db.query(`select year, status from vehicle.vehicles`)).toEqual([{ year: 2017, status: 'available' }]);
  });

  it('waits for such a car, and is taken in when one comes', async () => {
    const events = await recordEvents(bench.db);
    await take(yearless());
    // Whoever had it captured need not wait for it; that it goes on waiting here is told once.
    expect((await events.of(listingRefused)).map(({ data }) => data)).toEqual([{ source: 'ebay', external_id: 'bare', reasons: ['year_unknown'], captured_at: ago(6).toISOString() }]);
    expect([await cars(), await waiting()]).toEqual([[], ['waiting']]);
    await take(captured('mobile-de', 'a', ago(5)));
    expect(await cars()).toMatchObject([{ listings: ['ebay/bare', 'mobile-de/a'] }]);
    expect(await waiting()).toEqual(['accepted']);
    expect(await events.of(listingRefused)).toHaveLength(1);
  });

  it('brings its prices of the time it waited', async () => {
    await bench.db.query('delete from vehicle.price_history');
    await take(yearless());
    await take(captured('ebay', 'bare', ago(5), { title: 'VW Golf GTI', year: undefined, price: '18.490 €' }));
    await take(captured('mobile-de', 'a', ago(4)));
    expect(await bench.db.query(`select observed_at as at, price_amount::float8 as price from vehicle.price_history where source = 'ebay' order by 1`)).toEqual([
      { at: ago(6), price: 1_899_000 },
      { at: ago(5), price: 1_849_000 },
    ]);
  });

  it('brings them when a page of its own names the year at last', async () => {
    await bench.db.query('delete from vehicle.price_history');
    await take(yearless());
    await take(captured('ebay', 'bare', ago(5), { title: 'VW Golf GTI', price: '18.490 €' }));
    expect(await bench.db.query(`select price_amount::float8 as price, change from vehicle.price_history order by observed_at`)).toEqual([
      { price: 1_899_000, change: 'first_seen' },
      { price: 1_849_000, change: 'price' },
    ]);
  });

  it('that ended while it waited is taken in as ended', async () => {
    await take(yearless());
    await take(gone('ebay', 'bare', 'sold', ago(5)));
    await take(captured('mobile-de', 'a', ago(4)));
    expect(await bench.db.query(`select external_id as id, status from vehicle.listings order by 1`)).toEqual([{ id: 'a', status: 'active' }, { id: 'bare', status: 'sold' }]);
  });
});

it('a price that is heard of late stands in the history at its time', async () => {
  await bench.db.query('delete from vehicle.price_history');
  const entries = () => bench.db.query(`select price_amount::float8 as price, change from vehicle.price_history order by observed_at`);
  await take(captured('mobile-de', 'a', ago(9)));
  await take(captured('mobile-de', 'a', ago(5), { price: '16.990 €' }));
  await take(captured('mobile-de', 'a', ago(7), { price: '17.990 €' }));
  expect(await entries()).toEqual([
    { price: 1_899_000, change: 'first_seen' },
    { price: 1_799_000, change: 'price' },
    { price: 1_699_000, change: 'price' },
  ]);
  await take(captured('mobile-de', 'a', ago(6), { price: '16.990 €' }));
  const [last] = await bench.db.query<{ at: Date }>(`select observed_at as at from vehicle.price_history order by observed_at desc limit 1`);
  expect(last?.at).toEqual(ago(6));
  expect(await cars()).toMatchObject([{ price: 1_699_000 }]);
});

describe('what is to be doubted', () => {
  it('a price with a figure too few: kept at its listing, and not the price of the car', async () => {
    await take(captured('mobile-de', 'a', ago(5)), captured('autoscout24', 'b', ago(5), { price: '1.899 €' }));
    expect(await cars()).toMatchObject([{ price: 1_899_000 }]);
    const [row] = await bench.db.query(`select price_amount::float8 as price from vehicle.listings where external_id = 'b'`);
    expect(row).toEqual({ price: 189_900 });
  });

  it('a price that was only looked at, with a figure too few: doubted as well, until it is back', async () => {
    await take(captured('mobile-de', 'a', ago(5)), captured('autoscout24', 'b', ago(5), { price: '19.490 €' }));
    const look = (amount: number, hours: number): News => ({ kind: 'checked', checked: { source: 'mobile-de', externalId: 'a', url: null, status: 'active', price: { amount, currency: 'EUR' }, checkedAt: ago(hours) } });
    await take(look(189_900, 3));
    expect((await cars())[0]).toMatchObject({ price: 1_949_000 });
    expect(await bench.db.query(`select d.doubts from vehicle.listing_details d join vehicle.listings l on l.id = d.listing_id where l.external_id = 'a'`)).toEqual([{ doubts: ['price_factor_ten'] }]);
    await take(look(1_849_000, 2));
    expect((await cars())[0]).toMatchObject({ price: 1_849_000 });
    expect(await bench.db.query(`select d.doubts from vehicle.listing_details d join vehicle.listings l on l.id = d.listing_id where l.external_id = 'a'`)).toEqual([{ doubts: [] }]);
  });

  it('a price that jumps by ten: marked, and believed again when it is back', async () => {
    const doubts = async () => (await bench.db.query<{ doubts: string[] }>(`select doubts from vehicle.listing_details`))[0]?.doubts;
    await take(captured('mobile-de', 'a', ago(9)));
    await take(captured('mobile-de', 'a', ago(8), { price: '189.900 €' }));
    expect(await doubts()).toEqual(['price_factor_ten']);
    await take(captured('mobile-de', 'a', ago(7), { price: '18.500 €' }));
    expect(await doubts()).toEqual([]);
    expect(await cars()).toMatchObject([{ price: 1_850_000 }]);
  });
});

describe('what can’t be taken in', () => {
  it('waits with reasons, once per listing, and is settled by what comes later', async () => {
    expect(await take(captured('mobile-de', 'a', ago(9), { make: 'Zzyzx', model: undefined, title: 'Zzyzx' }))).toMatchObject([{ result: 'refused' }]);
    await take(captured('mobile-de', 'a', ago(8), { year: undefined, title: 'VW Golf', make: undefined }));
    const waiting = await bench.db.query('select state, reasons, attempts from vehicle.quarantine');
    expect(waiting).toEqual([{ state: 'waiting', reasons: ['year_unknown'], attempts: 2 }]);
    await take(captured('mobile-de', 'a', ago(7)));
    expect(await bench.db.query('select state from vehicle.quarantine')).toEqual([{ state: 'superseded' }]);
    expect(await cars()).toHaveLength(1);
  });
});

it('two workers with one car of two sources at the same moment make one vehicle', async () => {
  for (let round = 0; round < 6; round++) {
    const words = { mileage: `${41 + round}.317 km`, vin: undefined };
    await Promise.all(['mobile-de', 'autoscout24', 'dealer-site'].map((source) => take({ kind: 'captured', captured: aCapture(source, `r${round}`, ago(3), words) })));
  }
  expect((await cars()).map(({ listings }) => listings.length)).toEqual([3, 3, 3, 3, 3, 3]);
});

describe('what the events tell of the offers', () => {
  interface Told {
    readonly type: string;
    readonly facts: { readonly offers?: readonly Record<string, unknown>[] } | null;
    readonly changed: readonly string[] | null;
  }
  const told = (): Promise<Told[]> =>
    bench.db.query<Told>(`select type, data->'facts' as facts, data->'changed' as changed from vehicle.outbox where type like 'vehicle.%' order by position`);

  it('names all of a car’s, also when only one that does not set its price has changed', async () => {
    await bench.db.query('delete from vehicle.outbox');
    await take(captured('mobile-de', 'a', ago(9), { price: '18.990 €' }), captured('autoscout24', 'b', ago(8), { price: '19.490 €' }));
    await take(captured('autoscout24', 'b', ago(3), { price: '19.290 €' }));
    const [, second] = (await told()).filter(({ type }) => type !== 'vehicle.price_changed.v1');
    expect(second).toMatchObject({ type: 'vehicle.updated.v1', changed: ['listings'] });
    expect(second?.facts?.offers).toEqual([
      expect.objectContaining({ source: 'autoscout24', external_id: 'b', auction: false, active: true, price: { amount: 1_929_000, currency: 'EUR' }, price_kind: 'asked', price_doubtful: false }),
      expect.objectContaining({ source: 'mobile-de', external_id: 'a', price: { amount: 1_899_000, currency: 'EUR' } }),
    ]);
  });

  it('tells a bid from what an auction ended at', async () => {
    await bench.db.query('delete from vehicle.outbox');
    const hall: Partial<Captured> = { hints: { locale: 'en-US', currency: 'USD', mileageUnit: 'mi', country: 'US', auction: true } };
    const words = { price: undefined, current_bid: '$4,200', city: 'Dallas', country: 'US', mileage: '48,217 mi' };
    await take(captured('copart', 'lot', ago(9), words, hall));
    await take(gone('copart', 'lot', 'sold', ago(1)));
    const offers = (await told()).flatMap(({ facts }) => facts?.offers ?? []);
    expect(offers).toMatchObject([
      { source: 'copart', auction: true, active: true, status: 'active', price_kind: 'bid', price: { amount: 420_000, currency: 'USD' } },
      { source: 'copart', auction: true, active: false, status: 'sold', price_kind: 'hammer' },
    ]);
  });
});
