import fc from 'fast-check';
import { costLine as line, costsOf, inEurope as eu, inState, noticed as refusal } from '../../testing/cost-question';
import { shippedRules } from './data';
import { landedCost } from './landed';
import { maxBid } from './max-bid';
import type { CostQuestion } from './question';
import { type CostRule, holdsOn, rulesFor } from './rules';
import { isNewMeansOfTransport, marginTax } from './vat';

const question = costsOf.question({});

describe('sales tax, worked by hand', () => {
  it.each<[string, Partial<CostQuestion>, number | [number, number]]>([
    // 20,000.00 × 6.25 % = 1,250.00
    ['Texas', inState('TX'), 125_000],
    // (20,000 − 5,000) × 6.25 % = 937.50
    ['Texas with a trade-in', inState('TX', { tradeIn: 500_000 }), 93_750],
    // 20,000 × 7.25 % = 1,450.00; what is traded in is taxed
    ['California with a trade-in', inState('CA', { tradeIn: 500_000 }), 145_000],
    // 20,000 × 7 % = 1,400.00
    ['Georgia', inState('GA'), 140_000],
    // 5 % of 20,000 would be 1,000.00; at most 500.00
    ['South Carolina', inState('SC'), 50_000],
    // 5 % of 9,999.99 = 499.9995, half a cent up
    ['South Carolina below its cap', inState('SC', { price: 999_999 }), 50_000],
    // 5 % of 9,999.80 = 499.99
    ['South Carolina a little lower', inState('SC', { price: 999_980 }), 49_999],
    // 4.15 % of 1,500 = 62.25; at least 75.00
    ['Virginia, a cheap car', inState('VA', { price: 150_000 }), 7_500],
    // 4.15 % of 20,000 = 830.00
    ['Virginia', inState('VA'), 83_000],
    // 50,000 × 6.35 % = 3,175.00; one cent more is taxed at 7.75 % as a whole: 3,875.000775
    ['Connecticut at the edge', inState('CT', { price: 5_000_000 }), 317_500],
    ['Connecticut beyond the edge', inState('CT', { price: 5_000_001 }), 387_500],
    // 12,345.67 × 6.875 % = 848.764812…
    ['Minnesota', inState('MN', { price: 1_234_567 }), 84_876],
    // (20,000 − 12,000) × 6 % = 480.00, though 15,000 are traded in
    ['Michigan, more traded in than counts', inState('MI', { tradeIn: 1_500_000 }), 48_000],
    // 20,000 × 1.25 % = 250.00, or (20,000 − 5,000) × 1.25 % = 187.50: it depends
    ['Oklahoma with a trade-in', inState('OK', { tradeIn: 500_000 }), [18_750, 25_000]],
    // A used one has nothing taken off: 20,000 × 5.75 % = 1,150.00
    ['Ohio, a used car with a trade-in', inState('OH', { tradeIn: 500_000 }), 115_000],
    // «Partly», and nobody says what part: (20,000 − 5,000) × 6 % = 900.00, or 1,200.00
    ['Kentucky with a trade-in', inState('KY', { tradeIn: 500_000, isNew: true }), [90_000, 120_000]],
    // Below 4,000 exempt; from 4,000 3.5 %: 140.00; 9,999.99 × 3.5 % = 349.99965; from 10,000 6.5 %: 650.00
    ['Arkansas, a cheap used car', inState('AR', { price: 399_999 }), 0],
    ['Arkansas at 4,000', inState('AR', { price: 400_000 }), 14_000],
    ['Arkansas below 10,000', inState('AR', { price: 999_999 }), 35_000],
    ['Arkansas at 10,000', inState('AR', { price: 1_000_000 }), 65_000],
    // A new one: 3,999.99 × 6.5 % = 259.99935
    ['Arkansas, a cheap new car', inState('AR', { price: 399_999, isNew: true }), 26_000],
    // 20,000 × 0.5 % = 100.00, and a used one nothing
    ['Oregon, new', inState('OR', { isNew: true }), 10_000],
    ['Oregon, used', inState('OR'), 0],
    // 4.15 % of 1,807.22 = 74.99963 and of 1,807.24 = 75.00046: both 75.00; of 1,807.35 = 75.005025, up to 75.01
    ['Virginia just below its least', inState('VA', { price: 180_722 }), 7_500],
    ['Virginia just above it', inState('VA', { price: 180_735 }), 7_501],
    // (60,000 − 10,000) is at the edge, not beyond it: 50,000 × 6.35 % = 3,175.00
    ['Connecticut, brought to the edge by a trade-in', inState('CT', { price: 6_000_000, tradeIn: 1_000_000 }), 317_500],
    // 30,000 × 6.8 % = 2,040.00; × 7 % = 2,100.00
    ['Washington', inState('WA', { price: 3_000_000 }), [204_000, 210_000]],
    // Next year 13,000 may be taken off: (20,000 − 13,000) × 6 % = 420.00
    ['Michigan next year', inState('MI', { tradeIn: 1_500_000, day: '2027-01-01' }), 42_000],
    ['Michigan on the last day of this year', inState('MI', { tradeIn: 1_500_000, day: '2026-12-31' }), 48_000],
    // More is traded in than it costs: nothing is left to tax
    ['Texas, a dearer trade-in', inState('TX', { tradeIn: 2_500_000 }), 0],
    ['Texas, for nothing', inState('TX', { price: 0 }), 0],
    // A new one has it taken off: 15,000 × 5.75 % = 862.50
    ['Ohio, a new car with a trade-in', inState('OH', { tradeIn: 500_000, isNew: true }), 86_250],
    ['Montana', inState('MT'), 0],
    // By weight: 0 to 10 %
    ['the District of Columbia', inState('DC'), [0, 200_000]],
  ])('%s', (_name, more, expected) => {
    expect(line(more, 'sales_tax')).toEqual(expected);
  });

  it.each<[string, Partial<CostQuestion>, string, number | [number, number] | null]>([
    // The first 5,000 only: 1.5 % of it is 75.00
    ['Florida, county at 1.5 %', inState('FL', { localRate: '1.5' }), 'local_tax', 7_500],
    ['Florida, nobody told the county', inState('FL'), 'local_tax', [0, 7_500]],
    // 20,000 × 2.25 % = 450.00
    ['California, county at 2.25 %', inState('CA', { localRate: '2.25' }), 'local_tax', 45_000],
    ['California, nobody told the county', inState('CA'), 'local_tax', null],
    // 1,600 × 2.75 % = 44.00; and the state's 2.75 % of what lies between 1,600 and 3,200: 44.00
    ['Tennessee', inState('TN', { localRate: '2.75' }), 'local_tax', 4_400],
    ['Tennessee, the part above', inState('TN'), 'single_article_tax', 4_400],
    // 2,400.01 − 1,600 = 800.01 × 2.75 % = 22.000275
    ['Tennessee, part of it', inState('TN', { price: 240_001 }), 'single_article_tax', 2_200],
    // 20.00 for the first 1,500, then 18,500 × 3.25 % = 601.25
    ['Oklahoma’s excise, used', inState('OK'), 'excise_tax', 62_125],
    // 20,000 × 3.25 % = 650.00
    ['Oklahoma’s excise, new', inState('OK', { isNew: true }), 'excise_tax', 65_000],
    ['Oklahoma’s excise, a cheap one', inState('OK', { price: 150_000 }), 'excise_tax', 2_000],
    ['Arkansas, where the state takes nothing', inState('AR', { localRate: '3', price: 399_999 }), 'local_tax', 0],
    // The first 2,500 × 3 % = 75.00
    ['Arkansas', inState('AR', { localRate: '3' }), 'local_tax', 7_500],
    // 8 % of what is above 102,000: of 150,000 that is 3,840.00
    ['Washington, luxury', inState('WA', { price: 15_000_000 }), 'luxury_tax', 384_000],
    ['Minnesota, a dealer’s papers', inState('MN', { seller: 'dealer_vat', price: 200_000 }), 'doc_fee', [0, 20_000]],
    ['Minnesota, a dear car’s papers', inState('MN', { seller: 'dealer_vat' }), 'doc_fee', [0, 35_000]],
    ['California’s cap', inState('CA', { seller: 'dealer_vat' }), 'doc_fee', [0, 8_500]],
    ['Florida has no cap', inState('FL', { seller: 'dealer_vat' }), 'doc_fee', null],
    // 225.00 the first time, and 14.50 to 32.50 a year
    ['Florida’s registration', inState('FL'), 'registration_fee', [23_950, 25_750]],
    // 74.00 and 0.65 % of 20,000
    ['California’s registration', inState('CA'), 'registration_fee', 20_400],
    ['Georgia’s registration', inState('GA'), 'registration_fee', 2_000],
    ['New York’s registration goes by weight', inState('NY'), 'registration_fee', null],
    ['Illinois, where tables are not sure', inState('IL', { seller: 'dealer_vat' }), 'doc_fee', [0, 37_800]],
    ['Texas’ registration', inState('TX'), 'registration_fee', null],
    ['Florida’s title', inState('FL'), 'title_fee', 8_525],
    ['Florida’s title of a new car', inState('FL', { isNew: true }), 'title_fee', 7_525],
    ['Washington’s title, to which counties add', inState('WA'), 'title_fee', null],
  ])('%s', (_name, more, code, expected) => {
    expect(line(more, code)).toEqual(expected);
  });

  it('has no luxury tax at its edge', () => {
    expect(line(inState('WA', { price: 10_200_000 }), 'luxury_tax')).toBeUndefined();
    expect(line(inState('WA', { price: 10_200_100 }), 'luxury_tax')).toBe(8);
  });
});

describe('value added tax, worked by hand', () => {
  it.each<[string, Partial<CostQuestion>, number]>([
    ['a private seller', eu('DE'), 0],
    ['the margin scheme', eu('DE', { seller: 'dealer_margin' }), 0],
    // 20,000 × 19 % = 3,800.00
    ['a dealer at home', eu('DE', { seller: 'dealer_vat' }), 380_000],
    ['a business across the border with a number', eu('IT', { seller: 'dealer_vat', buyer: 'business', buyerVatId: true }), 0],
    // 3,000 km: new, so 22 % where it arrives, even from a private seller: 4,400.00
    ['a new car to Italy', eu('IT', { mileageKm: 3_000 }), 440_000],
    ['a new car to Hungary, by its age', eu('HU', { firstRegistration: '2026-08-19', seller: 'dealer_margin' }), 540_000],
    // 25.5 % of 19,999.99 = 5,099.99745
    ['Finland', eu('FI', { origin: 'FI', seller: 'dealer_vat', price: 1_999_999 }), 510_000],
    ['a dealer to a private buyer abroad', eu('FR', { seller: 'dealer_vat' }), 400_000],
    // 4,999.50 × 21 % = 1,049.895, half a cent up
    ['Spain, half a cent', eu('ES', { origin: 'ES', seller: 'dealer_vat', price: 499_950 }), 104_990],
    // A new car is taxed where it arrives, also for a business with a number: 20,000 × 23 % = 4,600.00
    ['a new car to a business in Portugal', eu('PT', { mileageKm: 6_000, seller: 'dealer_vat', buyer: 'business', buyerVatId: true }), 460_000],
    ['a new car that stays', eu('DE', { mileageKm: 10, seller: 'dealer_margin' }), 0],
  ])('%s', (_name, more, expected) => {
    expect(line(more, 'vat')).toBe(expected);
  });

  it('inside a margin of 2,990 at 19 % it is 477.39', () => {
    expect(marginTax(1_600_000, 1_899_000, '19')).toBe(47_739);
    expect(marginTax(1_899_000, 1_600_000, '19')).toBe(0);
  });

  it('knows how new a new car is', () => {
    const at = (firstRegistration: string | null, mileageKm: number | null, day = '2026-11-27') => isNewMeansOfTransport({ isNew: false, firstRegistration, mileageKm, day });
    // Six months are calendar months: from the 27th of May to the 27th of November, though these are 184 days.
    expect([at('2026-05-27', 90_000), at('2026-05-26', 6_000), at('2026-05-26', 6_001), at(null, 6_000), at(null, 9_000)]).toEqual([true, true, false, true, null]);
    // Six months from the last of August end with February, in a leap year too; from 29 February on 29 August.
    expect([at('2026-08-31', 90_000, '2027-02-28'), at('2026-08-31', 90_000, '2027-03-01'), at('2027-08-31', 90_000, '2028-02-29'), at('2027-08-31', 90_000, '2028-03-01')]).toEqual([true, false, true, false]);
    expect([at('2028-02-29', 90_000, '2028-08-29'), at('2028-02-29', 90_000, '2028-08-30')]).toEqual([true, false]);
    expect(isNewMeansOfTransport({ isNew: true, firstRegistration: null, mileageKm: null, day: '2026-11-27' })).toBe(true);
  });

  it('is a range where nobody told how new a car is that crosses a border', () => {
    expect(line(eu('IT', { firstRegistration: null, mileageKm: 9_000 }), 'vat')).toEqual([0, 440_000]);
    // Taxed where it arrives in both cases
    expect(line(eu('IT', { firstRegistration: null, mileageKm: 9_000, seller: 'dealer_vat' }), 'vat')).toBe(440_000);
    expect(line(eu('DE', { firstRegistration: null, mileageKm: 9_000 }), 'vat')).toBe(0);
  });

  it('of a margin is told beside the total, to the dealer who asks', () => {
    const { inside, total } = costsOf(eu('DE', { seller: 'dealer_margin', price: 1_899_000, boughtFor: 1_600_000 }));
    expect(inside.map(({ code, amount }) => [code, amount?.most])).toEqual([['margin_vat', 47_739]]);
    // And 16.70 to 74.00 for papers and plates
    expect(total).toEqual({ least: 1_900_670, most: 1_906_400 });
    expect(costsOf(eu('DE', { seller: 'private', boughtFor: 1_600_000 })).inside).toEqual([]);
  });
});

describe('an auction’s fees, worked by hand', () => {
  const at = (dollars: number, more: Partial<NonNullable<CostQuestion['auction']>> = {}) => ({
    price: Math.round(dollars * 100),
    seller: 'auction' as const,
    auction: { house: 'COPART' as const, tier: 'standard' as const, bid: 'live' as const, title: null, ...more },
  });
  it.each<[number, 'standard' | 'high_volume', number, number]>([
    [49.99, 'standard', 0, 0],
    [49.99, 'high_volume', 100, 0],
    [50, 'standard', 2_500, 0],
    [1_499.99, 'standard', 43_000, 8_500],
    [1_500, 'standard', 44_500, 9_500],
    [1_500, 'high_volume', 31_500, 9_500],
    [14_999.99, 'standard', 100_000, 16_000],
    // 7.5 % of 15,000
    [15_000, 'standard', 112_500, 16_000],
    // 6 % of 20,000.01 = 1,200.0006
    [20_000.01, 'high_volume', 120_000, 16_000],
  ])('hammer %d, %s', (dollars, tier, buyer, bid) => {
    expect([line(at(dollars, { tier }), 'auction_buyer_fee'), line(at(dollars, { tier }), 'auction_bid_fee')]).toEqual([buyer, bid]);
  });

  it('with gate, environment and title', () => {
    const { lines } = costsOf(at(1_000));
    expect(lines.filter(({ code }) => ['gate_fee', 'environmental_fee', 'title_handling_fee'].includes(code)).map(({ amount }) => amount?.least)).toEqual([9_500, 1_500, 2_000]);
    expect(line(at(500, { bid: 'proxy', house: 'IAAI' }), 'auction_bid_fee')).toBe(5_500);
  });

  it('has no table for clean titles at Copart, and the same one at the other house', () => {
    expect(refusal(at(1_500, { title: 'clean' }))).toBe('no_rule');
    expect(line(at(1_500, { title: 'non_clean' }), 'auction_buyer_fee')).toBe(44_500);
    expect(line(at(1_500, { title: 'clean', house: 'IAAI' }), 'auction_buyer_fee')).toBe(44_500);
  });

  it('takes its fees in dollars, whatever the price is in', () => {
    expect(refusal({ ...at(1_500), currency: 'EUR', origin: null, destination: { country: 'DE', region: null } })).toBe('no_rule');
  });
});

describe('transport and the broker', () => {
  it.each<[number, number]>([[50, 0], [51, 22_550], [300, 35_000], [301, 39_565], [1_000, 85_000]])('%d miles', (miles, expected) => {
    expect(line({ miles }, 'transport')).toBe(expected);
  });

  it('is a range where tables give one, costs more in a closed trailer, and is unknown without a distance', () => {
    expect(line({ miles: 400, transportMethod: 'bands' }, 'transport')).toEqual([40_000, 60_000]);
    expect(line({ miles: 1_000, enclosed: true }, 'transport_enclosed')).toEqual([34_000, 51_000]);
    expect(line({ miles: null }, 'transport')).toBeNull();
    expect(costsOf({ miles: null }).unknown).toContain('transport');
  });

  it('is within its bounds', () => {
    const fee = (price: number) => line({ price, brokerFee: true }, 'broker_fee');
    expect([fee(500_000), fee(2_000_000), fee(20_000_000)]).toEqual([35_000, 60_000, 250_000]);
    // 350.00 is 3 % of 11,666.67; of 11,666.83 it is 350.0049; of 11,666.84 350.0052, up to 350.01
    expect([fee(1_166_683), fee(1_166_684)]).toEqual([35_000, 35_001]);
    const abroad = (currency: 'EUR' | 'PLN') => line({ currency, origin: 'DE', destination: { country: 'DE', region: null }, brokerFee: true, price: 500_000 }, 'broker_fee');
    expect([abroad('EUR'), abroad('PLN')]).toEqual([35_000, null]);
  });
});

describe('what there is no rule for', () => {
  it('is refused', () => {
    expect(refusal(inState('PR'))).toBe('no_rule');
    expect(refusal({ destination: { country: 'US', region: null } })).toBe('no_rule');
    expect(refusal({ destination: { country: 'CH', region: null }, currency: 'EUR', origin: 'DE' })).toBe('no_rule');
    expect(refusal({ destination: { country: 'DE', region: null }, currency: 'EUR', origin: 'US' })).toBe('no_rule');
    expect(refusal({ currency: 'EUR' })).toBe('no_rule');
    expect(refusal({ day: '2025-06-01' })).toBe('no_rule');
    expect(refusal({ origin: 'DE' })).toBe('no_rule');
    expect(refusal({ destination: { country: 'IT', region: null }, currency: 'EUR', origin: 'DE', seller: 'dealer_vat', buyer: 'business' })).toBe('no_rule');
    // What the first specification said of Georgia is kept, and is never enough for an answer.
    expect(refusal({ day: '2025-12-31', ...inState('GA') })).toBe('no_rule');
  });

  it('is not taken from a rule that no longer holds', () => {
    expect(rulesFor(shippedRules, 'doc_fee_cap', 'US-FL', '2026-11-27')).toEqual([]);
    expect(rulesFor(shippedRules, 'doc_fee_cap', 'US-FL', '2024-02-29')).toHaveLength(1);
    const rule = { ...(rulesFor(shippedRules, 'vat', 'DE', '2026-11-27')[0] ?? shippedRules[0]), validFrom: '2026-01-01', validTo: '2028-02-29' };
    if (rule.key === undefined) throw new Error('no rule');
    const whole = { ...shippedRules[0], ...rule } as (typeof shippedRules)[number];
    expect(['2025-12-31', '2026-01-01', '2028-02-28', '2028-02-29'].map((day) => holdsOn(whole, day))).toEqual([false, true, true, false]);
  });
});

describe('rules as data', () => {
  it('have keys of their own, and a rate for each state and member', () => {
    expect(new Set(shippedRules.map(({ key, validFrom }) => `${key} ${validFrom}`)).size).toBe(shippedRules.length);
    const now = (kind: 'sales_tax' | 'vat') => new Set(shippedRules.filter((rule) => rule.terms.kind === kind && holdsOn(rule, '2026-11-27')).map(({ jurisdiction }) => jurisdiction)).size;
    expect([now('sales_tax'), now('vat')]).toEqual([51, 27]);
  });
});

describe('the highest bid for a limit', () => {
  const auction = { house: 'COPART', tier: 'standard', bid: 'live', title: null } as const;
  const asked: CostQuestion = { ...question, ...inState('CT'), seller: 'auction', auction, miles: 400, brokerFee: true };
  const totalOf = (ask: CostQuestion) => (price: number): number => {
    const landed = landedCost({ ...ask, price }, shippedRules);
    return landed.ok ? landed.value.total.most : Infinity;
  };

  it('costs no more than the limit, and no higher bid does', () => {
    const states = fc.constantFrom('CT', 'AR', 'TN', 'WA', 'MI', 'SC', 'VA', 'OK');
    const more = fc.record({ region: states, house: fc.constantFrom('COPART' as const, 'IAAI' as const), tier: fc.constantFrom('standard' as const, 'high_volume' as const), tradeIn: fc.constantFrom(0, 300_000, 1_500_000), isNew: fc.boolean() });
    fc.assert(
      fc.property(fc.integer({ min: 100_000, max: 8_000_000 }), more, (limit, { region, house, tier, tradeIn, isNew }) => {
        const ask: CostQuestion = { ...asked, ...inState(region), tradeIn, isNew, auction: { ...auction, house, tier } };
        const total = totalOf(ask);
        const found = maxBid(ask, limit, shippedRules);
        if (!found.ok) return total(0) > limit;
        const { bid } = found.value;
        // Jumps make totals fall back: the next cents, everything near the steps above, and a grid up to the limit must be too dear.
        const near = [50_000, 100_000, 400_000, 1_000_000, 1_500_000, 5_000_000, 10_200_000].flatMap((step) => [step - 1, step, step + 1, step + tradeIn, step + tradeIn + 1, step + 1_200_000]);
        const grid = Array.from({ length: 60 }, (_, index) => bid + Math.ceil(((limit - bid) * (index + 1)) / 60));
        const above = [...Array.from({ length: 50 }, (_, index) => bid + 1 + index), ...near, ...grid].filter((price) => price > bid);
        return total(bid) <= limit && above.every((price) => total(price) > limit);
      }),
      { numRuns: 200 },
    );
  });

  it('stops short of a step that would cost more than the limit', () => {
    // At 14,999.99 the house takes 1,000.00, at 15,000 it takes 1,125.00: limits in between stop one cent before the step.
    const ask: CostQuestion = { ...question, ...inState('MT'), seller: 'auction', auction };
    const total = totalOf(ask);
    const found = maxBid(ask, total(1_499_999) + 5_000, shippedRules);
    expect(found.ok && found.value.bid).toBe(1_499_999);
    const more = maxBid(ask, total(1_500_000), shippedRules);
    expect(more.ok && more.value.bid).toBe(1_500_000);
  });

  it('is the higher of two where the total falls back beyond a jump', () => {
    const falling = shippedRules.map((rule): CostRule => {
      const { terms } = rule;
      return rule.key === 'copart-buyer-standard' && terms.kind === 'auction_buyer_fee' ? { ...rule, terms: { ...terms, steps: [{ from: 0, fee: 90_000 }, { from: 1_000_000, fee: 10_000 }] } } : rule;
    });
    const ask: CostQuestion = { ...question, ...inState('MT'), seller: 'auction', auction };
    const at = (price: number): number => {
      const landed = landedCost({ ...ask, price }, falling);
      return landed.ok ? landed.value.total.most : Infinity;
    };
    // 9,500 with the dear fee costs more than 10,100 with the cheap one.
    expect(at(950_000)).toBeGreaterThan(at(1_010_000));
    const found = maxBid(ask, at(1_010_000), falling);
    expect(found.ok && found.value.bid).toBe(1_010_000);
  });

  it('is refused where even nothing would cost more', () => {
    expect(maxBid(asked, 1_000, shippedRules)).toMatchObject({ ok: false, error: { code: 'validation_failed', errors: [{ pointer: '/limit' }] } });
  });
});
