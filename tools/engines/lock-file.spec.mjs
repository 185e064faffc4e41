import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { takeLockFile } from './lock-file.mjs';
import { startedAt } from './processes.mjs';

const module = pathToFileURL(path.join(import.meta.dirname, 'lock-file.mjs')).href;
let folder;
let lock;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'autobroker-lock-spec-'));
  lock = path.join(folder, 'lock');
});
afterEach(() => fs.rmSync(folder, { recursive: true, force: true }));

const holder = () => JSON.parse(fs.readFileSync(lock, 'utf8'));
const takeIn = (script) => ['--input-type=module', '-e', `import { takeLockFile } from ${JSON.stringify(module)}; const taken = takeLockFile(${JSON.stringify(lock)}); ${script}`];
const env = { ...process.env, NODE_OPTIONS: '' };

describe('a lock file', () => {
  it('is held by the process that took it', () => {
    expect(takeLockFile(lock)).toBe(true);
    expect(holder()).toEqual({ pid: process.pid, started: startedAt(process.pid) });
    const other = spawnSync(process.execPath, takeIn('console.log(taken)'), { env, encoding: 'utf8' });
    expect([other.stdout.trim(), other.stderr]).toEqual(['false', '']);
    expect(holder().pid).toBe(process.pid);
  });

  it('is taken over from a process that is gone, from an earlier one of the same number, and from one that wrote half of it', () => {
    const { pid, status } = spawnSync(process.execPath, takeIn('process.exit(taken ? 0 : 1)'), { env });
    expect([status, holder().pid]).toEqual([0, pid]);
    expect(takeLockFile(lock)).toBe(true);
    for (const left of [JSON.stringify({ pid: process.pid, started: 'long ago' }), '{"pid":']) {
      fs.writeFileSync(lock, left);
      expect(takeLockFile(lock)).toBe(true);
      expect(holder()).toEqual({ pid: process.pid, started: startedAt(process.pid) });
    }
  });

  it('goes to one of many that want it at once', async () => {
    const children = Array.from({ length: 6 }, () => spawn(process.execPath, takeIn('console.log(taken); process.stdin.resume()'), { env, stdio: ['pipe', 'pipe', 'inherit'] }));
    const answers = await Promise.all(children.map((child) => new Promise((done) => child.stdout.once('data', (text) => done(String(text).trim())))));
    for (const child of children) child.stdin.end();
    await Promise.all(children.map((child) => new Promise((done) => (child.exitCode !== null ? done() : child.once('exit', done)))));
    expect(answers.toSorted()).toEqual(['false', 'false', 'false', 'false', 'false', 'true']);
    expect(fs.readdirSync(folder)).toEqual(['lock']);
  });
});
