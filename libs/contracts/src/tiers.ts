/** Subscription tiers and their limits. Data, so that a broker can see and an installation can change what each gives. */
export const tiers = ['free', 'pro', 'enterprise'] as const;
export type Tier = (typeof tiers)[number];

export interface TierLimits {
  /** Requests a minute on ordinary routes. */
  readonly requests_per_minute: number;
  readonly saved_searches: number;
  readonly alerts_per_day: number;
  readonly api_keys: number;
  readonly bulk_rows_per_call: number;
}

export const tierLimits: Readonly<Record<Tier, TierLimits>> = {
  free: { requests_per_minute: 6_000, saved_searches: 5, alerts_per_day: 20, api_keys: 2, bulk_rows_per_call: 1_000 },
  pro: { requests_per_minute: 12_000, saved_searches: 50, alerts_per_day: 200, api_keys: 10, bulk_rows_per_call: 1_000 },
  enterprise: {
    requests_per_minute: 60_000,
    saved_searches: 1_000,
    alerts_per_day: 5_000,
    api_keys: 100,
    bulk_rows_per_call: 1_000,
  },
};

/** Requests a minute for an address that has not signed in. */
export const anonymousRequestsPerMinute = 3_000;

export const isTier = (value: string): value is Tier => (tiers as readonly string[]).includes(value);
