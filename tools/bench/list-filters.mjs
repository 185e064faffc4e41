// Every filter of the vehicle list, with values that let many, some and few cars through, in every order there is: what the
// slowest filter costs when no cache knows the answer. One request at a time: it is the query that is measured, not a queue.
import { makeNames } from './cars.mjs';
import { random } from './random.mjs';
import { measure } from './server.mjs';

const path = '/api/v1/vehicles';
const orders = ['listed_at', 'created_at', 'updated_at', 'price', 'year', 'mileage', 'power'].flatMap((order) => [order, `-${order}`]);

/** Lists of alternatives by filter; a function draws a value anew for each request. From wide to narrow. */
const filters = (next) => {
  const between = (low, high) => low + Math.floor(next() * (high - low));
  const near = (lat, lon, radius) => () => ({ lat: (lat + next() / 10).toFixed(5), lon: (lon + next() / 10).toFixed(5), radius_km: radius });
  const range = (name, [low, high], width) => {
    const from = between(low, high - width);
    return { [`${name}_min`]: from, [`${name}_max`]: from + width };
  };
  return {
    none: [{}],
    q: [
      () => ({ q: 'bmw'[between(0, 3)] }),
      () => ({ q: 'aeis'[between(0, 4)] }),
      { q: 'service' },
      { q: 'volks' },
      () => ({ q: `${makeNames[between(0, makeNames.length)]} berlin` }),
      () => ({ q: `golf ${between(2009, 2026)}` }),
      { q: 'zeppelin' },
    ],
    make: [{ make: makeNames.slice(0, 10) }, { make: 'Volkswagen' }, () => ({ make: makeNames[between(0, makeNames.length)] }), { make: 'Mini' }, { make: 'None' }],
    model: [{ model: ['Golf', 'Polo', 'Passat', 'Tiguan', 'X1', 'X3'] }, { model: 'Golf' }, { make: 'BMW', model: '320d' }, { model: '911' }],
    trim: [{ trim: ['Comfort', 'Style', 'Sport', 'Base'] }, { trim: 'Comfort' }, { trim: 'sport' }, { trim: 'None' }],
    fuel: [{ fuel: ['petrol', 'diesel'] }, { fuel: 'diesel' }, { fuel: 'electric' }, { fuel: 'hydrogen' }],
    gearbox: [{ gearbox: 'automatic' }, { gearbox: 'manual' }, { gearbox: 'semi_automatic' }],
    drivetrain: [{ drivetrain: 'fwd' }, { drivetrain: 'rwd' }, { drivetrain: ['rwd', 'awd'] }],
    body: [{ body: ['suv', 'hatchback'] }, { body: 'suv' }, { body: 'coupe' }, { body: 'pickup' }],
    colour: [{ colour: ['black', 'white', 'grey'] }, { colour: 'red' }, { colour: 'gold' }],
    interior_colour: [{ interior_colour: 'black' }, { interior_colour: ['beige', 'brown'] }, { interior_colour: 'red' }, { interior_colour: 'green' }],
    condition: [{ condition: 'used' }, { condition: ['demonstration', 'damaged'] }, { condition: 'not_running' }],
    damage_type: [{ damage_type: 'none' }, { damage_type: ['front', 'rear', 'side'] }, { damage_type: 'side' }, { damage_type: 'hail' }],
    title_status: [{ title_status: 'clean' }, { title_status: ['salvage', 'rebuilt', 'export_only'] }, { title_status: 'salvage' }],
    status: [{ status: ['available', 'reserved', 'sold', 'withdrawn'] }, { status: 'available' }, { status: 'sold' }],
    feature: [
      { feature: 'navigation' },
      { feature: ['navigation', 'heated_seats'] },
      { feature: ['air_conditioning', 'navigation', 'heated_seats', 'parking_sensors'] },
      { feature: 'tow_bar' },
    ],
    country: [{ country: ['DE', 'FR', 'IT'] }, { country: 'DE' }, { country: 'AT' }, { country: 'NO' }],
    region: [{ region: ['North', 'East', 'South'] }, { region: 'coast' }, { region: 'None' }],
    city: [{ city: ['Berlin', 'Köln', 'Paris', 'Lyon'] }, { city: 'münchen' }, { city: 'Oslo' }],
    source: [{ source: ['bench-0', 'bench-1', 'bench-2'] }, { source: 'bench-3' }, { source: 'elsewhere' }],
    vin: [() => ({ vin: `WBZZAAAAAAAAA${between(1000, 9999)}` })],
    stock: [{ stock: 'shared' }, { stock: 'private' }],
    year: [() => ({ year_min: between(2009, 2014) }), () => ({ year_min: between(2016, 2020), year_max: 2023 }), () => ({ year_max: between(2009, 2016) }), { year_min: 2026 }, { year_max: 2009 }],
    price: [
      () => ({ price_min: between(1, 400_000) }),
      () => ({ price_max: between(500_000, 3_000_000) }),
      () => range('price', [500_000, 3_000_000], 300_000),
      () => ({ price_min: between(5_000_000, 7_000_000) }),
      () => ({ price_max: between(500_000, 1_500_000), currency: 'USD' }),
    ],
    mileage: [() => ({ mileage_max: between(100_000, 250_000) }), () => ({ mileage_max: between(20_000, 60_000) }), () => range('mileage', [5_000, 150_000], 5_000), () => ({ mileage_min: between(250_000, 350_000) })],
    power: [() => ({ power_min: between(56, 100) }), () => ({ power_max: between(70, 90) }), () => ({ power_min: between(235, 254) }), () => range('power', [55, 250], 10)],
    displacement: [() => ({ displacement_min: between(1_000, 1_600) }), () => ({ displacement_max: between(900, 1_300) }), () => ({ displacement_min: between(3_900, 4_400) })],
    owners: [{ owners_max: 2 }, { owners_min: 3 }, { owners_min: 4 }],
    doors: [{ doors_min: 4 }, { doors_max: 3 }, { doors_max: 2 }],
    seats: [{ seats_min: 5 }, { seats_min: 6 }, { seats_max: 2 }],
    listed_since: [() => ({ listed_since: `2020-01-01T00:00:${String(between(10, 60))}.${between(100, 999)}Z` })],
    has_images: [{ has_images: true }, { has_images: false }],
    has_vin: [{ has_vin: true }, { has_vin: false }],
    near: [near(50, 8, 20_000), near(50, 8, 600), near(52.5, 13.4, 100), near(48.8, 2.3, 20), near(41.9, 12.4, 3), near(35, -40, 200)],
    together: [
      () => ({ make: 'BMW', fuel: 'diesel', year_min: 2018, price_max: between(1_000_000, 3_000_000), gearbox: 'automatic' }),
      () => ({ q: 'inspection', mileage_max: between(20_000, 100_000), year_min: 2020 }),
      () => ({ year_max: between(2012, 2016), mileage_max: between(40_000, 80_000) }),
      () => ({ ...near(50, 8, 400)(), fuel: ['diesel', 'petrol'], feature: ['navigation'] }),
    ],
  };
};

const textOf = (query) =>
  Object.entries(query)
    .flatMap(([name, value]) => [value].flat().map((one) => `${name}=${encodeURIComponent(one)}`))
    .join('&');

/** So many requests of a filter at the least, so that its P95 is not just its slowest. */
const enough = 80;

/** Each request's text once: the neutral moment makes another question of what is asked again. */
const requestsOf = (alternatives, moment) => {
  const rounds = Math.ceil(enough / (alternatives.length * orders.length));
  return alternatives.flatMap((alternative) => {
    const distance = 'lat' in (typeof alternative === 'function' ? alternative() : alternative) ? ['distance'] : [];
    return Array.from({ length: rounds }, () => [...orders, ...distance]).flat().map((sort) => {
      const query = typeof alternative === 'function' ? alternative() : alternative;
      return `${path}?${textOf({ listed_since: new Date(moment()).toISOString(), ...query, sort })}`;
    });
  });
};

/** `record(name, result)` for each filter, and for all: its P95 and P99 are those of the slowest filter. */
export const listFilters = async (port, record) => {
  const next = random(23);
  let at = Date.parse('2001-01-01T00:00:00Z');
  const moment = () => (at += 1 + Math.floor(next() * 1_000));
  const all = [];
  for (const [name, alternatives] of Object.entries(filters(next))) {
    const requests = requestsOf(alternatives, moment);
    all.push({ name, ...(await measure({ port, requests, connections: 1, warmup: 0, once: true })) });
    record(`list_filters.${name}`, all.at(-1));
  }
  const slowest = (key) => Math.max(...all.map((result) => result[key]));
  const requests = all.reduce((sum, result) => sum + result.requests, 0);
  const seconds = all.reduce((sum, result) => sum + result.requests / result.req_s, 0);
  const middle = all.map((result) => result.p50_ms).sort((a, b) => a - b)[Math.floor(all.length / 2)];
  record('list_filters', { req_s: requests / seconds, p50_ms: middle, p95_ms: slowest('p95_ms'), p99_ms: slowest('p99_ms') });
};

/** Follows the cursor from one end of the catalogue to the other; pages at the beginning and far in, each list for itself. */
export const listPages = async (port, record) => {
  const first = [];
  const deep = [];
  const wide = ['', 'fuel=diesel&fuel=petrol&', 'price_min=1&'];
  for (const [index, sort] of ['-listed_at', 'price', '-mileage', 'year', 'power', 'updated_at'].entries()) {
    const list = `http://127.0.0.1:${port}${path}?${wide[index % wide.length]}sort=${sort}`;
    let cursor;
    for (let page = 0; page < 400; page += 1) {
      // Most of the way is only walked; what is measured are pages as they are usually asked for.
      const measured = page < 20 || page >= 380;
      const began = performance.now();
      const answer = await fetch(`${list}&per_page=${measured ? 20 : 100}${cursor === undefined ? '' : `&cursor=${cursor}`}${measured ? '' : '&fields=id'}`);
      const body = await answer.json();
      if (answer.status !== 200) throw new Error(`the cursor of ${sort} broke: ${JSON.stringify(body.error)}`);
      cursor = body.meta.pagination.next_cursor;
      if (cursor === null) throw new Error(`the list by ${sort} ended early`);
      // The first page of a list counts it, too.
      if (measured && page > 0) (page < 20 ? first : deep).push(performance.now() - began);
    }
  }
  const reference = summary(first);
  record('list_pages_first', reference);
  record('list_pages_deep', summary(deep), reference);
};

const summary = (times) => {
  const sorted = times.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
  return { req_s: (1_000 * times.length) / times.reduce((sum, ms) => sum + ms, 0), p50_ms: at(0.5), p95_ms: at(0.95), p99_ms: at(0.99) };
};
