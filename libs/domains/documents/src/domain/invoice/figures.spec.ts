import { netOfTax, standardVatRate, taxOn } from '@autobroker/kernel';
import fc from 'fast-check';
import { germanTerms, italianBusiness } from '../../testing/sample-papers';
import { creditFigures, invoiceFigures, paidBy, payable, prepaymentFigures, type Figures, type PriceLine } from './figures';
import { isNewTransport, type SaleTerms } from './treatment';

const german: SaleTerms = { ...germanTerms, sellerKind: 'private' };
const eur = (...lines: PriceLine[]) => ({ currency: 'EUR' as const, lines });
const line = (code: string, amount: number, payee: PriceLine['payee']): PriceLine => ({ code, amount, payee });

function figures(terms: Partial<SaleTerms>, ...lines: PriceLine[]): Figures {
  const made = invoiceFigures({ ...german, ...terms }, eur(...lines));
  if (!made.ok) throw new Error(made.error.detail);
  if (made.value === null) throw new Error('nothing to invoice');
  return made.value;
}
const row = ({ net, tax, rounding, total, due }: Figures) => [net, tax, rounding, total, due];

describe('what a broker invoices', () => {
  it('as the buyer’s agent: its fee of 569.70 and 19 % of it, 108.24; the car is the seller’s business', () => {
    const made = figures({}, line('price', 1_899_000, 'seller'), line('broker_fee', 56_970, 'broker'), line('vat', 0, 'authority'), line('broker_fee_vat', 10_824, 'authority'));
    expect(made).toMatchObject({ treatment: 'standard', lines: [{ code: 'broker_fee', net: 56_970, category: 'S', rate: 1_900 }], taxes: [{ category: 'S', rate: 1_900, basis: 56_970, tax: 10_824 }] });
    expect(row(made)).toEqual([56_970, 10_824, 0, 67_794, 67_794]);
    expect(made.passedThrough.map(({ code, amount }) => [code, amount])).toEqual([['price', 1_899_000]]);
    expect(payable(made) + 1_899_000).toBe(made.orderTotal);
  });

  it('as an agent for a business in another member state: the fee alone, which the buyer taxes at home', () => {
    const made = figures(italianBusiness, line('price', 1_899_000, 'seller'), line('broker_fee', 56_970, 'broker'), line('broker_fee_vat', 0, 'authority'));
    expect(made).toMatchObject({ treatment: 'reverse_charge', taxes: [{ category: 'AE', rate: 0, basis: 56_970, tax: 0 }], total: 56_970 });
  });

  it('in its own name a used car without tax shown: 18,990.00 under the margin scheme, whose 477.39 of tax stands nowhere', () => {
    const made = figures({ capacity: 'dealer', sellerKind: 'dealer_margin' }, line('price', 1_899_000, 'broker'), line('vat', 0, 'authority'));
    expect(made).toMatchObject({ treatment: 'margin', taxes: [{ category: 'E', rate: 0, basis: 1_899_000, tax: 0 }], total: 1_899_000 });
    expect(JSON.stringify(made)).not.toContain('47739');
  });

  it('in its own name a car with tax shown: 15,957.98 and 3,032.02 make 18,990.00', () => {
    const made = figures({ capacity: 'commissionaire', sellerKind: 'dealer_vat' }, line('price', 1_595_798, 'broker'), line('vat', 303_202, 'authority'));
    expect(made.treatment).toBe('standard');
    expect(row(made)).toEqual([1_595_798, 303_202, 0, 1_899_000, 1_899_000]);
  });

  it('to a business in another member state: within the community, without tax', () => {
    const made = figures({ ...italianBusiness, capacity: 'dealer', sellerKind: 'dealer_vat' }, line('price', 1_595_798, 'broker'), line('vat', 0, 'authority'));
    expect(made).toMatchObject({ treatment: 'intra_community', taxes: [{ category: 'K', tax: 0 }], total: 1_595_798 });
  });

  it('to a private buyer in Italy with tax shown: at the Italian rate of 22 %', () => {
    const made = figures({ capacity: 'dealer', sellerKind: 'dealer_vat', destination: 'IT', buyer: { country: 'IT', vatId: null } }, line('price', 1_595_798, 'broker'), line('vat', 351_076, 'authority'));
    expect(made).toMatchObject({ treatment: 'standard', taxes: [{ rate: 2_200, tax: 351_076 }] });
  });

  it('a car of four months that a private buyer takes to Italy: without tax here; what is due there passes through', () => {
    const made = figures({ capacity: 'dealer', sellerKind: 'private', firstRegistration: '2026-07-20', destination: 'IT', buyer: { country: 'IT', vatId: null } }, line('price', 3_000_000, 'broker'), line('vat', 660_000, 'authority'));
    expect(made).toMatchObject({ treatment: 'new_transport', total: 3_000_000, passedThrough: [{ code: 'vat', amount: 660_000 }], orderTotal: 3_660_000 });
  });

  it('fees that were agreed have their tax inside: 99.99 is 84.03 and 15.97, and a cent less to pay', () => {
    const made = figures({}, line('broker_fee', 56_970, 'broker'), line('broker_fee_vat', 10_824, 'authority'), line('valet', 9_999, 'broker'));
    // 569.70 + 84.03 = 653.73; 19 % of it 124.21 (124.2087); asked were 677.94 + 99.99 = 777.93
    expect(row(made)).toEqual([65_373, 12_421, -1, 77_794, 77_793]);
  });

  it('in America: what it sells, and the sales tax as a line', () => {
    const made = figures({ capacity: 'dealer', broker: { country: 'US', vatId: null }, buyer: { country: 'US', vatId: null }, destination: 'US' }, line('price', 1_000_000, 'broker'), line('sales_tax', 60_000, 'authority'));
    expect(made).toMatchObject({ treatment: 'outside', total: 1_060_000, taxes: [], passedThrough: [] });
  });

  it('nothing, where the seller pays the agent', () => {
    expect(invoiceFigures({ ...german, capacity: 'seller_agent' }, eur(line('price', 1_899_000, 'seller'), line('vat', 0, 'authority')))).toEqual({ ok: true, value: null });
  });

  it.each<[string, SaleTerms, PriceLine[]]>([
    ['a cent too much', german, [line('broker_fee', 56_970, 'broker'), line('broker_fee_vat', 10_825, 'authority')]],
    ['no tax where it is due', { ...german, capacity: 'dealer', sellerKind: 'dealer_vat', mileageKm: 10_000 }, [line('price', 100, 'broker'), line('vat', 20, 'authority')]],
    ['tax under the margin scheme', { ...german, capacity: 'dealer' }, [line('price', 100, 'broker'), line('vat', 19, 'authority')]],
    ['tax on nothing', german, [line('price', 100, 'seller'), line('broker_fee_vat', 19, 'authority')]],
  ])('nothing, and says so, when the price has %s', (_, terms, lines) => {
    expect(invoiceFigures(terms, eur(...lines))).toMatchObject({ ok: false, error: { code: 'conflict' } });
  });
});

describe('parts and corrections of an invoice', () => {
  const whole = figures({ capacity: 'dealer', sellerKind: 'dealer_vat' }, line('price', 1_595_798, 'broker'), line('vat', 303_202, 'authority'));

  it('a deposit of 1,899.00 is 1,595.80 and 303.20 of tax, and paid', () => {
    const made = prepaymentFigures(whole, 189_900);
    expect(made).toMatchObject({ lines: [{ code: 'prepayment', net: 159_580 }], tax: 30_320, rounding: 0, total: 189_900, prepaid: 189_900, due: 0 });
  });

  it('under the margin scheme a deposit is no reason for tax yet', () => {
    expect(prepaymentFigures(figures({ capacity: 'dealer' }, line('price', 100_000, 'broker')), 10_000)).toBeNull();
  });

  it('what is paid is taken off, and a credit note gives all of it back', () => {
    expect(paidBy(whole, 1_899_000)).toMatchObject({ total: 1_899_000, prepaid: 1_899_000, due: 0 });
    expect(creditFigures(paidBy(whole, 1_899_000))).toMatchObject({ total: 1_899_000, prepaid: 0, due: 1_899_000 });
  });
});

describe('cents', () => {
  it('a rate is that of its day', () => {
    expect([standardVatRate('EE', '2025-06-30'), standardVatRate('EE', '2025-07-01'), standardVatRate('FI', '2026-11-20'), standardVatRate('US', '2026-11-20')]).toEqual([2_200, 2_400, 2_550, null]);
  });

  it('half a cent goes up', () => {
    expect([taxOn(50, 1_900), taxOn(250, 2_100), taxOn(-50, 1_900), taxOn(2, 2_550)]).toEqual([10, 53, -10, 1]);
  });

  it('a price taken apart is never more than a cent off, and rounding says which', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100_000_000 }), fc.constantFrom(1_700, 1_900, 2_200, 2_550, 2_700), (gross, rate) => {
        const net = netOfTax(gross, rate);
        expect(Math.abs(net + taxOn(net, rate) - gross)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('what an invoice asks and what passes through are what the buyer agreed to pay', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5_000_000 }), fc.integer({ min: 1, max: 500_000 }), fc.integer({ min: 0, max: 50_000 }), (price, fee, extra) => {
        const made = figures({}, line('price', price, 'seller'), line('broker_fee', fee, 'broker'), line('broker_fee_vat', taxOn(fee, 1_900), 'authority'), line('valet', extra, 'broker'));
        expect(payable(made) + made.passedThrough.reduce((total, { amount }) => total + amount, 0)).toBe(made.orderTotal);
        expect(made.tax).toBe(taxOn(made.net, 1_900));
        expect(Math.abs(made.rounding)).toBeLessThanOrEqual(2);
      }),
    );
  });

  it('new is six months by the calendar or 6,000 km', () => {
    const of = (firstRegistration: string | null, mileageKm: number | null) => isNewTransport({ firstRegistration, mileageKm, day: '2026-11-20' });
    expect([of('2026-05-20', 10_000), of('2026-05-19', 10_000), of('2020-01-01', 6_000), of('2020-01-01', 6_001), of(null, null)]).toEqual([true, false, true, false, false]);
  });
});
