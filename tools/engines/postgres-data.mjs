/** The data folder of an embedded PostgreSQL: whose it is, what an earlier run left in it, and how it is made. */
import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { isAlive, processesIn, signal, startedAt, until } from './processes.mjs';

export const exe = process.platform === 'win32' ? '.exe' : '';
export const credentialsFile = 'autobroker.json';
export const ownerFile = 'autobroker.owner';

/** How the server is told its data folder: see the head of this file. */
export const folderArgument = ({ dataDir, account }) =>
  account !== undefined && process.platform === 'linux' ? '/proc/self/cwd' : dataDir;

export const environment = () => ({
  PATH: process.env.PATH ?? '',
  LC_ALL: 'C',
  TZ: 'UTC',
  ...(process.env.SystemRoot && { SystemRoot: process.env.SystemRoot }),
});

export function refuseOtherOwner(dataDir) {
  let owner;
  try {
    owner = JSON.parse(fs.readFileSync(path.join(dataDir, ownerFile), 'utf8'));
  } catch {
    return; // none, or torn by a crash
  }
  if (owner.pid === process.pid || !isAlive(owner.pid) || startedAt(owner.pid) !== owner.started) return;
  const error = new Error(`the database in ${dataDir} is in use by process ${owner.pid}`);
  error.code = 'EBUSY';
  throw error;
}

export function claim(dataDir) {
  const file = path.join(dataDir, ownerFile);
  fs.writeFileSync(`${file}.${process.pid}`, JSON.stringify({ pid: process.pid, started: startedAt(process.pid) }));
  fs.renameSync(`${file}.${process.pid}`, file);
}

export function postmasterFile(dataDir) {
  try {
    const lines = fs.readFileSync(path.join(dataDir, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3]), status: lines[7]?.trim() };
  } catch {
    return undefined;
  }
}

/** A lock file may name a number that now belongs to a stranger: a server of ours works in the data folder (or at least is a postgres). */
function isServerOf(dataDir, pid) {
  if (!Number.isInteger(pid) || pid <= 1 || !isAlive(pid)) return false;
  if (process.platform === 'linux') return processesIn(dataDir).includes(pid);
  if (process.platform === 'win32') return true;
  return /postgres/.test(spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout);
}

export async function clearLeftovers(context) {
  const { dataDir, log } = context;
  const left = postmasterFile(dataDir);
  if (left !== undefined && isServerOf(dataDir, left.pid)) {
    log(`stopping the database server that an earlier run left (process ${left.pid})`);
    await stopServer(left.pid, context);
  }
  // Children of a killed server notice within moments; until then their shared memory blocks a new one.
  const orphans = () => processesIn(dataDir);
  if (!(await until(() => orphans().length === 0, 3_000))) {
    for (const pid of orphans()) signal(pid, 'SIGKILL');
    await until(() => orphans().length === 0, 3_000);
  }
  fs.rmSync(path.join(dataDir, 'postmaster.pid'), { force: true });
}

/** Fast shutdown: sessions are cut, data is safe. Harder ways only when that takes too long. */
export async function stopServer(pid, { dataDir, native }) {
  if (process.platform === 'win32' && native !== undefined) {
    spawnSync(path.join(native, 'bin', 'pg_ctl.exe'), ['stop', '-D', dataDir, '-m', 'fast', '-w'], {
      env: environment(),
    });
    return;
  }
  for (const [name, patience] of [
    ['SIGINT', 15_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ]) {
    signal(pid, name);
    if (await until(() => !isAlive(pid), patience)) return;
  }
  throw new Error(`the database server (process ${pid}) does not stop`);
}

export function refuseOtherVersion({ dataDir, native, account }) {
  const has = fs.readFileSync(path.join(dataDir, 'PG_VERSION'), 'utf8').trim();
  const run = spawnSync(path.join(native, 'bin', `postgres${exe}`), ['--version'], {
    cwd: '/',
    encoding: 'utf8',
    ...(account && { uid: account.uid, gid: account.gid }),
  });
  const version = /(\d+)/.exec(run.stdout)?.[1];
  if (version !== has)
    throw new Error(`${dataDir} was made by PostgreSQL ${has}, this is ${version}: move it away or upgrade it`);
}

export function createDataFolder(context, { database, user, durable }) {
  const { dataDir, native, account } = context;
  const parent = path.dirname(dataDir);
  const prefix = `${path.basename(dataDir)}.new-`;
  for (const name of fs.readdirSync(parent)) {
    if (name.startsWith(prefix)) fs.rmSync(path.join(parent, name), { recursive: true, force: true });
  }
  const staging = path.join(parent, `${prefix}${process.pid}`);
  fs.mkdirSync(staging, { mode: 0o700 });
  if (account) fs.chownSync(staging, account.uid, account.gid);
  const inside = { ...context, dataDir: staging };
  const superPassword = randomBytes(24).toString('hex');
  const password = randomBytes(24).toString('hex');

  const run = (program, args, input) => {
    const done = spawnSync(path.join(native, 'bin', `${program}${exe}`), args, {
      cwd: staging,
      input,
      encoding: 'utf8',
      env: environment(),
      ...(account && { uid: account.uid, gid: account.gid }),
    });
    if (done.status !== 0)
      throw new Error(`${program} failed: ${done.error?.message ?? ''}${done.stderr}${done.stdout}`);
  };
  const folder = folderArgument(inside);
  const locale = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  // `trust` is for the moment: no server listens yet, and the rules that a server will read are written below.
  run('initdb', [
    '-D',
    folder,
    '-U',
    'postgres',
    '--auth=trust',
    ...locale,
    '--no-instructions',
    ...(durable ? [] : ['--no-sync']),
  ]);
  const rules = ['local all all', 'host all all 127.0.0.1/32', 'host all all ::1/128'].map(
    (who) => `${who} scram-sha-256\n`,
  );
  fs.writeFileSync(path.join(staging, 'pg_hba.conf'), rules.join(''));
  // The only way in before a server runs; no driver is needed for it.
  const sql = [
    `ALTER ROLE postgres PASSWORD '${superPassword}'`,
    `CREATE ROLE "${user}" LOGIN CREATEROLE CREATEDB PASSWORD '${password}'`,
    ...(database === 'postgres' ? [] : [`CREATE DATABASE "${database}" OWNER "${user}"`]),
  ];
  run(
    'postgres',
    ['--single', '-D', folder, '-j', '-c', `fsync=${durable ? 'on' : 'off'}`, 'postgres'],
    sql.map((line) => `${line};\n\n`).join(''),
  );

  const file = path.join(staging, credentialsFile);
  fs.writeFileSync(file, JSON.stringify({ superPassword, user, password, database }), { mode: 0o600 });
  if (account) fs.chownSync(file, account.uid, account.gid);
  fs.rmSync(dataDir, { recursive: true, force: true }); // empty, or a first start that died before it was complete
  fs.renameSync(staging, dataDir);
}
