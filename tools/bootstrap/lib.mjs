// What the commands share: where things are, how a child is run, how the sources become dist/.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { takeLockFile } from '../engines/lock-file.mjs';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const bin = (name) => join(root, 'node_modules', '.bin', name);

/** Where a local run keeps its database, objects, mail and secrets. */
export const dataFolder = () => resolve(root, process.env.AUTOBROKER_DATA ?? '.autobroker');

/** Runs a program to its end with our own standard streams; resolves to its exit code. */
export const run = (file, args, options = {}) =>
  new Promise((done, failed) => {
    const child = spawn(file, args, { cwd: root, stdio: 'inherit', ...options });
    const forward = (signal) => child.kill(signal);
    process.on('SIGTERM', forward);
    process.on('SIGINT', ignore);
    child.on('error', failed);
    child.on('exit', (code, signal) => {
      process.off('SIGTERM', forward);
      process.off('SIGINT', ignore);
      done(signal === null ? (code ?? 1) : 1);
    });
  });
const ignore = () => {};

export const runNode = (args, options) => run(process.execPath, args, options);

/** Compiles what is stale. TypeScript's own build mode knows what that is; a warm one takes about a second. */
export const build = async (project = 'tsconfig.build.json') => {
  // stdout belongs to what the command itself has to say.
  const code = await runNode([join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-b', project], { stdio: ['ignore', 2, 2] });
  if (code !== 0) throw new CommandError('The sources do not compile; the errors are above.');
};

/** A failure whose message is all that the person at the terminal needs. */
export class CommandError extends Error {
  constructor(message, exitCode = 1) {
    super(message);
    this.exitCode = exitCode;
  }
}

/** Writes files that are made of the code, by their path; with --check, fails where the committed ones differ. */
export const writeGenerated = (files, command) => {
  const check = process.argv.includes('--check');
  const stale = Object.keys(files).filter((name) => !existsSync(join(root, name)) || readFileSync(join(root, name), 'utf8') !== files[name]);
  if (check && stale.length > 0) throw new CommandError(`${stale.join(' and ')} no longer ${stale.length === 1 ? 'matches' : 'match'} the code. Run: ${command}`);
  for (const name of stale) {
    mkdirSync(dirname(join(root, name)), { recursive: true });
    writeFileSync(join(root, name), files[name]);
    process.stdout.write(`wrote ${name}\n`);
  }
};

/** Runs a command's main function; turns what it throws into one readable line and an exit code. */
export const main = (work) => {
  work().then(
    (code) => {
      process.exitCode = code ?? 0;
    },
    (error) => {
      process.stderr.write(`\n${error instanceof CommandError ? error.message : (error?.stack ?? error)}\n`);
      process.exitCode = error instanceof CommandError ? error.exitCode : 1;
    },
  );
};

const listens = (port, host) =>
  new Promise((done) => {
    const server = createServer();
    server.once('error', () => done(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => done(true)));
  });

/** Free means free for whoever connects by name: on IPv4's wildcard and, where the machine has it, IPv6's. */
export const portIsFree = async (port) => (await listens(port, '0.0.0.0')) && (await listens(port, '::').catch(() => true));

/**
 * Between the choice of a port and the moment when an app listens on it lie seconds: of two starts at once, each has to
 * know what the other has chosen. What is claimed stays so until the process ends.
 */
export const claimPort = (port) => {
  const folder = join(tmpdir(), `autobroker-ports-${process.getuid?.() ?? userInfo().username}`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return takeLockFile(join(folder, String(port)));
};

/** The wanted port, or the next free one. An explicit wish that can't be met is an error. */
export const choosePort = async (name, explicit, preferred, taken = new Set()) => {
  if (explicit !== undefined && explicit !== '') {
    const port = Number(explicit);
    if (!Number.isInteger(port) || port < 1 || port > 65_535) {
      throw new CommandError(`${name}=${explicit} is not a port number.`);
    }
    // Of a process that was killed a moment ago the system closes the sockets last.
    for (let waited = 0; !(await portIsFree(port)); waited += 100) {
      if (waited >= 3_000) throw new CommandError(`${name}=${port} was asked for, but that port is in use.`);
      await sleep(100);
    }
    return { port, moved: false };
  }
  for (let port = preferred; port < preferred + 200; port += 1) {
    if (!taken.has(port) && (await portIsFree(port)) && claimPort(port)) return { port, moved: port !== preferred };
  }
  throw new CommandError(`No free port between ${preferred} and ${preferred + 199}.`);
};

export const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

/** Asks until there is an answer, at a pace that may slow down; what is asked for happens in a worker or another process. */
export const askUntil = async (what, ask, { withinMs, firstMs, factor = 1, longestMs = firstMs }) => {
  const end = performance.now() + withinMs;
  for (let pause = firstMs; ; pause = Math.min(pause * factor, longestMs)) {
    const answer = await ask();
    if (answer !== undefined && answer !== null && answer !== false) return answer;
    if (performance.now() > end) throw new CommandError(`Waited ${withinMs / 1_000} s for ${what}.`);
    await sleep(pause);
  }
};
