// From a captured listing in the scraper's outbox to the committed vehicle: how many a second, in how much memory, and whether
// a large catalogue slows it down.
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { root } from '../bootstrap/lib.mjs';
import { captures } from './captures.mjs';
import { fillCatalogue } from './fill-catalogue.mjs';
import { memoryOf, memoryTable, probed } from './memory.mjs';
import { startServer } from './server.mjs';

const require = createRequire(import.meta.url);
const { Client } = require('pg');
const vehicle = join(root, 'libs/domains/vehicle/dist');
const { SqlMatchStore } = require(join(vehicle, 'infrastructure/match-store.js'));
const { decideMatch } = require(join(vehicle, 'domain/matching/index.js'));

const batch = 2_000;

const memoryMb = (pid) => Math.round(Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024);
/** Processor time of a process so far, which another one's load does not lengthen. */
const cpuMs = (pid) => {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
};
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/** `count` captured listings into the outbox, as the scraper would have left them there. */
const publish = async (client, count, seed) => {
  const all = captures(count, seed);
  for (let rows = take(all, batch); rows.length > 0; rows = take(all, batch)) {
    await client.query(
      `insert into scraper.outbox (id, type, version, key, occurred_at, data)
       select e.id, 'listing.captured.v1', 1, e.key, now(), e.data from jsonb_to_recordset($1::jsonb) as e(id uuid, key text, data jsonb)`,
      [JSON.stringify(rows.map((data) => ({ id: randomUUID(), key: `${data.source}:${data.external_id}`, data })))],
    );
  }
};

const take = (iterator, most) => {
  const rows = [];
  while (rows.length < most) {
    const { done, value } = iterator.next();
    if (done) break;
    rows.push(value);
  }
  return rows;
};

const handled = async (client) => {
  const { rows } = await client.query(`select count(*)::integer as n from vehicle.inbox where consumer = 'vehicle.ingest-listings'`);
  return rows[0].n;
};

/** Starts the platform on what waits, and stops it when all of it is done. */
const ingestAll = async (client, env, say, { runIn = 1, app = 'platform' } = {}) => {
  const { rows } = await client.query(
    `select (select count(*) from scraper.outbox where type = 'listing.captured.v1')::integer - (select count(*) from vehicle.inbox where consumer = 'vehicle.ingest-listings')::integer as waiting`,
  );
  const waiting = rows[0].waiting;
  const before = await handled(client);
  const platform = await startServer(join(root, 'apps', app, 'dist/main.js'), probed({ ...env, PROCESS_ROLES: 'worker' }));
  try {
    const rss = [];
    const quarters = [];
    let began;
    let first = 0;
    let cpuBefore = 0;
    for (;;) {
      const done = (await handled(client)) - before;
      // What the process needs to get going, and PostgreSQL to have at hand what it works with, is not what a listing costs.
      if (began === undefined && done >= runIn) [began, first, cpuBefore] = [performance.now(), done, cpuMs(platform.child.pid)];
      if (done > 0) rss.push(memoryMb(platform.child.pid));
      if (done > 0 && done >= (quarters.length * waiting) / 4) quarters.push({ at: done.toLocaleString('en'), memory: await memoryOf(platform) });
      if (done >= waiting) break;
      await pause(waiting > 20_000 ? 500 : 100);
    }
    const seconds = (performance.now() - began) / 1_000;
    const cpu = (cpuMs(platform.child.pid) - cpuBefore) / Math.max(1, waiting - first);
    const result = { listings: waiting, per_s: Math.round((waiting - first) / seconds), cpu_ms: Math.round(cpu * 1_000) / 1_000, rss_mb: [rss[0], rss[rss.length >> 1], rss.at(-1)] };
    say(`  ${waiting.toLocaleString('en')} listings: ${result.per_s} a second, ${result.cpu_ms} ms of processor time each in ${app}; memory ${result.rss_mb.join(', ')} MB at the start, in the middle, at the end`);
    if (waiting > 20_000) {
      quarters.push({ at: 'the end, collected', memory: await memoryOf(platform, { collect: true }) });
      say(memoryTable(quarters));
    }
    return { ...result, memory: quarters };
  } finally {
    await platform.stop();
  }
};

/** How many listings look for their car at once, as in a batch of the ingest. */
const together = 50;

/** What it takes to find all that a listing may be of, and to weigh it: for those that came last, the second time they ask; the middle one of the batches. */
const matchMs = async (client) => {
  const { rows } = await client.query(
    `select d.make_key as "makeKey", d.model_key as "modelKey", d.year, d.mileage_km as "mileageKm", d.vin, d.stock_key as "stockKey", d.place_key as "placeKey", d.match,
            array(select i.hash from vehicle.listing_image_hashes i where i.listing_id = d.listing_id) as "imageHashes"
     from vehicle.listing_details d join vehicle.listings l on l.id = d.listing_id where l.source <> 'filled' and d.match is not null order by l.first_seen_at desc limit 2000`,
  );
  const store = new SqlMatchStore();
  const tx = { query: async (sql, params) => (await client.query(sql, params)).rows };
  const spent = [];
  for (let at = 0; at < rows.length; at += together) {
    const probes = rows.slice(at, at + together);
    for (const measured of [false, true]) {
      await client.query('begin');
      const began = performance.now();
      for (const { probe, match } of await store.candidates(tx, null, probes)) decideMatch(probes[probe].match, match);
      if (measured) spent.push((performance.now() - began) / probes.length);
      await client.query('commit');
    }
  }
  return Math.round(spent.sort((a, b) => a - b)[spent.length >> 1] * 1_000) / 1_000;
};

/**
 * `curve` are sizes of the catalogue at which the ingest is measured by itself: what other services make of its events costs
 * the more, the more they know, and would be taken for the match's.
 */
export const ingestBench = async ({ postgres, env, listings, curve, say }) => {
  const client = new Client({ connectionString: postgres.superUrl ?? postgres.url });
  await client.connect();
  try {
    say(`Writing ${listings.toLocaleString('en')} captured listings into the outbox …`);
    await publish(client, listings, 1);
    const result = await ingestAll(client, env, say);
    const { rows } = await client.query(
      `select (select count(*) from vehicle.vehicles where deleted_at is null)::integer as vehicles, (select count(*) from vehicle.listings)::integer as listings,
              (select count(*) from vehicle.quarantine)::integer as quarantine, (select count(*) from vehicle.dead_letter)::integer as dead`,
    );
    say(`  ${rows[0].listings} listings of ${rows[0].vehicles} vehicles, ${rows[0].quarantine} in quarantine, ${rows[0].dead} dead letters`);
    const points = [];
    for (const size of curve) {
      say(`Filling the catalogue up to ${size.toLocaleString('en')} …`);
      await fillCatalogue(client, size);
      await client.query('vacuum analyze');
      await publish(client, 6_000, size);
      const point = await ingestAll(client, env, say, { runIn: 3_000, app: 'vehicle' });
      points.push({ catalogue: size, per_s: point.per_s, ms: Math.round((1_000 / point.per_s) * 1_000) / 1_000, cpu_ms: point.cpu_ms, match_ms: await matchMs(client) });
    }
    if (points.length > 0) {
      process.stdout.write('| vehicles in the catalogue | listings/s | ms per listing | of it in the service’s processor | the match alone |\n|---|---|---|---|---|\n');
      for (const point of points) process.stdout.write(`| ${point.catalogue.toLocaleString('en')} | ${point.per_s} | ${point.ms} | ${point.cpu_ms} | ${point.match_ms} |\n`);
    }
    return { ...result, curve: points };
  } finally {
    await client.end();
  }
};
