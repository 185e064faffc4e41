import { rateAt, saleTax, taxedInside, type SaleTax, type SaleTerms } from './sale-tax';
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

describe('a rate that changes between contract and handover', () => {
  const agreed = (rate: number, day: string, treatment: SaleTax['treatment'] = 'standard') => ({ treatment, rate, day });
  it.each<[string, Partial<SaleTerms>, ReturnType<typeof agreed>, string, number]>([
    ['in Germany to 16 % on the first of July 2020', {}, agreed(1_900, '2020-06-30'), '2020-07-01', 1_600],
    ['and not the day before', {}, agreed(1_900, '2020-06-30'), '2020-06-30', 1_900],
    ['and back to 19 % at the turn of the year', {}, agreed(1_600, '2020-12-31'), '2021-01-01', 1_900],
    ['down and up again, for a car that takes half a year', {}, agreed(1_900, '2020-06-30'), '2021-01-02', 1_900],
    ['and was followed on the way', {}, agreed(1_600, '2020-06-30'), '2021-01-02', 1_900],
    ['in Estonia, where the car goes', { destination: 'EE' }, agreed(2_200, '2025-06-30'), '2025-07-01', 2_400],
    ['at home, for a car that goes to Italy and is taxed here', { destination: 'IT' }, agreed(1_900, '2020-06-30'), '2020-07-01', 1_600],
    ['of an agent’s fee: its work was done with the contract', { capacity: 'buyer_agent' }, agreed(1_900, '2020-06-30'), '2020-07-01', 1_900],
    ['under the margin scheme, which shows none', {}, agreed(0, '2020-06-30', 'margin'), '2020-07-01', 0],
    ['that was that of no place', {}, agreed(700, '2020-06-30'), '2020-07-01', 700],
  ])('%s', (_, more, contract, day, rate) => {
    expect(rateAt(day, { ...own, ...more }, contract)).toBe(rate);
  });

  it('the price stays to the cent where its tax was a line of its own', () => {
    const lines = [line('price', 1_595_798), line('valet', 20_000), line('transport', 45_000, 'carrier'), line('vat', 307_002, 'authority')];
    // 307,002 on 1,615,798: 303,202 and 3,800.
    expect(taxedInside('dealer', 'standard', lines)).toEqual([line('price', 1_899_000), line('valet', 23_800), line('transport', 45_000, 'carrier')]);
    // What can't be parted evenly is the first one's.
    expect(taxedInside('dealer', 'standard', [line('price', 100), line('valet', 100), line('vat', 37, 'authority')])).toEqual([line('price', 119), line('valet', 118)]);
    const inside = [line('price', 1_899_000)];
    expect(taxedInside('dealer', 'standard', inside)).toBe(inside);
  });
});
