/**
 * Starts and stops the PostgreSQL that comes from npm. Needs nothing but Node and that package, so that it works before any build.
 *
 * - As root the server runs under an unprivileged account. Root enters the data folder first and the server knows it only as its own
 *   working directory (`/proc/self/cwd`), so the folder may lie where only root may go.
 * - The server doesn't share our terminal's process group: Ctrl-C reaches us, and we stop the server last. Should we be killed,
 *   a shell that waits on a pipe from us stops it.
 * - What an earlier run left behind (a running server, a lock file, a half-made data folder) is cleared; only another live owner is refused.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { reachableBinaries, runAs } from './postgres-binaries.mjs';
import {
  claim,
  clearLeftovers,
  createDataFolder,
  credentialsFile,
  environment,
  exe,
  folderArgument,
  ownerFile,
  postmasterFile,
  refuseOtherOwner,
  refuseOtherVersion,
  stopServer,
} from './postgres-data.mjs';
import { signal, until } from './processes.mjs';

/** Crash-safe, sized to this machine. `testSettings` are for servers whose data nobody will miss. */
export function realSettings() {
  const megabytes = Math.floor(os.totalmem() / 2 ** 20);
  return {
    max_connections: 200,
    shared_buffers: `${Math.max(64, Math.min(512, Math.floor(megabytes / 8)))}MB`,
    effective_cache_size: `${Math.max(128, Math.floor(megabytes / 2))}MB`,
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    max_wal_size: '2GB',
    synchronous_commit: 'on',
    random_page_cost: '1.1',
    jit: 'off',
    tcp_keepalives_idle: 60,
    log_min_duration_statement: '2s',
    log_checkpoints: 'off',
  };
}

export const testSettings = {
  max_connections: 400,
  shared_buffers: '256MB',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  wal_level: 'minimal',
  max_wal_senders: 0,
  max_wal_size: '4GB',
  checkpoint_timeout: '30min',
  autovacuum_naptime: '1min',
  jit: 'off',
  random_page_cost: '1.1',
  log_min_messages: 'fatal',
};

/**
 * @param {{ dataDir: string, port?: number, settings?: Record<string, string | number>, log?: (line: string) => void,
 *           database?: string, user?: string, dieWithParent?: boolean, durable?: boolean }} options
 *   `port`: the first to try; the next free one is taken. `durable: false` skips fsync while the data folder is made.
 */
export async function startPostgres(options) {
  const dataDir = path.resolve(options.dataDir);
  const log = options.log ?? (() => {});
  const database = options.database ?? 'autobroker';
  const user = options.user ?? 'autobroker';
  fs.mkdirSync(path.dirname(dataDir), { recursive: true });
  const account = runAs(fs.statSync(dataDir, { throwIfNoEntry: false })?.uid);
  const native = reachableBinaries(account);
  const context = { dataDir, native, account, log };

  if (fs.existsSync(dataDir)) {
    refuseOtherOwner(dataDir);
    await clearLeftovers(context);
  }
  if (!fs.existsSync(path.join(dataDir, credentialsFile))) {
    if (fs.existsSync(path.join(dataDir, 'PG_VERSION')))
      throw new Error(`${dataDir} holds a database that was not made here`);
    createDataFolder(context, { database, user, durable: options.durable ?? true });
  }
  refuseOtherVersion(context);
  claim(dataDir);

  const secrets = JSON.parse(fs.readFileSync(path.join(dataDir, credentialsFile), 'utf8'));
  const socketDir = makeSocketDir(dataDir, account);
  const settings = { ...realSettings(), ...options.settings };
  const running = await startOnFreePort(context, settings, socketDir, options.port ?? 0);
  const watchdog = options.dieWithParent === false ? undefined : watchOver(running.pid);
  const address = (name, password, host) =>
    `postgresql://${name}:${password}@${host}:${running.port}/${secrets.database}`;
  const local = encodeURIComponent(socketDir);

  return {
    pid: running.pid,
    port: running.port,
    socketDir,
    /** The owner of the platform's database: may create schemas and roles, is no superuser. */
    url: address(secrets.user, secrets.password, '127.0.0.1'),
    superUrl: address('postgres', secrets.superPassword, '127.0.0.1'),
    /** The same through the Unix socket: a little faster, only where there is one. */
    socketUrl: process.platform === 'win32' ? undefined : address(secrets.user, secrets.password, local),
    exited: running.exited,
    async stop() {
      // After it has ended by itself its number may be somebody else's.
      if (!running.hasEnded()) await stopServer(running.pid, context);
      watchdog?.dismiss();
      fs.rmSync(path.join(dataDir, ownerFile), { force: true });
      fs.rmSync(socketDir, { recursive: true, force: true });
    },
  };
}

/** Stops a server of this data folder that an earlier run left, if there is one. */
export async function stopLeftover(dataDir, log = () => {}) {
  const folder = path.resolve(dataDir);
  if (!fs.existsSync(folder)) return;
  refuseOtherOwner(folder);
  await clearLeftovers({ dataDir: folder, native: undefined, account: undefined, log });
}

/** Socket paths must be short; the name is stable per data folder, so that nothing piles up. */
function makeSocketDir(dataDir, account) {
  const key = createHash('sha256').update(dataDir).digest('hex').slice(0, 10);
  const folder = path.join(
    process.platform === 'win32' ? os.tmpdir() : '/tmp',
    `autobroker-${process.getuid?.() ?? 0}-${key}`,
  );
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { mode: 0o700 });
  fs.chmodSync(folder, 0o711);
  if (account) fs.chownSync(folder, account.uid, account.gid);
  return folder;
}

const portIsFree = (port) =>
  new Promise((resolve) => {
    const probe = net.createServer();
    probe.once('error', () => resolve(undefined));
    probe.listen({ port, host: '127.0.0.1', exclusive: true }, () => {
      const taken = probe.address().port;
      probe.close(() => resolve(taken));
    });
  });

async function startOnFreePort(context, settings, socketDir, preferred) {
  for (let attempt = 0, next = preferred; attempt < 100; attempt++) {
    const port = await portIsFree(next);
    if (port !== undefined) {
      const started = await launch(context, settings, socketDir, port);
      if (started !== undefined) return started;
    }
    next = next === 0 ? 0 : next + 1;
  }
  throw new Error('no free port for the database server');
}

/** Undefined when somebody took the port between our look and the server's. */
async function launch(context, settings, socketDir, port) {
  const { dataDir, native, account } = context;
  const all = {
    ...settings,
    listen_addresses: '127.0.0.1',
    port,
    unix_socket_directories: process.platform === 'win32' ? '' : socketDir,
    timezone: 'UTC',
    log_timezone: 'UTC',
  };
  const args = [
    '-D',
    folderArgument(context),
    ...Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
  ];
  const logFile = path.join(dataDir, 'server.log');
  const flags = (fs.statSync(logFile, { throwIfNoEntry: false })?.size ?? 0) > 5 * 2 ** 20 ? 'w' : 'a';
  const output = fs.openSync(logFile, flags, 0o600);
  const from = fs.fstatSync(output).size;
  const child = spawn(path.join(native, 'bin', `postgres${exe}`), args, {
    cwd: dataDir,
    detached: true,
    env: environment(),
    stdio: ['ignore', output, output],
    windowsHide: true,
    ...(account && { uid: account.uid, gid: account.gid }),
  });
  fs.closeSync(output);
  let ended = false;
  const exited = new Promise((resolve) => {
    child.once('exit', (code, by) => resolve({ code, signal: by }));
    child.once('error', (error) => resolve({ code: -1, error }));
  }).then((result) => {
    ended = true;
    return result;
  });
  child.unref();
  const ready = () =>
    ended || (postmasterFile(dataDir)?.pid === child.pid && postmasterFile(dataDir)?.status === 'ready');
  const inTime = await until(ready, 60_000);
  if (inTime && !ended) return { pid: child.pid, port, exited, hasEnded: () => ended };
  if (!ended) signal(child.pid, 'SIGKILL');
  const said = fs.readFileSync(logFile, 'utf8').slice(from).trim();
  if (/Address already in use|could not bind/i.test(said)) return undefined;
  throw new Error(`the database server did not start:\n${said.slice(-2_000)}`);
}

function watchOver(pid) {
  if (process.platform === 'win32') return undefined;
  // `read` fails when the pipe closes, which it does however we die.
  const script = `trap '' INT TERM HUP; if read _; then exit 0; fi; kill -INT ${pid} 2>/dev/null`;
  const shell = spawn('/bin/sh', ['-c', script], { cwd: '/', detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
  shell.on('error', () => {});
  shell.stdin.on('error', () => {});
  shell.unref();
  shell.stdin.unref?.();
  return { dismiss: () => shell.stdin.end('done\n') };
}
