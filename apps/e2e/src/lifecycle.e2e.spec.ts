import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { eventually } from './eventually';
import { OwnPlatform, type Started } from './own-platform';

const platform = new OwnPlatform();
afterAll(() => platform.dispose());

const credentials = { email: 'keeper@journeys.example', password: 'nine slow snails 31' };
const post = (url: string, path: string, json: unknown) =>
  fetch(`${url}/api/v1${path}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(json) });
const login = async (url: string) => (await post(url, '/auth/login', credentials)).status;

/** Somebody whose account shows later that the data are still there. */
const registerKeeper = async (url: string) => {
  expect((await post(url, '/auth/register', credentials)).status).toBe(202);
  const token = await eventually('the mail', () => {
    const folder = join(platform.folder, 'mail');
    const [name] = existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith('.eml')) : [];
    if (name === undefined) return undefined;
    const source = readFileSync(join(folder, name), 'utf8').replace(/=\r?\n/g, '');
    return /#token=3D(\S+)/.exec(source)?.[1];
  });
  expect((await post(url, '/auth/verify-email', { token })).status).toBe(204);
};

const kill = (pid: number, signal: NodeJS.Signals) => process.kill(pid, signal);
const start = () => platform.start();

/** The scenes follow each other on one data folder, as the days of one installation do. */
describe('an installation', () => {
  let running: Started;

  it('takes the next port when 4000 is in use, says so, and writes down which', async () => {
    const squatter = createServer();
    // Another platform may hold it already, which is as good.
    await new Promise<void>((done) => squatter.once('error', () => done()).listen(4000, () => done()));
    try {
      running = await start();
    } finally {
      squatter.close();
    }
    const port = Number(new URL(running.url).port);
    expect(port).toBeGreaterThan(4000);
    expect(running.output()).toContain(`Port 4000 is in use; taking ${port} instead.`);
    expect((await fetch(`${running.url}/health/ready`)).status).toBe(200);
    await registerKeeper(running.url);
    expect(await login(running.url)).toBe(200);
  }, 180_000);

  it('refuses a second start on the same data, and an explicit port in use', async () => {
    const second = platform.launch();
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain(`already runs on this data folder (pid ${running.pid}, ${running.url})`);

    const elsewhere = new OwnPlatform();
    const { port } = new URL(running.url);
    const insisting = elsewhere.launch([], { PORT: port });
    expect(await insisting.ended).toBe(1);
    expect(insisting.output()).toContain(`PORT=${port} was asked for, but that port is in use.`);
    elsewhere.dispose();
    expect(await login(running.url)).toBe(200);
  });

  it('starts its PostgreSQL again when that is killed; meanwhile it says 503 and when to come back', async () => {
    const seen = new Set<string>();
    let recovered = false;
    const before = platform.postgres();
    kill(before, 'SIGKILL');
    await eventually(
      'the platform to recover',
      async () => {
        const answer = await fetch(`${running.url}/api/v1/auth/login`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(credentials) });
        seen.add(answer.status === 503 ? `503 ${answer.headers.has('retry-after')}` : String(answer.status));
        recovered = answer.status === 200;
        return recovered ? true : undefined;
      },
      30_000,
    );
    expect([...seen].filter((status) => !['503 true', '200'].includes(status))).toEqual([]);
    expect(platform.postgres()).not.toBe(before);
    expect(running.output()).toContain('starting it again');
  });

  it('leaves nothing running when its supervisor is killed, and goes on from its data', async () => {
    kill(running.pid, 'SIGKILL');
    await running.ended;
    await platform.gone();
    running = await start();
    expect(await login(running.url)).toBe(200);
  }, 120_000);

  it('ends as a whole, with an error, when a service dies', async () => {
    const [app] = platform.apps();
    kill(app ?? 0, 'SIGKILL');
    expect(await running.ended).toBe(1);
    expect(running.output()).toContain('ended by itself (SIGKILL)');
    await platform.gone();
  }, 60_000);

  it('survives being killed whole at any moment of its start', async () => {
    for (const moment of [0.15, 0.5, 0.85]) {
      const { ended } = platform.launch();
      await new Promise((done) => setTimeout(done, moment * 5_000 + Math.random() * 500));
      platform.killEverything();
      await ended;
    }
    running = await start();
    expect(await login(running.url)).toBe(200);
    expect((await fetch(`${running.url}/api/v1/vehicles`)).status).toBe(200);
  }, 180_000);

  it('stops in good order on Ctrl-C, which reaches the whole group', async () => {
    expect(platform.processes().length).toBeGreaterThan(3);
    kill(-running.pid, 'SIGINT');
    expect(await running.ended).toBe(0);
    await platform.gone();
    expect(readdirSync(platform.folder)).not.toContain('run.lock');
    expect(readFileSync(join(platform.folder, 'postgres/server.log'), 'utf8').trimEnd().split('\n').at(-1)).toContain('database system is shut down');
  }, 60_000);

  it('begins anew when asked to', async () => {
    running = await platform.start(['--reset']);
    expect(await login(running.url)).toBe(401);
    kill(running.pid, 'SIGTERM');
    expect(await running.ended).toBe(0);
    await platform.gone();
  }, 120_000);
});
