import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isAlive, until } from './processes.mjs';

const keeper = path.join(path.dirname(fileURLToPath(import.meta.url)), 'test-postgres.mjs');
let folder;
const keepers = [];

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'autobroker-keeper-spec-'));
  fs.chmodSync(folder, 0o711);
});
afterEach(async () => {
  for (const child of keepers.splice(0)) {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
    await until(() => child.exitCode !== null || child.signalCode !== null, 10_000);
  }
  fs.rmSync(folder, { recursive: true, force: true });
});

const keep = (idleMs) => {
  const env = {
    ...process.env,
    NODE_OPTIONS: '',
    AUTOBROKER_TEST_DB_DIR: folder,
    AUTOBROKER_TEST_DB_IDLE_MS: String(idleMs),
  };
  const child = spawn(process.execPath, [keeper], { env, stdio: ['ignore', 'inherit', 'inherit'] });
  keepers.push(child);
  return child;
};
const ended = (child) => child.exitCode !== null || child.signalCode !== null;

const lease = () =>
  new Promise((resolve) => {
    const socket = net.connect(path.join(folder, 'keeper.sock'));
    socket.once('error', () => resolve(undefined));
    socket.once('data', (data) => resolve({ ...JSON.parse(data.toString()), release: () => socket.destroy() }));
  });
const leaseSoon = async () => {
  let found;
  await until(async () => (found = await lease()) !== undefined, 20_000);
  return found;
};
const serverPid = () =>
  Number(
    fs
      .readFileSync(
        path.join(
          folder,
          fs.readdirSync(folder).find((name) => name.startsWith('data-')),
          'postmaster.pid',
        ),
        'utf8',
      )
      .split('\n')[0],
  );

describe('the keeper of the shared test server', () => {
  it('is one, however many are started, and all who ask get its server', async () => {
    const many = [keep(60_000), keep(60_000), keep(60_000)];
    const leases = await Promise.all([leaseSoon(), leaseSoon(), leaseSoon()]);
    expect(new Set(leases.map(({ url }) => url)).size).toBe(1);
    expect(await until(() => many.filter(ended).length === 2, 10_000)).toBe(true);
    for (const { release } of leases) release();
  });

  it('stays while somebody holds a lease, then ends and leaves nothing', async () => {
    // On a busy machine it takes a while until the lease is asked for; it must not have gone by then.
    const child = keep(1_500);
    const held = await leaseSoon();
    await new Promise((resolve) => setTimeout(resolve, 3_500));
    expect(ended(child)).toBe(false);
    const pid = serverPid();
    held.release();
    expect(await until(() => ended(child), 10_000)).toBe(true);
    expect(isAlive(pid)).toBe(false);
    expect(fs.readdirSync(folder)).toEqual([]);
  });

  it('that was killed blocks nobody: its server ends, and the next one begins afresh', async () => {
    const killed = keep(60_000);
    const first = await leaseSoon();
    const pid = serverPid();
    killed.kill('SIGKILL');
    expect(await until(() => !isAlive(pid), 10_000)).toBe(true);
    keep(60_000);
    const second = await leaseSoon();
    expect(second.superUrl).not.toBe(first.superUrl);
    expect(fs.readdirSync(folder).filter((name) => name.startsWith('data-'))).toHaveLength(1);
    second.release();
  });
});
