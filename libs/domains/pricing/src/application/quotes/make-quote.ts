import { Inject, Injectable } from '@nestjs/common';
import { quoteAudience, quoteIssued, quoteLifetimeS, type QuoteClaims } from '@autobroker/contracts';
import { type Capacity, ok, refuse, uuidv7, type Refusal, type Result } from '@autobroker/kernel';
import { authConfig } from '@autobroker/platform/auth';
import type { ConfigOf } from '@autobroker/platform/config';
import { type AuditEntry, type Database, databaseOf, scopeOf } from '@autobroker/platform/database';
import type { CostQuestion } from '../../domain/costs/question';
import { isSeenBy, type MarketCar } from '../../domain/market-car';
import { type AgreedFee, draftQuote, type QuoteDraft } from '../../domain/quotes/draft';
import { type Missing, missingFor, placeMissing } from '../../domain/quotes/missing';
import { chooseOffer, type ChosenOffer, type OfferWish } from '../../domain/quotes/offer';
import { CostRules } from '../costs/cost-rules';
import { milesBetween, type Place } from '../costs/distance';
import { withTitle } from '../costs/work-out-costs';
import { MarketCars } from '../ports';
import { type Quote, QuoteStore } from './ports';
import { QuoteKeys } from './quote-keys';
import { usedRule } from './rule-version';

export interface QuoteRequest {
  readonly vehicleId: string;
  readonly wish: OfferWish;
  readonly capacity: Capacity;
  readonly destination: Place & { readonly country: string };
  readonly delivery: { readonly miles: number | null; readonly enclosed: boolean; readonly inoperable: boolean; readonly method: CostQuestion['transportMethod'] } | null;
  readonly fees: readonly AgreedFee[];
  /** Lines that are a range or unknown may stand beside the total. */
  readonly acceptRanges: boolean;
  readonly terms: Pick<CostQuestion, 'buyer' | 'buyerVatId' | 'seller' | 'tradeIn' | 'localRate'> & { readonly auction: Pick<NonNullable<CostQuestion['auction']>, 'tier' | 'bid'> | null };
}

/** Who asks, at which tenant, and for whom. */
export interface QuoteAsker {
  readonly tenantId: string;
  readonly userId: string;
  readonly buyerId: string;
  readonly by: Pick<AuditEntry, 'actor' | 'from'>;
}

type QuoteRefusal = Refusal<'not_found' | 'no_rule' | 'quote_incomplete' | 'validation_failed' | 'vehicle_unavailable' | 'price_on_request' | 'currency_mismatch'>;

const houses: Readonly<Record<string, 'COPART' | 'IAAI'>> = { copart: 'COPART', iaa: 'IAAI', iaai: 'IAAI' };

/** Says what a car costs its buyer, binding for 72 hours, and signs it. */
@Injectable()
export class MakeQuote {
  constructor(
    @Inject(databaseOf('pricing')) private readonly db: Database,
    private readonly cars: MarketCars,
    private readonly rules: CostRules,
    private readonly store: QuoteStore,
    private readonly keys: QuoteKeys,
    @Inject(authConfig.token) private readonly config: Pick<ConfigOf<typeof authConfig>, 'issuer'>,
  ) {}

  async run(request: QuoteRequest, asker: QuoteAsker): Promise<Result<Quote, QuoteRefusal>> {
    const car = await this.cars.byId(request.vehicleId);
    if (car === null || !isSeenBy(car, asker.tenantId)) return refuse('not_found', 'There is no such vehicle.');
    const offer = chooseOffer(car, request.wish);
    if (!offer.ok) return offer;
    const missing = placeMissing(request.destination);
    if (missing !== null) return incomplete([missing]);
    const now = this.db.clock.now();
    const question = questionOf(request, car, offer.value, now.toISOString().slice(0, 10));
    if (!question.ok) return question;
    const rules = await this.rules.on(question.value.day, asker.tenantId);
    const draft = draftQuote({ capacity: request.capacity, question: question.value, isDelivered: request.delivery !== null, fees: request.fees }, rules);
    if (!draft.ok) return draft;
    const unsettled = missingFor(draft.value.open, question.value, request.destination);
    if (unsettled.length > 0 && !request.acceptRanges) return incomplete(unsettled);
    const quote = await this.signed(unsigned(request, asker, car, offer.value, draft.value, question.value, now), question.value);
    await this.db.transaction(async (tx) => {
      await this.store.insert(scopeOf({ tenantId: quote.tenantId }), tx, quote);
      const after = { buyer_id: quote.buyerId, vehicle_id: quote.vehicleId, listing_id: quote.listingId, capacity: quote.capacity, total: quote.total, currency: quote.currency };
      await tx.audit({ ...asker.by, action: 'quote.created', object: { type: 'quote', id: quote.id }, tenantId: quote.tenantId, after });
      await tx.publish(quoteIssued, { key: quote.id, tenantId: quote.tenantId, data: issued(quote) });
    });
    return ok(quote);
  }

  private async signed(quote: Omit<Quote, 'token'>, { seller, buyer }: CostQuestion): Promise<Quote> {
    const rules = [...quote.lines, ...quote.open].flatMap(({ rule }) => (rule === null ? [] : [rule.version]));
    const iat = quote.issuedAt.getTime() / 1_000;
    const claims: QuoteClaims = {
      iss: this.config.issuer,
      aud: quoteAudience,
      jti: quote.id,
      sub: quote.buyerId,
      tid: quote.tenantId,
      iat,
      nbf: iat,
      exp: quote.expiresAt.getTime() / 1_000,
      vehicle_id: quote.vehicleId,
      listing_id: quote.listingId,
      price_version: quote.priceVersion,
      asked_price: quote.askedPrice,
      capacity: quote.capacity,
      seller_kind: seller,
      buyer_kind: buyer,
      currency: quote.currency,
      destination: { country: quote.destination.country, region: quote.destination.region },
      lines: quote.lines.map(({ code, amount, payee, rule }) => ({ code, amount, payee, rule: rule?.version ?? null })),
      open: quote.open.map(({ code, least, most, rule }) => ({ code, least, most, rule: rule?.version ?? null })),
      rules: [...new Set(rules)],
      total: quote.total,
    };
    return { ...quote, token: await this.keys.sign(claims) };
  }
}

const incomplete = (missing: readonly Missing[]): Result<never, QuoteRefusal> =>
  refuse('quote_incomplete', missing.map(({ detail }) => detail).join(' '), { errors: missing.map(({ pointer, detail }) => ({ pointer, code: 'missing', detail })) });

const issued = ({ id, buyerId, vehicleId, listingId, priceVersion, capacity, askedPrice, total, currency, issuedAt, expiresAt }: Quote) => ({
  quote_id: id,
  buyer_id: buyerId,
  vehicle_id: vehicleId,
  listing_id: listingId,
  price_version: priceVersion,
  capacity,
  asked_price: { amount: askedPrice, currency },
  total: { amount: total, currency },
  issued_at: issuedAt.toISOString(),
  expires_at: expiresAt.toISOString(),
});

function questionOf(request: QuoteRequest, car: MarketCar, { price, isAuction, source }: ChosenOffer, day: string): Result<CostQuestion, QuoteRefusal> {
  const { terms, destination, delivery } = request;
  const house = isAuction ? houses[source ?? ''] : undefined;
  if (isAuction && house === undefined) return refuse('no_rule', `There are no fees of ${source ?? 'this auction'}.`);
  const { facts } = car;
  return ok({
    ...terms,
    seller: isAuction ? 'auction' : terms.seller,
    auction: house === undefined ? null : withTitle({ house, tier: terms.auction?.tier ?? 'standard', bid: terms.auction?.bid ?? 'live', title: null }, car),
    price: price.amount,
    currency: price.currency,
    day,
    origin: facts.country,
    destination: { country: destination.country, region: destination.region },
    isNew: facts.condition === 'new',
    firstRegistration: facts.firstRegistration,
    mileageKm: facts.mileageKm,
    boughtFor: null,
    miles: delivery === null ? null : (delivery.miles ?? milesBetween({ origin: { country: null, region: null, postalCode: null }, destination }, car)),
    transportMethod: delivery?.method ?? 'formula',
    enclosed: delivery?.enclosed ?? false,
    inoperable: (delivery?.inoperable ?? false) || (delivery !== null && facts.condition === 'not_running'),
    brokerFee: true,
  });
}

function unsigned(request: QuoteRequest, { tenantId, userId, buyerId }: QuoteAsker, car: MarketCar, offer: ChosenOffer, draft: QuoteDraft, question: CostQuestion, now: Date): Omit<Quote, 'token'> {
  const issuedAt = new Date(Math.floor(now.getTime() / 1_000) * 1_000);
  return {
    id: uuidv7(now),
    tenantId,
    buyerId,
    createdBy: userId,
    vehicleId: car.vehicleId,
    listingId: offer.listingId,
    priceVersion: car.version,
    askedPrice: question.price,
    capacity: request.capacity,
    currency: draft.currency,
    destination: question.destination,
    distanceMiles: question.miles,
    lines: draft.lines.map(({ rule, ...line }) => ({ ...line, rule: usedRule(rule) })),
    open: draft.open.map(({ rule, amount, code, label, because }) => ({ code, label, because, least: amount?.least ?? null, most: amount?.most ?? null, rule: usedRule(rule) })),
    total: draft.total,
    issuedAt,
    expiresAt: new Date(issuedAt.getTime() + quoteLifetimeS * 1_000),
  };
}
