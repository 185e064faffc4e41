import type { CurrencyCode } from '@autobroker/kernel';

/** Whoever else says what a car is worth. */
export const externalSources = ['kbb', 'edmunds', 'perplexity'] as const;
export type ExternalSource = (typeof externalSources)[number];

/** What one of them said: minor units of one currency, null where it does not say. */
export interface ExternalValue {
  readonly source: ExternalSource;
  readonly currency: CurrencyCode;
  /** What a dealer gives, what a private buyer pays, and what a dealer asks. */
  readonly tradeIn: number | null;
  readonly privateParty: number | null;
  readonly retail: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly fetchedAt: Date;
  readonly expiresAt: Date;
}

export type Weights = Readonly<Partial<Record<ExternalSource, number>>>;

export interface ExternalAggregate {
  readonly currency: CurrencyCode;
  /** The middle of what they say, each counted with its weight. */
  readonly value: number;
  readonly tradeIn: number | null;
  readonly privateParty: number | null;
  readonly retail: number | null;
  /** 0 to 1: how much of the weight is there and fresh, and how well they agree. */
  readonly confidence: number;
  /** Weighted deviation from the middle, as a share of it. */
  readonly disagreement: number;
  /** As they were counted: they sum to 1. */
  readonly weights: Weights;
  /** Counted, but older than they should be. */
  readonly stale: readonly ExternalSource[];
  /** Asked for by the weights, and not there. */
  readonly missing: readonly ExternalSource[];
}

/** What is past its time counts half; after so many of its lifetimes it says nothing any more. */
const staleWeight = 0.5;
const lifetimes = 30;
/** From this disagreement on nothing is left of the confidence. */
const quarrel = 0.3;

export const isStale = (value: Pick<ExternalValue, 'expiresAt'>, now: Date): boolean => value.expiresAt.getTime() <= now.getTime();

function isForgotten({ fetchedAt, expiresAt }: ExternalValue, now: Date): boolean {
  const life = Math.max(1, expiresAt.getTime() - fetchedAt.getTime());
  return now.getTime() - fetchedAt.getTime() > lifetimes * life;
}

/** What a private buyer pays is the middle between trade-in and a dealer's price; who does not say it gives what he has. */
export function headlineOf({ privateParty, retail, tradeIn, low, high }: ExternalValue): number | null {
  if (privateParty !== null) return privateParty;
  if (retail !== null && tradeIn !== null) return Math.round((retail + tradeIn) / 2);
  if (low !== null && high !== null) return Math.round((low + high) / 2);
  return retail ?? tradeIn;
}

interface Counted {
  readonly value: ExternalValue;
  readonly headline: number;
  readonly weight: number;
  readonly stale: boolean;
}

/** One value out of several. All of one currency; null when nobody says anything. */
export function aggregate(values: readonly ExternalValue[], weights: Weights, now: Date): ExternalAggregate | null {
  const counted = values.flatMap((value): Counted[] => {
    const headline = headlineOf(value);
    const weight = weights[value.source] ?? 0;
    if (headline === null || headline <= 0 || weight <= 0 || isForgotten(value, now)) return [];
    const stale = isStale(value, now);
    return [{ value, headline, stale, weight: stale ? weight * staleWeight : weight }];
  });
  const [first] = counted;
  if (first === undefined) return null;
  const total = counted.reduce((sum, one) => sum + one.weight, 0);
  const middle = counted.reduce((sum, one) => sum + one.headline * (one.weight / total), 0);
  const disagreement = Math.sqrt(counted.reduce((sum, one) => sum + (one.weight / total) * (one.headline / middle - 1) ** 2, 0));
  const wanted = externalSources.filter((source) => (weights[source] ?? 0) > 0);
  const whole = wanted.reduce((sum, source) => sum + (weights[source] ?? 0), 0);
  const there = new Set(counted.map((one) => one.value.source));
  return {
    currency: first.value.currency,
    value: Math.round(middle),
    tradeIn: meanOf(counted, ({ value }) => value.tradeIn),
    privateParty: meanOf(counted, ({ value }) => value.privateParty),
    retail: meanOf(counted, ({ value }) => value.retail),
    confidence: rounded((total / whole) * Math.max(0, 1 - disagreement / quarrel)),
    disagreement: rounded(disagreement),
    weights: Object.fromEntries(counted.map((one) => [one.value.source, rounded(one.weight / total)])),
    stale: counted.filter((one) => one.stale).map((one) => one.value.source),
    missing: wanted.filter((source) => !there.has(source)),
  };
}

function meanOf(counted: readonly Counted[], of: (one: Counted) => number | null): number | null {
  const said = counted.flatMap((one) => {
    const amount = of(one);
    return amount === null ? [] : [{ amount, weight: one.weight }];
  });
  const total = said.reduce((sum, { weight }) => sum + weight, 0);
  return said.length === 0 ? null : Math.round(said.reduce((sum, { amount, weight }) => sum + amount * (weight / total), 0));
}

const rounded = (share: number): number => Math.round(share * 1_000) / 1_000;

/** `kbb=0.45`; throws at a text that can't be read. */
export function readWeights(texts: readonly string[]): Weights {
  const entries = texts.map((text): [ExternalSource, number] => {
    const match = /^([a-z]+)=(\d+(?:\.\d+)?)$/u.exec(text);
    const source = externalSources.find((one) => one === match?.[1]);
    if (match === null || source === undefined) throw new Error(`EXTERNAL_VALUATION_WEIGHTS: ${JSON.stringify(text)} is not source=number`);
    return [source, Number(match[2])];
  });
  return Object.fromEntries(entries);
}
