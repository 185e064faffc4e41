import { priceQueryCompleted } from '@autobroker/contracts';
import { ManualClock, uuidv7 } from '@autobroker/kernel';
import { asUser, type EventRecorder, SandboxProcess, testApp, type TestApp, testTenant } from '@autobroker/platform/testing';
import { pricingService } from '@autobroker/pricing';
import { scraperService } from '@autobroker/scraper';
import { vehicleService } from '@autobroker/vehicle';
import { z } from 'zod';

/** From the question to the answer: pricing asks, the scraper reads the auctions, the catalogue takes in, pricing ranks. */
const start = '2026-11-20T08:00:00.000Z';
const clock = new ManualClock(start);
const buyer = { id: uuidv7(), headers: {} };
buyer.headers = asUser({ role: 'buyer', tenantId: testTenant.id, id: buyer.id });

const truthSchema = z.object({
  make: z.string(),
  model: z.string(),
  year: z.int(),
  mileage_km: z.number(),
  damage: z.string(),
  listings: z.array(z.object({ source: z.string(), external_id: z.string(), url: z.string(), ended_at: z.string().nullable(), planted: z.array(z.string()) })),
});
type Truth = z.output<typeof truthSchema>;
const answerSchema = z.object({
  data: z.looseObject({
    id: z.string(),
    status: z.string(),
    scrape: z.string(),
    average_price: z.object({ amount: z.number() }).nullable(),
    similar: z.array(z.looseObject({ vehicle_id: z.string(), similarity_score: z.number(), rank: z.number(), vehicle: z.looseObject({ make: z.string(), model: z.string(), year: z.int() }).nullable() })).optional(),
    auction_listings: z.array(z.looseObject({ vehicle_id: z.string(), auction_platform: z.string(), listing_url: z.string().nullable(), similarity_score: z.number() })).optional(),
  }),
});

let sandbox: SandboxProcess;
let app: TestApp;
let events: EventRecorder;
beforeAll(async () => {
  sandbox = await SandboxProcess.start(2_000, start);
  app = await testApp({
    services: [vehicleService, scraperService, pricingService],
    overrides: { clock },
    env: { SANDBOX_URL: sandbox.url, SCRAPER_MIN_PER_DAY: '0', SCRAPER_IMAGE_HASH_SOURCES: 'none' },
  });
  events = await app.events('pricing');
}, 120_000);
afterAll(async () => {
  await app.close();
  await sandbox.stop();
});

async function call(path: string, body?: object): Promise<z.output<typeof answerSchema>['data']> {
  const answer = await app.call(`/api/v1${path}`, { method: body === undefined ? 'GET' : 'POST', headers: buyer.headers, ...(body === undefined ? {} : { body }) });
  if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`);
  return answerSchema.parse(await answer.json()).data;
}

/** The address of a lot's page ends with its id; what the truth tells is where its facts come from. */
const lotOf = (url: string | null): string => /([^/?#]+)(?:[?#].*)?$/u.exec(url ?? '')?.[1]?.split('~')[0] ?? '';
const atAuction = ({ listings }: Truth) => listings.filter(({ source, ended_at }) => (source === 'copart' || source === 'iaai') && ended_at === null);

/** A model of which several lots are on at the auctions, nothing wrong with any. */
async function wanted(): Promise<{ readonly asked: Truth; readonly lots: ReadonlyMap<string, Truth> }> {
  const cars = (await sandbox.truth()).map((line) => truthSchema.parse(line));
  const onOffer = cars.filter((car) => atAuction(car).length > 0);
  const models = Map.groupBy(onOffer, ({ make, model }) => `${make} ${model}`);
  const [most] = [...models.values()].toSorted((a, b) => b.length - a.length);
  const [asked] = (most ?? []).toSorted((a, b) => a.year - b.year).slice(Math.floor((most ?? []).length / 2));
  if (most === undefined || asked === undefined) throw new Error('nothing is at auction');
  return { asked, lots: new Map(most.flatMap((car) => atAuction(car).map(({ external_id }) => [external_id, car]))) };
}

it('a question is answered by what the auctions have on that day: the lots are found, taken in, and ranked by likeness', async () => {
  const { asked, lots } = await wanted();
  const { id, status, scrape, similar } = await call('/price-queries', { make: asked.make, model: asked.model, year: asked.year, mileage: asked.mileage_km, damage_type: asked.damage });
  expect([status, scrape, similar]).toEqual(['pending', 'requested', undefined]);

  let done = await call(`/price-queries/${id}`);
  for (let turn = 0; turn < 600 && done.status !== 'completed' && done.status !== 'failed'; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    // What the catalogue refuses is waited for a minute, in its own time.
    if (done.status === 'calculating' && turn % 50 === 49) clock.advance(60_000);
    done = await call(`/price-queries/${id}`);
  }
  expect(done).toMatchObject({ status: 'completed', scrape: 'completed' });

  const found = done.auction_listings ?? [];
  expect(found.length).toBeGreaterThan(0);
  // Every one is a lot that is really on, of the model that was asked for or one that says it is.
  const near = [...lots].filter(([, car]) => Math.abs(car.year - asked.year) <= 2);
  const right = found.filter(({ listing_url }) => lots.has(lotOf(listing_url)));
  expect(right.length / found.length).toBeGreaterThanOrEqual(0.8);
  expect(right.length).toBeGreaterThanOrEqual(Math.min(near.length, 20) * 0.6);
  // The car that was described is among the first.
  const own = new Set(atAuction(asked).map(({ external_id }) => external_id));
  const place = found.findIndex(({ listing_url }) => own.has(lotOf(listing_url)));
  expect([place >= 0, place < 3]).toEqual([true, true]);
  expect(found.map(({ similarity_score }) => similarity_score)).toEqual(found.map(({ similarity_score }) => similarity_score).toSorted((a, b) => b - a));

  expect((done.similar ?? [])[0]).toMatchObject({ rank: 1, vehicle: { make: asked.make, model: asked.model } });
  expect((await events.of(priceQueryCompleted)).map(({ data }) => [data.query_id, data.user_ids, data.auction_listings])).toEqual([[id, [buyer.id], found.length]]);
}, 240_000);

it('the same question within the hour reads no source again', async () => {
  const { asked } = await wanted();
  // The answer may be there before the last page of the first question has been read.
  let before = await sandbox.control('requests?vendor=copart&limit=1');
  for (let now = ''; now !== before; ) {
    now = before;
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    before = await sandbox.control('requests?vendor=copart&limit=1');
  }
  const again = await call('/price-queries', { make: asked.make.toLowerCase(), model: asked.model, year: asked.year, mileage: asked.mileage_km, damage_type: asked.damage });
  expect(again.status).toBe('completed');
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  expect(await sandbox.control('requests?vendor=copart&limit=1')).toBe(before);
}, 60_000);
