import { fork, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTestDatabase, workspaceRoot } from '../testing';
import { hostedWith } from './index';
import { notesService } from './test-service/notes';

interface Started {
  readonly child: ChildProcess;
  readonly output: () => string;
  readonly exit: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** The address, once the process says that it is ready; rejects when it ends before. */
  readonly ready: Promise<string>;
}

function start(environment: Record<string, string>, args: string[] = []): Started {
  const child = fork(join(__dirname, 'test-service/main.fixture.ts'), args, {
    cwd: workspaceRoot(),
    execArgv: ['--conditions=@autobroker/source', '-r', '@swc-node/register'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', TS_NODE_PROJECT: join(workspaceRoot(), 'libs/platform/tsconfig.json'), REFERENCE_RATES_URL: 'http://127.0.0.1:9', PORT: '0', HOST: '127.0.0.1', ...environment },
  });
  let text = '';
  const collect = (chunk: Buffer): void => void (text += chunk.toString());
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  const exit = new Promise<{ code: number | null; signal: NodeJS.Signals | null }>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
  const ready = new Promise<string>((resolve, reject) => {
    child.on('message', (message: { type?: string; url?: string }) => {
      if (message.type === 'ready') resolve(message.url ?? '');
    });
    void exit.then(({ code }) => reject(new Error(`ended with ${code}: ${text}`)));
  });
  ready.catch(() => undefined);
  return { child, output: () => text, exit, ready };
}

// Each process compiles its sources for itself.
jest.setTimeout(120_000);

describe('a process of the platform', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  let data: string;
  const running = new Set<Started>();
  const run = (environment: Record<string, string> = {}, args: string[] = []): Started => {
    const started = start({ DATABASE_URL: database.url, AUTOBROKER_DATA: data, ...environment }, args);
    running.add(started);
    return started;
  };

  beforeAll(async () => {
    database = await createTestDatabase(hostedWith([notesService]));
    data = mkdtempSync(join(tmpdir(), 'autobroker-process-'));
  });
  afterEach(async () => {
    for (const started of running) {
      started.child.kill('SIGKILL');
      await started.exit;
    }
    running.clear();
  });
  afterAll(async () => {
    await database.drop();
    rmSync(data, { recursive: true, force: true });
  });

  it('says that it is ready, answers, and stops well on SIGTERM', async () => {
    const app = run();
    const url = await app.ready;
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    app.child.kill('SIGTERM');
    expect(await app.exit).toEqual({ code: 0, signal: null });
    const lines = app.output().trim().split('\n').map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(lines.find((line) => line.message === 'ready')).toMatchObject({ service: 'notes-test', services: ['notes'], roles: ['api', 'worker'] });
    expect(lines.at(-1)).toMatchObject({ message: 'stopped' });
    expect(lines.filter((line) => line.level === 'ERROR' || line.level === 'CRITICAL')).toEqual([]);
  });

  it('stops when the parent that started it is gone', async () => {
    const app = run();
    await app.ready;
    app.child.disconnect();
    expect((await app.exit).code).toBe(0);
  });

  it('ends with a clear word when its port is taken', async () => {
    const blocker = createServer();
    await new Promise<void>((resolve) => blocker.listen(0, '127.0.0.1', resolve));
    const address = blocker.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const app = run({ PORT: String(port) });
    expect((await app.exit).code).toBe(1);
    expect(app.output()).toContain(`Port ${port} is in use`);
    expect(app.output()).not.toContain('    at ');
    blocker.close();
  });

  it('names every bad variable at once', async () => {
    const app = run({ PORT: 'many', PROCESS_ROLES: 'api,boss', DATABASE_POOL: '-3' });
    expect((await app.exit).code).toBe(1);
    for (const name of ['PORT', 'PROCESS_ROLES', 'DATABASE_POOL']) expect(app.output()).toContain(name);
  });

  it.each(['throw', 'reject'])('logs what nobody catches and ends (%s)', async (how) => {
    const app = run();
    await app.ready;
    app.child.send(how);
    expect((await app.exit).code).toBe(1);
    expect(app.output()).toContain('"level":"CRITICAL"');
    expect(app.output()).toContain('where nobody catches');
  });

  it('prepares an empty installation, demo included, once', async () => {
    const empty = await createTestDatabase([]);
    const first = run({ DATABASE_URL: empty.url, DEMO_SEED: 'true' }, ['prepare']);
    expect(await first.exit).toEqual({ code: 0, signal: null });
    const demo = JSON.parse(readFileSync(join(data, 'installation.json'), 'utf8')) as { accounts: { email: string }[] };
    expect(demo.accounts).toEqual([expect.objectContaining({ email: 'admin@acme.example' })]);
    const second = run({ DATABASE_URL: empty.url, DEMO_SEED: 'true' }, ['prepare']);
    expect((await second.exit).code).toBe(0);
    expect(second.output()).not.toContain('demo filled in');
    const app = run({ DATABASE_URL: empty.url });
    expect((await fetch(`${await app.ready}/health/ready`)).status).toBe(200);
    app.child.kill('SIGTERM');
    await app.exit;
    await empty.drop();
  });
});
