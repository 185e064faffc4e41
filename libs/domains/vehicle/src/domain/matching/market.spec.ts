import { Market, marketSources, type MarketListing } from '@autobroker/market';
import { decideMatch, matchFactsOfFlat, type FlatListing, type MatchFacts } from '.';

/** The market's currencies, roughly: here offers only have to be comparable. */
const inEuro: Readonly<Record<string, number>> = { EUR: 1, USD: 0.86, GBP: 1.14 };
const toReference = (amount: number, currency: string): number | null => Math.round(amount * 100 * (inEuro[currency] ?? Number.NaN));

/** As the site says it, without what would give it away: VIN, stock number, pictures. */
const flat = (listing: MarketListing): FlatListing => ({
  make: listing.make,
  model: listing.model,
  trim: listing.trim,
  year: listing.year,
  mileage: listing.mileage,
  mileage_unit: listing.unit,
  price: listing.price,
  currency: listing.currency,
  color: listing.colour?.text,
  fuel: listing.fuel?.text,
  gearbox: listing.gearbox?.text,
  body: listing.body?.text,
  engine: listing.engine,
  city: listing.location.city,
  region: listing.location.region,
  postal_code: listing.location.postalCode,
  country: listing.location.country,
  description: listing.description,
});

interface Offer {
  readonly listing: MarketListing;
  readonly facts: MatchFacts;
}

const pairsOf = (offers: readonly Offer[]): (readonly [Offer, Offer])[] =>
  offers.flatMap((a, index) => offers.slice(index + 1).flatMap((b) => (a.listing.source === b.listing.source ? [] : [[a, b] as const])));

const groupBy = (offers: readonly Offer[], key: (offer: Offer) => string): Offer[][] => {
  const groups = new Map<string, Offer[]>();
  for (const offer of offers) {
    const group = groups.get(key(offer));
    if (group === undefined) groups.set(key(offer), [offer]);
    else group.push(offer);
  }
  return [...groups.values()];
};

it('finds the cross-posted cars of a whole market among their twins, by what the sites say alone', () => {
  const market = new Market({ seed: 'matching', cars: 2_500, start: new Date('2026-11-01T00:00:00Z') });
  const offers = marketSources.flatMap(({ slug }) => market.listings(slug).map((listing) => ({ listing, facts: matchFactsOfFlat(flat(listing), toReference) })));
  const same = ([a, b]: readonly [Offer, Offer]): boolean => decideMatch(a.facts, b.facts).same;
  const posted = groupBy(offers, ({ listing }) => listing.carId).flatMap(pairsOf);
  const alike = groupBy(offers, ({ facts }) => `${facts.make} ${facts.model}`)
    .flatMap(pairsOf)
    .filter(([a, b]) => a.listing.carId !== b.listing.carId);
  const found = posted.filter(same).length;
  const wrong = alike.filter(same).length;
  expect(posted.length).toBeGreaterThan(1_500);
  expect(alike.length).toBeGreaterThan(5_000);
  expect(found / posted.length).toBeGreaterThan(0.985);
  expect(found / (found + wrong)).toBeGreaterThan(0.98);
});
