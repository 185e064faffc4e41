import { Inject, Injectable } from '@nestjs/common';
import type { QuoteClaims } from '@autobroker/contracts';
import { isCurrencyCode, ok, refuse, type Result } from '@autobroker/kernel';
import { QuoteVerifier, type QuoteRefusal } from '@autobroker/platform/quotes';
import type { Order } from '../domain/order';
import type { PlacedQuote } from '../domain/place';

/** The quotes that buyers show: checked here, by the pricing service's public keys alone. */
@Injectable()
export class Quotes {
  constructor(@Inject(QuoteVerifier) private readonly verifier: QuoteVerifier) {}

  async read(token: string, expected: { readonly tenantId: string; readonly buyerId: string; readonly vehicleId?: string; readonly currency?: string }): Promise<Result<PlacedQuote, QuoteRefusal>> {
    const checked = await this.verifier.verify(token, expected);
    return checked.ok ? quoteOf(checked.value) : checked;
  }

  /** One for an order that is there: of its car, for its buyer, in its currency. */
  async readFor({ tenantId, buyerId, vehicleId, formerly, listingId, price }: Order, token: string): Promise<Result<PlacedQuote, QuoteRefusal>> {
    if (formerly.length === 0) return this.read(token, { tenantId, buyerId, vehicleId, currency: price.currency });
    const quote = await this.read(token, { tenantId, buyerId, currency: price.currency });
    if (!quote.ok || quote.value.vehicleId === vehicleId) return quote;
    // It calls the car as it was called when it was made. What else bears that name now is another car: the offer tells.
    return formerly.includes(quote.value.vehicleId) && quote.value.listingId === listingId ? quote : refuse('quote_invalid', 'It was made for another vehicle.');
  }
}

function quoteOf(claims: QuoteClaims): Result<PlacedQuote, QuoteRefusal> {
  const { currency, total } = claims;
  if (!isCurrencyCode(currency) || total <= 0) return refuse('quote_invalid', 'There is nothing to pay.');
  return ok({
    id: claims.jti,
    madeAt: new Date(claims.iat * 1_000),
    expiresAt: new Date(claims.exp * 1_000).toISOString(),
    askedPrice: claims.asked_price,
    priceVersion: claims.price_version,
    rules: claims.rules,
    open: claims.open,
    vehicleId: claims.vehicle_id,
    listingId: claims.listing_id,
    capacity: claims.capacity,
    sellerKind: claims.seller_kind,
    buyerKind: claims.buyer_kind,
    jurisdiction: claims.destination,
    currency,
    lines: claims.lines,
    total,
  });
}
