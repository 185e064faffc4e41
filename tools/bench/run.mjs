// Everything that we claim about speed, side by side in one run on one machine, as ratios to a bare server.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createServer } from 'node:http';
import { runNode, root } from '../bootstrap/lib.mjs';
import { localSecrets } from '../bootstrap/local.mjs';
import { startPostgres } from '../engines/postgres.mjs';
import { freePort } from '../engines/support.mjs';
import { cars, makeNames } from './cars.mjs';
import { ingestBench } from './ingest.mjs';
import { listFilters, listPages } from './list-filters.mjs';
import { orderRows, ordersBench } from './orders.mjs';
import { allValued, pricingCurve, reRating } from './pricing.mjs';
import { priceModelBench } from './price-model.mjs';
import { random, zipf } from './random.mjs';
import { inTurns, measure, startServer } from './server.mjs';

const say = (text) => process.stderr.write(`${text}\n`);

export const bench = async (args) => {
  const { values } = parseArgs({
    args,
    options: { json: { type: 'string' }, cars: { type: 'string', default: '100000' }, seconds: { type: 'string', default: '8' }, only: { type: 'string' }, listings: { type: 'string', default: '20000' }, curve: { type: 'string', default: '' } },
  });
  const wanted = values.only === undefined ? undefined : new Set(values.only.split(','));
  const seconds = Number(values.seconds);
  const sizes = (values.curve === '' ? '10000,100000,1000000' : values.curve).split(',').map(Number).sort((a, b) => a - b);
  // A market grows to each size of the curve and never shrinks: it begins with the smallest.
  const count = wanted?.has('pricing_curve') ? Math.min(Number(values.cars), sizes[0]) : Number(values.cars);
  const folder = mkdtempSync(join(tmpdir(), 'autobroker-bench-'));
  const closing = [() => rmSync(folder, { recursive: true, force: true })];
  const rows = [];
  const record = (name, result, bare) => {
    const row = {
      name,
      req_s: Math.round(result.req_s * 10) / 10,
      p50_ms: round(result.p50_ms),
      p95_ms: round(result.p95_ms),
      p99_ms: round(result.p99_ms),
      ratio: bare === undefined ? null : round(result.req_s / bare.req_s),
      // What one answer costs the server's process, and how busy the load generator was: they tell what a rate is bound by.
      server_us: result.server_us == null ? null : round(result.server_us),
      client_busy: result.client_busy === undefined ? null : round(result.client_busy),
    };
    rows.push(row);
    const bad = Object.entries(result.statuses ?? {}).filter(([status]) => Number(status) >= 400);
    if (bad.length > 0) throw new Error(`${name}: some requests were refused: ${JSON.stringify(result.statuses)}`);
    say(`  ${name.padEnd(28)} ${String(row.req_s).padStart(10)} req/s   P50 ${row.p50_ms}  P95 ${row.p95_ms}  P99 ${row.p99_ms} ms${row.ratio === null ? '' : `   ratio ${row.ratio}`}${row.server_us === null ? '' : `   ${row.server_us} µs/answer, client ${Math.round(row.client_busy * 100)} %`}`);
    return result;
  };
  const finish = () => {
    process.stdout.write(`${table(rows)}\n`);
    if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(rows, null, 2)}\n`);
    return 0;
  };
  const asked = (...names) => wanted === undefined || names.some((name) => wanted.has(name));

  try {
    if (asked('price_training', 'price_inference')) {
      rows.push(...(await priceModelBench({ say })));
      if (wanted !== undefined && [...wanted].every((name) => name.startsWith('price_'))) return finish();
    }
    say('Starting PostgreSQL and the platform …');
    const postgres = await startPostgres({ dataDir: join(folder, 'postgres'), log: () => {} });
    closing.push(() => postgres.stop());
    // Sampled traces are on, as in production; this takes and forgets them.
    const sink = createServer((request, answer) => request.resume().on('end', () => answer.end('{}')));
    const sinkPort = await freePort();
    await new Promise((done) => sink.listen(sinkPort, '127.0.0.1', done));
    closing.push(() => new Promise((done) => (sink.closeAllConnections(), sink.close(done))));
    const env = {
      ...localSecrets(folder),
      AUTOBROKER_DATA: folder,
      DATABASE_URL: postgres.url,
      RATE_LIMIT_SCALE: '100000',
      OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${sinkPort}`,
      OTEL_TRACES_SAMPLER_ARG: '0.05',
      // Under full load many statements are slow; each one's warning would bury the table.
      LOG_LEVEL: 'error',
      // A market that grows under it is no reason to train: what is measured is the valuing.
      ...(wanted?.has('pricing_curve') === true ? { PRICING_TRAINING_CARS: '20000' } : {}),
    };
    const prepared = await runNode([join(root, 'apps/platform/dist/prepare.js')], { env: { ...process.env, ...env, DEMO_SEED: 'true' }, stdio: ['ignore', 'ignore', 'inherit'] });
    if (prepared !== 0) throw new Error('the database could not be prepared');
    if (asked('ingest')) {
      const curve = values.curve === '' ? [] : values.curve.split(',').map(Number);
      const result = await ingestBench({ postgres, env, listings: Number(values.listings), curve, say });
      rows.push({ name: 'ingest', req_s: result.per_s, p50_ms: null, p95_ms: null, p99_ms: null, ratio: null, ...result });
      if (wanted?.size === 1) return finish();
    }
    if (asked('orders', ...orderRows)) {
      await ordersBench({ postgres, env, folder, seconds, asked, record, say, signIn, caughtUp });
      if (wanted !== undefined && [...wanted].every((name) => name === 'orders' || orderRows.includes(name))) return finish();
    }
    // The demo's operator fills the catalogue; production mode, where demo seeding is refused, serves it.
    const { accounts } = JSON.parse(readFileSync(join(folder, 'installation.json'), 'utf8'));
    const platform = await startServer(join(root, 'apps/platform/dist/main.js'), env);
    closing.push(() => platform.stop());
    const base = `http://127.0.0.1:${platform.port}`;
    const token = await signIn(base, accounts.find((account) => account.role === 'operator'));

    say(`Filling the catalogue with ${count.toLocaleString('en')} cars through the bulk route …`);
    const began = performance.now();
    const ids = await fill(base, token, count);
    say(`  ${Math.round(ids.length / ((performance.now() - began) / 1000))} rows/s`);
    await caughtUp(base, token);
    await allValued({ base, token, url: postgres.superUrl ?? postgres.url });
    await runNode(['-e', `const{Client}=require('pg');const c=new Client(process.env.DATABASE_URL);c.connect().then(()=>c.query('vacuum analyze')).then(()=>c.end())`], { env: { ...process.env, DATABASE_URL: postgres.superUrl ?? postgres.url } });

    say('Measuring …');
    const next = random(7);
    const bare = await startServer(join(import.meta.dirname, 'bare.cjs'));
    closing.push(() => bare.stop());
    const raw = await startServer(join(import.meta.dirname, 'raw.cjs'), { DATABASE_URL: postgres.url, BENCH_TENANT: await tenantOf(base, accounts) });
    closing.push(() => raw.stop());
    const run = (server, requests, more = {}) => measure({ server, port: server.port, requests, seconds, ...more });
    const anyId = () => ids[Math.floor(next() * ids.length)];
    const shuffled = [...ids].sort(() => next() - 0.5);
    const uncachedList = (prefix) => Array.from({ length: 50_000 }, (_, index) => `${prefix}?make=${encodeURIComponent(makeNames[8 + (index % 12)])}&price_min=${100_000 + index * 7}`);

    const job = (server, requests, more) => ({ server, port: server.port, requests, seconds, ...more });
    /** A row whose ratio counts, in turns with what it is compared with. */
    const beside = async (name, requests, reference, more = {}) => {
      const [theirs, own] = await inTurns([job(reference.server, reference.requests, more), job(platform, requests, more)]);
      record(name, own, theirs);
      return theirs;
    };
    const hello = { server: bare, requests: ['/hello'] };
    const bareSpeed = record('hello', await run(bare, hello.requests));

    const hot = new Set();
    if (asked('vehicle_cached')) {
      for (let count = 0; count < 1_000; count += 1) hot.add(anyId());
      await beside('vehicle_cached', [...hot].map((id) => `/api/v1/vehicles/${id}`), hello);
    }
    if (asked('vehicle_uncached', 'vehicle_raw')) {
      // Each id once, or so long after that the cache has forgotten it; without the thousand that were just asked for.
      const cold = shuffled.filter((id) => !hot.has(id));
      const reference = { server: raw, requests: shuffled.map((id) => `/vehicles/${id}`) };
      const theirs = await beside('vehicle_uncached', cold.map((id) => `/api/v1/vehicles/${id}`), reference, { distinct: true, warmup: 0.8, seconds: Math.min(seconds, 4) });
      record('vehicle_raw', theirs, theirs);
    }
    if (asked('list_cached')) {
      const lists = makeNames.flatMap((make) => ['-price', 'price', '-year', '-listed_at'].map((sort) => `/api/v1/vehicles?make=${encodeURIComponent(make)}&sort=${sort}`));
      await beside('list_cached', lists, hello);
    }
    if (asked('list_uncached', 'list_raw')) {
      // Some hundred requests a second: both need a while until their code is compiled.
      const reference = { server: raw, requests: uncachedList('/vehicles') };
      const theirs = await beside('list_uncached', uncachedList('/api/v1/vehicles'), reference, { distinct: true, warmup: 6, seconds: seconds * 2 });
      record('list_raw', theirs, theirs);
    }
    if (asked('list_filters')) await listFilters(platform.port, record);
    if (asked('list_pages_first', 'list_pages_deep')) await listPages(platform.port, record);
    if (asked('read_mix')) record('read_mix', await run(platform, readMix(ids), { warmup: 12 }), bareSpeed);
    if (asked('pricing_cached', 'pricing_uncached')) {
      const warm = Array.from({ length: 1_000 }, anyId);
      await beside('pricing_cached', warm.map((id) => `/api/v1/vehicles/${id}/pricing`), hello);
      const known = new Set(warm);
      record('pricing_uncached', await run(platform, shuffled.filter((id) => !known.has(id)).map((id) => `/api/v1/vehicles/${id}/pricing`), { warmup: 2, seconds: Math.min(seconds, 4) }), bareSpeed);
    }
    if (asked('re_rating')) record('re_rating', await reRating({ base, token, url: postgres.superUrl ?? postgres.url, say }));
    // A million cars take a while to put in: only when they are asked for by name.
    if (wanted?.has('pricing_curve')) {
      const points = await pricingCurve({ sizes, base, token, url: postgres.superUrl ?? postgres.url, say, measure: (paths, more) => run(platform, paths, more) });
      for (const { cars, req_s, p95_ms, rated_s } of points) rows.push({ name: `pricing_at_${cars}`, req_s, p50_ms: null, p95_ms, p99_ms: null, ratio: null, rated_s });
    }
    if (asked('create_vehicle')) {
      const headers = { Authorization: `Bearer ${token}` };
      const bodies = cars(20_000, 99).map(({ source: _source, external_id: _id, url: _url, ...body }) => ({ method: 'POST', path: '/api/v1/vehicles', headers, body }));
      record('create_vehicle', await run(platform, bodies, { connections: 32 }), bareSpeed);
    }
    if (asked('event_latency', 'event_latency_across')) {
      await platform.stop();
      record('event_latency', await eventLatency(env, false));
      record('event_latency_across', await eventLatency(env, true));
    }
  } finally {
    for (const close of closing.reverse()) await close();
  }

  return finish();
};

const round = (value) => (value === null ? null : Math.round(value * 1000) / 1000);

const table = (rows) =>
  [
    '| name | req/s | P50 ms | P95 ms | P99 ms | ratio to bare |',
    '|---|---|---|---|---|---|',
    ...rows.map((row) => `| ${row.name} | ${row.req_s} | ${row.p50_ms ?? '–'} | ${row.p95_ms ?? '–'} | ${row.p99_ms ?? '–'} | ${row.ratio ?? '–'} |`),
  ].join('\n');

const signIn = async (base, account) => {
  const answer = await fetch(`${base}/api/v1/auth/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: account.email, password: account.password }),
  });
  const body = await answer.json();
  if (answer.status !== 200) throw new Error(`the operator could not sign in: ${JSON.stringify(body.error)}`);
  return body.data.access_token;
};

/** A visitor sees the catalogue through a tenant's eyes, so the bare server asks for one, too: the same SQL, the same plans. */
const tenantOf = async (base, accounts) => {
  const token = await signIn(base, accounts.find((account) => account.role === 'buyer'));
  return JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString()).tid;
};

const fill = async (base, token, count) => {
  const all = cars(count);
  const ids = [];
  const send = async (vehicles) => {
    const answer = await fetch(`${base}/api/v1/vehicles/bulk`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ vehicles }),
    });
    const body = await answer.json();
    if (answer.status !== 200 || body.data.summary.refused > 0) throw new Error(`the bulk route refused: ${JSON.stringify(body).slice(0, 500)}`);
    ids.push(...body.data.results.map((result) => result.vehicle_id));
  };
  const chunks = Array.from({ length: Math.ceil(count / 1_000) }, (_, index) => all.slice(index * 1_000, (index + 1) * 1_000));
  await Promise.all(Array.from({ length: 2 }, async () => {
    for (let chunk = chunks.pop(); chunk !== undefined; chunk = chunks.pop()) await send(chunk);
  }));
  return ids;
};

/** What the fill has published is work for the consumers, which would otherwise be done while others are measured. */
const caughtUp = async (base, token) => {
  const patience = performance.now() + 600_000;
  const read = async (path) => {
    const answer = await fetch(`${base}/api/v1/monitoring/${path}`, { headers: { authorization: `Bearer ${token}` } });
    const body = await answer.json();
    if (answer.status !== 200) throw new Error(`${path} can't be seen: ${JSON.stringify(body.error)}`);
    return body.data;
  };
  // Idle for some seconds: what one job has done may be another one's work.
  for (let quiet = 0; quiet < 5; ) {
    const behind = (await read('consumers')).reduce((sum, consumer) => sum + consumer.deferred + consumer.sources.reduce((all, source) => all + source.behind, 0), 0);
    const jobs = (await read('jobs')).reduce((sum, queue) => sum + queue.waiting + queue.active, 0);
    quiet = behind === 0 && jobs === 0 ? quiet + 1 : 0;
    if (performance.now() > patience) throw new Error(`the platform is still ${behind} events and ${jobs} jobs behind`);
    await new Promise((done) => setTimeout(done, 1_000));
  }
};

/** 60 of 100 a car, 30 a list, 10 a search with words and filters; each by Zipf, so that some are asked for all the time. */
const readMix = (ids) => {
  const next = random(11);
  const car = zipf(ids.length, 1, next);
  const lists = makeNames.flatMap((make) => ['-price', 'price', '-year', '-listed_at', 'mileage'].flatMap((sort) => [1, 2, 3].map((page) => `/api/v1/vehicles?make=${encodeURIComponent(make)}&sort=${sort}&page=${page}`)));
  const list = zipf(lists.length, 1, next);
  const searches = Array.from({ length: 400 }, (_, index) => `/api/v1/vehicles?q=${encodeURIComponent(makeNames[index % makeNames.length])}&year_min=${2010 + (index % 14)}&fuel=${['diesel', 'petrol', 'electric'][index % 3]}`);
  const search = zipf(searches.length, 1, next);
  return Array.from({ length: 60_000 }, () => {
    const kind = next();
    if (kind < 0.6) return `/api/v1/vehicles/${ids[car()]}`;
    return kind < 0.9 ? lists[list()] : searches[search()];
  });
};

/** Sends events at a steady pace and joins when each was committed with when its consumer had it. */
const eventLatency = async (env, across) => {
  const file = join(import.meta.dirname, 'event-probe.cjs');
  const options = { ...env, OTEL_EXPORTER_OTLP_ENDPOINT: '' };
  const publisher = await startServer(file, { ...options, BENCH_HEARS: String(!across) });
  const hearer = across ? await startServer(file, { ...options, BENCH_HEARS: 'true' }) : publisher;
  try {
    const events = 2_000;
    const heard = new Map();
    hearer.child.on('message', (message) => {
      if (message.type === 'heard') for (const [number, at] of message.times) heard.set(number, at);
    });
    const began = performance.now();
    const sent = await new Promise((done, failed) => {
      publisher.child.on('message', (message) => (message.type === 'sent' ? done(message.times) : undefined));
      publisher.child.once('exit', () => failed(new Error('the publisher ended')));
      publisher.child.send({ publish: events, perSecond: 400 });
    });
    const elapsed = (performance.now() - began) / 1000;
    for (let waited = 0; heard.size < events && waited < 10_000; waited += 50) await new Promise((done) => setTimeout(done, 50));
    if (heard.size !== events) throw new Error(`${events - heard.size} events were not heard`);
    const latencies = sent.map(([number, at]) => Math.max(0, heard.get(number) - at)).sort((a, b) => a - b);
    const at = (share) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))];
    return { req_s: events / elapsed, p50_ms: at(0.5), p95_ms: at(0.95), p99_ms: at(0.99) };
  } finally {
    publisher.child.removeAllListeners('exit');
    await publisher.stop();
    if (across) await hearer.stop();
  }
};
