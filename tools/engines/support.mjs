/** What every engine launcher needs. Node built-ins only: this also runs before anything is installed. */
import { spawn, execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import { homedir, tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

export const run = promisify(execFile);

/** Where downloaded servers are kept between runs, outside of the project. */
export const cacheFolder = async (...parts) => {
  const base = process.env.AUTOBROKER_ENGINES_CACHE ?? join(process.env.XDG_CACHE_HOME ?? join(homedir() || tmpdir(), '.cache'), 'autobroker-engines');
  const folder = join(base, ...parts);
  await mkdir(folder, { recursive: true });
  return folder;
};

/** Makes a folder once, whole or not at all, also when several processes want it at the same time. */
export const once = async (target, make) => {
  if (existsSync(target)) return target;
  const temporary = await mkdtemp(`${target}.part-`);
  try {
    await make(temporary);
    await rename(temporary, target).catch((error) => {
      if (!existsSync(target)) throw error;
    });
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
  return target;
};

export const onPath = (name, extra = []) =>
  [...(process.env.PATH ?? '').split(delimiter), ...extra].map((folder) => join(folder, name)).find((file) => existsSync(file));

const listenable = (port) =>
  new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      const { port: taken } = server.address();
      server.close(() => resolve(taken));
    });
  });

export const freePort = () => listenable(0);

/** Where something is stopped and started again: no port that the system may give to an outgoing connection meanwhile. */
export const lastingPort = async () => {
  for (let turn = 0; turn < 100; turn += 1) {
    const port = await listenable(10_000 + randomInt(20_000)).catch(() => null);
    if (port !== null) return port;
  }
  throw new Error('no port is free between 10000 and 30000');
};

const accepts = (port, host) =>
  new Promise((resolve) => {
    const socket = connect({ port, host });
    const done = (answer) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => done(true)).once('error', () => done(false));
    socket.setTimeout(1_000, () => done(false));
  });

export const scratch = (name) => mkdtemp(join(tmpdir(), `autobroker-${name}-`));

/**
 * A server process that can be stopped, killed, frozen and started again on the same port with the same data.
 * @param {{ name: string, command: string, args: string[], env?: Record<string, string>, port: number, folder: string, ready?: () => Promise<boolean>, patienceMs?: number }} spec
 */
export const serverProcess = (spec) => {
  let child;
  const log = join(spec.folder, `${spec.name}.log`);
  const killWithUs = () => child?.kill('SIGKILL');

  const start = async () => {
    if (child !== undefined) return;
    const output = createWriteStream(log, { flags: 'a' });
    const started = spawn(spec.command, spec.args, { env: { ...process.env, ...spec.env }, stdio: ['ignore', 'pipe', 'pipe'], cwd: spec.folder });
    child = started;
    started.stdout.pipe(output, { end: false });
    started.stderr.pipe(output, { end: false });
    let failure;
    started.once('error', (error) => (failure = error));
    started.once('exit', (code, signal) => {
      failure ??= new Error(`${spec.name} ended (${signal ?? code}); its log is ${log}`);
      output.end();
      if (child === started) child = undefined;
    });
    process.once('exit', killWithUs);
    const patience = spec.patienceMs ?? 20_000;
    const deadline = Date.now() + patience;
    const ready = spec.ready ?? (() => accepts(spec.port, '127.0.0.1'));
    while (!(await ready().catch(() => false))) {
      if (failure !== undefined) throw failure;
      if (Date.now() > deadline) throw new Error(`${spec.name} did not answer within ${patience / 1_000} s; its log is ${log}`);
      await pause(25);
    }
  };

  const end = (signal) => async () => {
    const running = child;
    if (running === undefined) return;
    child = undefined;
    process.removeListener('exit', killWithUs);
    const ended = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGCONT');
    running.kill(signal);
    const impatient = setTimeout(() => running.kill('SIGKILL'), 5_000);
    await ended;
    clearTimeout(impatient);
  };

  return {
    start,
    stop: end('SIGTERM'),
    kill: end('SIGKILL'),
    restart: async () => {
      await end('SIGTERM')();
      await start();
    },
    /** Still there and silent: what a lost network looks like. */
    freeze: () => child?.kill('SIGSTOP'),
    thaw: () => child?.kill('SIGCONT'),
    dispose: async () => {
      await end('SIGTERM')();
      await rm(spec.folder, { recursive: true, force: true });
    },
  };
};

/** For a server that somebody else runs: it can be used, and tests that need to stop it are told that they can't. */
export const foreignServer = () => {
  const refuse = async () => {
    throw new Error('this server was given by its address: the tests cannot stop or start it');
  };
  return { start: async () => {}, stop: refuse, kill: refuse, restart: refuse, freeze: refuse, thaw: refuse, dispose: async () => {} };
};

/** Unpacks Debian packages into one folder; no root needed. Dependencies must be named. */
export const debianPackages = async (name, packages) => {
  const target = join(await cacheFolder('debian'), name);
  return once(target, async (folder) => {
    const downloads = await scratch('debs');
    try {
      await run('apt-get', ['download', ...packages], { cwd: downloads }).catch(async () => {
        // The lists may be missing or old; only root may renew them.
        await run('apt-get', ['update']).catch(() => undefined);
        await run('apt-get', ['download', ...packages], { cwd: downloads });
      });
      for (const file of await readdir(downloads)) if (file.endsWith('.deb')) await run('dpkg', ['-x', join(downloads, file), folder]);
    } finally {
      await rm(downloads, { recursive: true, force: true });
    }
  });
};

/** Folders of shared libraries below an unpacked package tree. */
export const libraryPath = async (root) => {
  const lib = join(root, 'usr', 'lib');
  const below = existsSync(lib) ? (await readdir(lib, { withFileTypes: true })).filter((entry) => entry.isDirectory()) : [];
  return [lib, ...below.map((entry) => join(lib, entry.name)), process.env.LD_LIBRARY_PATH].filter(Boolean).join(':');
};
