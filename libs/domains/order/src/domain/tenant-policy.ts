import { Duration, refuse, ok, type DurationText, type Refusal, type Result } from '@autobroker/kernel';

/** How long each state may last at a tenant. */
export interface DeadlinePolicy {
  readonly requested: DurationText;
  readonly reservedByCard: DurationText;
  readonly reservedByTransfer: DurationText;
  /** Where the hold itself names no end. */
  readonly depositHeld: DurationText;
  /** Before the hold at the bank ends. */
  readonly beforeCapture: DurationText;
  readonly inspection: DurationText;
  readonly decision: DurationText;
  readonly balanceBusinessDays: number;
  /** After the reminder. */
  readonly dunningBusinessDays: number;
  readonly titleRequestBusinessDays: number;
  readonly titling: DurationText;
  /** After the expected arrival. */
  readonly transitGrace: DurationText;
  /** Where nothing can be withdrawn from: how long faults of the handover may be told. */
  readonly acceptance: DurationText;
  /** Before the bank wants an answer. */
  readonly disputeLead: DurationText;
  /** How old the last look at the offer may be when a car is reserved. */
  readonly offerCheck: DurationText;
}

export const usualDeadlines: DeadlinePolicy = {
  requested: 'PT72H',
  reservedByCard: 'PT30M',
  reservedByTransfer: 'PT48H',
  depositHeld: 'P7D',
  beforeCapture: 'PT24H',
  inspection: 'P5D',
  decision: 'PT48H',
  balanceBusinessDays: 5,
  dunningBusinessDays: 5,
  titleRequestBusinessDays: 10,
  titling: 'P30D',
  transitGrace: 'P3D',
  acceptance: 'P3D',
  disputeLead: 'PT48H',
  offerCheck: 'PT15M',
};

/** What is kept for the use of a car that comes back, and from where on two people have to agree to it. */
export interface UsePolicy {
  /** Driven by anybody who looks at a car: nothing is owed for it. */
  readonly freeKm: number;
  /** A car is worn out after so many: each of them is worth the same. */
  readonly lifeKm: number;
  /** A car that has run longer still wears, but not as if it were the last of it. */
  readonly leastKmLeft: number;
  /** Above this, in minor units, one person alone does not say what is kept. */
  readonly fourEyesLimit: number;
}

export const usualUse: UsePolicy = { freeKm: 50, lifeKm: 250_000, leastKmLeft: 50_000, fourEyesLimit: 50_000 };

export interface TenantPolicy {
  readonly deadlines: DeadlinePolicy;
  readonly use: UsePolicy;
  /** In hundredths of a per cent of the total. */
  readonly depositShare: number;
}

export const usualPolicy: TenantPolicy = { deadlines: usualDeadlines, use: usualUse, depositShare: 1_000 };

/** A car can't wait for ever, nor a clock be so short that nobody can act. */
const bounds = { shortest: Duration.parse('PT5M').ms, longest: Duration.parse('P90D').ms };

export function checkPolicy(policy: TenantPolicy): Result<TenantPolicy, Refusal<'validation_failed'>> {
  const wrong = Object.entries(policy.deadlines).flatMap(([name, value]: [string, string | number]) => {
    if (typeof value === 'number') return value >= 1 && value <= 60 ? [] : [{ name, detail: 'is 1 to 60 business days' }];
    const parsed = Duration.tryParse(value);
    if (!parsed.ok || parsed.value.months !== 0) return [{ name, detail: 'is a duration without months, such as PT72H' }];
    return parsed.value.ms >= bounds.shortest && parsed.value.ms <= bounds.longest ? [] : [{ name, detail: 'is between five minutes and 90 days' }];
  });
  if (wrong.length > 0) return refuse('validation_failed', 'Some deadlines can’t be used', { errors: wrong.map(({ name, detail }) => ({ pointer: `/deadlines/${name}`, code: 'deadline_out_of_range', detail })) });
  const odd = wrongUse(policy.use);
  if (odd.length > 0) return refuse('validation_failed', 'What is kept for use can’t be reckoned so', { errors: odd.map(({ name, detail }) => ({ pointer: `/use/${wire[name]}`, code: 'out_of_range', detail })) });
  if (!Number.isInteger(policy.depositShare) || policy.depositShare < 100 || policy.depositShare > 5_000) {
    return refuse('validation_failed', 'The share can’t be used', { errors: [{ pointer: '/deposit_share', code: 'out_of_range', detail: 'is 1 % to 50 %, in hundredths of a per cent' }] });
  }
  return ok(policy);
}

/** A look at a car is no journey, and a car is not worn out by one: what the law lets a buyer off stays theirs. */
const useBounds: Readonly<Record<keyof UsePolicy, readonly [least: number, most: number]>> = { freeKm: [20, 1_000], lifeKm: [100_000, 1_000_000], leastKmLeft: [10_000, 1_000_000], fourEyesLimit: [0, 100_000_000] };

const wire: Readonly<Record<keyof UsePolicy, string>> = { freeKm: 'free_km', lifeKm: 'life_km', leastKmLeft: 'least_km_left', fourEyesLimit: 'four_eyes_limit' };

function wrongUse(use: UsePolicy): { readonly name: keyof UsePolicy; readonly detail: string }[] {
  const names = ['freeKm', 'lifeKm', 'leastKmLeft', 'fourEyesLimit'] as const;
  const wrong = names.flatMap((name) => {
    const [least, most] = useBounds[name];
    return Number.isInteger(use[name]) && use[name] >= least && use[name] <= most ? [] : [{ name, detail: `is ${least} to ${most}` }];
  });
  return wrong.length === 0 && use.leastKmLeft > use.lifeKm ? [{ name: 'leastKmLeft', detail: 'is no more than a car runs at all' }] : wrong;
}
