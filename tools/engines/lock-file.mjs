/** A lock is a file that names its holder; it ends with the process that holds it. */
import fs from 'node:fs';
import { isAlive, startedAt } from './processes.mjs';

const textOf = (file) => {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};

const holderOf = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

/** Takes it for this process, from a dead one if need be; false where a living process holds it. */
export function takeLockFile(file) {
  const mine = `${file}.${process.pid}`;
  // Written beside and linked, so that nobody ever reads half a name.
  fs.writeFileSync(mine, JSON.stringify({ pid: process.pid, started: startedAt(process.pid) }));
  try {
    for (let attempt = 0; attempt < 5; attempt++) {
      try {
        fs.linkSync(mine, file);
        return true;
      } catch (error) {
        if (error.code !== 'EEXIST') throw error;
      }
      const text = textOf(file);
      const holder = holderOf(text);
      if (holder !== undefined && isAlive(holder.pid) && startedAt(holder.pid) === holder.started) return false;
      const aside = `${mine}.stale`;
      try {
        fs.renameSync(file, aside);
      } catch {
        continue; // somebody else was faster
      }
      // Between our look and the rename another may have taken it: then it is theirs, and goes back.
      if (textOf(aside) !== text) fs.renameSync(aside, file);
      else fs.rmSync(aside, { force: true });
    }
    return false;
  } finally {
    fs.rmSync(mine, { force: true });
  }
}
