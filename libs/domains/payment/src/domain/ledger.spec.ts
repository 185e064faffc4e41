import { balancesOf, isBalanced, type Journal, postedSaleOf, sale, saleEntries, type SaleLine, type TaxedSale } from './ledger';

const line = (code: string, amount: number, payee: SaleLine['payee'] = 'broker'): SaleLine => ({ code, amount, payee });
const car = line('price', 1_899_000, 'seller');
const fee = [line('broker_fee', 56_970), line('broker_fee_vat', 10_824, 'authority')];
const taxed = (treatment: TaxedSale['treatment'], rate: number, capacity: TaxedSale['capacity'] = 'buyer_agent'): TaxedSale => ({ treatment, rate, capacity });
const agent = taxed('standard', 1_900);
const own = taxed('standard', 1_900, 'commissionaire');

function journalOf(lines: readonly SaleLine[], tax: TaxedSale | null, before: readonly Journal[] = []): Journal | null {
  const journal = sale('o', 'EUR', saleEntries(lines, tax), postedSaleOf(before), before.length + 1);
  if (journal !== null) expect(isBalanced(journal)).toBe(true);
  return journal;
}
const posted = (lines: readonly SaleLine[], tax: TaxedSale | null = null, before: readonly SaleLine[] = []) => {
  const first = before.length === 0 ? null : journalOf(before, tax);
  const journal = journalOf(lines, tax, first === null ? [] : [first]);
  return journal === null ? {} : Object.fromEntries(balancesOf([journal]));
};

describe('what the sale owes to whom', () => {
  it.each([['as the order says', agent], ['by the tax of the fee, where it does not', null]])('has the tax of a service that has it inside with the authority, to the cent of the invoice: %s', (_, tax) => {
    // Invoiced: 653.73 net, 124.21 of tax, a cent of rounding.
    expect(posted([car, ...fee, line('valet', 9_999)], tax)).toEqual({ buyer_receivable: 1_976_793, seller_payable: -1_899_000, commission_revenue: -65_372, vat_payable: -12_421 });
  });

  it('has what was agreed where nobody says how it is taxed, and no tax is shown on the fee', () => {
    expect(posted([car, line('broker_fee', 56_970), line('broker_fee_vat', 0, 'authority'), line('valet', 9_999)])).toEqual({ buyer_receivable: 1_965_969, seller_payable: -1_899_000, commission_revenue: -66_969 });
    expect(posted([car, ...fee])).toEqual({ buyer_receivable: 1_966_794, seller_payable: -1_899_000, commission_revenue: -56_970, vat_payable: -10_824 });
    expect(posted([line('price', 1_899_000)])).toEqual({ buyer_receivable: 1_899_000, commission_revenue: -1_899_000 });
  });

  it('changes by what the price does, and is gone when the sale is', () => {
    const all = [car, ...fee, line('valet', 9_999)];
    expect(posted(all, agent, [car, ...fee])).toEqual({ buyer_receivable: 9_999, commission_revenue: -8_402, vat_payable: -1_597 });
    expect(posted([], agent, all)).toEqual({ buyer_receivable: -1_976_793, seller_payable: 1_899_000, commission_revenue: 65_372, vat_payable: 12_421 });
    expect(journalOf(all, agent, [journalOf(all, agent)].filter((one) => one !== null))).toBeNull();
  });
});

describe('tax that stands in no line of the price', () => {
  it('of an own car at 19 %: 18,990.00 is 15,957.98 and 3,032.02', () => {
    expect(posted([line('price', 1_899_000), line('transport', 45_000, 'carrier')], own)).toEqual({ buyer_receivable: 1_944_000, commission_revenue: -1_595_798, vat_payable: -303_202, seller_payable: -45_000 });
    // With its line it was so before.
    expect(posted([line('price', 1_595_798), line('vat', 303_202, 'authority')], own)).toEqual({ buyer_receivable: 1_899_000, commission_revenue: -1_595_798, vat_payable: -303_202 });
  });

  it('of an own car that a private buyer has in Italy at 22 %: 12,000.00 is 9,836.07 and 2,163.94, a cent less to the broker', () => {
    // 12,000.00 / 1.22 = 9,836.0656; 22 % of 9,836.07 = 2,163.9354: together 12,000.01
    expect(posted([line('price', 1_200_000)], taxed('standard', 2_200, 'dealer'))).toEqual({ buyer_receivable: 1_200_000, commission_revenue: -983_606, vat_payable: -216_394 });
  });

  it('of an agent’s fee without its line at 19 %: 677.94 is 569.70 and 108.24; with a service of 99.99 beside it 124.21', () => {
    expect(posted([car, line('broker_fee', 67_794)], agent)).toEqual({ buyer_receivable: 1_966_794, seller_payable: -1_899_000, commission_revenue: -56_970, vat_payable: -10_824 });
    // 569.70 + 84.03 = 653.73 net, 19 % of it 124.2087
    expect(posted([car, line('broker_fee', 67_794), line('valet', 9_999)], agent)).toEqual({ buyer_receivable: 1_976_793, seller_payable: -1_899_000, commission_revenue: -65_372, vat_payable: -12_421 });
  });

  it.each<[string, TaxedSale, SaleLine[], Record<string, number>]>([
    ['under the margin scheme: nobody says what the car has cost', taxed('margin', 0, 'dealer'), [line('price', 1_899_000)], { buyer_receivable: 1_899_000, commission_revenue: -1_899_000 }],
    ['of a fee for a business in another member state, which taxes it at home', taxed('reverse_charge', 0), [car, line('broker_fee', 56_970), line('valet', 9_999)], { buyer_receivable: 1_965_969, seller_payable: -1_899_000, commission_revenue: -66_969 }],
    ['of a car for a business in another member state', taxed('intra_community', 0, 'dealer'), [line('price', 1_595_798)], { buyer_receivable: 1_595_798, commission_revenue: -1_595_798 }],
    ['of a new car that goes abroad, whose tax passes through', taxed('new_transport', 0, 'dealer'), [line('price', 3_000_000), line('vat', 660_000, 'authority')], { buyer_receivable: 3_660_000, commission_revenue: -3_000_000, vat_payable: -660_000 }],
    ['outside the union', taxed('outside', 0, 'dealer'), [line('price', 1_000_000), line('sales_tax', 60_000, 'authority')], { buyer_receivable: 1_060_000, commission_revenue: -1_000_000, vat_payable: -60_000 }],
  ])('is none %s', (_, tax, lines, sums) => {
    expect(posted(lines, tax)).toEqual(sums);
  });

  it('is put right where a sale was posted by a rule of before, and taken back as it was posted where it was not', () => {
    const lines = [car, ...fee, line('valet', 9_999)];
    // As it was posted then: the valet's 15.97 of tax with the broker.
    const old: Journal = { kind: 'sale', key: 'o:sale:1', currency: 'EUR', paymentId: null, provider: null, providerRef: null, memo: 0, entries: [{ account: 'buyer_receivable', amount: 1_976_793, payee: null }, { account: 'seller_payable', amount: -1_899_000, payee: 'seller' }, { account: 'commission_revenue', amount: -66_969, payee: 'broker' }, { account: 'vat_payable', amount: -10_824, payee: 'authority' }] };
    const right = journalOf(lines, null, [old]);
    expect(right).toMatchObject({ kind: 'sale_adjusted', entries: [{ account: 'commission_revenue', amount: 1_597 }, { account: 'vat_payable', amount: -1_597 }] });
    expect(Object.fromEntries([...balancesOf([old, ...[journalOf([], null, [old])].filter((one) => one !== null)])].filter(([, amount]) => amount !== 0))).toEqual({});
  });
});

describe('a sale whose rate of tax has changed between contract and handover', () => {
  // 19 % until the end of June 2020 in Germany, then 16 %; the buyer pays the 18,990.00 of the contract.
  const [june, july] = [taxed('standard', 1_900, 'commissionaire'), taxed('standard', 1_600, 'commissionaire')];
  const shown = [line('price', 1_595_798), line('vat', 303_202, 'authority')];
  const inside = [line('price', 1_899_000)];

  it.each([
    ['with its tax inside', inside],
    ['with its tax beside it', shown],
  ])('%s: 16,370.69 and 2,619.31 in place of 15,957.98 and 3,032.02, and the buyer owes what they owed', (_, agreed) => {
    expect(posted(agreed, june)).toEqual({ buyer_receivable: 1_899_000, commission_revenue: -1_595_798, vat_payable: -303_202 });
    const first = journalOf(agreed, june);
    const then = journalOf(inside, july, first === null ? [] : [first]);
    expect(then).toMatchObject({ kind: 'sale_adjusted', entries: [{ account: 'commission_revenue', amount: -41_271 }, { account: 'vat_payable', amount: 41_271 }] });
    const all = balancesOf([first, then].filter((journal) => journal !== null));
    expect(Object.fromEntries(all)).toEqual({ buyer_receivable: 1_899_000, commission_revenue: -1_637_069, vat_payable: -261_931 });
  });
});
