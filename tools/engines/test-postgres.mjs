/**
 * The keeper of the one throw-away PostgreSQL that all test processes on this machine share. It is started by the first test
 * that needs it (libs/platform/src/testing/test-server.ts).
 *
 * A test takes a lease by connecting to the keeper's socket and holds it by staying connected, so a killed test gives it back.
 * Without leases for a while the keeper stops the server, removes its data and ends.
 */
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { takeLockFile } from './lock-file.mjs';
import { startPostgres, testSettings } from './postgres.mjs';

const idleMs = Number(process.env.AUTOBROKER_TEST_DB_IDLE_MS ?? 60_000);
const self = fileURLToPath(import.meta.url);

const keeperFolder = () =>
  process.env.AUTOBROKER_TEST_DB_DIR ??
  path.join(os.tmpdir(), `autobroker-test-${process.getuid?.() ?? os.userInfo().username}`);
const socketOf = (folder) =>
  process.platform === 'win32'
    ? `\\\\.\\pipe\\autobroker-test-${path.basename(folder)}`
    : path.join(folder, 'keeper.sock');

async function keep() {
  const folder = keeperFolder();
  const lock = path.join(folder, 'keeper.lock');
  if (!takeLockFile(lock)) return;
  const address = socketOf(folder);
  const data = path.join(folder, `data-${process.pid}`);
  // Nothing is fsynced here, so what a killed keeper left can't be trusted: every server begins with a new folder.
  for (const name of fs.readdirSync(folder)) {
    if (name.startsWith('data-')) fs.rmSync(path.join(folder, name), { recursive: true, force: true });
  }
  let server;
  let leaving = false;
  const leave = async () => {
    leaving = true;
    listener.close();
    if (process.platform !== 'win32') fs.rmSync(address, { force: true });
    await server?.stop();
    fs.rmSync(data, { recursive: true, force: true });
    fs.rmSync(lock, { force: true });
    process.exit(0);
  };
  const leases = new Set();
  let timer;
  const rest = () => {
    clearTimeout(timer);
    if (leases.size === 0) timer = setTimeout(() => void leave(), idleMs);
  };
  const listener = net.createServer((socket) => {
    // Accepted at the last moment: of a server that is being stopped there is no lease.
    if (leaving) return void socket.destroy();
    leases.add(socket);
    clearTimeout(timer);
    socket.on('error', () => {});
    socket.on('close', () => {
      leases.delete(socket);
      rest();
    });
    socket.resume();
    socket.write(`${JSON.stringify({ url: server.url, superUrl: server.superUrl })}\n`);
  });
  try {
    server = await startPostgres({ dataDir: data, settings: testSettings, durable: false, log: console.log });
    void server.exited.then(leave);
    if (process.platform !== 'win32') fs.rmSync(address, { force: true });
    await new Promise((resolve, reject) => listener.once('error', reject).listen(address, resolve));
  } catch (error) {
    console.error(error);
    await leave();
  }
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(name, () => void leave());
  rest();
}

if (process.argv[1] === self) await keep();
