/**
 * A real Redis for tests: the one at `ENGINES_REDIS_URL`, an installed `redis-server` or `valkey-server`, or Debian's,
 * unpacked without root.
 */
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
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

/** Redis accepts connections while it still loads its data: PING tells. */
const answersPing = (port) =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    const done = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => socket.write('PING\r\n'));
    socket.once('data', (data) => done(data.toString().startsWith('+PONG')));
    socket.once('error', () => done(false));
    socket.setTimeout(1_000, () => done(false));
  });

/** @param {{ args?: string[] }} [options] */
export const startRedis = async (options = {}) => {
  const given = process.env.ENGINES_REDIS_URL;
  if (given !== undefined && given !== '') return { url: given, owned: false, ...foreignServer() };
  const { command, env } = await findBinary();
  const port = await freePort();
  const folder = await scratch('redis');
  const server = serverProcess({
    name: 'redis',
    command,
    env,
    port,
    folder,
    args: ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder, '--appendonly', 'yes', '--save', '', ...(options.args ?? [])],
    ready: () => answersPing(port),
  });
  await server.start();
  return { url: `redis://127.0.0.1:${port}`, owned: true, ...server };
};
