import { spawn } from 'node:child_process';
import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { connect as connectSocket } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { basename, dirname, join } from 'node:path';

export interface TestServerLease {
  /** Owner of the platform's databases; no superuser, as in production. */
  readonly url: string;
  readonly superUrl: string;
  release(): void;
}

/**
 * The machine's one throw-away PostgreSQL, started on demand (tools/engines/test-postgres.mjs is its keeper). Holding the
 * lease is staying connected to the keeper, so that a killed test gives it back.
 */
export async function leaseTestServer(timeoutMs = 60_000): Promise<TestServerLease> {
  const folder =
    process.env.AUTOBROKER_TEST_DB_DIR ??
    join(tmpdir(), `autobroker-test-${process.getuid?.() ?? userInfo().username}`);
  const address =
    process.platform === 'win32' ? `\\\\.\\pipe\\autobroker-test-${basename(folder)}` : join(folder, 'keeper.sock');
  const end = performance.now() + timeoutMs;
  let running = (): boolean => false;
  for (;;) {
    const lease = await askKeeper(address);
    if (lease !== undefined) return lease;
    if (performance.now() > end) throw new Error(`the test database server did not start; see keeper.log in ${folder}`);
    if (!running()) running = startKeeper(folder);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Undefined when no keeper listens, or it is on its way out. */
function askKeeper(address: string): Promise<TestServerLease | undefined> {
  return new Promise((resolve) => {
    const socket = connectSocket(address);
    let text = '';
    socket.setEncoding('utf8');
    socket.once('error', () => resolve(undefined));
    socket.once('close', () => resolve(undefined));
    socket.on('data', (chunk: string) => {
      text += chunk;
      if (!text.endsWith('\n')) return;
      socket.unref(); // a lease never keeps a test process alive
      const { url, superUrl } = JSON.parse(text) as { url: string; superUrl: string };
      resolve({ url, superUrl, release: () => socket.destroy() });
    });
  });
}

/** Several may start at once: all but one keeper find the lock taken and leave. Returns whether it still runs. */
function startKeeper(folder: string): () => boolean {
  mkdirSync(folder, { recursive: true, mode: 0o711 });
  const log = openSync(join(folder, 'keeper.log'), 'a', 0o600);
  const keeper = spawn(process.execPath, [join(workspaceRoot(), 'tools/engines/test-postgres.mjs')], {
    cwd: tmpdir(),
    detached: true,
    stdio: ['ignore', log, log],
    env: { ...process.env, NODE_OPTIONS: '', AUTOBROKER_TEST_DB_DIR: folder },
  });
  closeSync(log);
  keeper.unref();
  return () => keeper.exitCode === null && keeper.signalCode === null;
}

export function workspaceRoot(from = __dirname): string {
  if (existsSync(join(from, 'nx.json'))) return from;
  const parent = dirname(from);
  if (parent === from) throw new Error('the workspace has no nx.json');
  return workspaceRoot(parent);
}
