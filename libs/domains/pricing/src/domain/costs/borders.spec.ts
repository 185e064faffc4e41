import { costLine, costsOf, inEurope, inState, noticed } from '../../testing/cost-question';
import { shippedRules } from './data';
import { landedCost } from './landed';
import type { CostRule } from './rules';

describe('what was not told of a car that crosses a border', () => {
  it.each<[string, Parameters<typeof costLine>[0], number | [number, number]]>([
    // Nobody told age or mileage: 0, or 20,000 × 22 % = 4,400.00
    ['whether it is new', inEurope('IT', { firstRegistration: null, mileageKm: null }), [0, 440_000]],
    ['whether it is new, in the margin scheme', inEurope('IT', { firstRegistration: null, seller: 'dealer_margin' }), [0, 440_000]],
    ['whether it is new, where all the same is due', inEurope('IT', { firstRegistration: null, seller: 'dealer_vat' }), 440_000],
    ['from where a new one comes', inEurope('IT', { origin: null, mileageKm: 10 }), [0, 440_000]],
    ['from where an old one comes', inEurope('IT', { origin: null }), 0],
    ['whether it crosses at all', inEurope('IT', { origin: null, seller: 'dealer_vat', buyer: 'business', buyerVatId: true }), [0, 440_000]],
    ['nothing that matters', inEurope('DE', { firstRegistration: null, mileageKm: null }), 0],
  ])('%s', (_what, more, expected) => {
    expect(costLine(more, 'vat')).toEqual(expected);
  });

  it('is refused where there is no rule for one of the ways', () => {
    const business = inEurope('IT', { seller: 'dealer_vat', buyer: 'business' });
    expect([noticed({ ...business, origin: null }), noticed({ ...business, mileageKm: null }), noticed({ ...business, mileageKm: 10 })]).toEqual(['no_rule', 'no_rule', 'answered']);
  });

  it('is in the total as a range', () => {
    expect(costsOf(inEurope('IT', { firstRegistration: null }))).toMatchObject({ total: { least: 2_000_000, most: 2_440_000 }, isExact: false });
  });
});

describe('what is of another place or money', () => {
  const auction = { house: 'COPART', tier: 'standard', bid: 'live', title: null } as const;
  it('is refused', () => {
    expect(noticed(inState('TX', { origin: 'DE', miles: 5_000 }))).toBe('no_rule');
    // The fee table is in dollars: its 850 is no 850 euros.
    expect(noticed(inEurope('DE', { auction, seller: 'auction' }))).toBe('no_rule');
  });

  it('takes a house’s table in the money that is asked in, where there is one', () => {
    const inEuros = shippedRules.flatMap((rule): CostRule[] => (rule.jurisdiction === 'COPART' ? [rule, { ...rule, key: `${rule.key}-eur`, currency: 'EUR', validFrom: '2026-06-01' }] : [rule]));
    const of = (more: Parameters<typeof costLine>[0]) => {
      const landed = landedCost(costsOf.question(more), inEuros);
      return landed.ok ? landed.value.lines.filter(({ rule }) => rule?.jurisdiction === 'COPART').map(({ rule }) => rule?.currency) : landed.error.code;
    };
    expect(of(inState('TX', { auction, seller: 'auction' }))).toEqual(['USD', 'USD', 'USD', 'USD', 'USD']);
    expect(of(inEurope('DE', { auction, seller: 'auction' }))).toEqual(['EUR', 'EUR', 'EUR', 'EUR', 'EUR']);
  });

  it('has the broker’s fee in its own money, or none that is known', () => {
    expect(costLine(inEurope('DE', { price: 100_000, brokerFee: true }), 'broker_fee')).toBe(35_000);
    expect(costLine(inEurope('PL', { currency: 'PLN', origin: 'PL', brokerFee: true }), 'broker_fee')).toBeNull();
    expect(costsOf(inEurope('PL', { currency: 'PLN', origin: 'PL', brokerFee: true })).unknown).toContain('broker_fee');
  });
});

describe('extras of transport', () => {
  it('are a share of the way’s price, nothing nearby, and unknown where no rule says how much', () => {
    // 200 + 1,000 × 0.65 = 850.00; 40 % are 340.00, 60 % are 510.00
    expect(costLine({ miles: 1_000, enclosed: true }, 'transport_enclosed')).toEqual([34_000, 51_000]);
    expect(costLine({ miles: 50, enclosed: true, inoperable: true }, 'transport_enclosed')).toBeUndefined();
    // A winch costs 150 to 500 dollars, however far the way is
    expect([51, 1_000].map((miles) => costLine({ miles, inoperable: true }, 'transport_inoperable'))).toEqual([[15_000, 50_000], [15_000, 50_000]]);
    const untold = landedCost(costsOf.question({ miles: 1_000, inoperable: true }), shippedRules.filter(({ terms }) => terms.kind !== 'transport_extra'));
    expect(untold.ok && untold.value.unknown).toContain('transport_inoperable');
  });
});
