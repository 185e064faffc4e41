import type { Principal } from '../../auth';
import { ProblemError } from '../errors/problem-error';
import { type Quota, type Quotas, type RateLimitPolicyName } from './policies';
import { SlidingWindow, type Decision } from './sliding-window';

/** Counters that several processes share. It may be away: then each process counts for itself. */
export interface SharedCounters {
  /** Asks and counts at once; null when it does not answer in time. */
  hit(quota: Quota, key: string, nowMs: number): Promise<{ readonly allowed: boolean; readonly used: number } | null>;
  /** Tells what was counted here and learns what everybody has counted. */
  settle(windows: readonly SlidingWindow[], nowMs: number): Promise<void>;
}

export class RateLimiter {
  private readonly windows = new Map<string, SlidingWindow>();
  private timer: NodeJS.Timeout | null = null;
  private settling = false;

  constructor(
    private readonly quotas: Quotas,
    private readonly shared: SharedCounters | null = null,
    private readonly now: () => number = Date.now,
  ) {
    for (const quota of [quotas.anonymous, quotas.auth, quotas.system, ...Object.values(quotas.tiers)]) {
      this.windows.set(quota.policy, new SlidingWindow(quota));
    }
    if (shared !== null) this.timer = setInterval(() => this.settle(shared), 200).unref();
  }

  /** Null: this route has no limit. A promise only where every process must be asked first. */
  check(policy: RateLimitPolicyName, principal: Principal | null, ip: string): Decision | Promise<Decision> | null {
    if (policy === 'none') return null;
    const quota = policy === 'auth' ? this.quotas.auth : this.quotaOf(principal);
    const key = policy === 'auth' || principal === null || principal.id === null ? addressKey(ip) : principal.id;
    const window = this.windows.get(quota.policy);
    if (window === undefined) return null;
    const nowMs = this.now();
    const local = window.hit(key, nowMs);
    if (!quota.exact || this.shared === null || !local.allowed) return local;
    return this.shared.hit(quota, key, nowMs).then((answer) => {
      if (answer === null) return local;
      return { ...local, allowed: answer.allowed, remaining: Math.max(0, Math.floor(quota.limit - answer.used)) };
    });
  }

  close(): void {
    if (this.timer !== null) clearInterval(this.timer);
    this.timer = null;
  }

  private quotaOf(principal: Principal | null): Quota {
    if (principal === null || principal.kind === 'anonymous') return this.quotas.anonymous;
    return principal.kind === 'system' ? this.quotas.system : this.quotas.tiers[principal.tier];
  }

  private settle(shared: SharedCounters): void {
    if (this.settling) return;
    this.settling = true;
    shared
      .settle(
        [...this.windows.values()].filter(({ quota }) => !quota.exact),
        this.now(),
      )
      .catch(() => undefined)
      .finally(() => {
        this.settling = false;
      });
  }
}

export const rateLimitHeader = ({ quota, remaining, resetS }: Decision): string =>
  `"${quota.policy}";r=${remaining};t=${resetS}`;

export function rateLimited(decision: Decision): ProblemError {
  return new ProblemError(
    'rate_limited',
    `At most ${decision.quota.limit} requests a minute; try again in ${decision.resetS} s.`,
    {
      headers: { 'retry-after': String(decision.resetS) },
    },
  );
}

/** One household or server has a whole /64 of IPv6 addresses. */
export function addressKey(ip: string): string {
  if (!ip.includes(':')) return ip;
  if (ip.startsWith('::ffff:') && ip.includes('.')) return ip.slice(7);
  const [head = '', tail] = ip.split('::');
  const groups = head === '' ? [] : head.split(':');
  if (tail !== undefined) {
    const rest = tail === '' ? 0 : tail.split(':').length;
    while (groups.length + rest < 8) groups.push('0');
    if (tail !== '') groups.push(...tail.split(':'));
  }
  return `${groups.slice(0, 4).join(':')}::/64`;
}
