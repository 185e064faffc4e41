import { ok, refuse, type CurrencyCode, type Refusal, type Result } from '@autobroker/kernel';
import type { MarketCar, MarketOffer, Price } from '../market-car';

export interface OfferWish {
  readonly listingId: string | null;
  /** What is to be bid for a car at an auction. */
  readonly bid: Price | null;
  readonly currency: CurrencyCode | null;
}

export interface ChosenOffer {
  /** Null for own stock that stands at no source. */
  readonly listingId: string | null;
  readonly source: string | null;
  readonly price: Price;
  readonly isAuction: boolean;
}

type OfferRefusal = Refusal<'not_found' | 'vehicle_unavailable' | 'price_on_request' | 'currency_mismatch' | 'validation_failed'>;

/** The offer that a quote is about, at the price that it can be had for. */
export function chooseOffer(car: MarketCar, wish: OfferWish): Result<ChosenOffer, OfferRefusal> {
  if (car.status !== 'available' || car.leftAt !== null) return refuse('vehicle_unavailable', 'The vehicle is not for sale now.');
  const chosen = wish.listingId === null ? cheapest(car, wish) : named(car.offers, wish.listingId);
  if (!chosen.ok) return chosen;
  const offer = chosen.value;
  const price = offer === null ? fixed(car.price, null) : priceOf(offer, wish.bid);
  if (!price.ok) return price;
  if (wish.bid !== null && offer?.auction !== true) return invalid('/bid', 'This car has a fixed price: nothing is bid for it.');
  if (wish.currency !== null && wish.currency !== price.value.currency) return refuse('currency_mismatch', `The price is in ${price.value.currency}.`);
  return ok({ listingId: offer?.listingId ?? null, source: offer?.source ?? null, price: price.value, isAuction: offer?.auction === true });
}

function named(offers: readonly MarketOffer[], listingId: string): Result<MarketOffer, OfferRefusal> {
  const offer = offers.find((each) => each.listingId === listingId);
  if (offer === undefined) return refuse('not_found', 'The vehicle has no such listing.');
  return offer.active ? ok(offer) : refuse('vehicle_unavailable', 'This listing has ended.');
}

/** Of those that can be bought at once the cheapest; without any, the auction where there is a bid. */
function cheapest({ offers, price }: MarketCar, { bid, currency }: OfferWish): Result<MarketOffer | null, OfferRefusal> {
  if (offers.length === 0) return ok(null);
  const active = offers.filter((offer) => offer.active);
  if (active.length === 0) return refuse('vehicle_unavailable', 'No source offers it any more.');
  const atAuction = active.find((offer) => offer.auction);
  if (bid !== null && atAuction !== undefined) return ok(atAuction);
  const wanted = currency ?? price?.currency;
  const buyable = active.filter((offer) => priceOf(offer, null).ok).sort((a, b) => Number(b.price?.currency === wanted) - Number(a.price?.currency === wanted) || (a.price?.amount ?? 0) - (b.price?.amount ?? 0));
  const first = buyable[0] ?? active[0];
  return first === undefined ? refuse('vehicle_unavailable', 'No source offers it any more.') : ok(first);
}

function priceOf({ auction, price, priceKind, doubtful }: MarketOffer, bid: Price | null): Result<Price, OfferRefusal> {
  if (auction) {
    if (bid === null) return refuse('price_on_request', 'It is at an auction: say what is to be bid.');
    if (price !== null && price.currency !== bid.currency) return refuse('currency_mismatch', `Bids are in ${price.currency}.`);
    return bid.amount > 0 ? ok(bid) : invalid('/bid', 'A bid is above zero.');
  }
  if (doubtful === true) return refuse('price_on_request', 'The price that the source tells can’t be meant.');
  if (priceKind === 'bid' || priceKind === 'hammer') return refuse('price_on_request', 'The price is not one to buy at.');
  return fixed(price, 'The seller tells the price on request.');
}

const fixed = (price: Price | null, why: string | null): Result<Price, OfferRefusal> => (price === null || price.amount <= 0 ? refuse('price_on_request', why ?? 'The price is told on request.') : ok(price));

const invalid = (pointer: string, detail: string): Result<never, OfferRefusal> => refuse('validation_failed', detail, { errors: [{ pointer, code: 'invalid', detail }] });
