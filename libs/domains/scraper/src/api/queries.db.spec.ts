import { listingCaptured, scrapeCompleted, scrapeFailed, scrapeRequested } from '@autobroker/contracts';
import { ManualClock, uuidv7 } from '@autobroker/kernel';
import { defineService } from '@autobroker/platform/app';
import { platformTables } from '@autobroker/platform/database';
import { defineConsumer, EventConsumer, type EventFor } from '@autobroker/platform/messaging';
import { SandboxProcess, testApp, type TestApp } from '@autobroker/platform/testing';
import { Injectable, Module } from '@nestjs/common';
import { scraperService } from '../scraper.module';

const answers = defineConsumer({ name: 'pricing.answers', on: [listingCaptured, scrapeCompleted, scrapeFailed] });
const heard: { readonly type: string; readonly query: string | null; readonly source: string | null; readonly seq: number | null; readonly captured: number | null }[] = [];

/** Whoever asks: it writes down what it hears, as it comes. */
@Injectable()
@EventConsumer(answers)
class Listener {
  handle({ type, data }: EventFor<typeof answers>): Promise<void> {
    heard.push({ type, query: data.query_id, source: 'source' in data ? data.source : null, seq: 'seq' in data ? data.seq : null, captured: 'captured' in data ? data.captured : null });
    return Promise.resolve();
  }
}

@Module({ providers: [Listener] })
class PricingModule {}

const pricing = defineService({ name: 'pricing', module: PricingModule, entities: [], migrations: platformTables('pricing'), routes: [] });

const start = '2026-11-20T08:00:00.000Z';
const clock = new ManualClock(start);
let sandbox: SandboxProcess;
let app: TestApp;

beforeAll(async () => {
  sandbox = await SandboxProcess.start(150, start);
  app = await testApp({ services: [scraperService, pricing], overrides: { clock }, env: { SANDBOX_URL: sandbox.url, SCRAPER_MIN_PER_DAY: '0', SCRAPER_IMAGE_HASH_SOURCES: 'none' } });
}, 120_000);
afterAll(async () => {
  await app.close();
  await sandbox.stop();
});

async function ask(data: Omit<(typeof scrapeRequested)['fixture'], 'query_id'>): Promise<string> {
  const queryId = uuidv7(clock.now());
  await app.of('pricing').transaction((tx) => tx.publish(scrapeRequested, { key: queryId, tenantId: null, data: { ...data, query_id: queryId } }));
  return queryId;
}

const about = (query: string) => heard.filter((one) => one.query === query);
async function answered(query: string): Promise<ReturnType<typeof about>> {
  for (let turn = 0; turn < 480; turn += 1) {
    const so = about(query);
    if (so.some(({ type }) => type !== listingCaptured.type)) return so;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error('nobody answers');
}

it('a price query hears every capture under its id, each source in order, and that it is complete after the last', async () => {
  const query = await ask({ filters: { year_min: 2005 }, sources: null, max_results: 6 });
  const told = await answered(query);
  const captures = told.filter(({ type }) => type === listingCaptured.type);
  // The installation's own choice: the auctions.
  expect([...new Set(captures.map(({ source }) => source))].sort()).toEqual(['copart', 'iaai']);
  for (const source of ['copart', 'iaai']) {
    const seqs = captures.filter((one) => one.source === source).map(({ seq }) => seq);
    expect([seqs.length > 0 && seqs.length <= 6, seqs]).toEqual([true, seqs.map((_seq, index) => index)]);
  }
  expect(told.at(-1)).toMatchObject({ type: scrapeCompleted.type, captured: captures.length });
  // Nothing comes after it.
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  expect(about(query)).toHaveLength(told.length);
}, 180_000);

it('one that nobody can answer hears that, and why', async () => {
  expect((await answered(await ask({ filters: {}, sources: ['nobody'], max_results: 5 }))).map(({ type }) => type)).toEqual([scrapeFailed.type]);
}, 180_000);
