import { balancesOf, isBalanced, sale, type SaleLine } from './ledger';

const line = (code: string, amount: number, payee: SaleLine['payee'] = 'broker'): SaleLine => ({ code, amount, payee });
const car = line('price', 1_899_000, 'seller');
const fee = [line('broker_fee', 56_970), line('broker_fee_vat', 10_824, 'authority')];
const posted = (lines: readonly SaleLine[], before: readonly SaleLine[] = []) => {
  const journal = sale('o', 'EUR', lines, before, 1);
  if (journal === null) return {};
  expect(isBalanced(journal)).toBe(true);
  return Object.fromEntries(balancesOf([journal]));
};

describe('what the sale owes to whom', () => {
  it('has the tax of a service that has it inside with the authority, to the cent of the invoice', () => {
    // Invoiced: 653.73 net, 124.21 of tax, a cent of rounding.
    expect(posted([car, ...fee, line('valet', 9_999)])).toEqual({ buyer_receivable: 1_976_793, seller_payable: -1_899_000, commission_revenue: -65_372, vat_payable: -12_421 });
  });

  it('has what was agreed where no tax is shown on the fee', () => {
    expect(posted([car, line('broker_fee', 56_970), line('broker_fee_vat', 0, 'authority'), line('valet', 9_999)])).toEqual({ buyer_receivable: 1_965_969, seller_payable: -1_899_000, commission_revenue: -66_969 });
    expect(posted([car, ...fee])).toEqual({ buyer_receivable: 1_966_794, seller_payable: -1_899_000, commission_revenue: -56_970, vat_payable: -10_824 });
  });

  it('changes by what the price does, and is gone when the sale is', () => {
    const all = [car, ...fee, line('valet', 9_999)];
    expect(posted(all, [car, ...fee])).toEqual({ buyer_receivable: 9_999, commission_revenue: -8_402, vat_payable: -1_597 });
    expect(posted([], all)).toEqual({ buyer_receivable: -1_976_793, seller_payable: 1_899_000, commission_revenue: 65_372, vat_payable: 12_421 });
  });
});
