// The platform as a newcomer starts it, and the outside world beside it as a process of its own: the one is killed, the other sees it all.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, sleep } from '../bootstrap/lib.mjs';
import { startApp, stopApp } from '../bootstrap/local.mjs';
import { appsOf, processesOf, signal } from '../engines/processes.mjs';
import { lastingPort } from '../engines/support.mjs';
import { Road } from './road.mjs';

export class World {
  kills = { whole: 0, process: 0 };
  run = null;
  child = null;

  constructor(folder) {
    // Its own folder is how the processes of the platform are told from the sandbox's.
    this.data = join(folder, 'platform');
    this.outside = join(folder, 'outside');
    this.log = join(folder, 'platform.log');
    mkdirSync(this.data, { recursive: true });
    mkdirSync(this.outside, { recursive: true });
  }

  async open({ seed }) {
    this.port = await lastingPort();
    this.road = new Road(seed);
    this.road.to = this.port;
    await this.road.open();
    const { child, message } = await startApp(join(root, 'apps/sandbox/dist/main.js'), { AUTOBROKER_DATA: this.outside, SANDBOX_PORT: '0', SANDBOX_CARS: '20', SANDBOX_SEED: String(seed) }, { label: 'The sandbox' });
    this.sandboxProcess = child;
    this.sandbox = message.url;
    await this.start();
  }

  async start() {
    rmSync(join(this.data, 'run.json'), { force: true });
    const child = spawn(process.execPath, [join(root, 'tools/bootstrap/start.mjs')], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
      env: { ...process.env, NODE_OPTIONS: undefined, NODE_ENV: undefined, PORT: String(this.port), AUTOBROKER_DATA: this.data, SANDBOX_URL: this.sandbox, PUBLIC_URL: this.road.url, RATE_LIMIT_SCALE: '100000', SCRAPER_IMAGE_HASH_SOURCES: 'none', PAYMENT_PROVIDER_TIMEOUT: '3s', LOG_LEVEL: process.env.LOG_LEVEL ?? 'warning' },
    });
    this.child = child;
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => appendFileSync(this.log, chunk));
    const file = join(this.data, 'run.json');
    for (let waited = 0; !existsSync(file); waited += 100) {
      if (child.exitCode !== null) throw new Error(`the platform did not start (${child.exitCode}); its log is ${this.log}`);
      if (waited > 240_000) throw new Error(`the platform was not up after four minutes; its log is ${this.log}`);
      await sleep(100);
    }
    this.run = JSON.parse(readFileSync(file, 'utf8'));
  }

  /** SIGKILL, at once and without a word: the process that serves, or everything with its database. */
  async kill(whole) {
    this.kills[whole ? 'whole' : 'process'] += 1;
    end(whole ? processesOf(this.data) : appsOf(this.data));
    // Whoever supervised it ends by itself; what is left after a while goes as well.
    for (let waited = 0; processesOf(this.data).length > 0; waited += 100) {
      if (waited > 25_000) end(processesOf(this.data));
      await sleep(100);
    }
  }

  async control(path, json) {
    const answer = await fetch(`${this.sandbox}/control/${path}`, json === undefined ? {} : { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(json) });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`the sandbox's /control/${path} answered ${answer.status}: ${text}`);
    return JSON.parse(text);
  }

  async vendor(slug) {
    return (await this.control('vendors')).vendors.find((one) => one.slug === slug);
  }

  chaos = (wish) => this.control('chaos', wish);
  advance = (length) => this.control('clock', { advance: length });
  now = async () => new Date((await this.control('clock')).now);

  async close() {
    end(processesOf(this.data));
    this.road?.close();
    if (this.sandboxProcess !== undefined) await stopApp(this.sandboxProcess);
  }
}

const end = (pids) => pids.forEach((pid) => signal(pid, 'SIGKILL'));
