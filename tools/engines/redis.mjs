/**
 * A real Redis for tests: the one at `ENGINES_REDIS_URL`, an installed `redis-server` or `valkey-server`, or Debian's,
 * unpacked without root.
 */
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { join } from 'node:path';
import { debianPackages, foreignServer, freePort, libraryPath, onPath, scratch, serverProcess } from './support.mjs';

const findBinary = async () => {
  for (const name of ['redis-server', 'valkey-server']) {
    const installed = onPath(name, ['/usr/bin', '/usr/local/bin', '/opt/homebrew/bin']);
    if (installed !== undefined) return { command: installed, env: {} };
  }
  const root = await debianPackages('redis', ['redis-server', 'redis-tools', 'libjemalloc2', 'liblzf1']);
  const command = join(root, 'usr', 'bin', 'redis-server');
  if (!existsSync(command)) throw new Error(`no redis-server in ${root}`);
  return { command, env: { LD_LIBRARY_PATH: await libraryPath(root) } };
};

const tlsOnly = (port, { keyFile, certFile }) =>
  ['--port', '0', '--tls-port', String(port), '--tls-key-file', keyFile, '--tls-cert-file', certFile, '--tls-ca-cert-file', certFile, '--tls-auth-clients', 'no'];

/** Redis accepts connections while it still loads its data: PING tells. */
const answersPing = (port, tls) =>
  new Promise((resolve) => {
    const address = { port, host: '127.0.0.1' };
    // Whether its certificate is good is for the tests to say.
    const socket = tls ? connectTls({ ...address, rejectUnauthorized: false }) : connect(address);
    const done = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once(tls ? 'secureConnect' : 'connect', () => socket.write('PING\r\n'));
    socket.once('data', (data) => done(data.toString().startsWith('+PONG')));
    socket.once('error', () => done(false));
    socket.setTimeout(1_000, () => done(false));
  });

/** @param {{ args?: string[], tls?: { keyFile: string, certFile: string } }} [options] With `tls` it speaks nothing else. */
export const startRedis = async (options = {}) => {
  const given = process.env.ENGINES_REDIS_URL;
  if (given !== undefined && given !== '' && options.tls === undefined) return { url: given, owned: false, ...foreignServer() };
  const { tls } = options;
  const { command, env } = await findBinary();
  const port = await freePort();
  const folder = await scratch('redis');
  const server = serverProcess({
    name: 'redis',
    command,
    env,
    port,
    folder,
    args: [...(tls === undefined ? ['--port', String(port)] : tlsOnly(port, tls)), '--bind', '127.0.0.1', '--dir', folder, '--appendonly', 'yes', '--save', '', ...(options.args ?? [])],
    ready: () => answersPing(port, tls !== undefined),
  });
  await server.start();
  return { url: tls === undefined ? `redis://127.0.0.1:${port}` : `rediss://localhost:${port}`, owned: true, ...server };
};
