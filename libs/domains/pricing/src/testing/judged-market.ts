import type { CurrencyCode } from '@autobroker/kernel';
import { knownOf, priceOf } from '../api/market.consumer';
import type { TrainingCar } from '../application/registry/ports';
import type { DealQuestion } from '../domain/opportunity/judge';
import { opinionOfAlike } from '../domain/opportunity/opinions';
import { chooseComparables, subjectOf, type Candidate } from '../domain/comparables';
import { shippedRules } from '../domain/costs/data';
import { currencyOfCountry } from '../domain/country-currency';
import { doubtOf } from '../domain/market/believable';
import { gradeOf, nameKey } from '../domain/market/grade';
import type { MarketCar } from '../domain/market-car';
import { isMarketPrice, plausibleCar } from '../domain/plausible';
import { trainingSplit } from '../domain/training-split';
import { inCurrency } from '../domain/valuation';
import { learner } from '../infrastructure/model/learner';
import { ruledCosts } from '../infrastructure/opportunities/ruled-costs';
import { generatedCars, type GeneratedCar, perEuro } from './generated-market';

/** A car as the service knows it, with what has to be decided of it; and, for whoever judges that, the truth. */
export interface JudgedCar {
  readonly generated: GeneratedCar;
  readonly car: MarketCar;
  readonly question: DealQuestion;
  /** Whether the model has learned from its price. */
  readonly learned: boolean;
  /** What is asked against what the car is really worth. */
  readonly share: number;
}

function carOf({ vehicleId, facts }: GeneratedCar): MarketCar {
  return {
    vehicleId,
    version: 1,
    ownerTenantId: null,
    ...knownOf(facts),
    price: priceOf(facts.price),
    referencePrice: priceOf(facts.reference_price),
    status: 'available',
    offers: [],
    leftAt: null,
    updatedAt: new Date(facts.listed_at),
  };
}

const rate = (from: CurrencyCode, to: CurrencyCode): number => (perEuro[to] ?? Number.NaN) / (perEuro[from] ?? Number.NaN);

/** The way of a fresh installation without its database: it learns of the older four fifths, and values all of them. */
export function judgedMarket(options: { readonly seed: number; readonly cars: number; readonly at: Date }): JudgedCar[] {
  const { at } = options;
  const known = generatedCars(options).map((generated) => ({ generated, car: carOf(generated) }));
  const doubts = new Map(known.map(({ car }) => [car.vehicleId, doubtOf({ price: car.price, referencePrice: car.referencePrice, offers: [], moments: [], sold: false })]));
  const training = known.flatMap(({ car }): TrainingCar[] => {
    if (doubts.get(car.vehicleId) !== null || car.referencePrice === null || !isMarketPrice(car.referencePrice.amount)) return [];
    const plausible = plausibleCar(car.facts, at);
    return plausible.ok ? [{ id: car.vehicleId, listedAt: car.listedAt.toISOString(), facts: plausible.car.facts, price: car.referencePrice.amount }] : [];
  });
  const split = trainingSplit(training.map(({ listedAt }) => new Date(listedAt)));
  const learnedFrom = training.slice(0, split?.train ?? 0);
  const model = learner.learn(learnedFrom, at, 1);
  const learned = new Set(learnedFrom.map(({ id }) => id));
  const market = Map.groupBy(known.filter(({ car }) => doubts.get(car.vehicleId) === null && car.facts.country !== null), ({ car }) => marketOf(car));
  const valued = known.flatMap(({ generated, car }) => {
    const plausible = plausibleCar(car.facts, at);
    return plausible.ok && car.price !== null ? [{ generated, car, facts: plausible.car.facts, price: car.price }] : [];
  });
  const predicted = model.predict(valued.map(({ facts }) => facts), at);
  return valued.map(({ generated, car, price }, index): JudgedCar => {
    const { currency, amount: asking } = price;
    const quantiles = inCurrency(predicted[index] ?? { q10: 1, q35: 1, q50: 1, q65: 1, q90: 1 }, rate('EUR', currency));
    const choice = chooseComparables(subjectOf(car), (market.get(marketOf(car)) ?? []).map(({ car: other }) => candidateOf(other)), at);
    const costs = ruledCosts({ car, price }, at.toISOString().slice(0, 10), shippedRules) ?? { low: asking, likely: Math.round(asking * 1.04), high: Math.round(asking * 1.08), unknown: ['other'] };
    const local = currencyOfCountry(car.facts.country);
    const question: DealQuestion = {
      car,
      asking,
      quantiles,
      method: 'model',
      effectiveComparables: 0,
      coverage: { segment: 'all', cars: 1_000, coverage80: 0.8 },
      secondOpinion: opinionOfAlike(choice.picked, choice.effective),
      highestMileage: null,
      priceChanges: 0,
      doubt: doubts.get(car.vehicleId) ?? null,
      daysOfSupply: 50,
      daysToSell: null,
      localCurrency: local,
      toLocal: local === null ? null : rate(currency, local),
      landed: costs,
      toReference: rate(currency, 'EUR'),
      at,
    };
    return { generated, car, question, learned: learned.has(car.vehicleId), share: asking / generated.trueValue };
  });
}

const marketOf = ({ facts, price }: MarketCar): string => [nameKey(facts.make), nameKey(facts.model), facts.country, price?.currency, gradeOf(facts)].join('|');

const candidateOf = (car: MarketCar): Candidate => ({ ...subjectOf(car), price: car.price?.amount ?? 0, listedAt: car.listedAt, leftAt: null, sold: false, foreign: false });

const untrue = ['wrong_currency', 'lifetime_low_bait', 'price_typo', 'mileage_typo'];

/** What looks cheap and is not: by a slip, a bait, a damage or its papers. */
export const isTrap = ({ generated: { planted, facts } }: JudgedCar): boolean =>
  untrue.some((fault) => planted.includes(fault)) || !['none', 'unknown'].includes(facts.damage_type) || !['clean', 'unknown'].includes(facts.title_status);

/** Well below what it is really worth; sellers begin above that. */
export const isBargain = (car: JudgedCar): boolean => car.share <= 0.92 && !isTrap(car);
