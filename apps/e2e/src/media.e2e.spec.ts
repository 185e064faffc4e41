import sharp from 'sharp';
import { eventually } from './eventually';
import { api, base, tenants, tokenOf } from './platform';

const home = tenants[0] ?? '';
const car = { make: 'Fiat', model: '500', year: 2020, price: { amount: 890_000, currency: 'EUR' } };

interface Media {
  readonly id: string;
  readonly url: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  readonly content_type: string;
  readonly is_cover: boolean;
  readonly thumbnails: readonly { readonly width: number; readonly url: string }[];
}

const photo = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: { r: 20, g: 90, b: 140 }, noise: { type: 'gaussian', mean: 128, sigma: 30 } } });

/** As a telephone makes it: who, where, with what, and which way up. */
const fromPhone = (width: number, height: number): Promise<Buffer> =>
  photo(width, height)
    .withExif({ IFD0: { Make: 'Snoopcam', Artist: 'Erika Mustermann' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '52/1 31/1 12/1' } })
    .jpeg()
    .toBuffer();

const upload = async (id: string, bytes: Buffer, name: string, type: string) => {
  const body = new FormData();
  body.append('file', new Blob([new Uint8Array(bytes)], { type }), name);
  return api(`/api/v1/vehicles/${id}/media`, { method: 'POST', token: await tokenOf('agent', home), body });
};

const picture = async (url: string, headers: Record<string, string> = {}) => {
  const answer = await fetch(new URL(url, base), { headers: { authorization: `Bearer ${await tokenOf('agent', home)}`, ...headers } });
  return { status: answer.status, headers: answer.headers, bytes: Buffer.from(await answer.arrayBuffer()) };
};

describe('pictures of a car', () => {
  let id = '';
  beforeAll(async () => {
    const answer = await api('/api/v1/vehicles', { method: 'POST', token: await tokenOf('agent', home), json: car });
    ({ id } = answer.body.data as { id: string });
  });

  it('are painted anew: nothing of the camera or its owner stays, thumbnails follow', async () => {
    const original = await fromPhone(1_600, 1_200);
    expect(original.includes('Erika')).toBe(true);
    const answer = await upload(id, original, 'IMG_0001.JPG', 'image/jpeg');
    expect(answer.status).toBe(201);
    const media = answer.body.data as Media;
    expect(media).toMatchObject({ width: 1_600, height: 1_200, is_cover: true, content_type: 'image/webp' });

    const { bytes, headers } = await picture(media.url);
    expect(headers.get('content-type')).toBe('image/webp');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    const metadata = await sharp(bytes).metadata();
    expect(metadata).toMatchObject({ format: 'webp', width: 1_600, height: 1_200 });
    expect([metadata.exif, metadata.xmp, bytes.includes('Erika'), bytes.includes('Snoopcam')]).toEqual([undefined, undefined, false, false]);

    const thumbnails = await eventually('the thumbnails', async () => {
      const { data } = (await api(`/api/v1/vehicles/${id}/media`, { token: await tokenOf('agent', home) })).body as { data: Media[] };
      return data[0] !== undefined && data[0].thumbnails.length > 0 ? data[0].thumbnails : undefined;
    });
    for (const { width, url } of thumbnails) {
      const small = await eventually(`a thumbnail of ${width}`, async () => {
        const answered = await picture(url);
        const { width: found } = await sharp(answered.bytes).metadata();
        return found === width ? answered : undefined;
      });
      expect(small.bytes.length).toBeLessThan(bytes.length);
    }
  });

  it('are told by content, not by name or what the sender says', async () => {
    const png = await photo(64, 64).png().toBuffer();
    expect((await upload(id, png, 'car.exe', 'application/octet-stream')).status).toBe(201);
    const script = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    for (const bytes of [script, Buffer.from('%PDF-1.7'), Buffer.from('GIF89a;'), Buffer.from('<?php ?>')]) {
      const answer = await upload(id, bytes, 'car.jpg', 'image/jpeg');
      expect([answer.status, answer.body.error?.code]).toEqual([400, 'file_unsupported']);
    }
    const cut = (await fromPhone(400, 300)).subarray(0, 600);
    const answer = await upload(id, cut, 'cut.jpg', 'image/jpeg');
    expect([answer.status, answer.body.error?.code]).toEqual([400, 'file_unreadable']);
  });

  it('have a largest size, in bytes and in what they unfold to', async () => {
    const answer = await upload(id, Buffer.concat([await fromPhone(64, 64), Buffer.alloc(32 * 2 ** 20)]), 'big.jpg', 'image/jpeg');
    expect([answer.status, answer.body.error?.code]).toEqual([413, 'payload_too_large']);
    const bomb = await sharp({ create: { width: 16_000, height: 16_000, channels: 3, background: '#000' } }).png({ compressionLevel: 9 }).toBuffer();
    const unfolded = await upload(id, bomb, 'bomb.png', 'image/png');
    expect([400, 413]).toContain(unfolded.status);
  });

  it('are refused when there is no file, or more than one, or the form is broken', async () => {
    const token = await tokenOf('agent', home);
    const post = (body: RequestInit['body'], headers = {}) => api(`/api/v1/vehicles/${id}/media`, { method: 'POST', token, headers, ...(body === undefined ? {} : { body }) });
    expect((await post(new FormData())).status).toBe(400);
    const two = new FormData();
    for (const name of ['a.png', 'b.png']) two.append('file', new Blob([new Uint8Array(await photo(8, 8).png().toBuffer())]), name);
    expect([400, 413]).toContain((await post(two)).status);
    expect((await post('--x\r\nnonsense', { 'content-type': 'multipart/form-data; boundary=x' })).status).toBe(400);
    expect((await post('{}', { 'content-type': 'application/json' })).status).toBe(415);
  });

  it('are kept by browsers, asked for again in a word, and sent in parts', async () => {
    const { data } = (await upload(id, await fromPhone(800, 600), 'a.jpg', 'image/jpeg')).body as { data: Media };
    const whole = await picture(data.url);
    expect(whole.bytes.length).toBe(data.bytes);
    expect(whole.headers.get('cache-control')).toMatch(/immutable/);
    const etag = whole.headers.get('etag') ?? '';
    const again = await picture(data.url, { 'if-none-match': etag });
    expect([again.status, again.bytes.length]).toEqual([304, 0]);

    const part = await picture(data.url, { range: 'bytes=100-199' });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 100-199/${whole.bytes.length}`]);
    expect(part.bytes.equals(whole.bytes.subarray(100, 200))).toBe(true);
    const end = await picture(data.url, { range: 'bytes=-50' });
    expect(end.bytes.equals(whole.bytes.subarray(-50))).toBe(true);
    const beyond = await picture(data.url, { range: `bytes=${whole.bytes.length}-` });
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${whole.bytes.length}`]);
    expect((await picture(data.url, { range: 'bytes=nonsense' })).status).toBe(200);
  });

  it('are put in order and taken away with the version of their car', async () => {
    const token = await tokenOf('agent', home);
    const list = () => api(`/api/v1/vehicles/${id}/media`, { token });
    const etag = async () => (await api(`/api/v1/vehicles/${id}`, { token })).headers.get('etag') ?? '';
    const ids = ((await list()).body.data as Media[]).map((media) => media.id);
    const order = ids.toReversed();
    const sorted = await api(`/api/v1/vehicles/${id}/media`, { method: 'PUT', token, json: { order }, headers: { 'if-match': await etag() } });
    expect((sorted.body.data as Media[]).map((media) => [media.id, media.is_cover])).toEqual(order.map((one, index) => [one, index === 0]));
    const [first] = order;
    const gone = await api(`/api/v1/vehicles/${id}/media/${first}`, { method: 'DELETE', token, headers: { 'if-match': await etag() } });
    expect(gone.status).toBe(204);
    expect(((await list()).body.data as Media[]).map((media) => media.id)).not.toContain(first);
    expect((await picture(`/api/v1/vehicles/${id}/media/${first}/content`)).status).toBe(404);
  });

  it('of private stock are not for another tenant', async () => {
    const { data } = (await upload(id, await fromPhone(80, 60), 'a.jpg', 'image/jpeg')).body as { data: Media };
    const foreign = await api(new URL(data.url, base).pathname, { token: await tokenOf('admin', tenants[1]) });
    expect(foreign.status).toBe(404);
  });
});
