import { dayIn } from '@autobroker/kernel';
import { taxDayOf } from '../paper/fields';
import { formatFor } from '../paper/format';
import { lineName } from '../paper/money-pieces';
import type { Branding, Paper, PaperParty } from '../paper/paper';
import { carName } from '../paper/vehicle-words';
import { exemptionTexts, frame, reasonText } from '../paper/words';
import { type EInvoice, type InvoiceParty, type InvoiceTypeCode, invoiceTypeCodes, isElectronic } from './e-invoice';
import { exemptionCode } from './treatment';

/** The invoice of a paper as data; null where it is none, or none of the union's. */
export function eInvoiceOf(paper: Paper, branding: Branding): EInvoice | null {
  const { invoice: figures, number, kind, language, order, parties, vehicle, timeZone, issuedAt, credited, replaces } = paper;
  if (figures === null || number === null || !isElectronic(figures)) return null;
  const typeCode = typeCodeOf(paper);
  if (typeCode === null) return null;
  const format = formatFor(language, timeZone, false);
  const issuedOn = dayIn(issuedAt, timeZone);
  const crosses = figures.treatment === 'intra_community' || figures.treatment === 'new_transport';
  const exemption = exemptionTexts[figures.treatment];
  const car = carName(vehicle);
  const facts: [string, string][] = [
    ...(vehicle.vin === null ? [] : [['VIN', vehicle.vin] as [string, string]]),
    ...(vehicle.firstRegistration === null ? [] : [[firstUse[language], vehicle.firstRegistration] as [string, string]]),
    ...(vehicle.mileageKm === null ? [] : [[odometer[language], format.distance(vehicle.mileageKm)] as [string, string]]),
  ];
  return {
    typeCode,
    number,
    issuedOn,
    deliveredOn: kind === 'prepayment_invoice' ? null : order.deliveredAt === null ? taxDayOf(paper) : dayIn(order.deliveredAt, timeZone),
    dueOn: figures.due > 0 && kind !== 'credit_note' ? dayAfter(issuedOn, 14) : null,
    terms: figures.due > 0 && kind === 'credit_note' ? refund[language] : null,
    orderNumber: order.number,
    seller: partyOf(parties.broker, branding.taxNumber, branding.registration),
    sellerContact: branding.phone === null && (branding.email ?? parties.broker.email) === null ? null : { name: branding.tradeName ?? parties.broker.name, phone: branding.phone, email: branding.email ?? parties.broker.email },
    buyer: partyOf(parties.buyer, null, null),
    shipTo: crosses ? partyOf(parties.buyer, null, null) : null,
    iban: branding.bank === null || figures.due <= 0 || kind === 'credit_note' ? null : { number: branding.bank.iban.replaceAll(' ', ''), holder: branding.bank.holder, bic: branding.bank.bic },
    preceding: [
      ...(credited === null ? [] : [{ number: credited.number, issuedOn: dayIn(credited.issuedAt, timeZone) }]),
      ...(replaces === null ? [] : [{ number: replaces.number, issuedOn: dayIn(replaces.issuedAt, timeZone) }]),
      ...figures.prepayments.map((earlier) => ({ number: earlier.number, issuedOn: dayIn(earlier.issuedAt, timeZone) })),
    ],
    notes: [`${frame.order[language]} ${order.number}`, ...(credited === null ? [] : [reasonText(credited.reason, language)]), ...(exemption === null ? [] : [exemption[language]])],
    items: figures.lines.map(({ code }) => ({
      name: code === 'price' || code === 'prepayment' ? `${lineName(code, format)} ${car}` : lineName(code, format),
      description: code === 'price' || vehicle.vin === null ? null : `${car}, ${vehicle.vin}`,
      facts: code === 'price' ? facts : [],
    })),
    exemption: exemption === null ? null : { text: exemption[language], code: exemptionCode[figures.treatment] },
    figures,
  };
}

function typeCodeOf({ kind, replaces }: Paper): InvoiceTypeCode | null {
  if (kind === 'invoice') return replaces === null ? invoiceTypeCodes.invoice : invoiceTypeCodes.corrected_invoice;
  return kind === 'credit_note' || kind === 'prepayment_invoice' ? invoiceTypeCodes[kind] : null;
}

function partyOf({ name, vatId, email, address }: PaperParty, taxNumber: string | null, registration: string | null): InvoiceParty {
  return { name, vatId, email, address, taxNumber, registration };
}

const dayAfter = (day: string, days: number): string => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

const firstUse = { en: 'First use', de: 'Erste Inbetriebnahme', it: 'Prima immissione in uso' } as const;
const odometer = { en: 'Odometer', de: 'Kilometerstand', it: 'Percorrenza' } as const;
const refund = { en: 'The amount is given back.', de: 'Der Betrag wird erstattet.', it: 'L’importo viene rimborsato.' } as const;
