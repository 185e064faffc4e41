import { Inject, Injectable } from '@nestjs/common';
import { type CurrencyCode, Money, ok, refuse, type Refusal, type Result } from '@autobroker/kernel';
import { type Database, databaseOf } from '@autobroker/platform/database';
import { type Conversion, ReferenceRates } from '@autobroker/platform/money';
import { distanceKm, locate } from '@autobroker/vocabulary';
import { landedCost } from '../../domain/costs/landed';
import { type MaxBid, maxBid } from '../../domain/costs/max-bid';
import type { CostQuestion, LandedCost } from '../../domain/costs/question';
import type { Coordinates, MarketCar } from '../../domain/market-car';
import { MarketCars } from '../ports';
import { CostRules } from './cost-rules';

/** What is asked: about a car of the catalogue, or about one that is described. */
export interface CostRequest {
  readonly vehicleId: string | null;
  readonly price: { readonly amount: number; readonly currency: CurrencyCode } | null;
  readonly day: string | null;
  readonly origin: { readonly country: string | null; readonly region: string | null; readonly postalCode: string | null };
  readonly destination: { readonly country: string; readonly region: string | null; readonly postalCode: string | null };
  readonly miles: number | null;
  /** In which the buyer reckons; null for that of the price. */
  readonly currency: CurrencyCode | null;
  readonly firstRegistration: string | null;
  readonly mileageKm: number | null;
  readonly question: Omit<CostQuestion, 'price' | 'currency' | 'day' | 'origin' | 'destination' | 'firstRegistration' | 'mileageKm' | 'miles'>;
}

/** A total in the buyer's currency, and the rate that made it so. */
export interface ConvertedTotal extends Pick<Conversion, 'rate' | 'source' | 'day'> {
  readonly least: Money;
  readonly most: Money;
}

export interface Answered<T> {
  readonly question: CostQuestion;
  readonly answer: T;
  readonly converted: ConvertedTotal | null;
}

type CostRefusal = Refusal<'not_found' | 'no_rule' | 'validation_failed' | 'currency_unsupported'>;
const kmOfMile = 1.609344;
/** A mile that has begun counts. */
export const milesOf = (km: number): number => Math.ceil(km / kmOfMile);

/** Landed costs, and the highest bid that they allow. */
@Injectable()
export class WorkOutCosts {
  constructor(
    @Inject(databaseOf('pricing')) private readonly db: Database,
    private readonly cars: MarketCars,
    private readonly rules: CostRules,
    private readonly rates: ReferenceRates,
  ) {}

  async landed(request: CostRequest, tenantId: string | null): Promise<Result<Answered<LandedCost>, CostRefusal>> {
    const question = await this.question(request, tenantId, true);
    if (!question.ok) return question;
    const landed = landedCost(question.value, await this.rules.on(question.value.day));
    return landed.ok ? this.answered(request, question.value, landed.value, landed.value) : landed;
  }

  async highestBid(request: CostRequest, limit: number, tenantId: string | null): Promise<Result<Answered<MaxBid>, CostRefusal>> {
    const question = await this.question(request, tenantId, false);
    if (!question.ok) return question;
    const found = maxBid(question.value, limit, await this.rules.on(question.value.day));
    return found.ok ? this.answered(request, question.value, found.value, found.value.landed) : found;
  }

  private answered<T>({ currency }: CostRequest, question: CostQuestion, answer: T, { total, currency: own }: LandedCost): Result<Answered<T>, CostRefusal> {
    if (currency === null || currency === own) return ok({ question, answer, converted: null });
    const [least, most] = [total.least, total.most].map((amount) => this.rates.convert(Money.of(amount, own), currency, new Date(`${question.day}T00:00:00Z`)));
    if (least === undefined || most === undefined) throw new Error('two amounts were converted');
    if (!least.ok) return least;
    if (!most.ok) return most;
    const { rate, source, day } = most.value;
    return ok({ question, answer, converted: { least: least.value.money, most: most.value.money, rate, source, day } });
  }

  private async question(request: CostRequest, tenantId: string | null, needsPrice: boolean): Promise<Result<CostQuestion, CostRefusal>> {
    const car = request.vehicleId === null ? null : await this.cars.byId(request.vehicleId);
    if (request.vehicleId !== null && (car === null || (car.ownerTenantId !== null && car.ownerTenantId !== tenantId))) return refuse('not_found', 'There is no such vehicle.');
    const price = request.price ?? car?.price ?? null;
    if (price === null && needsPrice) return missing('/price', 'The price is not known: say what is paid.');
    const currency = price?.currency ?? car?.price?.currency;
    if (currency === undefined) return missing('/price', 'The currency is not known: give a price.');
    const now = this.db.clock.now();
    const day = request.day ?? now.toISOString().slice(0, 10);
    return ok({
      ...request.question,
      price: price?.amount ?? 0,
      currency,
      day,
      origin: request.origin.country ?? car?.facts.country ?? null,
      destination: { country: request.destination.country, region: request.destination.region },
      firstRegistration: request.firstRegistration ?? car?.facts.firstRegistration ?? null,
      mileageKm: request.mileageKm ?? car?.facts.mileageKm ?? null,
      miles: request.miles ?? milesBetween(request, car),
    });
  }
}

const missing = (pointer: string, detail: string): Result<never, Refusal<'validation_failed'>> => refuse('validation_failed', detail, { errors: [{ pointer, code: 'required', detail }] });

/** As the crow flies, a fifth more for roads; null where one of the places is not found. */
function milesBetween({ origin, destination }: CostRequest, car: MarketCar | null): number | null {
  const from = origin.postalCode === null && origin.region === null ? (car?.facts.coordinates ?? placeOf({ country: car?.facts.country ?? origin.country, region: car?.facts.region ?? null, postalCode: null })) : placeOf(origin);
  const to = destination.postalCode === null ? null : placeOf(destination);
  if (from === null || to === null) return null;
  return Math.round((distanceKm(from, to) * 1.2) / kmOfMile);
}

/** The middle of a region is nowhere in particular: the way from there would be a guess. */
function placeOf(words: { readonly country: string | null; readonly region: string | null; readonly postalCode: string | null }): Coordinates | null {
  const { lat, lon, precision } = locate(words);
  return lat === null || lon === null || (precision !== 'postal' && precision !== 'city' && precision !== 'exact') ? null : { lat, lon };
}
