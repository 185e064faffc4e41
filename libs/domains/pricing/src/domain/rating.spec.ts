import { halfWidth, marginOf, plainRating, positionOf, rate, ratings, type RatingResult } from './rating';
import { dice } from './spec-cars';
import type { PriceQuantiles } from './valuation';

const usual: PriceQuantiles = { q10: 1_700_000, q35: 1_900_000, q50: 2_000_000, q65: 2_110_000, q90: 2_330_000 };
const ask = (price: number | null, quantiles: PriceQuantiles | null = usual, previous: RatingResult | null = null, notAsked: 'auction' | 'doubtful_price' | null = null) => rate({ price, notAsked, quantiles, previous });
const rated = (rating: (typeof ratings)[number]): RatingResult => ({ rating, reason: null });

describe('a car is rated by where its price lies among comparable cars', () => {
  it.each([
    [1_700_000, 'great'],
    [1_700_001, 'good'],
    [1_900_000, 'good'],
    [1_900_001, 'fair'],
    [2_110_000, 'fair'],
    [2_110_001, 'high'],
    [2_330_000, 'high'],
    [2_330_001, 'over'],
  ] as const)('%d is %s', (price, label) => expect(ask(price)).toEqual(rated(label)));

  it('and not at all without a price, for a bid, without a valuation, or when the interval is too wide', () => {
    expect(ask(null).reason).toBe('no_price');
    expect(ask(0).reason).toBe('no_price');
    expect(ask(-500_000).reason).toBe('no_price');
    expect(ask(Number.NaN).reason).toBe('no_price');
    expect(ask(1_900_000, usual, null, 'auction').reason).toBe('auction');
    expect(ask(100_000, usual, null, 'doubtful_price').reason).toBe('doubtful_price');
    expect(ask(1_900_000, null).reason).toBe('not_enough_data');
    const wide = { ...usual, q10: 1_480_000, q90: 2_500_000 };
    expect(halfWidth(wide)).toBeCloseTo(0.255);
    expect(ask(1_900_000, wide).reason).toBe('too_uncertain');
  });

  it('though an ordinary car, known to 15 % either way, has a label', () => {
    expect(ask(2_000_000, { q10: 1_700_000, q35: 1_900_000, q50: 2_000_000, q65: 2_100_000, q90: 2_300_000 })).toEqual(rated('fair'));
  });
});

describe('a label does not flip from one day to the next', () => {
  it('stays while the price is within the margin of its band, and follows beyond it', () => {
    const margin = marginOf(usual);
    expect(ask(usual.q35 + margin * 0.9, usual, rated('good'))).toEqual(rated('good'));
    expect(ask(usual.q35 + margin * 1.1, usual, rated('good'))).toEqual(rated('fair'));
    expect(ask(usual.q35 - margin * 0.9, usual, rated('fair'))).toEqual(rated('fair'));
  });

  it('over a thousand cars, each trembling for thirty days by less than the margin: at most one change, never back', () => {
    const { uniform } = dice(7);
    for (let car = 0; car < 1_000; car += 1) {
      const q50 = 300_000 + uniform() * 9_000_000;
      const sigma = 0.03 + uniform() * 0.14;
      const quantiles = (shift: number): PriceQuantiles => {
        const at = (z: number): number => Math.round(q50 * shift * Math.exp(z * sigma));
        return { q10: at(-1.2816), q35: at(-0.3853), q50: at(0), q65: at(0.3853), q90: at(1.2816) };
      };
      const price = Math.round(q50 * Math.exp((uniform() - 0.5) * 4 * sigma));
      // Peak to peak less than twice the margin, at whatever place of the scale the price is.
      const tremble = (0.9 * marginOf(quantiles(1))) / Math.max(q50, price) / Math.exp(1.3 * sigma);
      let previous: RatingResult | null = null;
      let changes = 0;
      for (let day = 0; day < 30; day += 1) {
        const now: RatingResult = rate({ price, notAsked: null, quantiles: quantiles(1 + (uniform() * 2 - 1) * tremble), previous });
        if (previous !== null && now.rating !== previous.rating) changes += 1;
        previous = now;
      }
      expect(changes).toBeLessThanOrEqual(1);
    }
  });

  it('but a large move always shows, whatever the label was', () => {
    for (const previous of ratings) {
      expect(ask(1_500_000, usual, rated(previous))).toEqual(rated('great'));
      expect(ask(2_000_000, usual, rated(previous)).rating).toBe('fair');
      expect(ask(2_600_000, usual, rated(previous))).toEqual(rated('over'));
    }
  });

  it('nor does it come and go with an uncertain interval', () => {
    const at = (half: number): PriceQuantiles => ({ q10: 2_000_000 * (1 - half), q35: 1_900_000, q50: 2_000_000, q65: 2_100_000, q90: 2_000_000 * (1 + half) });
    const away = ask(2_000_000, at(0.26), rated('fair'));
    expect(away.reason).toBe('too_uncertain');
    expect(ask(2_000_000, at(0.24), away).reason).toBe('too_uncertain');
    expect(ask(2_000_000, at(0.22), away)).toEqual(rated('fair'));
    expect(ask(2_000_000, at(0.24))).toEqual(rated('fair'));
  });

  it('with quantiles that fall together the label is still one of the five', () => {
    const same: PriceQuantiles = { q10: 10, q35: 10, q50: 10, q65: 10, q90: 10 };
    for (const price of [1, 9, 10, 11, 100]) for (const previous of [null, ...ratings.map(rated)]) expect(ratings).toContain(ask(price, same, previous).rating);
    expect(plainRating(10, same)).toBe('great');
  });
});

it('the position of a deal is told in per cent of the middle', () => {
  expect(positionOf(1_900_000, usual)).toBe(-5);
  expect(positionOf(2_222_000, usual)).toBe(11.1);
  expect(positionOf(null, usual)).toBeNull();
  expect(positionOf(1, null)).toBeNull();
});
