import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { workspaceRoot } from './test-server';
import { z } from 'zod';

const readySchema = z.object({ type: z.literal('ready'), url: z.url() });

/** For specs: the real sandbox as a process of its own, on free ports. */
export class SandboxProcess {
  private constructor(
    readonly url: string,
    private readonly child: ChildProcess,
  ) {}

  static async start(cars: number, start: string): Promise<SandboxProcess> {
    const child = fork(join(workspaceRoot(), 'apps/sandbox/src/main.ts'), [], {
      execArgv: ['--conditions=@autobroker/source', '-r', '@swc-node/register'],
      env: { ...process.env, NODE_OPTIONS: '', TS_NODE_PROJECT: join(workspaceRoot(), 'tsconfig.base.json'), SANDBOX_PORT: '0', SANDBOX_CARS: String(cars), SANDBOX_START: start, SANDBOX_SEED: '7', AUTOBROKER_DATA: '' },
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    });
    const url = await new Promise<string>((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`the sandbox ended with ${code ?? 'a signal'}`)));
      child.on('message', (message) => {
        const ready = readySchema.safeParse(message);
        if (ready.success) resolve(ready.data.url);
      });
    });
    return new SandboxProcess(url, child);
  }

  async control(path: string, body?: unknown): Promise<string> {
    const answer = await fetch(new URL(`/control/${path}`, this.url), {
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`the sandbox answered ${answer.status}: ${text.slice(0, 300)}`);
    return text;
  }

  /** Every offer of the market, as it really is. */
  async truth(): Promise<Record<string, unknown>[]> {
    return (await this.control('truth')).split('\n').filter(Boolean).map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    await ended;
  }
}
