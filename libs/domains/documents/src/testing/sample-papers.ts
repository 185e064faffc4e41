import type { DocumentKind } from '@autobroker/kernel';
import { creditFigures, invoiceFigures, paidBy, payable, prepaymentFigures, type PriceLine } from '../domain/invoice/figures';
import { numberIn, seriesOf } from '../domain/numbering';
import { plainBranding, type Branding, type Language, type Paper, type PaperParty, type RefundRule } from '../domain/paper/paper';
import type { SaleTerms } from '../domain/invoice/treatment';

/** Sales to write documents of, in specs and for the eye. */
export const munich: PaperParty = {
  role: 'broker',
  name: 'Isar Automobile GmbH',
  kind: 'business',
  address: { line1: 'Lindwurmstraße 88', line2: null, postalCode: '80337', city: 'München', region: 'Bayern', country: 'DE' },
  email: 'vertrieb@isar-automobile.example',
  vatId: 'DE123456789',
  licenceNo: null,
};
const lukas: PaperParty = { role: 'buyer', name: 'Lukas Brandstätter', kind: 'private', address: { line1: 'Schönhauser Allee 12', line2: '3. OG links', postalCode: '10119', city: 'Berlin', region: null, country: 'DE' }, email: 'lukas@brandstaetter.example', vatId: null, licenceNo: null };
const giulia: PaperParty = { role: 'buyer', name: 'Autonoleggio Bianchi S.r.l.', kind: 'business', address: { line1: 'Via Emilia 214', line2: null, postalCode: '40121', city: 'Bologna', region: 'BO', country: 'IT' }, email: 'acquisti@bianchi.example', vatId: 'IT01234567890', licenceNo: null };
const seller: PaperParty = { role: 'seller', name: 'Autohaus Größmann & Söhne KG', kind: 'business', address: { line1: 'Industriestraße 5', line2: null, postalCode: '72764', city: 'Reutlingen', region: null, country: 'DE' }, email: null, vatId: 'DE987654321', licenceNo: null };

export const isarBranding: Branding = {
  ...plainBranding,
  tradeName: 'Isar Automobile',
  colour: '#0b5d5e',
  phone: '+49 89 1234567',
  website: 'www.isar-automobile.example',
  taxNumber: null,
  registration: 'HRB 123456, Amtsgericht München',
  bank: { holder: 'Isar Automobile GmbH', iban: 'DE02120300000000202051', bic: 'BYLADEM1001', name: 'Deutsche Kreditbank' },
};

/** A car that stays in Germany, and a business that takes one to Italy. */
export const germanTerms: SaleTerms = {
  capacity: 'buyer_agent',
  sellerKind: 'dealer_margin',
  buyerKind: 'private',
  broker: { country: 'DE', vatId: munich.vatId },
  buyer: { country: 'DE', vatId: null },
  destination: 'DE',
  firstRegistration: '2021-03-15',
  mileageKm: 48_230,
  day: '2026-11-20',
};
export const italianBusiness = { buyerKind: 'business', buyer: { country: 'IT', vatId: 'IT01234567890' }, destination: 'IT' } as const;

export type Case = 'standard' | 'margin' | 'intra_community' | 'reverse_charge' | 'new_transport';

const sales: Readonly<Record<Case, { readonly terms: Partial<SaleTerms>; readonly buyer: PaperParty; readonly lines: readonly PriceLine[] }>> = {
  standard: { terms: { capacity: 'commissionaire', sellerKind: 'dealer_vat' }, buyer: lukas, lines: [{ code: 'price', amount: 1_595_798, payee: 'broker' }, { code: 'vat', amount: 303_202, payee: 'authority' }] },
  margin: { terms: { capacity: 'dealer', sellerKind: 'dealer_margin' }, buyer: lukas, lines: [{ code: 'price', amount: 1_899_000, payee: 'broker' }, { code: 'vat', amount: 0, payee: 'authority' }] },
  intra_community: { terms: { capacity: 'dealer', sellerKind: 'dealer_vat', buyerKind: 'business', destination: 'IT' }, buyer: giulia, lines: [{ code: 'price', amount: 1_595_798, payee: 'broker' }] },
  reverse_charge: { terms: { capacity: 'buyer_agent', sellerKind: 'private', buyerKind: 'business', destination: 'IT' }, buyer: giulia, lines: [{ code: 'price', amount: 1_899_000, payee: 'seller' }, { code: 'broker_fee', amount: 56_970, payee: 'broker' }] },
  new_transport: { terms: { capacity: 'dealer', sellerKind: 'private', destination: 'IT', mileageKm: 4_100 }, buyer: { ...giulia, name: 'Giulia Bianchi', kind: 'private', vatId: null }, lines: [{ code: 'price', amount: 3_000_000, payee: 'broker' }, { code: 'vat', amount: 660_000, payee: 'authority' }] },
};

/** The agent's usual sale of quotes: 18,990.00, 3 % of it and 19 % of that. */
const agentLines: readonly PriceLine[] = [
  { code: 'price', amount: 1_899_000, payee: 'seller' },
  { code: 'broker_fee', amount: 56_970, payee: 'broker' },
  { code: 'broker_fee_vat', amount: 10_824, payee: 'authority' },
];

export interface SampleOptions {
  readonly language?: Language;
  readonly case?: Case | 'agent';
  readonly draft?: boolean;
  readonly american?: boolean;
}

export function samplePaper(kind: DocumentKind, { language = 'de', case: which = 'agent', draft = false, american = false }: SampleOptions = {}): Paper {
  const sale = which === 'agent' ? { terms: {}, buyer: lukas, lines: agentLines } : sales[which];
  const terms: SaleTerms = {
    ...germanTerms,
    buyer: { country: sale.buyer.address.country, vatId: sale.buyer.vatId },
    day: '2026-11-25',
    ...sale.terms,
  };
  const total = sale.lines.reduce((sum, { amount }) => sum + amount, 0);
  const deposit = Math.round(total / 10);
  return {
    kind,
    number: draft ? null : numberIn(seriesOf(kind, '2026-11-25'), 123),
    version: 1,
    language,
    issuedAt: '2026-11-25T10:15:00.000Z',
    timeZone: 'Europe/Berlin',
    replaces: null,
    order: { id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b90', number: 'AB-2026-000123', capacity: terms.capacity, sellerKind: terms.sellerKind, buyerKind: terms.buyerKind, country: american ? 'US' : terms.destination, region: american ? 'CA' : null, requestedAt: '2026-11-20T12:00:00.000Z', dueAt: '2026-11-23T12:00:00.000Z', deliveredAt: '2026-11-25T09:00:00.000Z' },
    parties: { buyer: sale.buyer, seller: terms.capacity === 'buyer_agent' ? seller : null, broker: american ? { ...munich, licenceNo: 'CA 98765' } : munich },
    vehicle: { make: 'Volkswagen', model: 'Golf', trim: 'Variant 1.5 eTSI Style', year: 2021, vin: 'WVWZZZCDZMW123456', firstRegistration: terms.firstRegistration, mileageKm: terms.mileageKm, colour: 'Atlantikblau Metallic', damageType: 'none', titleStatus: 'clean', condition: 'used', features: ['Adaptive cruise control', 'Matrix LED', 'Heated seats', 'Tow bar', 'Navigation', 'Rear camera'], ownersCount: 1 },
    price: { currency: american ? 'USD' : 'EUR', total, deposit, balance: total - deposit, lines: sale.lines },
    contract: { guaranteeMonths: 12, guaranteeNote: null, delivery: { place: 'Berlin, Schönhauser Allee 12', date: '2026-12-04' }, defects: ['Steinschlag an der Motorhaube', 'Kratzer an der Felge hinten rechts'] },
    inspection: { summary: 'bestanden, 87 Punkte geprüft', at: '2026-11-23T10:00:00.000Z', waived: false },
    handover: { place: 'Berlin', at: '2026-12-04T15:30:00.000Z', odometerKm: 48_611, keys: 2, papers: ['Zulassungsbescheinigung Teil I', 'Zulassungsbescheinigung Teil II', 'Serviceheft', 'CoC'], photos: 24, defects: [] },
    kept: kind === 'credit_note' ? 9_412 : null,
    withdrawal: terms.buyerKind === 'private' ? { days: american ? 3 : 14, basis: american ? 'California SB 766' : 'Directive 2011/83/EU Art. 9–11a', object: 'goods' } : null,
    refundMatrix: [
      ...(['buyer', 'seller', 'broker', 'inspection', 'withdrawal', 'nobody'] as const).flatMap((fault) => [
        { stage: 'before_capture', fault, percent: 100, keeps: 'nothing' as const, returnPaidBy: null, note: null },
        { stage: 'deposit_taken', fault, percent: 100, keeps: 'nothing' as const, returnPaidBy: null, note: null },
      ]),
      { stage: 'contracted', fault: 'seller', percent: 100, keeps: 'nothing', returnPaidBy: 'seller', note: null },
      { stage: 'contracted', fault: 'broker', percent: 100, keeps: 'nothing', returnPaidBy: 'seller', note: null },
      { stage: 'contracted', fault: 'buyer', percent: null, keeps: 'proven_cost', returnPaidBy: 'buyer', note: null },
      { stage: 'delivered', fault: 'withdrawal', percent: 100, keeps: 'nothing', returnPaidBy: 'buyer', note: null },
    ] satisfies RefundRule[],
    payment: { method: 'card', amount: deposit, reference: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b91', at: '2026-11-20T12:04:00.000Z', captureBefore: kind === 'deposit_receipt' ? '2026-11-27T12:00:00.000Z' : null, captured: kind !== 'deposit_receipt' },
    invoice: figuresOf(kind, terms, sale.lines, deposit),
    credited: kind === 'credit_note' ? { number: 'INV-2026-000122', issuedAt: '2026-11-25T10:15:00.000Z', reason: 'Widerruf' } : null,
    settings: {},
  };
}

function figuresOf(kind: DocumentKind, terms: SaleTerms, lines: readonly PriceLine[], deposit: number): Paper['invoice'] {
  if (kind !== 'invoice' && kind !== 'prepayment_invoice' && kind !== 'credit_note') return null;
  const made = invoiceFigures(terms, { currency: 'EUR', lines });
  if (!made.ok) throw new Error(made.error.detail);
  if (made.value === null) throw new Error('nothing to invoice');
  const whole = made.value;
  const early = prepaymentFigures(whole, deposit);
  if (kind === 'credit_note') return { ...creditFigures(whole), prepayments: [] };
  if (kind === 'invoice') {
    const before = early === null || terms.capacity === 'buyer_agent' ? [] : [{ number: 'PI-2026-000045', issuedAt: '2026-11-23T10:00:00.000Z', net: early.net, tax: early.tax, gross: payable(early) }];
    return { ...paidBy(whole, payable(whole)), prepayments: before };
  }
  if (early === null) throw new Error('no reason for tax before the delivery');
  return { ...early, prepayments: [] };
}
