import { listingChecked, offerCheckAsked } from '@autobroker/contracts';
import { uuidv7 } from '@autobroker/kernel';
import { SandboxProcess, speakerFor, testApp, type TestApp } from '@autobroker/platform/testing';
import { scraperService } from '../scraper.module';

/** Only the outbox of the order service: this spec says what it would say. */
const orders = speakerFor('orders');

let sandbox: SandboxProcess;
let app: TestApp;
beforeAll(async () => {
  sandbox = await SandboxProcess.start(60, '2026-11-20T08:00:00.000Z');
  app = await testApp({ services: [scraperService, orders], env: { SANDBOX_URL: sandbox.url, SCRAPER_MIN_PER_DAY: '0', SCRAPER_IMAGE_HASH_SOURCES: 'none' } });
}, 120_000);
afterAll(async () => {
  await app?.close();
  await sandbox?.stop();
});

async function asked(source: string, externalId: string): Promise<unknown> {
  const events = await app.events('scraper');
  const orderId = uuidv7();
  const data = { order_id: orderId, vehicle_id: uuidv7(), source, external_id: externalId, url: null, asked_at: app.clock.now().toISOString() };
  await app.of('orders').transaction((tx) => tx.publish(offerCheckAsked, { key: orderId, tenantId: uuidv7(), data }));
  for (let turn = 0; turn < 600; turn += 1) {
    const [told] = (await events.of(listingChecked)).filter((one) => one.data.external_id === externalId);
    if (told !== undefined) return [told.data.source, told.data.reason, told.data.status];
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('nobody answers');
}

it('an order that asks is answered: what is not there is gone, and what can’t be read is unknown', async () => {
  expect(await asked('copart', '10000001')).toEqual(['copart', 'asked', 'removed']);
  expect(await asked('nobody', 'x-1')).toEqual(['nobody', 'asked', 'unknown']);
}, 120_000);
