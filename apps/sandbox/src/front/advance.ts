import { Duration } from '@autobroker/kernel';

const units: Readonly<Record<string, number>> = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };
const longest = 5 * 366 * 86_400_000;

/** Milliseconds out of seconds, `1d`, `90m` or an ISO duration (`P1DT2H`); null where it is none of these or goes back. */
export function readAdvance(given: unknown, now: Date): number | null {
  const ms = toMs(given, now);
  return ms !== null && Number.isFinite(ms) && ms >= 0 && ms <= longest ? Math.round(ms) : null;
}

const toMs = (given: unknown, now: Date): number | null => {
  if (typeof given === 'number') return given * 1_000;
  if (typeof given !== 'string') return null;
  const plain = /^(\d+(?:\.\d+)?)\s*(ms|s|m|h|d|w)?$/u.exec(given.trim());
  if (plain !== null) return Number(plain[1]) * (units[plain[2] ?? 's'] ?? 1_000);
  const iso = Duration.tryParse(given.trim());
  return iso.ok ? iso.value.addTo(now).getTime() - now.getTime() : null;
};
