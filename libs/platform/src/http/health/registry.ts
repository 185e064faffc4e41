import { allCircuits, type CircuitReport, type CircuitState } from '../../resilience';

export type HealthState = 'up' | 'degraded' | 'down';

/** What a check may add to being up: a circuit, numbers, a word. Never an address with a password or a key in it. */
export interface HealthDetail {
  readonly state?: HealthState;
  readonly circuit?: CircuitState;
  readonly detail?: string;
  readonly [more: string]: unknown;
}

export type HealthCheck = () => HealthDetail | void | Promise<HealthDetail | void>;

export interface HealthOptions {
  /** Without it the process cannot do its work: it is not ready while this is down. */
  readonly critical?: boolean;
  readonly timeoutMs?: number;
}

export interface CheckReport {
  readonly name: string;
  readonly critical: boolean;
  readonly state: HealthState;
  readonly latency_ms: number;
  readonly detail?: HealthDetail;
}

export interface HealthReport {
  readonly state: HealthState;
  readonly checks: readonly CheckReport[];
  readonly circuits: readonly CircuitReport[];
  readonly sections: Readonly<Record<string, unknown>>;
}

interface Registered {
  readonly check: HealthCheck;
  readonly options: HealthOptions;
}

const reuseMs = 1_000;

/** What the process depends on, and how each is. Reports are shared for a second: asking often must cost nothing. */
export class HealthRegistry {
  private readonly checks = new Map<string, Registered>();
  private readonly sections = new Map<string, () => unknown>();
  private recent: { readonly at: number; readonly report: Promise<HealthReport> } | null = null;

  check(name: string, check: HealthCheck, options: HealthOptions = {}): () => void {
    const registered = { check, options };
    this.checks.set(name, registered);
    this.recent = null;
    return () => {
      if (this.checks.get(name) === registered) this.checks.delete(name);
      this.recent = null;
    };
  }

  /** Something that is not a dependency but belongs on the page: cache hit rates, queue depths. */
  section(name: string, read: () => unknown): () => void {
    this.sections.set(name, read);
    return () => {
      if (this.sections.get(name) === read) this.sections.delete(name);
    };
  }

  report(): Promise<HealthReport> {
    const now = performance.now();
    if (this.recent !== null && now - this.recent.at < reuseMs) return this.recent.report;
    const report = this.measure();
    this.recent = { at: now, report };
    return report;
  }

  private async measure(): Promise<HealthReport> {
    const checks = await Promise.all([...this.checks].map(([name, one]) => examine(name, one)));
    checks.sort((a, b) => a.name.localeCompare(b.name));
    const critical = checks.filter((check) => check.critical);
    const state: HealthState = critical.some((check) => check.state === 'down')
      ? 'down'
      : checks.some((check) => check.state !== 'up')
        ? 'degraded'
        : 'up';
    const sections: Record<string, unknown> = {};
    for (const [name, read] of this.sections) sections[name] = await readSection(read);
    return { state, checks, circuits: allCircuits(), sections };
  }
}

async function readSection(read: () => unknown): Promise<unknown> {
  try {
    return await read();
  } catch {
    return null;
  }
}

async function examine(name: string, { check, options }: Registered): Promise<CheckReport> {
  const began = performance.now();
  const critical = options.critical === true;
  const latency = (): number => Math.round((performance.now() - began) * 100) / 100;
  try {
    const detail = await inTime(check, options.timeoutMs ?? 2_000);
    const base = { name, critical, state: detail?.state ?? 'up', latency_ms: latency() };
    return detail === undefined ? base : { ...base, detail };
  } catch (error) {
    // Errors of drivers name hosts and users: the page says only what kind of error it was.
    return { name, critical, state: 'down', latency_ms: latency(), detail: { detail: kindOf(error) } };
  }
}

function kindOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return 'error';
  const code: unknown = Reflect.get(error, 'code');
  if (typeof code === 'string' && /^[A-Z0-9_]{2,40}$/.test(code)) return code;
  return error instanceof Error ? error.name : 'error';
}

async function inTime(check: HealthCheck, timeoutMs: number): Promise<HealthDetail | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(Object.assign(new Error('too slow'), { code: 'TIMEOUT' })), timeoutMs);
  });
  try {
    return (await Promise.race([Promise.resolve().then(check), late])) ?? undefined;
  } finally {
    clearTimeout(timer);
  }
}

/** The process's own registry. */
export const health = new HealthRegistry();

export const registerHealthCheck = (name: string, check: HealthCheck, options: HealthOptions = {}): (() => void) =>
  health.check(name, check, options);
export const registerHealthSection = (name: string, read: () => unknown): (() => void) => health.section(name, read);
