import { catalogue } from './catalogue';
import { Market } from './market';
import { sourceSlugs } from './sources';
import type { MarketListing, TruthLine } from './types';

const start = new Date('2026-03-01T00:00:00.000Z');

/** How much y grows with x, when both are ranked: 1 always, −1 never. */
function rankCorrelation(pairs: readonly (readonly [x: number, y: number])[]): number {
  const ranks = (values: readonly number[]): number[] => {
    const order = values.map((value, place) => [value, place] as const).toSorted((a, b) => a[0] - b[0]);
    const ranked: number[] = [];
    order.forEach(([, place], rank) => (ranked[place] = rank));
    return ranked;
  };
  const [xs, ys] = [ranks(pairs.map(([x]) => x)), ranks(pairs.map(([, y]) => y))];
  const mean = (pairs.length - 1) / 2;
  let [xy, xx, yy] = [0, 0, 0];
  xs.forEach((x, place) => {
    const [dx, dy] = [x - mean, (ys[place] ?? 0) - mean];
    xy += dx * dy;
    xx += dx * dx;
    yy += dy * dy;
  });
  return xy / Math.sqrt(xx * yy);
}

function grouped<K>(lines: readonly TruthLine[], keyOf: (line: TruthLine) => K): Map<K, TruthLine[]> {
  const groups = new Map<K, TruthLine[]>();
  for (const line of lines) groups.set(keyOf(line), [...(groups.get(keyOf(line)) ?? []), line]);
  return groups;
}

const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('what cars cost', () => {
  let lines: TruthLine[];
  let byYear: Map<number, number>;
  let offers: { offer: MarketListing; line: TruthLine }[];
  const newPrice = new Map(catalogue.map((spec) => [`${spec.make.name} ${spec.name}`, spec.price]));
  const share = (line: TruthLine): number => line.true_value.amount / 100 / (newPrice.get(`${line.make} ${line.model}`) ?? Number.NaN);

  beforeAll(() => {
    const market = new Market({ seed: 'prices', cars: 12_000, start });
    lines = [...market.truth()];
    byYear = new Map([...grouped(lines.filter((line) => line.damage === 'none'), (line) => line.year)].map(([year, group]) => [year, mean(group.map(share))]));
    const byId = new Map(lines.map((line) => [line.car_id, line]));
    offers = sourceSlugs.flatMap((source) =>
      market.listings(source).flatMap((offer) => {
        const line = byId.get(offer.carId);
        return line !== undefined && offer.planted.length === 0 && offer.price !== null && offer.auction === null ? [{ offer, line }] : [];
      }),
    );
  });

  const sound = (line: TruthLine): boolean => line.damage === 'none' && line.country === 'DE';

  it('falls with age', () => {
    const pairs = lines.filter(sound).map((line) => [line.year, share(line)] as const);
    expect(pairs.length).toBeGreaterThan(2_000);
    expect(rankCorrelation(pairs)).toBeGreaterThan(0.85);
  });

  it('falls with mileage among cars of one model and year', () => {
    const groups = grouped(lines.filter(sound), (line) => `${line.make} ${line.model} ${line.year} ${line.fuel}`);
    let cheaper = 0;
    let pairs = 0;
    for (const group of groups.values()) {
      for (const [place, one] of group.entries()) {
        for (const two of group.slice(place + 1)) {
          // Only where the odometer says much more than trim and engine do.
          if (Math.abs(one.mileage_km - two.mileage_km) < 30_000) continue;
          pairs += 1;
          if (one.mileage_km > two.mileage_km === one.true_value.amount < two.true_value.amount) cheaper += 1;
        }
      }
    }
    expect(pairs).toBeGreaterThan(150);
    expect(cheaper / pairs).toBeGreaterThan(0.72);
  });

  it('falls with damage', () => {
    const young = lines.filter((line) => line.country === 'US' && line.year >= 2016);
    const whole = mean(young.filter((line) => line.damage === 'none').map(share));
    const hit = mean(young.filter((line) => line.damage === 'front').map(share));
    const burnt = mean(young.filter((line) => line.damage === 'fire' || line.damage === 'flood').map(share));
    expect(hit / whole).toBeLessThan(0.6);
    expect(burnt / whole).toBeLessThan(hit / whole);
  });

  it('differs by region: dearer in Bavaria than in Saxony', () => {
    const inRegion = (region: string): number =>
      mean(offers.filter(({ offer, line }) => offer.location.region === region && line.damage === 'none').map(({ offer, line }) => (offer.price ?? 0) / fittedAt(line)));
    expect(inRegion('Bayern')).toBeGreaterThan(inRegion('Sachsen'));
  });

  it('asks about what a car is worth, dealers a little more than people', () => {
    const ratio = (kind: string): number => mean(offers.filter(({ offer }) => offer.seller.kind === kind).map(({ offer, line }) => (offer.price ?? 0) / (line.true_value.amount / 100)));
    expect(ratio('dealer')).toBeGreaterThan(ratio('private'));
    expect(ratio('private')).toBeGreaterThan(0.9);
    expect(ratio('dealer')).toBeLessThan(1.2);
  });

  it('makes an open car dearer in May than in November', () => {
    const value = (day: string): number => {
      const market = new Market({ seed: 'season', cars: 900, start: new Date(day) });
      return mean([...market.truth()].filter((line) => line.body === 'convertible').map(share));
    };
    expect(value('2026-05-15T00:00:00.000Z')).toBeGreaterThan(value('2026-11-15T00:00:00.000Z'));
  });

  it('puts more kilometres on older cars', () => {
    expect(rankCorrelation(lines.filter(sound).map((line) => [-line.year, line.mileage_km] as const))).toBeGreaterThan(0.75);
  });

  /** What cars of that age cost on average, as a share of new: what region, wear and chance are measured against. */
  function fittedAt(line: TruthLine): number {
    return (newPrice.get(`${line.make} ${line.model}`) ?? Number.NaN) * (byYear.get(line.year) ?? Number.NaN);
  }
});
