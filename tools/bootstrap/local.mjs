// A platform on this machine: its data folder, the lock on it, its secrets, its database, its processes.
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { fork } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandError, sleep } from './lib.mjs';
import { servedFlags } from './served-flags.mjs';

const readJson = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
};

/** Written beside and renamed, so that a reader never sees half a file and a crash leaves the old one. */
export const writeJson = (file, value, mode = 0o600) => {
  const draft = `${file}.${process.pid}.tmp`;
  writeFileSync(draft, `${JSON.stringify(value, null, 2)}\n`, { mode });
  renameSync(draft, file);
};

/** A process is the one we meant only if it also started when we think it did: pids are used again. */
const startedAt = (pid) => {
  try {
    // Field 22 of /proc/<pid>/stat, counted after the command's closing bracket.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').pop()?.split(' ')[19] ?? 'unknown';
  } catch {
    return 'unknown';
  }
};

const exists = (pid) => {
  try {
    process.kill(pid, 0);
    return !/\) Z /.test(existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, 'utf8') : '');
  } catch (error) {
    return error.code === 'EPERM';
  }
};

export const identityOf = (pid) => ({ pid, started: startedAt(pid) });
export const isAlive = (process_) =>
  process_ !== undefined && exists(process_.pid) && startedAt(process_.pid) === process_.started;

const endProcess = async (process_) => {
  if (!isAlive(process_)) return;
  process.kill(process_.pid, 'SIGTERM');
  for (let waited = 0; waited < 10_000 && isAlive(process_); waited += 50) await sleep(50);
  if (isAlive(process_)) process.kill(process_.pid, 'SIGKILL');
};

/**
 * The data folder belongs to one run at a time. A run that was killed leaves its lock behind; the next one sees that
 * nobody holds it, ends what that run had started and takes over.
 */
export const claimDataFolder = async (folder, say) => {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'run.lock');
  const own = { ...identityOf(process.pid), children: [] };
  for (let announced = false; ; ) {
    try {
      writeFileSync(file, JSON.stringify(own), { flag: 'wx', mode: 0o600 });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') throw new CommandError(`The data folder ${folder} can't be written: ${error.message}`);
    }
    const held = readJson(file);
    if (held !== undefined && isAlive(held)) {
      if (!held.stopping) {
        const urls = readJson(join(folder, 'run.json'))?.urls;
        throw new CommandError(
          `Autobroker already runs on this data folder (pid ${held.pid}${urls === undefined ? '' : `, ${urls.api}`}). ` +
            `Stop it first: kill ${held.pid}`,
        );
      }
      if (!announced) say('Waiting for the previous run to finish stopping …');
      announced = true;
      await sleep(100);
      continue;
    }
    // A file that is a moment old may be one that another start is still writing.
    if (held === undefined && existsSync(file) && Date.now() - statSync(file).mtimeMs < 1_000) {
      await sleep(100);
      continue;
    }
    if (held !== undefined) {
      say('The previous run did not stop cleanly; picking up from its data.');
      for (const child of held.children ?? []) await endProcess(child);
    }
    rmSync(file, { force: true });
  }
  const save = () => writeJson(file, own);
  return {
    addChild: (pid) => {
      own.children.push(identityOf(pid));
      save();
    },
    markStopping: () => {
      own.stopping = true;
      save();
    },
    release: () => {
      rmSync(join(folder, 'run.json'), { force: true });
      rmSync(file, { force: true });
    },
  };
};

/** What a run keeps in its data folder; a reset removes these and nothing else. */
const kept = ['postgres', 'objects', 'mail', 'secrets.json', 'installation.json', 'run.json', 'sandbox.json', 'logs'];

export const resetDataFolder = (folder) => {
  // What the sandbox's vendors remember of themselves.
  const remembered = readdirSync(folder).filter((name) => /^sandbox-[\w-]+\.jsonl$/u.test(name));
  for (const name of [...kept, ...remembered]) rmSync(join(folder, name), { recursive: true, force: true });
  const left = readdirSync(folder).filter((name) => name !== 'run.lock');
  return left;
};

/** Secrets of a local installation: made once, kept beside the data that they protect. */
export const localSecrets = (folder) => {
  const file = join(folder, 'secrets.json');
  const known = readJson(file) ?? {};
  if (existsSync(file) && Object.keys(known).length === 0) {
    throw new CommandError(`${file} can't be read; without it the stored personal data can't be decrypted.`);
  }
  const wanted = {
    PII_MASTER_KEYS: () => `local-1:${randomBytes(32).toString('base64')}`,
    PII_INDEX_KEY: () => randomBytes(32).toString('base64'),
    CAPTURE_KEYS: () => `local-1:${randomBytes(32).toString('base64')}`,
    HTTP_SECRET: () => randomBytes(32).toString('base64url'),
    OBJECT_URL_SECRET: () => randomBytes(32).toString('base64url'),
    DOCUMENT_SIGNING_KEY: () => generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
    // Who runs an installation that was started without the demo.
    OPERATOR_EMAIL: () => 'operator@autobroker.example',
    OPERATOR_PASSWORD: () => randomBytes(15).toString('base64url'),
    INTERNAL_SECRET: () => randomBytes(32).toString('base64url'),
  };
  const secrets = { ...known };
  for (const [name, make] of Object.entries(wanted)) secrets[name] ??= make();
  writeJson(file, secrets);
  chmodSync(file, 0o600);
  return secrets;
};

/**
 * Starts one of our apps and waits until it says over its IPC channel that it listens. The channel also ties its life
 * to ours: an app whose parent is gone stops by itself.
 */
export const startApp = (file, env, { label, onExit, onSpawn }) =>
  new Promise((done, failed) => {
    const child = fork(file, [], {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      execArgv: [...servedFlags, '--require', join(import.meta.dirname, 'own-source-maps.cjs')],
      // A process group of its own: a terminal's Ctrl-C reaches us alone, and we ask the app once to stop gracefully.
      detached: true,
    });
    onSpawn?.(child);
    let ready = false;
    child.once('error', failed);
    child.on('message', (message) => {
      if (message?.type === 'ready' && !ready) {
        ready = true;
        done({ child, message });
      }
    });
    child.once('exit', (code, by) => {
      if (!ready) failed(new CommandError(`${label} did not start (${by ?? `exit code ${code}`}); its log is above.`));
      else onExit?.(code, by);
    });
  });

/** Asks a child to stop, gives it the time of a graceful shutdown, then insists. */
export const stopApp = async (child, graceMs = 15_000) => {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await gone;
  clearTimeout(timer);
};
