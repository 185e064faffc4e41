// What cars are worth: from the cache, without it, and the whole catalogue valued anew in the background.
import { createRequire } from 'node:module';

const { Client } = createRequire(import.meta.url)('pg');

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

const withClient = async (url, work) => {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
};

const waiting = async (client) => (await client.query('select count(*)::integer as n from pricing.valuation_queue')).rows[0].n;

/**
 * Cars that were just put in are valued as their events come, and the first of so large a catalogue train a model: that is
 * work of its own, and not what is measured.
 */
export const allValued = async ({ base, token, url, patienceMs = 1_200_000 }) => {
  const end = performance.now() + patienceMs;
  const headers = { authorization: `Bearer ${token}` };
  const idle = async () => {
    const { data } = await (await fetch(`${base}/api/v1/monitoring/jobs`, { headers })).json();
    return data.filter(({ name }) => name === 'pricing.default' || name === 'pricing.analysis').every(({ waiting, active }) => waiting + active === 0);
  };
  await withClient(url, async (client) => {
    for (let left = await waiting(client); left > 0; left = await waiting(client)) {
      if (performance.now() > end) throw new Error(`${left} cars still wait for their valuation`);
      await pause(500);
    }
  });
  const trained = await fetch(`${base}/api/v1/pricing-models`, { method: 'POST', headers });
  if (trained.status !== 202) throw new Error(`the training was refused: ${await trained.text()}`);
  // A model that is promoted asks for a revaluation when it is done: nothing to do twice in a row is the end of it.
  for (let quiet = 0; quiet < 3; ) {
    if (performance.now() > end) throw new Error('the price model is still being trained');
    await pause(1_000);
    quiet = (await idle()) ? quiet + 1 : 0;
  }
};

const patienceMs = 900_000;

/** Vehicles a second from the operator's call to the last valuation. */
export const reRating = async ({ base, token, url, say }) =>
  withClient(url, async (client) => {
    const { rows } = await client.query('select count(*)::integer as n, clock_timestamp() as now from pricing.market_cars where left_at is null and facts is not null');
    const [{ n: cars, now: before }] = rows;
    const valued = async () => (await client.query('select count(*)::integer as n from pricing.valuations where valued_at > $1', [before])).rows[0].n;
    const began = performance.now();
    const answer = await fetch(`${base}/api/v1/pricing-models/revaluation`, { method: 'POST', headers: { authorization: `Bearer ${token}` } });
    if (answer.status !== 202) throw new Error(`the revaluation was refused: ${await answer.text()}`);
    let over = began;
    for (let done = 0; done < cars; ) {
      await pause(50);
      over = performance.now();
      // It tells itself how far it is; of a million cars, counting alone would keep both processors busy.
      const [at] = (await client.query('select sum(valued)::integer as n from pricing.revaluations having count(*) > 0')).rows;
      done = at === undefined ? await valued() : 0;
      if (over - began > patienceMs) throw new Error(`only ${at?.n ?? done} of ${cars} cars were valued anew in ${patienceMs / 1_000} seconds`);
    }
    const seconds = (over - began) / 1_000;
    const methods = await client.query('select method, count(*)::integer as n from pricing.valuations group by method order by n desc');
    say(`  ${cars.toLocaleString('en')} cars valued anew: ${Math.round(cars / seconds)} a second (${methods.rows.map(({ method, n }) => `${method} ${n}`).join(', ')})`);
    return { req_s: cars / seconds, p50_ms: null, p95_ms: null, p99_ms: null };
  });

const columnsOf = async (client, table) => {
  const { rows } = await client.query(`select column_name from information_schema.columns where table_schema = 'pricing' and table_name = $1 and column_name <> 'vehicle_id'`, [table]);
  return rows.map((row) => row.column_name);
};

/** So many are put in at once. */
const batch = 100_000;

/**
 * Adds cars like those that are there until there are `size`. What is asked for them strays from what such a car is worth, as
 * the model says, by seven hundredths: so a few in a hundred are deals, as on a real market. The first cars, at up to a fifth more or
 * less than the rule of their prices, are bargains by the dozen, and copies of them would be; a catalogue of bargains measures
 * the search for deals and not the valuing. Ids count up with time, as real ones do: rows that are read together stand together.
 */
const growMarket = async (client, size, say) => {
  const cars = await columnsOf(client, 'market_cars');
  const valuations = await columnsOf(client, 'valuations');
  const asked = 'coalesce(v.q50 * clones.stray, c.price_amount)';
  const own = {
    mileage_km: '(c.mileage_km * clones.driven)::integer',
    price_amount: `case when c.price_amount is not null then (${asked})::bigint end`,
    price_ref: `(c.price_ref * ${asked} / nullif(c.price_amount, 0))::bigint`,
  };
  await client.query('create temporary table if not exists first_cars as select vehicle_id from pricing.market_cars where left_at is null and facts is not null');
  const { rows } = await client.query('select (select count(*) from pricing.market_cars where left_at is null and facts is not null)::integer as have, (select count(*) from first_cars)::integer as first');
  const [{ have, first }] = rows;
  for (let missing = size - have; missing > 0; missing -= batch) {
    const some = Math.min(missing, batch);
    await client.query(
      `create temporary table clones as select vehicle_id as old, uuidv7() as new, exp(random_normal(0, 0.07)) as stray, 0.8 + random() * 0.4 as driven
       from generate_series(1, $1) cross join first_cars limit $2`,
      [Math.ceil(some / first), some],
    );
    await client.query(
      `insert into pricing.market_cars (vehicle_id, ${cars.join()}) select clones.new, ${cars.map((name) => own[name] ?? `c.${name}`).join()}
       from clones join pricing.market_cars c on c.vehicle_id = old left join pricing.valuations v on v.vehicle_id = old order by clones.new`,
    );
    await client.query(`insert into pricing.valuations (vehicle_id, ${valuations.join()}) select clones.new, ${valuations.map((name) => `v.${name}`).join()} from pricing.valuations v join clones on v.vehicle_id = old order by clones.new`);
    await client.query('drop table clones');
    if (some < missing) say(`  ${(size - missing + some).toLocaleString('en')} of them`);
  }
  await client.query('vacuum analyze pricing.market_cars');
  await client.query('vacuum analyze pricing.valuations');
};

/** The search for deals stands aside while a catalogue is valued: it must not be at it when the next size is measured. */
const searchedThrough = async (client, size, say) => {
  const began = performance.now();
  const waits = async () => (await client.query('select 1 from pricing.opportunity_queue limit 1')).rows.length > 0;
  while ((await waits()) && performance.now() - began < patienceMs) await pause(250);
  const [{ deals }] = (await client.query('select count(*)::integer as deals from pricing.opportunities where expired_at is null')).rows;
  say(`  looked through for deals ${Math.round((performance.now() - began) / 1_000)} seconds later: ${deals}, ${Math.round((deals / size) * 1_000) / 10} in a hundred cars`);
};

/** Whether a large market makes a price dearer to find: the same at each of these sizes. */
export const pricingCurve = async ({ sizes, base, token, url, measure, say }) => {
  const points = [];
  await withClient(url, async (client) => {
    for (const size of sizes) {
      say(`Growing the market to ${size.toLocaleString('en')} cars …`);
      await growMarket(client, size, say);
      const { rows } = await client.query('select vehicle_id from pricing.market_cars where left_at is null and facts is not null order by random() limit 60000');
      // So few a second that no car is asked for twice.
      const paths = rows.map((row) => `/api/v1/vehicles/${row.vehicle_id}/pricing`);
      const cold = await measure(paths, { warmup: 1, seconds: Math.min(4, Math.max(1, rows.length / 10_000)) });
      const rated = await reRating({ base, token, url, say });
      if (size !== sizes.at(-1)) await searchedThrough(client, size, say);
      points.push({ cars: size, req_s: Math.round(cold.req_s), p95_ms: Math.round(cold.p95_ms * 100) / 100, rated_s: Math.round(rated.req_s) });
    }
  });
  process.stdout.write('| cars on the market | pricing, not cached, req/s | P95 ms | valued anew/s |\n|---|---|---|---|\n');
  for (const { cars, req_s, p95_ms, rated_s } of points) process.stdout.write(`| ${cars.toLocaleString('en')} | ${req_s} | ${p95_ms} | ${rated_s} |\n`);
  return points;
};
