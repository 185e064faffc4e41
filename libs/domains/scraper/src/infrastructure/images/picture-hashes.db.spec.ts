import { join } from 'node:path';
import { workspaceRoot } from '@autobroker/platform/testing';
import { CpuPool } from '@autobroker/platform/workers';
import sharp from 'sharp';
import type { FetchContext } from '../../application/ports';
import { type Bench, carLotPlugin, scraperBench, Site } from '../../testing';
import { PictureHashes } from './picture-hashes';

let site: Site;
let stranger: Site;
let bench: Bench;
let cpu: CpuPool;
let picture: Buffer;
const plugin = carLotPlugin();

beforeAll(async () => {
  // The threads of the pool compile pictures' code from its source, with the workspace's settings.
  process.env.TS_NODE_PROJECT = join(workspaceRoot(), 'tsconfig.base.json');
  picture = await slope('#ffffff', '#000000');
  [site, stranger] = await Promise.all([Site.open(), Site.open()]);
  bench = await scraperBench({ addresses: { copart: site.url } });
  cpu = new CpuPool();
}, 60_000);
afterAll(async () => {
  await cpu.close();
  await bench.close();
  await Promise.all([site.close(), stranger.close()]);
});
beforeEach(() => {
  const jpeg: typeof site.answer = (_request, response) => response.writeHead(200, { 'content-type': 'image/jpeg' }).end(picture);
  site.answer = jpeg;
  stranger.answer = jpeg;
  stranger.requests.length = 0;
});

const slope = (left: string, right: string): Promise<Buffer> =>
  sharp(Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="64" height="48"><linearGradient id="g"><stop stop-color="${left}"/><stop offset="1" stop-color="${right}"/></linearGradient><rect width="64" height="48" fill="url(#g)"/></svg>`)).jpeg().toBuffer();

const hashOf = (url: string, own = plugin): Promise<string | null> => {
  const context: FetchContext = { plugin: own, politeness: own.politeness, runId: 'run', replayOf: null, session: 'session', signal: new AbortController().signal };
  return new PictureHashes(bench.direct, cpu).of(url, context);
};

it('a picture of the source itself is read and hashed', async () => {
  expect(await hashOf(`${site.url}/img/1.jpg`)).toMatch(/^[0-9a-f]{16}$/u);
  expect(await hashOf('/img/1.jpg')).toMatch(/^[0-9a-f]{16}$/u);
});

it('a listing’s words about where its picture is lead to no other place', async () => {
  const { port } = new URL(stranger.url);
  for (const url of [`${stranger.url}/1.jpg`, `http://localhost:${port}/1.jpg`, `//127.0.0.1:${port}/1.jpg`, 'http://169.254.169.254/1.jpg', 'http://[::1]/1.jpg', 'file:///etc/passwd', 'data:image/png;base64,AAAA']) {
    expect([url, await hashOf(url)]).toEqual([url, null]);
  }
  expect(stranger.requests).toEqual([]);
});

it('neither does a redirect of the source, nor an origin of its own that turns out to be inside', async () => {
  site.answer = (_request, response) => response.writeHead(302, { location: `${stranger.url}/1.jpg` }).end();
  expect(await hashOf('/img/1.jpg')).toBeNull();
  expect(await hashOf(`${stranger.url}/1.jpg`, { ...plugin, origins: [stranger.url] })).toBeNull();
  expect(stranger.requests).toEqual([]);
});

it('what is no picture costs nobody the listing', async () => {
  site.answer = (_request, response) => response.writeHead(200, { 'content-type': 'image/jpeg' }).end('no picture');
  expect(await hashOf('/img/1.jpg')).toBeNull();
  site.answer = (_request, response) => response.writeHead(404).end();
  expect(await hashOf('/img/1.jpg')).toBeNull();
});

it('a picture of nothing, which many listings share, is no mark of a car', async () => {
  const blank = await slope('#336699', '#336699');
  site.answer = (_request, response) => response.writeHead(200, { 'content-type': 'image/jpeg' }).end(blank);
  expect(await hashOf('/img/1.jpg')).toBeNull();
});
