/** Small questions about other processes, answered without any package. */
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';

export function isAlive(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
  return !isZombie(pid);
}

/** A killed child whose parent has not collected it still has its number, and does nothing any more. */
function isZombie(pid) {
  return statOf(pid)?.[0] === 'Z';
}

function statOf(pid) {
  try {
    const text = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

/** Tells one process from a later one that was given the same number. Empty where the system doesn't say. */
export function startedAt(pid) {
  if (process.platform === 'linux') return statOf(pid)?.[19] ?? '';
  if (process.platform === 'win32') return '';
  return spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).stdout.trim();
}

/** Of all processes (Linux) those that a look at them says so of. One that is gone meanwhile, or somebody else's, is none. */
const processesThat = (is) =>
  fs
    .readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return is(pid);
      } catch {
        return false;
      }
    });

/** Processes whose working directory is `folder` (Linux; empty elsewhere): every process of a PostgreSQL server stays in its data folder. */
export function processesIn(folder) {
  if (process.platform !== 'linux') return [];
  const real = fs.realpathSync(folder);
  return processesThat((pid) => pid !== process.pid && fs.readlinkSync(`/proc/${pid}/cwd`) === real && isAlive(pid));
}

/** Every process that belongs to a platform's data folder (Linux): started for it, or at work in it. */
export function processesOf(folder) {
  return processesThat((pid) => {
    if (isZombie(pid)) return false;
    const environment = fs.readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
    return environment.includes(`AUTOBROKER_DATA=${folder}`) || fs.readlinkSync(`/proc/${pid}/cwd`).startsWith(folder);
  });
}

/** Those of them that serve: all of the platform's own but the supervisor. */
export function appsOf(folder) {
  return processesOf(folder).filter((pid) => {
    try {
      return /apps\/\w+\/dist\/main\.js/.test(fs.readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
    } catch {
      return false;
    }
  });
}

export function signal(pid, name) {
  try {
    process.kill(pid, name);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** Asks again every few milliseconds; false when the time is over. */
export async function until(condition, timeoutMs) {
  const end = performance.now() + timeoutMs;
  for (let pause = 5; ; pause = Math.min(pause * 1.5, 50)) {
    if (await condition()) return true;
    if (performance.now() > end) return false;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
