import { marketCar } from '../opportunity/spec-deals';
import type { MarketOffer } from '../market-car';
import { chooseOffer, type OfferWish } from './offer';

const ids = ['0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b01', '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b02', '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b03'] as const;
const eur = (amount: number) => ({ amount, currency: 'EUR' as const });
const usd = (amount: number) => ({ amount, currency: 'USD' as const });
const offer = (more: Partial<MarketOffer> = {}): MarketOffer => ({ listingId: ids[0], source: 'mobile-de', externalId: '1', url: null, auction: false, active: true, price: eur(1_899_000), priceKind: 'asked', ...more });
const wish: OfferWish = { listingId: null, bid: null, currency: null };
const choose = (car: Parameters<typeof marketCar>[1], more: Partial<OfferWish> = {}) => chooseOffer(marketCar(1_899_000, car), { ...wish, ...more });
const codeOf = (car: Parameters<typeof marketCar>[1], more: Partial<OfferWish> = {}): string => {
  const chosen = choose(car, more);
  return chosen.ok ? 'ok' : chosen.error.code;
};

describe('the offer that a quote is about', () => {
  it('is the cheapest that can be bought at once', () => {
    const offers = [offer(), offer({ listingId: ids[1], price: eur(1_850_000) }), offer({ listingId: ids[2], price: eur(900_000), active: false })];
    expect(choose({ offers })).toEqual({ ok: true, value: { listingId: ids[1], source: 'mobile-de', price: eur(1_850_000), isAuction: false } });
    expect(choose({ offers }, { listingId: ids[0] })).toMatchObject({ value: { listingId: ids[0], price: eur(1_899_000) } });
  });

  it('is one in the currency that is asked for, where there is one', () => {
    const offers = [offer(), offer({ listingId: ids[1], price: usd(100) })];
    expect(choose({ offers })).toMatchObject({ value: { listingId: ids[0] } });
    expect(choose({ offers }, { currency: 'USD' })).toMatchObject({ value: { listingId: ids[1] } });
    expect(codeOf({ offers }, { currency: 'GBP' })).toBe('currency_mismatch');
  });

  it('is none for own stock that stands at no source, which has the car’s price', () => {
    expect(choose({ offers: [] })).toEqual({ ok: true, value: { listingId: null, source: null, price: eur(1_899_000), isAuction: false } });
  });

  it.each(['reserved', 'sold', 'withdrawn'] as const)('is not of a car that is %s', (status) => {
    expect(codeOf({ status })).toBe('vehicle_unavailable');
  });

  it('has not ended', () => {
    expect(codeOf({ leftAt: new Date() })).toBe('vehicle_unavailable');
    expect(codeOf({ offers: [offer({ active: false })] })).toBe('vehicle_unavailable');
    expect(codeOf({ offers: [offer({ active: false }), offer({ listingId: ids[1] })] }, { listingId: ids[0] })).toBe('vehicle_unavailable');
    expect(codeOf({ offers: [offer()] }, { listingId: ids[2] })).toBe('not_found');
  });

  it('has a price that somebody means', () => {
    expect(codeOf({ offers: [offer({ price: null, priceKind: null })] })).toBe('price_on_request');
    expect(codeOf({ offers: [offer({ doubtful: true })] })).toBe('price_on_request');
    expect(codeOf({ offers: [offer({ price: eur(0) })] })).toBe('price_on_request');
    expect(codeOf({ offers: [offer({ priceKind: 'hammer' })] })).toBe('price_on_request');
    expect(codeOf({ offers: [], price: null })).toBe('price_on_request');
    // Another offer of the same car has one.
    expect(choose({ offers: [offer({ doubtful: true, price: eur(1) }), offer({ listingId: ids[1] })] })).toMatchObject({ value: { listingId: ids[1] } });
  });

  it('is at an auction only with what is to be bid', () => {
    const lot = offer({ auction: true, source: 'copart', price: usd(420_000), priceKind: 'bid' });
    expect(codeOf({ offers: [lot] })).toBe('price_on_request');
    expect(choose({ offers: [lot] }, { bid: usd(500_000) })).toEqual({ ok: true, value: { listingId: ids[0], source: 'copart', price: usd(500_000), isAuction: true } });
    expect(codeOf({ offers: [lot] }, { bid: eur(500_000) })).toBe('currency_mismatch');
    expect(codeOf({ offers: [lot] }, { bid: usd(0) })).toBe('validation_failed');
    // Nothing is bid for what has a fixed price.
    expect(codeOf({ offers: [offer()] }, { bid: eur(100) })).toBe('validation_failed');
  });
});
