import { listingCaptured } from '@autobroker/contracts';
import { speakerFor } from '@autobroker/platform/testing';
import sharp from 'sharp';
import { aCapture, capturedEvent } from '../application/ingest/a-capture';
import { Client, people } from './spec-client';

const scraper = speakerFor('scraper');

let client: Client;
beforeAll(async () => {
  client = await Client.start([scraper]);
}, 60_000);
afterAll(() => client.close());

let seq = 0;

async function capture(source: string, externalId: string, words: Parameters<typeof aCapture>[3]): Promise<string> {
  const at = new Date(client.app.clock.now().getTime() - 3 * 3_600_000);
  await client.app.of('scraper').transaction((tx) => tx.publish(listingCaptured, capturedEvent(aCapture(source, externalId, at, words), (seq += 1))));
  for (let tries = 0; tries < 500; tries++) {
    const [found] = (await client.get('nobody', `/listings?source=${source}&external_id=${externalId}`)).list;
    if (found !== undefined) return String(found.vehicle_id);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('it never came');
}

/** Cars that nothing brings together by itself: other places, other mileages. */
const cars = (mark: string, km: number): Promise<string[]> =>
  Promise.all([
    capture('mobile-de', `${mark}1`, { mileage: `${km} km` }),
    capture('autoscout24', `${mark}2`, { mileage: `${km + 43_000} km`, city: 'Hamburg', postal_code: '20095', color: 'rot', power: '81 kW', trim: 'Trendline', title: 'VW Golf Trendline' }),
    capture('autoscout24', `${mark}3`, { mileage: `${km + 97_000} km`, city: 'Ulm', postal_code: '89073', color: 'grün', power: '110 kW', trim: 'Highline', title: 'VW Golf Highline' }),
  ]);

async function upload(vehicleId: string | undefined, colour: string): Promise<string> {
  const bytes = await sharp({ create: { width: 40, height: 30, channels: 3, background: colour } }).png().toBuffer();
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(bytes)], { type: 'image/png' }), 'car.png');
  const response = await client.app.call(`/api/v1/vehicles/${vehicleId}/media`, { method: 'POST', headers: people.operator, body: form });
  const { data }: { data: { id: string } } = JSON.parse(await response.text());
  return data.id;
}

const pictures = async (vehicleId: string | undefined) => (await client.get('nobody', `/vehicles/${vehicleId}/media`)).list.map(({ id, position, is_cover }) => ({ id, position, is_cover }));
const inOrder = (...ids: string[]) => ids.map((id, position) => ({ id, position, is_cover: position === 0 }));
const counted = async (vehicleId: string | undefined) => (await client.get('nobody', `/vehicles/${vehicleId}?fields=image_count`)).data.image_count;
const merge = async (to: string | undefined, from: string | undefined) =>
  String((await client.ask('operator', 'POST', `/vehicles/${to}/merge`, { vehicle_id: from, reason: 'the same car' })).data.id);
const revert = async (mergeId: string) => (await client.ask('operator', 'POST', `/vehicle-merges/${mergeId}/revert`)).status;

describe('pictures that staff uploaded to a car which turns out to be another', () => {
  it('are shown at the car that is left, after its own, and are back where they were once the merge is taken back', async () => {
    const [one, other] = await cars('a', 21_217);
    const [said, saidOfOther] = [Number(await counted(one)), Number(await counted(other))];
    const own = await upload(one, '#110000');
    const [first, second] = [await upload(other, '#220000'), await upload(other, '#330000')];
    const mergeId = await merge(one, other);
    expect(await pictures(one)).toEqual(inOrder(own, first, second));
    expect(await counted(one)).toBe(said + 3);
    expect((await client.app.call(`/api/v1/vehicles/${one}/media/${first}/content`)).status).toBe(200);

    const later = await upload(one, '#440000');
    expect(await revert(mergeId)).toBe(200);
    expect(await pictures(one)).toEqual(inOrder(own, later));
    expect(await pictures(other)).toEqual(inOrder(first, second));
    expect([await counted(one), await counted(other)]).toEqual([said + 2, saidOfOther + 2]);
  });

  it('are not shown twice where both cars had the same', async () => {
    const [one, other] = await cars('b', 33_941);
    const own = await upload(one, '#aa0000');
    const [same, its] = [await upload(other, '#aa0000'), await upload(other, '#bb0000')];
    const mergeId = await merge(one, other);
    expect(await pictures(one)).toEqual(inOrder(own, its));
    await revert(mergeId);
    expect(await pictures(one)).toEqual(inOrder(own));
    expect(await pictures(other)).toEqual(inOrder(same, its));
  });

  it('go on where that car is merged as well, and come back step by step; those taken away meanwhile do not', async () => {
    const [one, other, third] = await cars('c', 52_663);
    const [a, b, c] = [await upload(one, '#cc0000'), await upload(other, '#dd0000'), await upload(third, '#ee0000')];
    const gone = await upload(third, '#ff0000');
    const [inner, outer] = [await merge(other, third), await merge(one, other)];
    expect(await pictures(one)).toEqual(inOrder(a, b, c, gone));
    await client.ask('operator', 'DELETE', `/vehicles/${one}/media/${gone}`, undefined, { 'if-match': '*' });
    await revert(outer);
    expect(await pictures(other)).toEqual(inOrder(b, c));
    await revert(inner);
    expect([await pictures(one), await pictures(other), await pictures(third)]).toEqual([inOrder(a), inOrder(b), inOrder(c)]);
  });
});
