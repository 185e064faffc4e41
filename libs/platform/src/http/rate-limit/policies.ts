import { anonymousRequestsPerMinute, tierLimits, type Tier } from '@autobroker/contracts';

/** `hot` counts like `default`, and its access log is sampled; `auth` is for guessing passwords and codes, by address. */
export const rateLimitPolicies = ['default', 'auth', 'hot', 'none'] as const;
export type RateLimitPolicyName = (typeof rateLimitPolicies)[number];

/** One quota: so many requests in a sliding minute, counted under a key. */
export interface Quota {
  readonly policy: string;
  readonly limit: number;
  readonly windowMs: number;
  /** Every process asks the shared store before it answers; others settle with it a few times a second. */
  readonly exact: boolean;
  /** The `RateLimit-Policy` header, made once. */
  readonly header: string;
}

const windowMs = 60_000;

function quota(policy: string, perMinute: number, scale: number, exact = false): Quota {
  const limit = Math.max(1, Math.floor(perMinute * scale));
  return { policy, limit, windowMs, exact, header: `"${policy}";q=${limit};w=${windowMs / 1_000}` };
}

export interface Quotas {
  readonly anonymous: Quota;
  readonly auth: Quota;
  readonly system: Quota;
  readonly tiers: Readonly<Record<Tier, Quota>>;
}

/** A minute, from one address: many people of an office may share it, and every account has its own lockout besides. */
export const authRequestsPerMinute = 300;

/** All limits of the installation, times `scale` (for load tests and generous installations). */
export function quotasOf(scale: number, anonymousPerMinute = anonymousRequestsPerMinute): Quotas {
  return {
    anonymous: quota('anonymous', anonymousPerMinute, scale),
    auth: quota('auth', authRequestsPerMinute, scale, true),
    system: quota('system', tierLimits.enterprise.requests_per_minute * 10, scale),
    tiers: {
      free: quota('free', tierLimits.free.requests_per_minute, scale),
      pro: quota('pro', tierLimits.pro.requests_per_minute, scale),
      enterprise: quota('enterprise', tierLimits.enterprise.requests_per_minute, scale),
    },
  };
}
