import fc from 'fast-check';
import { judgeDeal, mayBeDeal, risksOf, type DealQuestion } from './judge';
import { tooGoodBelow } from './price-risks';
import { deal, marketCar, noMinimum, quantilesAround, usualMinimum } from './spec-deals';

const judge = (question: DealQuestion) => judgeDeal(question, usualMinimum);
const codes = (question: DealQuestion): string[] => (judge(question).deal?.risks ?? []).map(({ code }) => code);
const score = (question: DealQuestion): number => judge(question).deal?.score.score ?? -1;

describe('a car of 20,000 euros with a clean history', () => {
  it.each([1_400_000, 1_550_000, 1_650_000])('is an opportunity at %i cents', (asking) => {
    const { deal: found, reason } = judge(deal(asking));
    expect(reason).toBeNull();
    expect(found?.risks).toEqual([]);
    expect(found?.score.score).toBeGreaterThan(55);
    expect(found?.profit.probability).toBeGreaterThan(0.8);
    expect(found?.confidence).toBeGreaterThan(0.7);
  });

  it('is none at its price, and loses money above it', () => {
    expect(judge(deal(2_000_000)).reason).toBe('no_profit');
    expect(judge(deal(2_400_000)).deal?.profit.expected).toBeLessThan(0);
  });

  it('is none where the profit is below the installation’s minimum', () => {
    const question = deal(1_780_000);
    expect(judgeDeal(question, noMinimum).reason).toBeNull();
    expect(judge(question).reason).toBe('below_minimum');
  });

  it('has a score whose parts add up, each with what it is from', () => {
    const { score: of, referenceProfit } = judge(deal(1_600_000)).deal ?? { score: null, referenceProfit: 0 };
    const sum = of?.parts.reduce((total, { points }) => total + points, 0) ?? 0;
    expect(sum).toBeCloseTo(of?.score ?? -1, 0);
    expect(of?.parts.reduce((total, { weight }) => total + weight, 0)).toBe(100);
    expect(of?.parts.find(({ part }) => part === 'profit')?.because).toBe(referenceProfit);
    expect(of?.parts.every(({ points, weight }) => points >= 0 && points <= weight)).toBe(true);
  });
});

describe('what looks cheap and is not', () => {
  it.each<[string, string, DealQuestion]>([
    ['a bait', 'too_good_to_be_true', deal(1_000_000)],
    ['a bait of one euro', 'too_good_to_be_true', deal(100)],
    ['a price with a figure lost', 'price_slip', deal(195_000)],
    ['a number of another currency', 'wrong_currency', deal(1_700_000, { localCurrency: 'USD', toLocal: 1.15, car: { facts: { country: 'US', titleStatus: 'clean' } } })],
    ['an odometer that was turned back', 'odometer_fell', deal(1_600_000, { highestMileage: { km: 148_000, at: new Date('2026-06-01T00:00:00Z') } })],
    ['a mileage with a figure lost', 'mileage_implausibly_low', deal(1_600_000, { car: { facts: { mileageKm: 6_000 } } })],
    ['a car for parts', 'title_branded', deal(1_600_000, { car: { facts: { titleStatus: 'parts_only' } } })],
    ['a car that may only leave the country', 'title_branded', deal(1_600_000, { car: { facts: { titleStatus: 'export_only' } } })],
    ['a price that the market’s watch takes for none', 'price_doubtful', deal(1_600_000, { doubt: 'bait' })],
  ])('%s is no opportunity: %s', (_what, code, question) => {
    const { deal: found, reason } = judge(question);
    expect(reason).toBe('excluded');
    expect(found?.score.score).toBe(0);
    expect(found?.risks.find(({ excludes }) => excludes)?.code).toBe(code);
    expect(found?.risks.find(({ excludes }) => excludes)?.reason.length).toBeGreaterThan(20);
  });

  it.each<[string, string, DealQuestion]>([
    ['a salvage title', 'title_branded', deal(1_500_000, { car: { facts: { titleStatus: 'salvage' } } })],
    ['a rebuilt title', 'title_branded', deal(1_500_000, { car: { facts: { titleStatus: 'rebuilt' } } })],
    ['a flood', 'damaged', deal(1_500_000, { car: { facts: { damageType: 'flood' } } })],
    ['a crash', 'damaged', deal(1_500_000, { car: { facts: { damageType: 'front', condition: 'damaged' } } })],
    ['a car that does not run', 'damaged', deal(1_500_000, { car: { facts: { condition: 'not_running' } } })],
    ['a mileage that has to be proved', 'mileage_low', deal(1_500_000, { car: { facts: { mileageKm: 19_000 } } })],
    ['no mileage', 'mileage_unknown', deal(1_650_000, { car: { facts: { mileageKm: null } } })],
    ['a VIN of another model year', 'vin_conflict', deal(1_650_000, { car: { vinFlags: ['model_year_differs'] } })],
    ['years that contradict each other', 'year_conflict', deal(1_500_000, { car: { facts: { productionYear: 2018 } } })],
    ['a price below all other offers of the same car', 'offers_disagree', deal(1_400_000, { car: marketCar(1_400_000, { offers: [...marketCar(1_400_000).offers, ...marketCar(2_000_000).offers] }) })],
    ['like cars that cost no more', 'second_opinion', deal(1_550_000, { secondOpinion: { of: 'comparables', value: 1_580_000, effective: 14 } })],
    ['an interval so wide that nobody knows', 'wide_interval', deal(1_300_000, { quantiles: quantilesAround(2_000_000, 0.34) })],
  ])('%s keeps it from the top: %s', (_what, code, question) => {
    const clean = score(deal(question.asking ?? 0));
    expect(codes(question)).toContain(code);
    expect(score(question)).toBeLessThanOrEqual(50);
    expect(score(question)).toBeLessThan(clean - 10);
  });

  it.each<[string, string, DealQuestion]>([
    ['relists', 'relisted', deal(1_600_000, { car: { relistCount: 3 } })],
    ['a market that is full', 'slow_market', deal(1_600_000, { daysOfSupply: 200 })],
    ['a price that changes all the time', 'price_restless', deal(1_600_000, { priceChanges: 8 })],
    ['no VIN', 'vin_missing', deal(1_600_000, { car: { vin: null } })],
    ['few comparables', 'few_comparables', deal(1_600_000, { method: 'hedonic', effectiveComparables: 9, coverage: null })],
    ['nothing to hold the model against', 'few_comparables', deal(1_600_000, { secondOpinion: null })],
    ['like cars that cost a little more', 'second_opinion', deal(1_600_000, { secondOpinion: { of: 'comparables', value: 1_750_000, effective: 14 } })],
    ['an interval that does not hold', 'segment_unproven', deal(1_600_000, { coverage: { segment: 'Lada', cars: 210, coverage80: 0.66 } })],
    ['a title that nobody speaks of, where titles are branded', 'title_unknown', deal(1_700_000, { localCurrency: 'EUR', car: { facts: { country: 'US', titleStatus: 'unknown' } } })],
    ['costs that no rule is known for', 'costs_uncertain', deal(1_600_000, { landed: { low: 1_650_000, likely: 1_680_000, high: 1_720_000, unknown: ['registration_fee'] } })],
    ['a fixed price at an auction', 'auction', deal(1_600_000, { car: { offers: marketCar(1_600_000).offers.map((offer) => ({ ...offer, auction: true, priceKind: 'asked' as const })) } })],
  ])('%s weighs against it: %s', (_what, code, question) => {
    expect(codes(question)).toContain(code);
    expect(score(question)).toBeLessThan(score(deal(question.asking ?? 0)));
    expect(judge(question).deal?.confidence).toBeLessThan(judge(deal(question.asking ?? 0)).deal?.confidence ?? 0);
  });
});

describe('time on the market', () => {
  const listed = (day: string): DealQuestion => deal(1_600_000, { car: { listedAt: new Date(`${day}T00:00:00Z`) } });

  it('makes a discount more likely to be one, for sellers come down; and after months it speaks against the car', () => {
    const [fresh, month, quarter, half] = ['2026-11-19', '2026-10-20', '2026-08-20', '2026-05-01'].map(listed);
    if (fresh === undefined || month === undefined || quarter === undefined || half === undefined) throw new Error('four days');
    expect(score(month)).toBeGreaterThan(score(fresh));
    expect(score(quarter)).toBeGreaterThan(score(month));
    expect(codes(quarter)).toEqual([]);
    expect(codes(half)).toEqual(['standing_long']);
    expect(score(half)).toBeLessThan(score(quarter));
    expect(judge(half).deal?.confidence).toBeLessThan(judge(quarter).deal?.confidence ?? 0);
  });
});

describe('what only looks like a trap', () => {
  it('is a mileage that was put right from ten times as much', () => {
    expect(codes(deal(1_600_000, { highestMileage: { km: 600_000, at: new Date('2026-10-01T00:00:00Z') } }))).toEqual([]);
  });
  it('is a mileage that was rounded down', () => {
    expect(codes(deal(1_600_000, { highestMileage: { km: 61_400, at: new Date('2026-10-01T00:00:00Z') } }))).toEqual([]);
  });
  it('is a low mileage of a young car', () => {
    expect(codes(deal(1_600_000, { car: { facts: { year: 2026, firstRegistration: '2026-08-01', mileageKm: 900 } } }))).toEqual([]);
  });
  it('is a price in a foreign currency whose number nobody would pay at home', () => {
    const question = deal(1_600_000, { localCurrency: 'SEK', toLocal: 11, car: { facts: { country: 'SE' } } });
    expect(codes(question)).toEqual(['foreign_currency']);
    expect(judge(question).reason).toBeNull();
  });
  it('is a title that nobody speaks of, where titles are not branded', () => {
    expect(codes(deal(1_600_000, { car: { facts: { titleStatus: 'unknown' } } }))).toEqual([]);
  });
  it('is a wide market, where a low price means less', () => {
    expect(tooGoodBelow({ car: marketCar(1), quantiles: quantilesAround(2_000_000, 0.25) })).toBeLessThan(tooGoodBelow({ car: marketCar(1), quantiles: quantilesAround(2_000_000, 0.1) }));
  });
});

describe('where nothing can be said, nothing is found', () => {
  it.each<[string, DealQuestion]>([
    ['no_price', deal(null)],
    ['not_valued', deal(1_600_000, { quantiles: null, method: 'none' })],
    ['costs_unknown', deal(1_600_000, { landed: null })],
    ['no_rate', deal(1_600_000, { toReference: null })],
    ['not_for_sale', deal(1_600_000, { car: { status: 'reserved' } })],
    ['not_for_sale', deal(1_600_000, { car: { leftAt: new Date('2026-11-19T00:00:00Z') } })],
    ['bid_only', deal(400_000, { car: { offers: marketCar(400_000).offers.map((offer) => ({ ...offer, auction: true, priceKind: 'bid' as const })) } })],
    ['bid_only', deal(1_600_000, { doubt: 'bid' })],
  ])('%s', (reason, question) => {
    expect(judge(question)).toEqual({ deal: null, reason });
  });
});

/** Everything that a source may tell of a car, but its price. */
const anyQuestion = fc.record({
  facts: fc.record({
    year: fc.integer({ min: 2005, max: 2026 }),
    firstRegistration: fc.constant(null),
    mileageKm: fc.option(fc.integer({ min: 0, max: 400_000 })),
    titleStatus: fc.constantFrom('clean' as const, 'unknown' as const, 'salvage' as const, 'rebuilt' as const, 'lemon' as const),
    damageType: fc.constantFrom('none' as const, 'unknown' as const, 'front' as const, 'hail' as const, 'flood' as const),
    country: fc.constantFrom('DE', 'US', 'GB', null),
  }),
  relistCount: fc.integer({ min: 0, max: 6 }),
  vin: fc.constantFrom('WVWZZZCDZMW012345', null),
  vinFlags: fc.subarray(['check_digit_wrong', 'model_year_differs']),
  daysOfSupply: fc.option(fc.integer({ min: 1, max: 500 })),
  spread: fc.double({ min: 0.03, max: 0.5, noNaN: true }),
  value: fc.integer({ min: 100_000, max: 20_000_000 }),
});

type Told = typeof anyQuestion extends fc.Arbitrary<infer T> ? T : never;

const asked = ({ facts, spread, value, daysOfSupply, ...car }: Told, share: number): DealQuestion =>
  deal(Math.max(1, Math.round(value * share)), { quantiles: quantilesAround(value, spread), secondOpinion: { of: 'comparables', value, effective: 12 }, daysOfSupply, car: { facts, ...car } });

describe('whatever is told of a car', () => {
  it('a lower price never scores less, until it is too good to be true', () => {
    fc.assert(
      fc.property(anyQuestion, fc.double({ min: 0.3, max: 1.3, noNaN: true }), fc.double({ min: 0.3, max: 1.3, noNaN: true }), (told, a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)].map((share) => asked(told, share));
        if (low === undefined || high === undefined) return;
        fc.pre((low.asking ?? 0) >= tooGoodBelow({ car: low.car, quantiles: quantilesAround(told.value, told.spread) }));
        const [cheap, dear] = [judgeDeal(low, noMinimum).deal, judgeDeal(high, noMinimum).deal];
        expect(cheap?.score.score).toBeGreaterThanOrEqual(dear?.score.score ?? 0);
        expect(cheap?.profit.probability).toBeGreaterThanOrEqual(dear?.profit.probability ?? 0);
      }),
      { numRuns: 500 },
    );
  });

  it('a price that is too good is none at all', () => {
    fc.assert(
      fc.property(anyQuestion, fc.double({ min: 0.01, max: 0.39, noNaN: true }), (told, share) => {
        expect(judgeDeal(asked(told, share), noMinimum).reason).toBe('excluded');
      }),
    );
  });

  it('the same question has the same answer, and its numbers keep their bounds', () => {
    fc.assert(
      fc.property(anyQuestion, fc.double({ min: 0.1, max: 1.5, noNaN: true }), (told, share) => {
        const question = asked(told, share);
        const one = judgeDeal(question, usualMinimum);
        expect(judgeDeal(structuredClone(question), usualMinimum)).toEqual(one);
        expect(one.deal?.score.score).toBeGreaterThanOrEqual(0);
        expect(one.deal?.score.score).toBeLessThanOrEqual(100);
        expect(one.deal?.confidence).toBeGreaterThanOrEqual(0);
        expect(one.deal?.confidence).toBeLessThanOrEqual(1);
        expect(one.deal?.risks.every(({ weight }) => weight > 0 && weight <= 1)).toBe(true);
      }),
    );
  });

  it('more that speaks against it never scores more', () => {
    const plain = deal(1_600_000);
    const worse = deal(1_600_000, { car: { relistCount: 2, vin: null } });
    expect(risksOf({ ...worse, asking: 1_600_000, quantiles: quantilesAround(2_000_000), costs: { width: 0, unknown: [] } })).toHaveLength(2);
    expect(score(worse)).toBeLessThan(score(plain));
  });
});

it('whatever is looked up last makes no deal of what could not be one, and changes nothing of why it is none', () => {
  const opinion = fc.option(fc.record({ of: fc.constantFrom('comparables' as const, 'outside' as const), value: fc.integer({ min: 100_000, max: 6_000_000 }), effective: fc.double({ min: 0, max: 60, noNaN: true }) }));
  const days = fc.option(fc.integer({ min: 0, max: 500 }));
  let [hopeful, hopeless] = [0, 0];
  fc.assert(
    fc.property(fc.integer({ min: 1_000_000, max: 2_200_000 }), fc.constantFrom('model' as const, 'hedonic' as const), opinion, days, days, (asking, method, secondOpinion, daysOfSupply, daysToSell) => {
      const before = deal(asking, { method, secondOpinion: null, daysOfSupply: null });
      const { reason } = judge(deal(asking, { method, secondOpinion, daysOfSupply, daysToSell }));
      if (mayBeDeal(before, usualMinimum)) {
        hopeful += 1;
        return;
      }
      hopeless += 1;
      expect(reason).not.toBeNull();
      expect(reason === 'excluded').toBe(judge(before).reason === 'excluded');
    }),
    { numRuns: 500 },
  );
  expect(Math.min(hopeful, hopeless)).toBeGreaterThan(50);
});
