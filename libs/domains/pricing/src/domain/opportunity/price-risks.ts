import { halfWidth } from '../rating';
import { isBranded, isDamaged, titleIsOpen } from './car-risks';
import { spreadOf } from './price-distribution';
import { capsAt, excludes, weighs, type RiskFactor, type RiskQuestion } from './risk';

/** A number that would be an ordinary price in the money of the country, and is cheap in the money that stands beside it. */
const ordinary = { from: 0.5, to: 1.5 } as const;

/**
 * A page that prints dollars where euros are meant makes every car of it a bargain. Whether one car of another currency is
 * one can't be told from its price, since a slip of the currency looks the same: so it is none.
 */
export function currencyRisk({ car, asking, quantiles, localCurrency, toLocal }: RiskQuestion): RiskFactor[] {
  const currency = car.price?.currency ?? null;
  if (localCurrency === null || currency === null || currency === localCurrency) return [];
  const facts = { currency, local_currency: localCurrency, country: car.facts.country };
  const asLocal = toLocal === null ? null : asking / (quantiles.q50 * toLocal);
  const slipped = asLocal === null || (asLocal >= ordinary.from && asLocal <= ordinary.to);
  if (slipped && asking < quantiles.q50) {
    const share = asLocal === null ? null : Math.round(asLocal * 100) / 100;
    return [excludes({ code: 'wrong_currency', weight: 0.9, reason: `The price is in ${currency}, though the car stands where ${localCurrency} is paid, and the same number would be an ordinary price there.`, facts: { ...facts, share_of_value_in_local_currency: share } })];
  }
  return [weighs({ code: 'foreign_currency', weight: 0.2, reason: 'The price is in another currency than that of the country where the car stands.', facts })];
}

/** Share of the value below which a price is no bargain but a sign, where all that matters is told. */
const tooGood = 0.62;
const leastTooGood = 0.4;
/** Where a hidden fact would explain the price, it is suspected sooner. */
const tooGoodOpen = 0.8;
const tooGoodUntold = 0.7;

/**
 * Below this price the car is too cheap to be what it is said to be. Where prices spread widely, a low one says less; where
 * something decisive is left out, a low one says more.
 */
export function tooGoodBelow({ car, quantiles }: Pick<RiskQuestion, 'car' | 'quantiles'>): number {
  const { facts, vinFlags } = car;
  const told = isDamaged(facts) || isBranded(facts);
  const wide = Math.max(leastTooGood, Math.min(tooGood, Math.exp(-2.5 * spreadOf(quantiles))));
  if (told) return Math.round(quantiles.q50 * wide);
  const open = titleIsOpen(facts) || facts.mileageKm === null || vinFlags.length > 0;
  const untold = facts.damageType === 'unknown';
  return Math.round(quantiles.q50 * (open ? tooGoodOpen : untold ? tooGoodUntold : wide));
}

const slips = [10, 100, 1_000] as const;

export function lowPriceRisk(question: RiskQuestion): RiskFactor[] {
  const { asking, quantiles } = question;
  const limit = tooGoodBelow(question);
  if (asking >= limit) return [];
  const factor = quantiles.q50 / asking;
  const facts = { asking, limit, share_of_value: Math.round((asking / quantiles.q50) * 1_000) / 1_000 };
  const slip = slips.find((times) => factor > times * 0.7 && factor < times * 1.45);
  if (slip !== undefined) return [excludes({ code: 'price_slip', weight: 0.95, reason: `The price is about a ${slip === 10 ? 'tenth' : slip === 100 ? 'hundredth' : 'thousandth'} of the value: a figure is missing.`, facts })];
  return [excludes({ code: 'too_good_to_be_true', weight: 0.9, reason: 'The price is so far below the value that something is wrong with the car or with the offer.', facts })];
}

/** What the market's watch has found; a bid is no risk but no price at all, and is refused before. */
export function doubtRisk({ doubt, priceChanges, car }: RiskQuestion): RiskFactor[] {
  const priced = car.offers.filter(({ active, price }) => active && price !== null);
  const meant = priced.filter(({ doubtful }) => doubtful !== true);
  if ((doubt !== null && doubt !== 'restless') || (priced.length > 0 && meant.length === 0)) {
    return [excludes({ code: 'price_doubtful', weight: 0.9, reason: 'The price is one that nobody means.', facts: { doubt } })];
  }
  if (doubt !== 'restless' && priceChanges < 5) return [];
  return [weighs({ code: 'price_restless', weight: 0.2, reason: 'The price changes all the time: somebody plays with the order of lists.', facts: { changes: priceChanges } })];
}

/** The cheapest of several offers of one car is the one to doubt. */
export function offersRisk({ car }: RiskQuestion): RiskFactor[] {
  const currency = car.price?.currency;
  const asked = car.offers
    .flatMap(({ active, price, priceKind, auction }) => (active && price !== null && price.currency === currency && priceKind !== 'bid' && !auction ? [price.amount] : []))
    .sort((a, b) => a - b);
  const [lowest, highest] = [asked[0], asked.at(-1)];
  if (lowest === undefined || highest === undefined || asked.length < 2) return [];
  const share = lowest / highest;
  if (share >= 0.88) return [];
  const factor = { code: 'offers_disagree' as const, reason: 'The same car is offered at very different prices.', facts: { lowest, highest } };
  return [share < 0.75 ? capsAt(35, { ...factor, weight: 0.4 }) : weighs({ ...factor, weight: 0.15 })];
}

const dayMs = 86_400_000;

export function marketRisk({ car, at, daysOfSupply }: RiskQuestion): RiskFactor[] {
  const found: RiskFactor[] = [];
  const days = Math.floor((at.getTime() - car.listedAt.getTime()) / dayMs);
  if (car.relistCount > 0) found.push(weighs({ code: 'relisted', weight: Math.min(0.25, 0.06 * car.relistCount), reason: 'The car was taken down and offered again.', facts: { times: car.relistCount } }));
  if (days > 120) found.push(weighs({ code: 'standing_long', weight: days > 240 ? 0.2 : 0.1, reason: 'Nobody has bought the car for a long time.', facts: { days } }));
  if (daysOfSupply !== null && daysOfSupply > 120) found.push(weighs({ code: 'slow_market', weight: daysOfSupply > 240 ? 0.2 : 0.1, reason: 'There are many such cars for each that is sold.', facts: { days_of_supply: Math.round(daysOfSupply) } }));
  const active = car.offers.filter((offer) => offer.active);
  if (active.length > 0 && active.every(({ auction }) => auction)) found.push(weighs({ code: 'auction', weight: 0.2, reason: 'The car is sold at an auction: it can’t be driven before, and there is no way back.' }));
  return found;
}

/** A value from so few is a guess. */
const fewForHedonic = 12;
/** Fewer than these have no opinion of their own. */
export const fewForOpinion = 5;

/**
 * Who looks for the largest discounts finds the largest errors of the model first. Offers of like cars, and
 * what others say of it, err in other ways: where they do not say that the car is cheap, it is not sure to be.
 */
export function opinionRisk({ method, asking, quantiles, secondOpinion }: RiskQuestion): RiskFactor[] {
  if (method !== 'model') return [];
  if (secondOpinion === null || secondOpinion.effective < fewForOpinion) {
    return [capsAt(70, { code: 'few_comparables', weight: 0.15, reason: 'There are too few like cars to hold the model against.', facts: { effective: secondOpinion === null ? 0 : Math.round(secondOpinion.effective * 10) / 10 } })];
  }
  const share = asking / secondOpinion.value;
  const factor = { code: 'second_opinion' as const, facts: { of: secondOpinion.of, value: secondOpinion.value, market_value: quantiles.q50, share: Math.round(share * 1_000) / 1_000 } };
  if (share > 0.96) return [capsAt(40, { ...factor, weight: 0.4, reason: 'By like cars, or by what others say, the price is an ordinary one: the car is cheap by the model alone.' })];
  if (share > 0.89) return [capsAt(60, { ...factor, weight: 0.15, reason: 'By like cars, or by what others say, the price is only a little lower.' })];
  return [];
}

export function valuationRisk({ quantiles, method, effectiveComparables, coverage, costs }: RiskQuestion): RiskFactor[] {
  const found: RiskFactor[] = [];
  const half = halfWidth(quantiles);
  const width = { half_width_percent: Math.round(half * 1_000) / 10 };
  if (half > 0.4) found.push(capsAt(50, { code: 'wide_interval', weight: 0.35, reason: 'Such cars cost very different amounts.', facts: width }));
  else if (half > 0.25) found.push(weighs({ code: 'wide_interval', weight: 0.18, reason: 'Such cars cost rather different amounts.', facts: width }));
  if (method === 'hedonic' && effectiveComparables < fewForHedonic) found.push(capsAt(70, { code: 'few_comparables', weight: 0.15, reason: 'There are few cars to compare it with.', facts: { effective: Math.round(effectiveComparables * 10) / 10 } }));
  if (coverage !== null && coverage.coverage80 < 0.72) found.push(weighs({ code: 'segment_unproven', weight: 0.12, reason: 'The published interval has held less often than it claims, for cars like this one.', facts: { segment: coverage.segment, coverage_percent: Math.round(coverage.coverage80 * 1_000) / 10 } }));
  if (costs.unknown.length > 0 || costs.width > 0.08) found.push(weighs({ code: 'costs_uncertain', weight: costs.unknown.length > 0 ? 0.15 : 0.08, reason: 'What the car costs landed is not fully known.', facts: { unknown: costs.unknown.join(', '), width_percent: Math.round(costs.width * 1_000) / 10 } }));
  return found;
}
