/**
 * A real PgBouncer in transaction mode before a PostgreSQL: an installed one, or Debian's, unpacked without root. Every
 * database of the upstream server is reachable through it by its own name.
 */
import { existsSync } from 'node:fs';
import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runAs } from './postgres-binaries.mjs';
import { debianPackages, freePort, libraryPath, onPath, scratch, serverProcess } from './support.mjs';

const findBinary = async () => {
  const installed = onPath('pgbouncer', ['/usr/sbin', '/usr/bin', '/usr/local/bin', '/opt/homebrew/bin']);
  if (installed !== undefined) return { command: installed, env: {} };
  const root = await debianPackages('pgbouncer', ['pgbouncer', 'libc-ares2', 'libevent-2.1-7']);
  const command = join(root, 'usr', 'sbin', 'pgbouncer');
  if (!existsSync(command)) throw new Error(`no pgbouncer in ${root}`);
  return { command, env: { LD_LIBRARY_PATH: await libraryPath(root) } };
};

/**
 * @param {{ upstream: string, poolSize?: number, logins?: Record<string, string> }} options
 * `upstream`: connection string of the login that clients use; `logins`: passwords of further ones by their names
 */
export const startPgBouncer = async ({ upstream, poolSize = 4, logins = {} }) => {
  const { command, env } = await findBinary();
  const server = new URL(upstream);
  const port = await freePort();
  const folder = await scratch('pgbouncer');
  const account = runAs(); // it refuses to be root, too
  const users = join(folder, 'users.txt');
  const config = join(folder, 'pgbouncer.ini');
  const known = { [server.username]: decodeURIComponent(server.password), ...logins };
  await writeFile(users, Object.entries(known).map(([name, password]) => `"${name}" "${password}"\n`).join(''));
  await writeFile(
    config,
    [
      '[databases]',
      `* = host=${server.hostname} port=${server.port}`,
      '[pgbouncer]',
      'listen_addr = 127.0.0.1',
      `listen_port = ${port}`,
      'unix_socket_dir =',
      'auth_type = scram-sha-256',
      `auth_file = ${users}`,
      'pool_mode = transaction',
      `default_pool_size = ${poolSize}`,
      'max_client_conn = 500',
      'server_login_retry = 1', // its own 15 s would make a database that restarts seem away for so long
      'server_round_robin = 1', // shows at once when somebody counts on getting the same session again
      '',
    ].join('\n'),
  );
  for (const [path, mode] of [
    [folder, 0o755],
    [users, 0o644],
    [config, 0o644],
  ])
    await chmod(path, mode);
  const bouncer = serverProcess({
    name: 'pgbouncer',
    command,
    env,
    port,
    folder,
    args: [...(account ? ['-u', account.name] : []), config],
  });
  await bouncer.start();
  const url = (database) => `postgresql://${server.username}:${server.password}@127.0.0.1:${port}/${database}`;
  return { url, port, owned: true, ...bouncer };
};
