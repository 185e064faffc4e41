import { exponentOf, Vin, type CurrencyCode } from '@autobroker/kernel';
import { Market, sourceSlugs, type MarketListing, type TruthLine } from '@autobroker/market';
import { ageInYears } from '../age';
import { currencyOfCountry } from '../country-currency';
import { hedonic, type HedonicSample } from '../hedonic';
import type { CarFacts, MarketCar } from '../market-car';
import type { PriceQuantiles } from '../valuation';
import { dice } from '../spec-cars';
import { isBranded, isDamaged } from './car-risks';
import { judgeDeal, type Deal, type Judgement } from './judge';
import type { SecondOpinion } from './risk';

const start = new Date('2026-03-02T12:00:00.000Z');
const euros: Readonly<Partial<Record<CurrencyCode, number>>> = { EUR: 1, USD: 0.87, GBP: 1.15 };
const rate = (from: CurrencyCode, to: CurrencyCode): number => (euros[from] ?? Number.NaN) / (euros[to] ?? Number.NaN);

/** The catalogue holds the year against the VIN. */
function flagsOf(vin: string | null, year: number): string[] {
  const parsed = vin === null ? null : Vin.parse(vin);
  if (parsed === null) return [];
  if (!parsed.ok) return ['check_digit_wrong'];
  const { modelYear } = parsed.value.decode();
  return modelYear.certainty === 'certain' && Math.abs(modelYear.year - year) > 1 ? ['model_year_differs'] : [];
}

/** What the catalogue knows of a car: what its cheapest offer says, and what its other offers add to it. */
function carOf(line: TruthLine, offers: readonly MarketListing[]): MarketCar | null {
  const priced = offers.filter(({ price, auction }) => price !== null && auction === null);
  const cheapest = priced.toSorted((a, b) => (a.price ?? 0) * rate(a.currency, 'EUR') - (b.price ?? 0) * rate(b.currency, 'EUR'))[0];
  if (cheapest?.price == null || cheapest.year === null) return null;
  const all = [cheapest, ...offers.filter((offer) => offer !== cheapest)];
  const said = <T>(of: (offer: MarketListing) => T | null): T | null => all.map(of).find((value) => value !== null) ?? null;
  const money = (offer: MarketListing) => ({ amount: Math.round(offer.price ?? 0) * 10 ** exponentOf(offer.currency), currency: offer.currency });
  const km = cheapest.mileage === null ? null : Math.round(cheapest.mileage * (cheapest.unit === 'mi' ? 1.609344 : 1));
  const registered = said(({ firstRegistration }) => firstRegistration);
  const facts: CarFacts = {
    make: line.make,
    model: line.model,
    trim: said(({ trim }) => trim),
    year: cheapest.year,
    productionYear: said(({ productionYear }) => productionYear),
    firstRegistration: registered === null ? null : `${registered.year}-${String(registered.month).padStart(2, '0')}-01`,
    mileageKm: km,
    fuel: said(({ fuel }) => fuel)?.code ?? null,
    gearbox: said(({ gearbox }) => gearbox)?.code ?? null,
    drivetrain: said(({ drivetrain }) => drivetrain)?.code ?? null,
    body: said(({ body }) => body)?.code ?? null,
    powerKw: said(({ powerKw }) => powerKw),
    engineCc: said(({ displacementCc }) => displacementCc),
    doors: said(({ doors }) => doors),
    seats: said(({ seats }) => seats),
    colour: said(({ colour }) => colour)?.code ?? null,
    damageType: said(({ damage }) => damage)?.code ?? 'unknown',
    titleStatus: said(({ titleStatus }) => titleStatus)?.code ?? 'unknown',
    condition: said(({ condition }) => condition)?.code ?? 'used',
    features: cheapest.features,
    ownersCount: said(({ owners }) => owners),
    country: line.country,
    region: cheapest.location.region,
    city: cheapest.location.city,
    coordinates: null,
  };
  const price = money(cheapest);
  return {
    vehicleId: line.car_id,
    version: 1,
    ownerTenantId: null,
    facts,
    vin: said(({ vin }) => vin),
    vinFlags: flagsOf(said(({ vin }) => vin), cheapest.year),
    relistCount: line.listings.filter(({ planted }) => planted.includes('relisted')).length,
    price,
    referencePrice: { amount: Math.round(price.amount * rate(price.currency, 'EUR')), currency: 'EUR' },
    status: 'available',
    sources: all.map(({ source }) => source),
    offers: all.map((offer) => ({
      listingId: offer.externalId,
      source: offer.source,
      externalId: offer.externalId,
      url: null,
      auction: offer.auction !== null,
      active: true,
      price: offer.price === null ? null : money(offer),
      priceKind: offer.price === null ? null : 'asked',
    })),
    listedAt: cheapest.listedAt,
    leftAt: null,
    updatedAt: cheapest.updatedAt,
  };
}

interface Judged {
  readonly line: TruthLine;
  readonly car: MarketCar;
  readonly judgement: Judgement;
  /** What is asked against what the car is really worth. */
  readonly share: number;
  readonly planted: ReadonlySet<string>;
}

interface Known {
  readonly line: TruthLine;
  readonly car: MarketCar;
}

interface Opinion {
  readonly quantiles: PriceQuantiles | null;
  readonly method: 'model' | 'hedonic' | 'none';
  readonly effectiveComparables: number;
  readonly secondOpinion: SecondOpinion | null;
}

function knownCars(seed: string, cars: number): Known[] {
  const market = new Market({ seed, cars, start });
  const offers = Map.groupBy(sourceSlugs.flatMap((source) => market.listings(source)), ({ carId }) => carId);
  return [...market.truth()].flatMap((line) => {
    const car = carOf(line, offers.get(line.car_id) ?? []);
    return car === null ? [] : [{ line, car }];
  });
}

/** By nothing but other offers, faults and all, as a fresh installation values before it has a model. */
function byComparables(known: readonly Known[]): (one: Known) => Opinion {
  const kindOf = ({ facts }: MarketCar): string => `${facts.country} ${facts.make} ${facts.model} ${isDamaged(facts) || isBranded(facts)}`;
  const kinds = Map.groupBy(known, ({ car }) => kindOf(car));
  return ({ car }) => {
    const { facts } = car;
    const samples = (kinds.get(kindOf(car)) ?? []).flatMap(({ car: other }): HedonicSample[] => {
      if (other === car || other.price === null || Math.abs(other.facts.year - facts.year) > 2) return [];
      const weight = 1 / (1 + Math.abs(ageInYears(other.facts, start) - ageInYears(facts, start)));
      return [{ id: other.vehicleId, facts: other.facts, price: other.price.amount * rate(other.price.currency, car.price?.currency ?? 'EUR'), weight }];
    });
    const value = hedonic(facts, samples, start);
    return value.ok
      ? { quantiles: value.estimate.quantiles, method: 'hedonic', effectiveComparables: value.estimate.effectiveComparables, secondOpinion: null }
      : { quantiles: null, method: 'none', effectiveComparables: 0, secondOpinion: null };
  };
}

/** As a model that errs by 8 % sees it: by the facts that are shown, so that a wrong mileage makes a wrong value. */
function byModel(others: (one: Known) => Opinion, seed: number): (one: Known) => Opinion {
  const { normal } = dice(seed);
  return (one) => {
    const { line, car: { facts, price } } = one;
    const worth = line.true_value.amount * rate(line.true_value.currency, price?.currency ?? 'EUR');
    const distance = facts.mileageKm === null ? 1 : Math.exp(-0.000_003_4 * (facts.mileageKm - line.mileage_km));
    const year = Math.exp(0.128 * (facts.year - line.year));
    const hidden = line.damage !== 'none' && !isDamaged(facts) ? 1 / 0.6 : 1;
    const asked = 1.05;
    const q50 = worth * distance * year * hidden * asked * Math.exp(0.08 * normal());
    const at = (score: number): number => Math.round(q50 * Math.exp(0.1 * score));
    const { quantiles, effectiveComparables } = (price?.amount ?? 0) < q50 ? others(one) : { quantiles: null, effectiveComparables: 0 };
    const secondOpinion = quantiles === null ? null : { of: 'comparables' as const, value: quantiles.q50, effective: effectiveComparables };
    return { quantiles: { q10: at(-1.2816), q35: at(-0.3853), q50: at(0), q65: at(0.3853), q90: at(1.2816) }, method: 'model', effectiveComparables: 20, secondOpinion };
  };
}

function judged(known: readonly Known[], opinionOf: (one: Known) => Opinion): Judged[] {
  return known.map((one) => {
    const { line, car } = one;
    const local = currencyOfCountry(car.facts.country);
    const currency = car.price?.currency ?? 'EUR';
    const asking = car.price?.amount ?? 0;
    const judgement = judgeDeal(
      {
        car,
        asking,
        ...opinionOf(one),
        coverage: null,
        highestMileage: null,
        priceChanges: 0,
        doubt: null,
        daysOfSupply: 50,
        daysToSell: null,
        localCurrency: local,
        toLocal: local === null ? null : rate(currency, local),
        landed: { low: asking * 1.02, likely: asking * 1.03, high: asking * 1.05, unknown: [] },
        toReference: rate(currency, 'EUR'),
        at: start,
      },
      { score: 40, profit: 30_000, probability: 0.6 },
    );
    // Its first offer is the one that its price and its mileage are read from.
    const shown = car.offers[0];
    const planted = new Set(line.listings.find(({ source, external_id }) => source === shown?.source && external_id === shown.externalId)?.planted);
    return { line, car, judgement, share: asking / (line.true_value.amount * rate(line.true_value.currency, currency)), planted };
  });
}

type Found = Judged & { readonly judgement: { readonly deal: Deal; readonly reason: null } };

/** The list as it is sorted by its score; ties by the id, as the list does. */
const best = (all: readonly Judged[]): Found[] =>
  all
    .filter((one): one is Found => one.judgement.reason === null)
    .toSorted((a, b) => b.judgement.deal.score.score - a.judgement.deal.score.score || (a.car.vehicleId < b.car.vehicleId ? -1 : 1));

/** What looks cheap and is not: by its price, its mileage, its damage or its papers. A slip that was put right is none. */
function isTrap({ planted, line, car: { facts }, share }: Judged): boolean {
  if (planted.has('wrong_currency') || planted.has('lifetime_low_bait') || (planted.has('price_typo') && share < 0.75)) return true;
  const misread = planted.has('mileage_typo') && facts.mileageKm !== null && facts.mileageKm < line.mileage_km * 0.8;
  return misread || line.damage !== 'none' || isBranded(facts);
}
/** A tenth and more below what it is really worth; sellers begin above that. */
const isBargain = (one: Judged): boolean => one.share <= 0.92 && !isTrap(one);

describe.each(['opportunities', 'autumn'])('of the generated market %s', (seed) => {
  let known: Known[];
  let others: (one: Known) => Opinion;
  beforeAll(() => {
    known = knownCars(seed, 20_000);
    const [worth, opinions] = [byComparables(known), new Map<Known, Opinion>()];
    others = (one) => {
      const opinion = opinions.get(one) ?? worth(one);
      opinions.set(one, opinion);
      return opinion;
    };
  }, 60_000);

  it('the top twenty, valued by other offers alone, holds no trap, and most are bargains', () => {
    const top = best(judged(known, others)).slice(0, 20);
    expect(top).toHaveLength(20);
    expect(top.filter(isTrap).map(({ car }) => car.vehicleId)).toEqual([]);
    expect(top.filter(isBargain).length).toBeGreaterThanOrEqual(12);
  }, 60_000);

  it('the top twenty, valued by a model that errs by 8 %, holds no trap, and nearly all are bargains', () => {
    const all = judged(known, byModel(others, 7));
    const top = best(all).slice(0, 20);
    expect(top).toHaveLength(20);
    expect(top.filter(isTrap).map(({ car }) => car.vehicleId)).toEqual([]);
    expect(top.filter(isBargain).length).toBeGreaterThanOrEqual(18);
    const rest = all.filter((one) => !top.some(({ car }) => car === one.car));
    // Traps are many, and cheap: without the rules against them they would fill the list.
    expect(rest.filter((one) => isTrap(one) && one.share < 0.85).length).toBeGreaterThan(100);
    expect(best(all).slice(0, 100).filter(isTrap).length).toBeLessThanOrEqual(3);
  }, 60_000);

  it('no car with a bait, a foreign currency at an ordinary number or a lost figure is among all that is found', () => {
    const found = best(judged(known, byModel(others, 11)));
    expect(found.filter(({ planted }) => planted.has('lifetime_low_bait') || planted.has('wrong_currency')).map(({ car }) => car.vehicleId)).toEqual([]);
    expect(found.filter(({ car, share }) => share < 0.5 && !isDamaged(car.facts) && !isBranded(car.facts)).map(({ car }) => car.vehicleId)).toEqual([]);
  }, 60_000);
});
