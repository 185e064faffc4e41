import sharp from 'sharp';
import { Client, people } from './spec-client';

let client: Client;
beforeAll(async () => {
  client = await Client.start();
}, 60_000);
afterAll(() => client.close());

const picture = (colour: string, width = 1600, height = 900) => sharp({ create: { width, height, channels: 3, background: colour } });

async function upload(vehicleId: string, bytes: Buffer, person: keyof typeof people = 'agent', name = 'car.jpg', type = 'image/jpeg') {
  const form = new FormData();
  form.set('file', new Blob([new Uint8Array(bytes)], { type }), name);
  const response = await client.app.call(`/api/v1/vehicles/${vehicleId}/media`, { method: 'POST', headers: people[person], body: form });
  const { data, error }: { data: Record<string, never> | null; error: { code: string } | null } = JSON.parse(await response.text());
  return { status: response.status, data: data ?? {}, code: error?.code ?? null };
}

const content = (url: unknown, headers: Record<string, string> = {}) => client.app.call(String(url), { headers });

async function until<T>(look: () => Promise<T | null>): Promise<T> {
  for (let turn = 0; turn < 200; turn++) {
    const found = await look();
    if (found !== null) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('it did not happen');
}

describe('a picture is uploaded', () => {
  it('and painted anew: upright, without metadata, in a format of ours, with thumbnails that follow', async () => {
    const { id } = await client.create('agent');
    const turned = await picture('#aa3322', 1600, 900)
      .withExif({ IFD0: { Copyright: 'a secret' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '48/1 8/1 0/1' } })
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const added = await upload(id, turned);
    expect(added.status).toBe(201);
    expect(added.data).toMatchObject({ position: 0, is_cover: true, content_type: 'image/webp', width: 900, height: 1600 });
    const served = await content(added.data.url);
    const bytes = Buffer.from(await served.arrayBuffer());
    const metadata = await sharp(bytes).metadata();
    expect(metadata).toMatchObject({ format: 'webp', width: 900 });
    expect([metadata.exif, metadata.xmp, metadata.iptc, metadata.orientation]).toEqual([undefined, undefined, undefined, undefined]);
    expect(bytes.includes('a secret')).toBe(false);

    const thumbnails = await until(async () => {
      const [media] = (await client.get('agent', `/vehicles/${id}/media`)).list;
      return Array.isArray(media?.thumbnails) && media.thumbnails.length > 0 ? media.thumbnails : null;
    });
    expect(thumbnails.map(({ width }) => width)).toEqual([320, 640]);
    const small = await content(thumbnails[0].url);
    expect((await sharp(Buffer.from(await small.arrayBuffer())).metadata()).width).toBe(320);
    expect((await client.get('agent', `/vehicles/${id}`)).data).toMatchObject({ version: 2, image_count: 1, cover_url: added.data.url });
  });

  it('and served to be kept for ever, in parts if need be', async () => {
    const { id } = await client.create('operator');
    const { data } = await upload(id, await picture('#224466').png().toBuffer(), 'operator');
    const whole = await content(data.url);
    const bytes = Buffer.from(await whole.arrayBuffer());
    const etag = whole.headers.get('etag') ?? '';
    expect(whole.headers.get('content-type')).toBe('image/webp');
    expect(whole.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(whole.headers.get('x-content-type-options')).toBe('nosniff');
    expect((await content(data.url, { 'if-none-match': etag })).status).toBe(304);
    const part = await content(data.url, { range: 'bytes=10-19' });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 10-19/${bytes.length}`]);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(bytes.subarray(10, 20));
    const beyond = await content(data.url, { range: `bytes=${bytes.length}-` });
    expect([beyond.status, beyond.headers.get('content-range')]).toEqual([416, `bytes */${bytes.length}`]);
  });

  it('not when it is none, whatever its name says', async () => {
    const { id } = await client.create('agent');
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
    expect((await upload(id, svg, 'agent', 'car.png', 'image/png')).code).toBe('file_unsupported');
    const torn = (await picture('#123456').jpeg().toBuffer()).subarray(0, 400);
    expect((await upload(id, torn)).code).toBe('file_unreadable');
    const bomb = await picture('#000000', 9_000, 9_000).png({ compressionLevel: 9 }).toBuffer();
    const refused = await upload(id, bomb);
    expect([refused.status, refused.code]).toEqual([413, 'payload_too_large']);
    expect((await client.get('agent', `/vehicles/${id}/media`)).list).toEqual([]);
  });

  it('not when it is too large, twice the same, or by strangers', async () => {
    const { id } = await client.create('agent');
    expect((await upload(id, Buffer.alloc(16 * 1024 * 1024))).status).toBe(413);
    const bytes = await picture('#00ff00').png().toBuffer();
    expect((await upload(id, bytes)).status).toBe(201);
    expect((await upload(id, bytes)).code).toBe('already_exists');
    expect((await upload(id, bytes, 'stranger')).status).toBe(404);
    expect((await upload(id, bytes, 'buyer')).status).toBe(403);
    expect((await upload(id, bytes, 'nobody')).status).toBe(401);
  });
});

describe('the pictures of a car', () => {
  it('are put in order and taken away; the first is the cover', async () => {
    const { id } = await client.create('agent');
    const ids: string[] = [];
    for (const colour of ['#110000', '#220000', '#330000']) ids.push(String((await upload(id, await picture(colour, 400, 300).png().toBuffer())).data.id));
    const [a, b, c] = ids;
    const path = `/vehicles/${id}/media`;
    const incomplete = await client.ask('agent', 'PUT', path, { order: [a, b] }, { 'if-match': '*' });
    expect([incomplete.status, incomplete.pointers]).toEqual([400, ['/order']]);
    expect((await client.ask('agent', 'PUT', path, { order: [c, a, b] }, { 'if-match': '"1"' })).status).toBe(412);
    const ordered = await client.ask('agent', 'PUT', path, { order: [c, a, b] }, { 'if-match': '"4"' });
    expect(ordered.list.map((one) => [one.id, one.is_cover])).toEqual([[c, true], [a, false], [b, false]]);
    const url = String(ordered.list[0]?.url);
    expect((await client.ask('agent', 'DELETE', `${path}/${c}`, undefined, { 'if-match': '"5"' })).status).toBe(204);
    expect((await client.get('agent', path)).list.map((one) => [one.id, one.is_cover])).toEqual([[a, true], [b, false]]);
    expect((await content(url)).status).toBe(404);
    expect((await client.get('agent', `/vehicles/${id}`)).data).toMatchObject({ image_count: 2, version: 6 });
  });

  it('of private stock are not shown to another tenant', async () => {
    const { id } = await client.create('agent');
    const { data } = await upload(id, await picture('#445566').png().toBuffer());
    expect((await content(data.url, people.stranger)).status).toBe(404);
    expect((await content(data.url, people.buyer)).headers.get('cache-control')).toMatch(/^private/);
    expect((await client.get('stranger', `/vehicles/${id}/media`)).status).toBe(404);
  });
});
