import type { CurrencyCode } from '@autobroker/kernel';
import { renderSample } from '../../testing/render-sample';
import { attachedXml, textOf } from '../../testing/read-pdf';
import { germanTerms, italianBusiness, samplePaper } from '../../testing/sample-papers';
import type { Language } from '../../domain/paper/paper';
import { creditFigures, invoiceFigures, paidBy, payable, prepaymentFigures, type InvoiceFigures, type PriceLine } from '../../domain/invoice/figures';
import type { SaleTerms } from '../../domain/invoice/treatment';

const german: SaleTerms = { ...germanTerms, capacity: 'dealer', sellerKind: 'dealer_vat' };
const abroad = (country: string): Partial<SaleTerms> => ({ destination: country, buyer: { country, vatId: null } });
const agent = { capacity: 'buyer_agent', sellerKind: 'dealer_margin' } as const;

interface Worked {
  readonly terms: Partial<SaleTerms>;
  /** In cents: code, amount, and who gets it in the end. */
  readonly lines: readonly (readonly [string, number, PriceLine['payee']])[];
  readonly language: Language;
  /** Of the invoice, as worked out by hand. */
  readonly net: string;
  readonly tax: string;
  readonly total: string;
  readonly rounding?: string;
  readonly xml: readonly string[];
  readonly paper: readonly string[];
  readonly never?: readonly string[];
}

const cases: Readonly<Record<string, Worked>> = {
  // 569.70 × 19 % = 108.243
  'the fee of an agent': { terms: agent, lines: [['price', 1_899_000, 'seller'], ['broker_fee', 56_970, 'broker'], ['broker_fee_vat', 10_824, 'authority']], language: 'de', net: '569.70', tax: '108.24', total: '677.94', xml: ['<ram:CategoryCode>S</ram:CategoryCode>', '<ram:RateApplicablePercent>19.00</ram:RateApplicablePercent>'], paper: ['569,70 €', 'USt. 19 %', '108,24 €', '677,94 €', '19.667,94 €'] },
  // 0.03 × 19 % = 0.0057
  'a fee of three cents': { terms: agent, lines: [['broker_fee', 3, 'broker'], ['broker_fee_vat', 1, 'authority']], language: 'de', net: '0.03', tax: '0.01', total: '0.04', xml: ['<ram:BasisAmount>0.03</ram:BasisAmount>'], paper: ['0,03 €', '0,01 €', '0,04 €'] },
  // 0.01 × 19 % = 0.0019
  'a fee of a cent, whose tax is none': { terms: agent, lines: [['broker_fee', 1, 'broker'], ['broker_fee_vat', 0, 'authority']], language: 'en', net: '0.01', tax: '0.00', total: '0.01', xml: ['<ram:CalculatedAmount>0.00</ram:CalculatedAmount>'], paper: ['€0.01', '€0.00'] },
  // 15,957.98 × 19 % = 3,032.0162
  'a car with tax shown': { terms: {}, lines: [['price', 1_595_798, 'broker'], ['vat', 303_202, 'authority']], language: 'de', net: '15957.98', tax: '3032.02', total: '18990.00', xml: [], paper: ['15.957,98 €', 'USt. 19 %', '3.032,02 €', '18.990,00 €'] },
  // 15,957.98 × 22 % = 3,510.7556
  'a car that goes to Italy': { terms: abroad('IT'), lines: [['price', 1_595_798, 'broker'], ['vat', 351_076, 'authority']], language: 'it', net: '15957.98', tax: '3510.76', total: '19468.74', xml: ['<ram:RateApplicablePercent>22.00</ram:RateApplicablePercent>'], paper: ['15.957,98 €', 'IVA 22%', '3.510,76 €', '19.468,74 €'] },
  // 9,999.99 × 25.5 % = 2,549.99745
  'a car that goes to Finland, with half a percent': { terms: abroad('FI'), lines: [['price', 999_999, 'broker'], ['vat', 255_000, 'authority']], language: 'de', net: '9999.99', tax: '2550.00', total: '12549.99', xml: ['<ram:RateApplicablePercent>25.50</ram:RateApplicablePercent>'], paper: ['9.999,99 €', 'USt. 25,5 %', '2.550,00 €', '12.549,99 €'] },
  // 2.50 × 21 % = 0.525, half a cent goes up
  'half a cent': { terms: abroad('BE'), lines: [['price', 250, 'broker'], ['vat', 53, 'authority']], language: 'en', net: '2.50', tax: '0.53', total: '3.03', xml: [], paper: ['€2.50', 'VAT 21%', '€0.53', '€3.03'] },
  // 99.99 ÷ 1.19 = 84.0252 → 84.03; (569.70 + 84.03) × 19 % = 124.2087; asked for were 677.94 + 99.99 = 777.93
  'a fee and a service with its tax inside': { terms: agent, lines: [['broker_fee', 56_970, 'broker'], ['broker_fee_vat', 10_824, 'authority'], ['valet', 9_999, 'broker']], language: 'de', net: '653.73', tax: '124.21', total: '777.94', rounding: '-0.01', xml: ['<ram:LineTotalAmount>84.03</ram:LineTotalAmount>'], paper: ['569,70 €', '84,03 €', '653,73 €', '124,21 €', 'Rundung', '−0,01 €', '777,93 €'] },
  // 18,990 − 16,000 = 2,990 × 19 ÷ 119 = 477.39: of it nobody reads
  'the margin scheme': { terms: { sellerKind: 'dealer_margin' }, lines: [['price', 1_899_000, 'broker'], ['vat', 0, 'authority']], language: 'de', net: '18990.00', tax: '0.00', total: '18990.00', xml: ['<ram:CategoryCode>E</ram:CategoryCode>', '<ram:ExemptionReason>Gebrauchtgegenstände/Sonderregelung</ram:ExemptionReason>', '<ram:ExemptionReasonCode>VATEX-EU-F</ram:ExemptionReasonCode>', '<ram:BasisAmount>18990.00</ram:BasisAmount>'], paper: ['18.990,00 €', 'Gebrauchtgegenstände/Sonderregelung'], never: ['477,39', '3.032,02', 'USt. 19 %', 'USt. 0 %'] },
  'a supply within the community': { terms: italianBusiness, lines: [['price', 1_595_798, 'broker'], ['vat', 0, 'authority']], language: 'it', net: '15957.98', tax: '0.00', total: '15957.98', xml: ['<ram:CategoryCode>K</ram:CategoryCode>', '<ram:ExemptionReasonCode>VATEX-EU-IC</ram:ExemptionReasonCode>', '<ram:ID schemeID="VA">DE123456789</ram:ID>', '<ram:ID schemeID="VA">IT01234567890</ram:ID>'], paper: ['15.957,98 €', 'Cessione intracomunitaria non imponibile', 'IT01234567890', 'DE123456789'], never: ['IVA 19%', 'IVA 22%'] },
  'a fee whose tax the buyer owes': { terms: { ...agent, ...italianBusiness }, lines: [['price', 1_899_000, 'seller'], ['broker_fee', 56_970, 'broker'], ['broker_fee_vat', 0, 'authority']], language: 'it', net: '569.70', tax: '0.00', total: '569.70', xml: ['<ram:CategoryCode>AE</ram:CategoryCode>', '<ram:ExemptionReasonCode>VATEX-EU-AE</ram:ExemptionReasonCode>'], paper: ['569,70 €', 'Inversione contabile', 'IT01234567890'], never: ['108,24'] },
};

const amount = (cents: number): string => (cents / 100).toFixed(2);
const element = (xml: string, name: string): string[] => [...xml.matchAll(new RegExp(`<ram:${name}(?: [^>]*)?>([^<]*)<`, 'gu'))].map((match) => match[1] ?? '');
const inCents = (text: string | undefined): number => Math.round(Number(text ?? 'NaN') * 100);

async function written(kind: 'invoice' | 'prepayment_invoice' | 'credit_note', { terms, lines, language }: Pick<Worked, 'terms' | 'lines' | 'language'>, figures: InvoiceFigures) {
  const sample = samplePaper(kind, { language, case: 'standard' });
  const full: SaleTerms = { ...german, ...terms };
  const total = lines.reduce((sum, [, cents]) => sum + cents, 0);
  const { pdf } = await renderSample(kind, { language, case: 'standard' }, {
    paper: {
      invoice: figures,
      order: { ...sample.order, capacity: full.capacity, sellerKind: full.sellerKind, buyerKind: full.buyerKind, country: full.destination },
      parties: { ...sample.parties, buyer: { ...sample.parties.buyer, kind: full.buyerKind, vatId: full.buyer.vatId, address: { ...sample.parties.buyer.address, country: full.buyer.country } } },
      price: { ...sample.price, total, lines: lines.map(([code, cents, payee]) => ({ code, amount: cents, payee })) },
    },
  });
  return { paper: textOf(pdf), xml: attachedXml(pdf) ?? '' };
}

function figuresOf({ terms, lines }: Pick<Worked, 'terms' | 'lines'>) {
  const made = invoiceFigures({ ...german, ...terms }, { currency: 'EUR' satisfies CurrencyCode, lines: lines.map(([code, cents, payee]) => ({ code, amount: cents, payee })) });
  if (!made.ok || made.value === null) throw new Error('nothing to invoice');
  return made.value;
}

describe('worked by hand, to the cent, on paper, as data and in the books', () => {
  it.each(Object.entries(cases))('%s', async (_, worked) => {
    const whole = figuresOf(worked);
    const figures = { ...paidBy(whole, payable(whole)), prepayments: [] };
    const { paper, xml } = await written('invoice', worked, figures);
    const rounding = worked.rounding ?? '0.00';
    expect([amount(figures.net), amount(figures.tax), amount(figures.total), amount(figures.rounding)]).toEqual([worked.net, worked.tax, worked.total, rounding]);
    expect([element(xml, 'TaxBasisTotalAmount'), element(xml, 'TaxTotalAmount'), element(xml, 'GrandTotalAmount'), element(xml, 'RoundingAmount')]).toEqual([[worked.net], [worked.tax], [worked.total], rounding === '0.00' ? [] : [rounding]]);
    // Data adds up by itself, whatever we think of it.
    const lineSum = element(xml, 'LineTotalAmount').slice(0, -1).reduce((sum, each) => sum + inCents(each), 0);
    expect(amount(lineSum)).toBe(worked.net);
    expect(inCents(element(xml, 'GrandTotalAmount')[0]) + inCents(rounding) - inCents(element(xml, 'TotalPrepaidAmount')[0] ?? '0')).toBe(inCents(element(xml, 'DuePayableAmount')[0]));
    for (const text of worked.xml) expect(xml).toContain(text);
    for (const text of worked.paper) expect(paper).toContain(text);
    for (const text of worked.never ?? []) expect([text, paper.includes(text)]).toEqual([text, false]);
    // The journal of the sale posts each line to whom it goes: what the broker and the tax of its own invoice get is what the invoice asks.
    const own = worked.lines.filter(([code, , payee]) => payee === 'broker' || code === 'broker_fee_vat' || code === 'vat').reduce((sum, [, cents]) => sum + cents, 0);
    expect(payable(figures)).toBe(own);
    expect(own + figures.passedThrough.reduce((sum, { amount: cents }) => sum + cents, 0)).toBe(figures.orderTotal);
  });

  const car = { terms: {}, lines: [['price', 1_595_798, 'broker'], ['vat', 303_202, 'authority']], language: 'de' } as const;

  it.each([
    // 1,899.00 ÷ 1.19 = 1,595.7983; × 19 % = 303.202
    ['a tenth', 189_900, '1595.80', '303.20', '1899.00', '0.00', ['1.595,80 €', '303,20 €', '1.899,00 €']],
    // 99.99 ÷ 1.19 = 84.0252; × 19 % = 15.9657: a cent too much, which is taken off
    ['a sum that can’t be taken apart', 9_999, '84.03', '15.97', '100.00', '-0.01', ['84,03 €', '15,97 €', '−0,01 €', '99,99 €']],
    ['a cent', 1, '0.01', '0.00', '0.01', '0.00', ['0,01 €']],
  ] as const)('a prepayment of %s', async (_, paid, net, tax, total, rounding, paperTexts) => {
    const early = prepaymentFigures(figuresOf(car), paid);
    if (early === null) throw new Error('a prepayment is a reason for tax here');
    const { paper, xml } = await written('prepayment_invoice', car, { ...early, prepayments: [] });
    expect(xml).toContain('<ram:TypeCode>386</ram:TypeCode>');
    expect([element(xml, 'TaxBasisTotalAmount'), element(xml, 'TaxTotalAmount'), element(xml, 'GrandTotalAmount'), element(xml, 'RoundingAmount'), element(xml, 'DuePayableAmount')]).toEqual([[net], [tax], [total], rounding === '0.00' ? [] : [rounding], ['0.00']]);
    for (const text of paperTexts) expect(paper).toContain(text);
  });

  it('the invoice of the whole takes its prepayment off, tax and all, and so does what takes it back', async () => {
    const whole = figuresOf(car);
    const prepayments = [{ number: 'PI-2026-000045', issuedAt: '2026-11-23T10:00:00.000Z', net: 159_580, tax: 30_320, gross: 189_900 }];
    const invoice = await written('invoice', car, { ...paidBy(whole, 1_899_000), prepayments });
    // 15,957.98 − 1,595.80 = 14,362.18; 3,032.02 − 303.20 = 2,728.82; 18,990 − 1,899 = 17,091
    for (const text of ['PI-2026-000045', '1.595,80 €', '303,20 €', '14.362,18 €', '2.728,82 €', '17.091,00 €']) expect(invoice.paper).toContain(text);
    expect(invoice.xml).toContain('<ram:IssuerAssignedID>PI-2026-000045</ram:IssuerAssignedID>');
    const credit = await written('credit_note', car, { ...creditFigures(whole, 189_900), prepayments });
    for (const text of ['Stornobetrag', '18.990,00 €', '−1.899,00 €', '17.091,00 €']) expect(credit.paper).toContain(text);
    expect([element(credit.xml, 'GrandTotalAmount'), element(credit.xml, 'TotalPrepaidAmount'), element(credit.xml, 'DuePayableAmount')]).toEqual([['18990.00'], ['1899.00'], ['17091.00']]);
    expect(credit.xml).toContain('<ram:TypeCode>381</ram:TypeCode>');
  });
});
