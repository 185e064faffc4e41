import type { CostQuestion } from '../costs/question';
import { shippedRules } from '../costs/data';
import { draftQuote, type QuoteDraft, type QuoteOrder } from './draft';

const question: CostQuestion = {
  price: 1_899_000,
  currency: 'EUR',
  day: '2026-11-27',
  origin: 'DE',
  destination: { country: 'DE', region: null },
  buyer: 'private',
  buyerVatId: false,
  seller: 'private',
  isNew: false,
  firstRegistration: '2021-07-01',
  mileageKm: 60_000,
  tradeIn: 0,
  boughtFor: null,
  localRate: null,
  auction: null,
  miles: null,
  transportMethod: 'formula',
  enclosed: false,
  inoperable: false,
  brokerFee: true,
};
const inTexas: Partial<CostQuestion> = { currency: 'USD', origin: 'US', destination: { country: 'US', region: 'TX' }, price: 2_000_000, miles: 301 };

function draft(more: Partial<CostQuestion> = {}, order: Partial<Omit<QuoteOrder, 'question'>> = {}): QuoteDraft {
  const drafted = draftQuote({ capacity: 'buyer_agent', isDelivered: false, fees: [], question: { ...question, ...more }, ...order }, shippedRules);
  if (!drafted.ok) throw new Error(drafted.error.code);
  return drafted.value;
}
const linesOf = ({ lines }: QuoteDraft) => lines.map(({ code, amount, payee }) => [code, amount, payee]);

describe('what a buyer pays', () => {
  it('to an agent: the price, the fee and the tax on the fee where the car is sold', () => {
    const quote = draft();
    // 3 % of 18,990.00 = 569.70; 19 % of that = 108.243
    expect(linesOf(quote)).toEqual([['price', 1_899_000, 'seller'], ['broker_fee', 56_970, 'broker'], ['vat', 0, 'authority'], ['broker_fee_vat', 10_824, 'authority']]);
    expect(quote.total).toBe(1_966_794);
    expect(quote.open.map(({ code }) => code)).toEqual(['registration_fee']);
  });

  it('as a business abroad: no tax on the fee, which it owes at home', () => {
    const abroad: Partial<CostQuestion> = { destination: { country: 'IT', region: null }, buyer: 'business', buyerVatId: true, seller: 'dealer_vat' };
    expect(linesOf(draft(abroad)).slice(2)).toEqual([['vat', 0, 'authority'], ['broker_fee_vat', 0, 'authority']]);
  });

  it('as a private buyer abroad: the tax on the fee of where the car is sold', () => {
    expect(linesOf(draft({ destination: { country: 'IT', region: null } })).at(-1)).toEqual(['broker_fee_vat', 10_824, 'authority']);
  });

  it('to the seller’s agent: no fee, for the seller pays it', () => {
    expect(linesOf(draft({}, { capacity: 'seller_agent' }))).toEqual([['price', 1_899_000, 'seller'], ['vat', 0, 'authority']]);
  });

  it.each(['commissionaire', 'dealer'] as const)('to a %s: one price, its own', (capacity) => {
    expect(linesOf(draft({}, { capacity }))).toEqual([['price', 1_955_970, 'broker'], ['vat', 0, 'authority']]);
    // Bought with tax shown: 19,559.70 × 19 % = 3,716.343
    expect(linesOf(draft({ seller: 'dealer_vat' }, { capacity }))).toEqual([['price', 1_955_970, 'broker'], ['vat', 371_634, 'authority']]);
  });

  it('in Texas: what is exact binds, what is not is named beside it', () => {
    const quote = draft(inTexas, { isDelivered: true, fees: [{ code: 'inspection', label: 'Inspection', amount: 19_900 }] });
    // 200 + 301 × 0.65 = 395.65; 20,000 × 6.25 % = 1,250.00
    expect(linesOf(quote)).toEqual([['price', 2_000_000, 'seller'], ['broker_fee', 60_000, 'broker'], ['transport', 39_565, 'carrier'], ['sales_tax', 125_000, 'authority'], ['inspection', 19_900, 'broker']]);
    expect(quote.total).toBe(2_244_465);
    expect(quote.open.map(({ code, amount }) => [code, amount])).toEqual([['title_fee', { least: 2_800, most: 3_300 }], ['registration_fee', null]]);
  });

  it('at an auction: its fees to the house', () => {
    const lot: Partial<CostQuestion> = { ...inTexas, price: 150_000, seller: 'auction', auction: { house: 'IAAI', tier: 'standard', bid: 'live', title: null } };
    // 1,500.00: 445 + 95, gate 95, environment 15, title 20
    expect(linesOf(draft(lot)).filter(([, , payee]) => payee === 'auction').map(([, amount]) => amount)).toEqual([44_500, 9_500, 9_500, 1_500, 2_000]);
  });

  it('has no transport in it for whoever comes for the car, and an open one where the way is not known', () => {
    expect(draft(inTexas).lines.map(({ code }) => code)).not.toContain('transport');
    expect(draft({}, { isDelivered: true }).open.map(({ code }) => code)).toContain('transport');
  });

  it('has the taxes open where nobody told in which country the car is', () => {
    const open = (more: Partial<CostQuestion>) => draft({ origin: null, ...more }).open.map(({ code, amount }) => [code, amount]);
    const plates = ['registration_fee', { least: 1_670, most: 7_400 }];
    expect(open({})).toEqual([plates, ['broker_fee_vat', null]]);
    // Nor how far it has run: 18,990.00 × 19 % if it is new and comes from abroad
    expect(open({ mileageKm: null })).toEqual([['vat', { least: 0, most: 360_810 }], plates, ['broker_fee_vat', null]]);
  });

  it('is refused where no rule says it, or what the fee is', () => {
    const refused = (more: Partial<CostQuestion>) => {
      const drafted = draftQuote({ capacity: 'buyer_agent', isDelivered: false, fees: [], question: { ...question, ...more } }, shippedRules);
      return drafted.ok ? 'ok' : drafted.error.code;
    };
    expect(refused({ destination: { country: 'CH', region: null } })).toBe('no_rule');
    expect(refused({ ...inTexas, destination: { country: 'US', region: null } })).toBe('no_rule');
    // The shipped fees have bounds in dollars and euros only.
    expect(refused({ currency: 'PLN', origin: 'PL', destination: { country: 'PL', region: null } })).toBe('no_rule');
  });
});
