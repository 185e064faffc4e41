import { Inject, Injectable } from '@nestjs/common';
import { type CurrencyCode, exponentOf, Money, ok, refuse, type Refusal, type Result } from '@autobroker/kernel';
import { type Database, databaseOf } from '@autobroker/platform/database';
import { type Conversion, ReferenceRates } from '@autobroker/platform/money';
import type { Span } from '../../domain/costs/amount';
import { landedCost } from '../../domain/costs/landed';
import { type MaxBid, maxBid } from '../../domain/costs/max-bid';
import type { CostQuestion, LandedCost } from '../../domain/costs/question';
import { isSeenBy, type MarketCar } from '../../domain/market-car';
import { MarketCars } from '../ports';
import { CostRules } from './cost-rules';
import { milesBetween, type Place } from './distance';

/** What is asked: about a car of the catalogue, or about one that is described. */
export interface CostRequest {
  readonly vehicleId: string | null;
  readonly price: { readonly amount: number; readonly currency: CurrencyCode } | null;
  readonly day: string | null;
  readonly origin: Place;
  readonly destination: Place & { readonly country: string };
  readonly miles: number | null;
  readonly firstRegistration: string | null;
  readonly mileageKm: number | null;
  /** What the total is told in besides. */
  readonly buyerCurrency: CurrencyCode | null;
  readonly question: Omit<CostQuestion, 'price' | 'currency' | 'day' | 'origin' | 'destination' | 'firstRegistration' | 'mileageKm' | 'miles'>;
}

export interface ConvertedTotal {
  readonly currency: CurrencyCode;
  readonly total: Span;
  readonly rate: string;
  readonly day: string;
  readonly source: Conversion['source'];
}

export interface Answered<T> {
  readonly question: CostQuestion;
  readonly answer: T;
  readonly converted: ConvertedTotal | null;
}

/** Below what a number holds exactly, by the little that rounding may add. */
const largestConverted = Number.MAX_SAFE_INTEGER / 2;

type CostRefusal = Refusal<'not_found' | 'no_rule' | 'validation_failed' | 'currency_unsupported'>;

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
    const landed = landedCost(question.value, await this.rules.on(question.value.day, tenantId));
    return landed.ok ? this.answered(request, question.value, landed.value, landed.value) : landed;
  }

  async highestBid(request: CostRequest, limit: number, tenantId: string | null): Promise<Result<Answered<MaxBid>, CostRefusal>> {
    const question = await this.question(request, tenantId, false);
    if (!question.ok) return question;
    const found = maxBid(question.value, limit, await this.rules.on(question.value.day, tenantId));
    return found.ok ? this.answered(request, question.value, found.value, found.value.landed) : found;
  }

  private answered<T>({ buyerCurrency }: CostRequest, question: CostQuestion, answer: T, { total, currency }: LandedCost): Result<Answered<T>, CostRefusal> {
    if (buyerCurrency === null || buyerCurrency === currency) return ok({ question, answer, converted: null });
    const at = new Date(`${question.day}T23:59:59.999Z`);
    const one = this.rates.convert(Money.of(1, currency), buyerCurrency, at);
    if (!one.ok) return one;
    const { rate, day, source } = one.value;
    // Weak currencies have many minor units: a total beyond all counting is not told in them.
    if (Number(rate) * total.most * 10 ** (exponentOf(buyerCurrency) - exponentOf(currency)) > largestConverted) {
      const detail = `So much is beyond all counting in ${buyerCurrency}.`;
      return refuse('validation_failed', detail, { errors: [{ pointer: '/buyer_currency', code: 'out_of_range', detail }] });
    }
    const [least, most] = [this.rates.convert(Money.of(total.least, currency), buyerCurrency, at), this.rates.convert(Money.of(total.most, currency), buyerCurrency, at)];
    if (!least.ok) return least;
    if (!most.ok) return most;
    return ok({ question, answer, converted: { currency: buyerCurrency, total: { least: least.value.money.amount, most: most.value.money.amount }, rate, day, source } });
  }

  private async question(request: CostRequest, tenantId: string | null, needsPrice: boolean): Promise<Result<CostQuestion, CostRefusal>> {
    const car = request.vehicleId === null ? null : await this.cars.byId(request.vehicleId);
    if (request.vehicleId !== null && (car === null || !isSeenBy(car, tenantId))) return refuse('not_found', 'There is no such vehicle.');
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
      auction: withTitle(request.question.auction, car),
      mileageKm: request.mileageKm ?? car?.facts.mileageKm ?? null,
      miles: request.miles ?? milesBetween(request, car),
    });
  }
}

const missing = (pointer: string, detail: string): Result<never, Refusal<'validation_failed'>> => refuse('validation_failed', detail, { errors: [{ pointer, code: 'required', detail }] });

/** Auctions have other tables for clean titles: the car's own word counts where the request says nothing. */
export function withTitle(auction: CostQuestion['auction'], car: MarketCar | null): CostQuestion['auction'] {
  if (auction === null || auction.title !== null || car === null || car.facts.titleStatus === 'unknown') return auction;
  return { ...auction, title: car.facts.titleStatus === 'clean' ? 'clean' : 'non_clean' };
}
