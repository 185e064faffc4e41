import { Vin } from '@autobroker/kernel';
import { faultShares } from './faults';
import { Market } from './market';
import { pictureSeed } from './picture';
import { sourceSlugs } from './sources';
import { listingFaults, type MarketListing, type TruthLine } from './types';

const start = new Date('2026-06-01T00:00:00.000Z');
const DAY = 86_400_000;

describe('what the offers of a market say', () => {
  let market: Market;
  let truth: Map<string, TruthLine>;
  let offers: MarketListing[];
  let byCar: Map<string, MarketListing[]>;

  beforeAll(() => {
    market = new Market({ seed: 'honesty', start });
    market.advanceTo(new Date(start.getTime() + 14 * DAY));
    truth = new Map([...market.truth()].map((line) => [line.car_id, line]));
    offers = sourceSlugs.flatMap((source) => market.listings(source));
    byCar = new Map();
    for (const offer of offers) byCar.set(offer.carId, [...(byCar.get(offer.carId) ?? []), offer]);
  });

  const lineOf = (offer: MarketListing): TruthLine => {
    const line = truth.get(offer.carId);
    if (line === undefined) throw new Error(`No truth for ${offer.carId}`);
    return line;
  };
  const plain = (offer: MarketListing): boolean => offer.planted.every((fault) => fault === 'relisted');

  it('carries VINs that are right by the rules of their market', () => {
    for (const line of truth.values()) {
      const vin = Vin.parse(line.vin, line.country === 'US' ? { market: 'north-america' } : {});
      expect(vin.ok ? '' : `${line.vin} ${line.make}: ${vin.error.detail}`).toBe('');
      if (!vin.ok || line.country !== 'US') continue;
      expect(vin.value.hasCheckDigit).toBe(true);
      expect(vin.value.modelYear()).toEqual({ certainty: 'certain', year: line.year });
    }
  });

  it('is true where nothing is planted, but for a private seller who rounds', () => {
    let rounded = 0;
    for (const offer of offers.filter(plain)) {
      const line = lineOf(offer);
      expect(offer.year ?? line.year).toBe(line.year);
      expect(offer.fuel?.code ?? line.fuel).toBe(line.fuel);
      expect(offer.vin ?? line.vin).toBe(line.vin);
      const km = (offer.mileage ?? 0) * (offer.unit === 'mi' ? 1.609344 : 1);
      if (offer.mileage !== null && Math.abs(km - line.mileage_km) > 1) {
        expect(Math.abs(km - line.mileage_km) / line.mileage_km).toBeLessThan(0.11);
        rounded += 1;
      }
      if (offer.price !== null && offer.auction === null) {
        const worth = line.true_value.amount / 100;
        expect(offer.price / worth).toBeGreaterThan(0.5);
        expect(offer.price / worth).toBeLessThan(1.75);
      }
    }
    expect(rounded).toBeGreaterThan(200);
  });

  it('lies as often as planned, and names each lie', () => {
    const marketplaces = offers.filter((offer) => offer.auction === null && !offer.source.startsWith('dealer-'));
    for (const fault of listingFaults) expect(offers.filter((offer) => offer.planted.includes(fault)).length).toBeGreaterThan(0);
    for (const [fault, share] of Object.entries(faultShares)) {
      // A wrong VIN needs a VIN that is shown.
      if (fault === 'vin_typo') continue;
      const found = marketplaces.filter((offer) => offer.planted.some((planted) => planted === fault)).length / marketplaces.length;
      expect(found).toBeGreaterThan(share * 0.5);
      expect(found).toBeLessThan(share * 1.6);
    }
    expect(offers.filter(plain).length / offers.length).toBeGreaterThan(0.82);
  });

  it('plants what it says it plants', () => {
    for (const offer of offers) {
      const line = lineOf(offer);
      const has = (fault: MarketListing['planted'][number]): boolean => offer.planted.includes(fault);
      const worth = line.true_value.amount / 100;
      if (has('price_on_request')) expect(offer).toMatchObject({ price: null, priceNote: { code: 'on_request' } });
      if (has('wrong_currency')) expect(offer.currency).not.toBe(line.true_value.currency);
      else expect(offer.currency).toBe(line.true_value.currency);
      if (has('lifetime_low_bait')) expect(offer.price).toBeLessThan(Math.max(1_300, worth * 0.3));
      if (has('wrong_year')) expect(offer.year).not.toBe(line.year);
      if (has('vin_typo')) {
        expect(offer.vin).toHaveLength(17);
        expect(offer.vin).not.toBe(line.vin);
      }
      if (has('html_noise')) expect(`${offer.title} ${offer.description}`).toMatch(/&nbsp;|<b>|<br/u);
      if (has('duplicate_listing')) expect(line.listings.filter((listing) => listing.source === offer.source).length).toBeGreaterThan(1);
      if (has('missing_fields')) {
        const gone = [offer.mileage, offer.year, offer.fuel, offer.gearbox, offer.trim, offer.location.postalCode, offer.location.latitude, offer.colour, offer.engine, offer.body].filter((value) => value === null);
        expect(gone.length).toBeGreaterThanOrEqual(2);
      }
      if (has('mileage_typo') && offer.mileage !== null) {
        const ratio = (offer.mileage * (offer.unit === 'mi' ? 1.609344 : 1)) / line.mileage_km;
        expect(Math.abs(ratio - 1)).toBeGreaterThan(0.02);
      }
    }
  });

  it('spells one car in many ways', () => {
    const shared = [...byCar.values()].filter((group) => new Set(group.map((offer) => offer.source)).size > 1);
    const makes = shared.filter((group) => new Set(group.map((offer) => offer.make)).size > 1);
    const models = shared.filter((group) => new Set(group.map((offer) => offer.model)).size > 1);
    expect(shared.length).toBeGreaterThan(1_500);
    expect(makes.length / shared.length).toBeGreaterThan(0.08);
    expect(models.length / shared.length).toBeGreaterThan(0.08);
    const written = new Set(offers.flatMap((offer) => [offer.make, offer.model]));
    for (const spelling of ['VW', 'Volkswagen', '3er', '3 Series', 'Chevy', 'C-Klasse', 'Skoda']) expect(written).toContain(spelling);
    expect([...written].some((model) => /^3[123]0[di]$/u.test(model))).toBe(true);
    const fuels = new Set(offers.filter((offer) => offer.fuel?.code === 'petrol').map((offer) => offer.fuel?.text));
    for (const word of ['Gasoline', 'Petrol', 'Benzin', 'Benzina', 'Essence']) expect(fuels).toContain(word);
  });

  it('has its sellers write down what must not be kept', () => {
    const telling = offers.filter((offer) => /\d{3,}|@/u.test(offer.description) && offer.seller.kind !== 'auction');
    expect(telling.length / offers.length).toBeGreaterThan(0.3);
    expect(offers.some((offer) => /@[\w.-]+\.example/u.test(offer.description))).toBe(true);
    const phones = offers.filter((offer) => offer.seller.phone !== null && offer.description.includes(offer.seller.phone));
    expect(phones.length).toBeGreaterThan(200);
    expect(new Set(offers.map((offer) => offer.language))).toEqual(new Set(['en-US', 'en-GB', 'de', 'it', 'fr']));
  });

  it('sets traps: twins of one dealer that are two cars', () => {
    const twins = [...truth.values()].filter((line) => line.planted.includes('twin'));
    const fleets = new Map<string, TruthLine[]>();
    for (const line of twins) {
      const offer = line.listings[0] === undefined ? undefined : market.listing(line.listings[0].source, line.listings[0].external_id);
      const key = [offer?.seller.id, line.make, line.model, line.year, line.color, line.trim].join('|');
      fleets.set(key, [...(fleets.get(key) ?? []), line]);
    }
    const pairs = [...fleets.values()].filter((fleet) => fleet.length > 1);
    expect(pairs.length).toBeGreaterThan(60);
    for (const fleet of pairs) {
      expect(new Set(fleet.map((line) => line.vin)).size).toBe(fleet.length);
      const kms = fleet.map((line) => line.mileage_km);
      expect(new Set(kms).size).toBe(fleet.length);
      expect(Math.max(...kms) - Math.min(...kms)).toBeLessThan(13_000);
    }
  });

  it('runs auctions: bids that grow, a sale, and what comes after it', () => {
    const lots = offers.filter((offer) => offer.auction !== null);
    expect(lots.every((lot) => lot.source === 'copart' || lot.source === 'iaai')).toBe(true);
    const houses = [...truth.values()].flatMap((line) => line.listings).filter((listing) => listing.source === 'copart' || listing.source === 'iaai');
    const states = new Set(houses.map((listing) => market.listing(listing.source, listing.external_id)?.auction?.state));
    expect(states).toEqual(new Set(['upcoming', 'on_approval', 'not_sold', 'sold']));
    expect(lots.some((lot) => (lot.auction?.attempt ?? 0) > 1)).toBe(true);
    for (const line of truth.values()) {
      for (const listing of line.listings.filter((each) => each.source === 'copart' || each.source === 'iaai')) {
        const lot = market.listing(listing.source, listing.external_id);
        const times = listing.bids.map((bid) => Date.parse(bid.at));
        expect(times).toEqual(times.toSorted((a, b) => a - b));
        expect(lot?.auction?.currentBid ?? 0).toBe((lot?.auction?.bids ?? 0) === 0 ? 0 : (listing.bids.at(-1)?.amount ?? 0) / 100);
        if (listing.end_reason === 'sold') expect(line.sold_at).not.toBeNull();
      }
    }
    const sold = houses.filter((listing) => listing.source === 'copart' && listing.end_reason === 'sold');
    expect(sold.length).toBeGreaterThan(20);
    const moved = [...truth.values()].filter((line) => line.planted.includes('moved_auction'));
    expect(moved.length).toBeGreaterThan(0);
  });

  it('shows one car in one set of pictures, whatever the source', () => {
    const wrong: unknown[] = [];
    let compared = 0;
    for (const [carId, group] of byCar) {
      for (const offer of group) {
        for (const picture of offer.pictures.slice(0, 2)) {
          const drawn = market.picture(offer.source, picture.hash);
          const line = truth.get(carId);
          if (drawn === undefined || drawn.body !== line?.body || drawn.colour !== line.color) wrong.push(picture);
        }
      }
      const [first, second] = group;
      const [one, two] = [first?.pictures[0], second?.pictures[0]];
      if (first === undefined || second === undefined || one === undefined || two === undefined) continue;
      expect(one.hash).not.toBe(two.hash);
      expect(market.picture(first.source, one.hash)).toEqual(market.picture(second.source, two.hash));
      compared += 1;
    }
    expect(wrong).toEqual([]);
    expect(compared).toBeGreaterThan(1_500);
    expect(market.picture('ebay', '0123456789abcdef')).toBeUndefined();
    const [some] = market.listings('gumtree').filter((offer) => offer.pictures.length > 0);
    expect(market.picture('ebay', some?.pictures[0]?.hash ?? '')).toBeUndefined();
    const red = { seed: 1, body: 'suv', colour: 'red', damage: 'none' } as const;
    expect(pictureSeed(red, 0)).toEqual(pictureSeed(red, 0));
    expect(pictureSeed(red, 0)).not.toEqual(pictureSeed({ ...red, seed: 2 }, 0));
    expect(pictureSeed(red, 0).view).not.toBe(pictureSeed(red, 1).view);
  });
});
