import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { numberOf, readRecord, textOf } from './shared/records';

/** What has to survive a restart, so that a platform finds the market that it knows. */
export interface SandboxState {
  readonly seed: number | string;
  readonly cars: number;
  /** Where the market began. */
  readonly start: string;
  readonly offset_ms: number;
}

export function readState(file: string | null): SandboxState | null {
  if (file === null || !existsSync(file)) return null;
  const kept = readRecord(readFileSync(file, 'utf8'));
  const start = textOf(kept?.['start']);
  const seed = numberOf(kept?.['seed']) ?? textOf(kept?.['seed']);
  const [cars, offset] = [numberOf(kept?.['cars']), numberOf(kept?.['offset_ms'])];
  if (seed === null || start === null || cars === null || offset === null || !Number.isFinite(Date.parse(start))) return null;
  return { seed, cars, start, offset_ms: offset };
}

/** Written beside and renamed: a crash leaves the old one. */
export function writeState(file: string | null, state: SandboxState): void {
  if (file === null) return;
  mkdirSync(dirname(file), { recursive: true });
  const draft = `${file}.${process.pid}.tmp`;
  writeFileSync(draft, `${JSON.stringify(state, null, 2)}\n`);
  renameSync(draft, file);
}
