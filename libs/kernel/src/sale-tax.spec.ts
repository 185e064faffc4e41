import { saleTax, type SaleTerms } from './sale-tax';
import type { Payee } from './sale-vocabulary';

const terms: SaleTerms = { capacity: 'buyer_agent', sellerKind: 'private', buyerKind: 'private', broker: { country: 'DE', vatId: 'DE123456789' }, buyer: { country: 'DE', vatId: null }, destination: 'DE', day: '2026-11-20', firstRegistration: '2021-03-15', mileageKm: 48_230 };
const own: SaleTerms = { ...terms, capacity: 'commissionaire', sellerKind: 'dealer_vat' };
const line = (code: string, amount: number, payee: Payee = 'broker') => ({ code, amount, payee });

describe('how a price is taxed', () => {
  it.each<[string, SaleTerms, ReturnType<typeof line>[], unknown]>([
    ['an agent’s fee with its tax', terms, [line('broker_fee', 56_970), line('broker_fee_vat', 10_824, 'authority')], { treatment: 'standard', rate: 1_900 }],
    ['an agent’s fee without a line of tax', terms, [line('broker_fee', 67_794)], { treatment: 'standard', rate: 1_900 }],
    ['an own car with a line of tax', own, [line('price', 1_595_798), line('vat', 303_202, 'authority')], { treatment: 'standard', rate: 1_900 }],
    ['an own car without one, that stays', own, [line('price', 1_899_000)], { treatment: 'standard', rate: 1_900 }],
    ['an own car without one, that goes to Italy', { ...own, destination: 'IT' }, [line('price', 1_200_000)], { treatment: 'standard', rate: 2_200 }],
    ['an own car that was bought without tax', { ...own, sellerKind: 'private' }, [line('price', 1_899_000)], { treatment: 'margin', rate: 0 }],
    ['a fee for a business at home elsewhere', { ...terms, buyerKind: 'business', buyer: { country: 'IT', vatId: 'IT12345678901' } }, [line('broker_fee', 56_970)], { treatment: 'reverse_charge', rate: 0 }],
    ['a new car that goes to Italy, its tax beside it', { ...own, mileageKm: 4_100, destination: 'IT' }, [line('price', 3_000_000), line('vat', 660_000, 'authority')], { treatment: 'new_transport', rate: 0 }],
    ['anything of a broker in Britain', { ...own, broker: { country: 'GB', vatId: null } }, [line('price', 1_000_000), line('vat', 200_000, 'authority')], { treatment: 'outside', rate: 0 }],
    ['nothing of an agent’s whom the seller pays', { ...terms, capacity: 'seller_agent' }, [line('price', 1_899_000, 'seller')], { treatment: 'standard', rate: 0 }],
    ['a cent too much of tax, which is due by no rule', terms, [line('broker_fee', 56_970), line('broker_fee_vat', 10_825, 'authority')], null],
    ['tax under the margin scheme, which shows none', { ...own, sellerKind: 'private' }, [line('price', 100), line('vat', 19, 'authority')], null],
  ])('%s', (_, of, lines, tax) => {
    expect(saleTax(of, lines)).toEqual(tax);
  });
});
