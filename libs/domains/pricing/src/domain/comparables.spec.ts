import { chooseComparables, enough, ladder, rungName, type Candidate, type Subject } from './comparables';
import { effectiveSize, summaryOf, withoutOutliers } from './market/robust';

const at = new Date('2026-06-01T00:00:00.000Z');
const daysAgo = (days: number): Date => new Date(at.getTime() - days * 86_400_000);
const munich = { lat: 48.14, lon: 11.58 };
const hamburg = { lat: 53.55, lon: 9.99 };
const nuremberg = { lat: 49.45, lon: 11.08 };

const golf: Subject = { vehicleId: 'own', year: 2021, mileageKm: 60_000, trimKey: 'gti', fuel: 'petrol', gearbox: 'automatic', body: 'hatchback', coordinates: munich };

let number = 0;
const other = (candidate: Partial<Candidate> = {}): Candidate => ({
  ...golf,
  vehicleId: `car-${(number += 1)}`,
  price: 2_500_000,
  listedAt: daysAgo(10),
  leftAt: null,
  sold: false,
  foreign: false,
  ...candidate,
});
const many = (n: number, candidate: Partial<Candidate> = {}): Candidate[] => Array.from({ length: n }, (_, index) => other({ price: 2_500_000 + index * 10_000, ...candidate }));

describe('how far one looks', () => {
  it('goes from the own trim, year and town to the whole market of the model', () => {
    const names = ladder.map(rungName);
    expect(names).toHaveLength(26);
    expect([names[0], names[1], names[2], names[3], names[6], names[12], names[23]]).toEqual([
      'trim/1y/20%/100km', 'trim/1y/20%/500km', 'trim/1y/20%/country', 'trim/1y/50%/100km', 'trim/2y/20%/100km', 'model/1y/20%/100km', 'model/2y/50%/country',
    ]);
    expect(names.slice(-2)).toEqual(['model/2y/50%/country/unlike', 'abroad/2y/50%/country']);
  });

  it.each([
    ['here', {}, 'trim/1y/20%/100km'],
    ['150 km away', { coordinates: nuremberg }, 'trim/1y/20%/500km'],
    ['at the other end of the country', { coordinates: hamburg }, 'trim/1y/20%/country'],
    ['at no place that is told', { coordinates: null }, 'trim/1y/20%/country'],
    ['driven half as far again', { mileageKm: 88_000 }, 'trim/1y/50%/100km'],
    ['two years older', { year: 2019 }, 'trim/2y/20%/100km'],
    ['of another trim', { trimKey: 'life' }, 'model/1y/20%/100km'],
    ['with another gearbox', { gearbox: 'manual' }, 'model/2y/50%/country/unlike'],
    ['with a gearbox that nobody tells', { gearbox: null }, 'trim/1y/20%/100km'],
  ] as const)('as far as it takes to find enough: they are %s', (_where, how, rung) => {
    const choice = chooseComparables(golf, many(12, how), at);
    expect(choice.rung).toBe(rung);
    expect(choice.effective).toBeGreaterThanOrEqual(enough);
  });

  it('takes nothing from further away than it must', () => {
    const choice = chooseComparables(golf, [...many(9), ...many(20, { coordinates: hamburg, price: 1_000_000 })], at);
    expect(choice.picked.every(({ distanceKm }) => distanceKm === 0)).toBe(true);
  });

  it.each([
    ['three years older', { year: 2018 }],
    ['driven twice as far', { mileageKm: 121_000 }],
  ] as const)('never as far as %s', (_what, how) => {
    expect(chooseComparables(golf, many(20, how), at)).toMatchObject({ picked: [], rung: null, effective: 0, summary: null });
  });

  it('finds neighbours of a car that has hardly been driven', () => {
    expect(chooseComparables({ ...golf, mileageKm: 10 }, many(10, { mileageKm: 4_000 }), at).effective).toBeGreaterThanOrEqual(enough);
  });

  it('abroad only where the own market has nothing at all', () => {
    const abroad = many(12, { foreign: true, coordinates: null });
    expect(chooseComparables(golf, abroad, at)).toMatchObject({ rung: 'abroad/2y/50%/country' });
    const home = chooseComparables(golf, [...abroad, other()], at);
    expect(home.rung).toBe('trim/1y/20%/100km');
    expect(home.picked).toHaveLength(1);
  });

  it('says so when there is too little, and takes the rung that has most', () => {
    const choice = chooseComparables(golf, [other(), ...many(3, { coordinates: hamburg })], at);
    expect(choice).toMatchObject({ rung: 'trim/1y/20%/country' });
    expect(choice.effective).toBeCloseTo(4, 1);
  });
});

describe('what counts', () => {
  it('a car is not compared with itself', () => {
    expect(chooseComparables(golf, [{ ...other(), vehicleId: 'own' }], at).picked).toEqual([]);
  });

  it('one comparable is one comparable', () => {
    expect(chooseComparables(golf, [other({ price: 2_400_000 })], at)).toMatchObject({ effective: 1, outliers: 0, summary: { mean: 2_400_000, median: 2_400_000, q25: 2_400_000, q75: 2_400_000, lowest: 2_400_000, highest: 2_400_000 } });
  });

  it('when all ask the same, none is out of line and all quartiles are that price', () => {
    const choice = chooseComparables(golf, many(10).map((one) => ({ ...one, price: 2_400_000 })), at);
    expect(choice).toMatchObject({ outliers: 0, effective: 10, summary: { mean: 2_400_000, median: 2_400_000, q25: 2_400_000, q75: 2_400_000 } });
    const odd = chooseComparables(golf, [...many(10).map((one) => ({ ...one, price: 2_400_000 })), other({ price: 300_000 })], at);
    expect(odd).toMatchObject({ outliers: 1, summary: { lowest: 2_400_000 } });
  });

  it('eight that count alike are enough', () => {
    expect(chooseComparables(golf, many(enough), at).effective).toBe(enough);
  });

  it('a bait of one euro and a price with a figure too many are dropped', () => {
    const choice = chooseComparables(golf, [...many(12), other({ price: 100 }), other({ price: 25_000_000 })], at);
    expect(choice).toMatchObject({ outliers: 2, summary: { lowest: 2_500_000, highest: 2_610_000 } });
  });

  it('a far-driven car is not out of line for being cheap', () => {
    const worn = other({ mileageKm: 71_000, price: Math.round(2_500_000 * Math.exp(-0.033)) });
    const [adjusted] = chooseComparables(golf, [worn], at).picked;
    expect(adjusted?.adjusted).toBeCloseTo(2_500_000, -2);
  });

  it('what left counts less with every month, and what was only withdrawn less than what was sold', () => {
    const weightOf = (candidate: Partial<Candidate>): number => chooseComparables(golf, [other(candidate)], at).picked[0]?.weight ?? 0;
    expect(weightOf({ listedAt: at })).toBe(1);
    expect(weightOf({ leftAt: daysAgo(30), sold: true })).toBeCloseTo(0.5);
    expect(weightOf({ leftAt: daysAgo(30), sold: false })).toBeCloseTo(0.35);
    expect(weightOf({ listedAt: daysAgo(180) })).toBeCloseTo(0.5);
    expect(weightOf({ year: 2020, listedAt: at })).toBeCloseTo(0.75);
  });
});

describe('robust statistics', () => {
  const equal = (...prices: number[]) => prices.map((price) => ({ price, adjusted: price, weight: 1 }));

  it('the median of an even number lies between the middle two, quartiles between neighbours', () => {
    expect(summaryOf(equal(100, 200, 300, 400))).toEqual({ mean: 250, median: 250, q25: 150, q75: 350, lowest: 100, highest: 400 });
    expect(summaryOf(equal(100, 200, 300))).toMatchObject({ median: 200, mean: 200 });
    expect(summaryOf([])).toBeNull();
  });

  it('a heavy price draws the median to itself', () => {
    expect(summaryOf([{ price: 100, adjusted: 100, weight: 8 }, ...equal(200, 300)])?.median).toBeLessThan(130);
  });

  it('as many as count alike tell as much as they are; one that outweighs all tells as one', () => {
    expect(effectiveSize([1, 1, 1, 1])).toBe(4);
    expect(effectiveSize([1, 0.001, 0.001])).toBeCloseTo(1, 1);
    expect(effectiveSize([])).toBe(0);
    expect(effectiveSize([0, 0])).toBe(0);
  });

  it('of three prices none can be called out of line', () => {
    expect(withoutOutliers(equal(1, 2_500_000, 2_600_000))).toHaveLength(3);
    expect(withoutOutliers(equal(1, 2_400_000, 2_500_000, 2_600_000))).toHaveLength(3);
  });
});
