import { compose, statusOfAll, type Part } from './compose';
import { listingFactsOf } from './listing-facts';
import { aCar } from '../a-car';
import { qualityOf } from './quality';
import { mergeSightings } from './sighting-merge';

const at = (hour: number): Date => new Date(Date.UTC(2026, 10, 20, hour));
const euros = (whole: number) => ({ amount: whole * 100, currency: 'EUR' as const });

function part(id: string, facts: Partial<Part['facts']> = {}, more: Partial<Part> = {}): Part {
  const all = { ...listingFactsOf(aCar()), ...facts };
  return { id, source: `source-${id}`, status: 'active', facts: all, provenance: {}, doubts: [], detailed: true, saidAt: at(1), referencePrice: all.price, ...more };
}

describe('the price of a car', () => {
  const price = (...parts: Part[]) => compose(parts)?.facts.price?.amount;

  it('is the lowest of its live offers, in that offer’s own currency', () => {
    const dollars = part('b', { price: { amount: 2_900_000, currency: 'USD' } }, { referencePrice: euros(23_200) });
    expect(compose([part('a', { price: euros(25_000) }), dollars])).toMatchObject({ facts: { price: { amount: 2_900_000, currency: 'USD' } }, pricedBy: 'b', referencePrice: euros(23_200) });
  });

  it('is not one that is too good to be true, nor that of an offer that has ended', () => {
    expect(price(part('a', { price: euros(25_000) }), part('b', { price: euros(2_500) }))).toBe(2_500_000);
    expect(price(part('a', { price: euros(25_000) }), part('b', { price: euros(1) }, { doubts: ['price_bait'] }))).toBe(2_500_000);
    expect(price(part('a', { price: euros(25_000) }), part('b', { price: euros(21_000) }, { status: 'sold' }))).toBe(2_500_000);
  });

  it('is what was bid only where nobody names a price', () => {
    const bid = part('b', { price: euros(9_000) }, { doubts: ['price_is_bid'] });
    expect(price(bid)).toBe(900_000);
    expect(price(part('a', { price: euros(25_000) }), bid)).toBe(2_500_000);
  });

  it('is none where the only one can’t be believed', () => {
    expect(price(part('a', {}, { doubts: ['price_factor_ten'] }))).toBeUndefined();
  });

  it('is believed after a jump when another offer asks the same', () => {
    expect(price(part('a', { price: euros(5_000) }, { doubts: ['price_jump'] }), part('b', { price: euros(5_200) }))).toBe(500_000);
  });
});

describe('the facts of a car', () => {
  it('with one offer are those of the offer', () => {
    expect(compose([part('a')])?.facts).toEqual(aCar());
  });

  it('are those that most trust speaks for', () => {
    const provenance = (confidence: number) => ({ exteriorColour: { from: 'selector', confidence } });
    const parts = [
      part('a', { exteriorColour: 'black' }, { provenance: provenance(0.9) }),
      part('b', { exteriorColour: 'grey' }, { provenance: provenance(0.6) }),
      part('c', { exteriorColour: 'grey' }, { provenance: provenance(0.6) }),
    ];
    expect(compose(parts)?.facts.exteriorColour).toBe('grey');
    expect(compose(parts.slice(0, 2))?.facts.exteriorColour).toBe('black');
  });

  it('that only one offer knows are known; not to know outvotes nobody', () => {
    const parts = [part('a', { powerKw: null, damageType: 'unknown', titleStatus: null }), part('b', { damageType: 'hail', titleStatus: 'rebuilt' }), part('c', { damageType: 'unknown', titleStatus: null })];
    expect(compose(parts)?.facts).toMatchObject({ powerKw: 180, damageType: 'hail', titleStatus: 'rebuilt' });
  });

  it('take the mileage that others confirm, and mark the one that they don’t', () => {
    const parts = [part('a', { mileage: { value: 482_000, unit: 'km' } }), part('b'), part('c')];
    expect(compose(parts)).toMatchObject({ facts: { mileage: { value: 48_200, unit: 'km' } }, doubts: ['mileage_differs'] });
  });

  it('have every feature and picture once, and are the same in whatever order the offers are given', () => {
    const parts = [part('a', { features: ['navigation'], images: ['https://x.example/1.jpg'] }), part('b', { features: ['isofix', 'navigation'], images: ['https://y.example/1.jpg', 'https://x.example/1.jpg'] })];
    expect(compose(parts)?.facts).toMatchObject({ features: ['isofix', 'navigation'], images: ['https://x.example/1.jpg', 'https://y.example/1.jpg'] });
    expect(compose(parts.toReversed())).toEqual(compose(parts));
  });
});

it('a car is for sale while one of its offers is, and sold when none is and one was sold', () => {
  expect(statusOfAll(['sold', 'removed', 'active'])).toBe('active');
  expect(statusOfAll(['sold', 'reserved'])).toBe('reserved');
  expect(statusOfAll(['removed', 'sold'])).toBe('sold');
  expect(statusOfAll(['removed'])).toBe('removed');
});

describe('a listing that is seen again', () => {
  const said = (facts: Partial<Part['facts']>, detailed: boolean) => ({ facts: { ...listingFactsOf(aCar()), ...facts }, provenance: {}, doubts: [], detailed });

  it('in a list keeps what only its own page tells', () => {
    const merged = mergeSightings(said({ trim: 'GTI Performance' }, true), said({ trim: 'GTI', description: null, price: euros(20_000), mileage: { value: 48_000, unit: 'km' } }, false));
    expect(merged.facts).toMatchObject({ trim: 'GTI Performance', description: aCar().description, price: euros(20_000), mileage: { value: 48_200, unit: 'km' } });
  });

  it('on its own page loses what that no longer tells, but never its VIN', () => {
    const merged = mergeSightings(said({ vin: 'WVWZZZAUZHW123456' }, true), said({ description: null, ownersCount: null }, true));
    expect(merged.facts).toMatchObject({ description: null, ownersCount: null, vin: 'WVWZZZAUZHW123456' });
  });
});

describe('quality', () => {
  it('is full where everything is known and nothing is doubted', () => {
    const all = aCar({ vin: 'WVWZZZAUZHW123456', images: ['https://x.example/1.jpg'] });
    expect(qualityOf(all, [])).toEqual({ score: 100, reasons: [] });
  });

  it('falls with what is missing and with what is doubtful, and says with what', () => {
    expect(qualityOf(aCar({ price: null, mileage: null }), ['vin_make_differs'])).toEqual({ score: 42, reasons: ['vin_contradicts', 'no_price', 'no_mileage', 'no_vin', 'no_images'] });
    expect(qualityOf({ ...listingFactsOf(aCar()), ...Object.fromEntries(Object.keys(aCar()).map((name) => [name, null])), features: [], images: [], location: aCar().location }, ['price_bait', 'vin_unusable', 'mileage_fell']).score).toBe(0);
  });
});
