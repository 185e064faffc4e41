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

/** Vehicles a second from the operator's call to the last valuation. */
export const reRating = async ({ base, token, url, say }) =>
  withClient(url, async (client) => {
    const { rows } = await client.query('select count(*)::integer as n, clock_timestamp() as now from pricing.market_cars where left_at is null and facts is not null');
    const [{ n: cars, now: before }] = rows;
    const began = performance.now();
    const answer = await fetch(`${base}/api/v1/pricing-models/revaluation`, { method: 'POST', headers: { authorization: `Bearer ${token}` } });
    if (answer.status !== 202) throw new Error(`the revaluation was refused: ${await answer.text()}`);
    let done = 0;
    while (done < cars) {
      await pause(100);
      done = (await client.query('select count(*)::integer as n from pricing.valuations where valued_at > $1', [before])).rows[0].n;
      if (performance.now() - began > 900_000) throw new Error(`only ${done} of ${cars} cars were valued anew`);
    }
    const seconds = (performance.now() - began) / 1_000;
    const methods = await client.query('select method, count(*)::integer as n from pricing.valuations group by method order by n desc');
    say(`  ${cars.toLocaleString('en')} cars valued anew: ${Math.round(cars / seconds)} a second (${methods.rows.map(({ method, n }) => `${method} ${n}`).join(', ')})`);
    return { req_s: cars / seconds, p50_ms: null, p95_ms: null, p99_ms: null };
  });
