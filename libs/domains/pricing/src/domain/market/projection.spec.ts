import { anOffer, euros, saying } from './a-car';
import { hear, keptMoments, type HeardCar, type MarketNews } from './projection';

const car = saying();
const after = (...news: MarketNews[]): HeardCar | null => news.reduce<HeardCar | null>((heard, one) => hear(heard, one), null);

/** Every order, in which anything may also be said twice. */
function orders<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, index) => orders([...items.slice(0, index), ...items.slice(index + 1)]).map((rest) => [item, ...rest]));
}

const day = (n: number): string => `2026-01-${String(n).padStart(2, '0')}T09:00:00.000Z`;

describe('events of a car in any order, some of them twice', () => {
  const stories: Record<string, MarketNews[]> = {
    'listed, reduced twice, sold': [
      car.listed(1, { at: day(5) }),
      car.priced(2, euros(27_990), day(9)),
      car.updated(3, { at: day(11), price: euros(26_990), facts: { mileageKm: 61_000 }, offers: [anOffer()] }),
      car.priced(3, euros(26_990), day(11)),
      car.left(4, 'sold', day(20)),
    ],
    'withdrawn, back at another price, changed after it was sold': [
      car.left(2, 'withdrawn', day(8)),
      car.listed(3, { at: day(12), price: euros(25_000) }),
      car.priced(3, euros(25_000), day(12)),
      car.left(4, 'sold', day(15)),
      car.updated(5, { at: day(17), status: 'sold', price: euros(25_000), facts: { colour: 'red' } }),
    ],
    'deleted and restored to the market': [car.listed(1), car.left(2, 'deleted', day(7)), car.listed(3, { at: day(9), price: euros(20_000) }), car.updated(4, { at: day(10), price: euros(20_000) })],
    'deleted and restored as sold': [car.listed(1), car.left(2, 'deleted', day(7)), car.updated(3, { at: day(9), status: 'sold' })],
    'its offers are told before facts of a later version that does not speak of them': [
      car.listed(1, { offers: [anOffer()] }),
      car.updated(2, { offers: [anOffer(), anOffer({ listingId: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b5f', source: 'gumtree' })] }),
      car.updated(3, { facts: { colour: 'blue' } }),
      car.left(4, 'withdrawn', day(9)),
    ],
  };

  it.each(Object.entries(stories))('come to the same: %s', (_name, story) => {
    const expected = after(...story);
    for (const order of orders(story)) {
      expect(after(...order)).toEqual(expected);
      expect(after(...order.flatMap((one) => [one, one]), ...order)).toEqual(expected);
    }
  });

  it('a sold car keeps the day on which it left, though it is spoken of later', () => {
    const heard = after(car.listed(1, { at: day(5) }), car.left(2, 'sold', day(8)), car.updated(3, { at: day(30), status: 'sold' }));
    expect(heard).toMatchObject({ status: 'sold', version: 3, left: { at: new Date(day(8)), reason: 'sold' } });
  });

  it('an older price does not come back', () => {
    const heard = after(car.listed(1), car.priced(3, euros(24_000), day(9)), car.updated(2, { at: day(7), price: euros(26_000) }));
    expect(heard?.price).toEqual(euros(24_000));
    expect(heard?.moments.map(({ version }) => version)).toEqual([1, 3]);
  });

  it('of a car whose price never rests, the latest moments are kept', () => {
    const news = Array.from({ length: keptMoments + 5 }, (_, index) => car.priced(index + 2, euros(20_000 + index), day(6)));
    const heard = after(car.listed(1), ...news);
    expect(heard?.moments).toHaveLength(keptMoments);
    expect(heard?.moments.at(-1)?.version).toBe(keptMoments + 6);
    expect(heard?.doubt).toBe('restless');
  });
});

describe('a price that says nothing of the market', () => {
  const doubt = (...news: MarketNews[]) => after(...news)?.doubt;

  it('is a bid, until the hammer falls', () => {
    const bid = anOffer({ auction: true, priceKind: 'bid', price: euros(4_200) });
    expect(doubt(car.listed(1, { price: euros(4_200), offers: [bid] }))).toBe('bid');
    expect(doubt(car.listed(1, { price: euros(4_200), offers: [bid] }), car.left(2, 'sold', day(9)))).toBeNull();
    expect(doubt(car.listed(1, { price: euros(4_200), offers: [bid, anOffer({ listingId: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b5f' })] }))).toBeNull();
  });

  it('is less than half of what the car itself has cost', () => {
    expect(doubt(car.listed(1), car.priced(2, euros(14_000), day(9)))).toBe('bait');
    expect(doubt(car.listed(1), car.priced(2, euros(15_000), day(9)))).toBeNull();
  });

  it.each([
    [1, 'absurd'],
    [149, 'absurd'],
    [12_345, 'absurd'],
    [123_456, 'absurd'],
    [111_111, 'absurd'],
    [999_999, 'absurd'],
    [22_222, null],
    [1_234_500, null],
    [2_000_000_000, 'absurd'],
  ])('is one that nobody means: %d euros', (amount, expected) => {
    expect(doubt(car.listed(1, { price: euros(amount) }))).toBe(expected);
  });

  it('or none, or one that its source doubts', () => {
    expect(doubt(car.listed(1, { price: null }))).toBe('no_price');
    expect(doubt(car.listed(1, { offers: [anOffer({ doubtful: true })] }))).toBe('doubtful');
  });
});
