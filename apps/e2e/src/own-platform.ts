import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { appsOf, processesOf, signal } from '../../../tools/engines/processes.mjs';
import { eventually } from './eventually';
import { shape, type Account } from './platform';

const root = resolve(__dirname, '../../..');
const script = join(root, 'tools/bootstrap', shape === 'services' ? 'start-services.mjs' : 'start.mjs');

export interface Started {
  readonly pid: number;
  readonly url: string;
  /** The sandbox's front page, where one was asked for. */
  readonly sandbox: string;
  readonly accounts: readonly Account[];
  readonly output: () => string;
  /** The supervisor's end: its exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
}

/** A platform of one suite's own, on its own data, started as a newcomer starts it; for what can't be done to a shared one. */
export class OwnPlatform {
  /** The data lie where only their owner may go. */
  private readonly parent = mkdtempSync(join(tmpdir(), 'autobroker-own-'));
  readonly folder = join(this.parent, 'locked', 'data');
  private child: ChildProcess | undefined;

  constructor() {
    mkdirSync(join(this.parent, 'locked'), { mode: 0o700 });
  }

  launch(args: readonly string[] = [], env: Record<string, string> = {}): { child: ChildProcess; output: () => string; ended: Promise<number | string> } {
    const child = spawn(process.execPath, [script, ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      // A group of its own, as a terminal gives to what is typed into it.
      detached: true,
      env: { ...process.env, NODE_OPTIONS: undefined, NODE_ENV: undefined, PORT: '', AUTOBROKER_DATA: this.folder, RATE_LIMIT_SCALE: '1000', SANDBOX: 'off', ...env },
    });
    this.child = child;
    let text = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (text += chunk.toString()));
    const ended = new Promise<number | string>((done) => child.once('close', (code, signal) => done(signal ?? code ?? -1)));
    return { child, output: () => text, ended };
  }

  async start(args: readonly string[] = [], env: Record<string, string> = {}): Promise<Started> {
    const { child, output, ended } = this.launch(args, env);
    const run = await eventually(
      'the platform to start',
      () => {
        if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}:\n${output()}`);
        if (!existsSync(join(this.folder, 'run.json'))) return undefined;
        const read = JSON.parse(readFileSync(join(this.folder, 'run.json'), 'utf8')) as { pid: number; urls: { api: string; sandbox?: string }; accounts: Account[] };
        return read.pid === child.pid ? read : undefined;
      },
      150_000,
    );
    return { pid: run.pid, url: run.urls.api, sandbox: run.urls.sandbox ?? '', accounts: run.accounts, output, ended };
  }

  /** Every process that belongs to this data folder: started for it, or at work in it. */
  processes(): number[] {
    return processesOf(this.folder);
  }

  /** The processes that serve: all of the platform's own but the supervisor. */
  apps(): number[] {
    return appsOf(this.folder);
  }

  postgres(): number {
    return Number(readFileSync(join(this.folder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
  }

  killEverything(): void {
    for (const pid of this.processes()) signal(pid, 'SIGKILL');
  }

  gone(): Promise<true> {
    return eventually('every process of the platform to be gone', () => (this.processes().length === 0 ? true : undefined), 20_000);
  }

  dispose(): void {
    this.killEverything();
    this.child?.unref();
    rmSync(this.parent, { recursive: true, force: true, maxRetries: 20 });
  }
}
