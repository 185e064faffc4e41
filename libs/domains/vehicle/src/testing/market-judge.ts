import type { TruthLine } from '@autobroker/market';
import type { Database } from '@autobroker/platform/database';
import type { Price } from '../domain/facts';

/** What a source showed at one look. */
export interface Shown {
  readonly at: Date;
  readonly price: Price | null;
  readonly live: boolean;
}

export interface Figures {
  readonly listings: number;
  readonly lost: number;
  readonly waiting: number;
  readonly cars: number;
  readonly vehicles: number;
  /** Cars that have one vehicle, whose listings are all of that car. */
  readonly once: number;
  readonly pairs: number;
  readonly precision: number;
  readonly recall: number;
  readonly prices: { readonly right: number; readonly wrong: number; readonly missing: number };
  readonly statuses: { readonly right: number; readonly wrong: number };
  readonly onMarket: { readonly right: number; readonly wrong: number };
  /** Cars on offer at a sane price, and those of them whose own price is none of the sane ones. */
  readonly headlines: { readonly right: number; readonly wrong: number };
}

interface ListingRow {
  readonly key: string;
  readonly vehicle_id: string;
  readonly status: string;
  readonly vehicle_status: string;
  readonly price: string | null;
}

interface HistoryRow {
  readonly key: string;
  readonly at: Date;
  readonly price: string | null;
  readonly change: string;
}

export interface Judgement {
  readonly figures: Figures;
  readonly missed: readonly (readonly [string, string])[];
  readonly wrong: readonly (readonly [string, string])[];
  readonly problems: readonly string[];
}

const told = (price: Price | null): string | null => (price === null ? null : `${price.amount} ${price.currency}`);
const isLive = (status: string): boolean => status === 'active' || status === 'reserved';
const untrue: ReadonlySet<string> = new Set(['wrong_currency', 'lifetime_low_bait', 'price_typo']);

/** Holds the catalogue against what is so: `shown` is what was to be seen of each listing, by `source/external_id`. */
export async function judgeCatalogue(db: Database, truth: readonly TruthLine[], shown: ReadonlyMap<string, readonly Shown[]>): Promise<Judgement> {
  const rows = await db.query<ListingRow>(
    `select l.source || '/' || l.external_id as key, l.vehicle_id, l.status, v.status as vehicle_status, v.price_amount || ' ' || v.price_currency as price
     from vehicle.listings l join vehicle.vehicles v on v.id = l.vehicle_id where v.deleted_at is null`,
  );
  const history = await db.query<HistoryRow>(
    `select l.source || '/' || l.external_id as key, h.observed_at as at, h.price_amount || ' ' || h.price_currency as price, h.change
     from vehicle.price_history h join vehicle.listings l on l.id = h.listing_id order by h.observed_at, h.id`,
  );
  const [counts] = await db.query<{ waiting: number; vehicles: number }>(
    `select (select count(*)::integer from vehicle.quarantine where state = 'waiting') as waiting, (select count(*)::integer from vehicle.vehicles where deleted_at is null) as vehicles`,
  );
  const carOf = new Map<string, string>(truth.flatMap((line) => line.listings.map((one) => [`${one.source}/${one.external_id}`, line.car_id] as const)));
  const planted = new Map<string, readonly string[]>(truth.flatMap((line) => line.listings.map((one) => [`${one.source}/${one.external_id}`, one.planted] as const)));
  const problems: string[] = [];
  const vehicleOf = new Map(rows.map((row) => [row.key, row.vehicle_id]));
  const seen = [...shown.keys()];
  const cars = Map.groupBy(seen, (key) => carOf.get(key) ?? '?');
  const vehicles = Map.groupBy(rows.map(({ key }) => key), (key) => vehicleOf.get(key) ?? '?');

  const found = pairsOf(vehicles.values());
  const real = pairsOf(cars.values());
  const wrong = found.filter(([a, b]) => carOf.get(a) !== carOf.get(b));
  const missed = real.filter(([a, b]) => vehicleOf.get(a) === undefined || vehicleOf.get(a) !== vehicleOf.get(b));
  const once = [...cars.values()].filter((keys) => {
    const its = new Set(keys.map((key) => vehicleOf.get(key)));
    const [only] = its;
    return its.size === 1 && only !== undefined && (vehicles.get(only)?.length ?? 0) === keys.length;
  }).length;

  const prices = { right: 0, wrong: 0, missing: 0 };
  const rowsOf = Map.groupBy(history, ({ key }) => key);
  for (const [key, looks] of shown) {
    if (!vehicleOf.has(key)) continue;
    const expected = stepsOf(looks);
    const recorded = (rowsOf.get(key) ?? []).filter(({ change }, index, all) => change !== 'status' && (index === 0 || all[index - 1]?.price !== all[index]?.price));
    for (const step of expected) {
      if (recorded.some(({ at, price }) => at.getTime() === step.at.getTime() && price === step.price)) prices.right += 1;
      else {
        prices.missing += 1;
        problems.push(`price missing of ${key} (${planted.get(key)?.join('+')}): ${step.at.toISOString()} ${step.price}; recorded ${recorded.map(({ at, price }) => `${at.toISOString().slice(5, 10)} ${price}`).join(', ')}`);
      }
    }
    for (const { at, price } of recorded) {
      if (expected.some((step) => step.at.getTime() === at.getTime() && step.price === price)) continue;
      prices.wrong += 1;
      problems.push(`price wrong of ${key} (${planted.get(key)?.join('+')}): ${at.toISOString()} ${price}`);
    }
  }

  const statuses = { right: 0, wrong: 0 };
  const onMarket = { right: 0, wrong: 0 };
  const headlines = { right: 0, wrong: 0 };
  const liveNow = (key: string): boolean => shown.get(key)?.at(-1)?.live === true;
  for (const { key, status } of rows) {
    if (isLive(status) === liveNow(key)) statuses.right += 1;
    else {
      statuses.wrong += 1;
      problems.push(`status of ${key} is ${status}`);
    }
  }
  for (const [id, keys] of vehicles) {
    const row = rows.find(({ vehicle_id }) => vehicle_id === id);
    if (row === undefined) continue;
    const live = keys.filter(liveNow);
    const available = row.vehicle_status === 'available' || row.vehicle_status === 'reserved';
    if (available === live.length > 0) onMarket.right += 1;
    else {
      onMarket.wrong += 1;
      problems.push(`vehicle of ${keys.join(' ')} is ${row.vehicle_status}`);
    }
    const sane = live.filter((key) => !(planted.get(key) ?? []).some((fault) => untrue.has(fault))).flatMap((key) => told(shown.get(key)?.at(-1)?.price ?? null) ?? []);
    if (sane.length === 0) continue;
    if (row.price !== null && sane.includes(row.price)) headlines.right += 1;
    else {
      headlines.wrong += 1;
      problems.push(`headline ${row.price} of ${live.map((key) => `${key} (${planted.get(key)?.join('+')}) ${told(shown.get(key)?.at(-1)?.price ?? null)}`).join(', ')}`);
    }
  }
  const figures: Figures = {
    listings: seen.length,
    lost: seen.filter((key) => !vehicleOf.has(key)).length - (counts?.waiting ?? 0),
    waiting: counts?.waiting ?? 0,
    cars: cars.size,
    vehicles: counts?.vehicles ?? 0,
    once,
    pairs: real.length,
    precision: share(found.length - wrong.length, found.length),
    recall: share(real.length - missed.length, real.length),
    prices,
    statuses,
    onMarket,
    headlines,
  };
  return { figures, missed, wrong, problems };
}

const share = (part: number, whole: number): number => (whole === 0 ? 1 : Math.round((part / whole) * 10_000) / 10_000);

const pairsOf = (groups: Iterable<readonly string[]>): (readonly [string, string])[] =>
  [...groups].flatMap((keys) => keys.flatMap((a, index) => keys.slice(index + 1).map((b) => [a, b] as const)));

/** Each price once, when it was first to be seen. */
function stepsOf(looks: readonly Shown[]): { at: Date; price: string | null }[] {
  const steps: { at: Date; price: string | null }[] = [];
  for (const { at, price, live } of looks) if (live && (steps.length === 0 || steps.at(-1)?.price !== told(price))) steps.push({ at, price: told(price) });
  return steps;
}
