import { eventually } from './eventually';
import { call, signIn, walk } from './own-client';
import { OwnPlatform, type Started } from './own-platform';

/** A platform whose outside world is small, so that all of it can be read again and again. */
const world = { SANDBOX: 'on', SANDBOX_CARS: '160', SANDBOX_SEED: 'e2e', SCRAPER_MIN_PER_DAY: '0', SCRAPER_IMAGE_HASH_SOURCES: 'none' };
const platform = new OwnPlatform();
let started: Started;
let token: string;
beforeAll(async () => {
  started = await platform.start([], world);
  token = await signIn(started, 'operator');
}, 180_000);
afterAll(() => platform.dispose());

interface Offer {
  readonly source: string;
  readonly external_id: string;
  readonly status: string;
  readonly vehicle_id: string;
  readonly price: { readonly amount: number; readonly currency: string } | null;
}

interface TruthCar {
  readonly car_id: string;
  readonly listings: readonly {
    readonly source: string;
    readonly external_id: string;
    readonly listed_at: string;
    readonly ended_at: string | null;
    readonly prices: readonly { readonly amount: number; readonly currency: string }[];
    readonly bids?: readonly { readonly at: string }[];
    readonly planted: readonly string[];
  }[];
}

interface Source {
  readonly slug: string;
  readonly paused: boolean;
  readonly next_run_at: string | null;
  readonly last_runs: readonly { readonly id: string; readonly state: string }[];
}

const control = async <T>(path: string, json?: unknown): Promise<T> => {
  const answer = await fetch(`${started.sandbox}/control${path}`, json === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(json) });
  return (await answer.json()) as T;
};

const truth = async (): Promise<TruthCar[]> => {
  const text = await (await fetch(`${started.sandbox}/control/truth`)).text();
  return text.trim().split('\n').map((line) => JSON.parse(line) as TruthCar);
};

const sources = async (): Promise<Source[]> => {
  const { status, body } = await call(started.url, '/sources', token);
  if (status !== 200) throw new Error(`the sources answered ${status}`);
  return body.data as Source[];
};

const busy = ({ paused, next_run_at, last_runs }: Source, now: string): boolean =>
  last_runs.length === 0 || last_runs.some(({ state }) => state === 'queued' || state === 'running') || (!paused && next_run_at !== null && next_run_at <= now);

/** Every source has been read as far as the clock has come. What was read becomes the catalogue a moment later. */
const settled = (): Promise<true> =>
  eventually(
    'every source to be read',
    async () => {
      const { now } = await control<{ now: string }>('/clock');
      return (await sources()).some((source) => busy(source, now)) ? undefined : true;
    },
    300_000,
  );

const keyOf = (one: { readonly source: string; readonly external_id: string }): string => `${one.source} ${one.external_id}`;

const catalogue = async (): Promise<Map<string, Offer>> => {
  const offers = await walk<Offer>(started.url, '/listings?sort=last_seen_at', token);
  return new Map(offers.map((offer) => [keyOf(offer), offer]));
};

/** What the market offers now, but for what it says nothing useful of. */
const offered = (cars: readonly TruthCar[]) =>
  cars.flatMap((car) => car.listings.filter(({ ended_at, planted }) => ended_at === null && !planted.includes('missing_fields')).map((listing) => ({ ...listing, car: car.car_id })));

/** The catalogue once all that the market offers is in it. */
const complete = async (cars: readonly TruthCar[]): Promise<Map<string, Offer>> => {
  let known = new Map<string, Offer>();
  let missing: string[] = [];
  await eventually(
    'what was read to be in the catalogue',
    async () => {
      known = await catalogue();
      missing = offered(cars).map(keyOf).filter((key) => !known.has(key));
      return missing.length === 0 ? true : undefined;
    },
    90_000,
  ).catch(() => undefined);
  expect(missing).toEqual([]);
  return known;
};

describe('the outside world becomes the catalogue', () => {
  it('reads every source by itself and knows each car of the market once', async () => {
    await settled();
    const cars = await truth();
    const known = await complete(cars);
    const vehicles = new Map<string, Set<string>>();
    const split: string[] = [];
    for (const car of cars) {
      const ids = new Set(car.listings.flatMap((listing) => known.get(keyOf(listing))?.vehicle_id ?? []));
      if (ids.size > 1) split.push(car.car_id);
      for (const id of ids) vehicles.set(id, (vehicles.get(id) ?? new Set()).add(car.car_id));
    }
    const mixed = [...vehicles.values()].filter((set) => set.size > 1);
    // Lies of sellers keep a few cars apart; none may be thrown together.
    expect(split.length).toBeLessThanOrEqual(Math.ceil(cars.length * 0.03));
    expect(mixed.length).toBeLessThanOrEqual(Math.ceil(cars.length * 0.01));
  }, 420_000);

  it('follows it through two days: new offers come, prices move, ended ones leave', async () => {
    await control('/clock', { advance: '1d' });
    await settled();
    await control('/clock', { advance: '1d' });
    await settled();
    const { now } = await control<{ now: string }>('/clock');
    const cars = await truth();
    const known = await complete(cars);
    // What happened since the last look is nobody's fault.
    const dayAgo = new Date(Date.parse(now) - 30 * 3_600_000).toISOString();
    const ended = cars.flatMap((car) => car.listings.filter(({ ended_at }) => ended_at !== null && ended_at < dayAgo));
    const lingering = ended.filter((listing) => ['active', 'reserved'].includes(known.get(keyOf(listing))?.status ?? 'gone'));
    expect(lingering.map(keyOf)).toEqual([]);
    // A lot that was sold, at once or when the seller had agreed, is shown as such for another hour.
    const saleBegan = new Date(Date.parse(now) - 72 * 3_600_000).toISOString();
    const isJustSold = (listing: TruthCar['listings'][number]): boolean => (listing.bids?.at(-1)?.at ?? '') > saleBegan && known.get(keyOf(listing))?.status === 'sold';
    const standing = offered(cars).filter((listing) => listing.listed_at < dayAgo && !isJustSold(listing));
    expect(standing.filter((listing) => !['active', 'reserved'].includes(known.get(keyOf(listing))?.status ?? 'gone')).map(keyOf)).toEqual([]);
    const priced = standing.filter(({ prices, planted }) => prices.length > 0 && planted.length === 0);
    const wrong = priced.filter((listing) => {
      const [seen, last, before] = [known.get(keyOf(listing))?.price, listing.prices.at(-1), listing.prices.at(-2)];
      // The last change may be younger than the last look.
      return ![last, before].some((price) => price !== undefined && seen?.amount === price.amount && seen.currency === price.currency);
    });
    expect(priced.length).toBeGreaterThan(50);
    expect(wrong.map(keyOf)).toEqual([]);
  }, 600_000);
});

it('killed in the middle of reading everything, it loses no listing and doubles none', async () => {
  await control('/clock', { advance: '1d' });
  await eventually('a run to be under way', async () => ((await sources()).some(({ last_runs }) => last_runs.some(({ state }) => state === 'running')) ? true : undefined), 60_000);
  platform.killEverything();
  await platform.gone();
  started = await platform.start([], world);
  token = await signIn(started, 'operator');
  await settled();
  await complete(await truth());
  const all = await walk<Offer>(started.url, '/listings?sort=last_seen_at', token);
  expect(new Set(all.map(keyOf)).size).toBe(all.length);
}, 600_000);
