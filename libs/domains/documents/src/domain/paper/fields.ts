import { dayIn, sellsAsOwn } from '@autobroker/kernel';
import { payable } from '../invoice/figures';
import { isNewTransport } from '../invoice/treatment';
import type { Format } from './format';
import { type Paper, type PaperParty, partyAs } from './paper';
import { carName, colourNames, conditionNames, damageNames, said, titleNames } from './vehicle-words';
import { capacityNames, frame, methodNames, reasonText, words, type Words } from './words';

/** One thing that a document can say: what it is called, and what it is for a given sale. Null is not known. */
export interface Field {
  readonly label: Words;
  readonly value: (paper: Paper, format: Format) => string | null;
  /** Not known is a line to be filled in by hand. */
  readonly byHand?: true;
}

const text = (label: Words, value: Field['value']): Field => ({ label, value });
const byHand = (label: Words, value: Field['value'] = () => null): Field => ({ label, value, byHand: true });
const money = (label: Words, of: (paper: Paper) => number | null): Field => text(label, (paper, format) => moneyOr(paper, format, of(paper)));
const date = (label: Words, of: (paper: Paper) => string | null): Field =>
  text(label, (paper, format) => {
    const at = of(paper);
    return at === null ? null : format.date(at);
  });
const moneyOr = ({ price }: Paper, format: Format, amount: number | null): string | null => (amount === null ? null : format.money(amount, price.currency));
const join = (values: readonly (string | null)[], between = ', '): string | null => values.filter((value) => value !== null && value !== '').join(between) || null;

const dayMs = 86_400_000;
const after = (at: string, days: number): string => new Date(Date.parse(at) + days * dayMs).toISOString();
const feeCodes = ['broker_fee', 'broker_fee_vat'];
const feeOf = ({ price }: Paper): number | null => {
  const lines = price.lines.filter(({ code }) => feeCodes.includes(code));
  return lines.length === 0 ? null : lines.reduce((sum, { amount }) => sum + amount, 0);
};
const carPrice = ({ price }: Paper): number => price.lines.filter(({ code }) => code === 'price' || code === 'vat').reduce((sum, { amount }) => sum + amount, 0);
const named = (party: PaperParty | null): string | null => (party === null ? null : join([party.name, join([party.address.line1, join([party.address.postalCode, party.address.city], ' ')])]));
/** The day that tax goes by: that of the paper, or of the first one where this corrects or takes back what was issued. */
export const taxDayOf = ({ taxDay, issuedAt, timeZone }: Paper): string => taxDay ?? dayIn(issuedAt, timeZone);
/** So many days from then on. Where those are over, a next version grants them anew: nobody signs for what has ended. */
function termOf(paper: Paper, days: number): string {
  const { taxDay, issuedAt, timeZone } = paper;
  const end = taxDay == null ? null : after(taxDay, days).slice(0, 10);
  return end === null || end <= dayIn(issuedAt, timeZone) ? after(issuedAt, days) : end;
}
/** A new means of transport on that day: by its age, or by how far it has run. */
export const newMeans = (paper: Paper): boolean => isNewTransport({ ...paper.vehicle, day: taxDayOf(paper) });

/** By name, as templates use them. */
export const fields = {
  'order.number': text(frame.order, ({ order }) => order.number),
  'order.capacity': text(frame.capacity, ({ order }, { language }) => capacityNames[order.capacity][language]),
  'order.kept': money(words('Kept of your payments', 'Von Ihren Zahlungen einbehalten', 'Trattenuto sui pagamenti'), ({ kept }) => kept ?? null),
  'order.requested': date(words('Ordered on', 'Beauftragt am', 'Ordinato il'), ({ order }) => order.requestedAt),
  'order.delivered': date(words('Date of supply', 'Liefer-/Leistungsdatum', 'Data della prestazione'), (paper) => paper.order.deliveredAt ?? (paper.invoice === null ? null : taxDayOf(paper))),

  'buyer.name': text(words('Buyer', 'Käufer', 'Acquirente'), ({ parties }) => parties.buyer.name),
  'buyer.full': text(words('Buyer', 'Käufer', 'Acquirente'), ({ parties }) => named(parties.buyer)),
  'buyer.vat_id': text(words('Buyer’s VAT ID', 'USt-IdNr. des Käufers', 'Partita IVA dell’acquirente'), ({ parties }) => parties.buyer.vatId),
  'buyer.identity': byHand(words('Buyer’s identity document (kind, number)', 'Ausweis des Käufers (Art, Nummer)', 'Documento d’identità dell’acquirente (tipo, numero)')),
  'seller.full': text(words('Seller', 'Verkäufer', 'Venditore'), (paper) => named(partyAs('seller', paper))),
  'broker.name': text(words('Broker', 'Vermittler', 'Intermediario'), ({ parties }) => parties.broker.name),
  'broker.full': text(words('Broker', 'Vermittler', 'Intermediario'), ({ parties }) => named(parties.broker)),
  'broker.contact': text(words('Broker', 'Vermittler', 'Intermediario'), ({ parties }) => join([named(parties.broker), parties.broker.email])),
  'broker.vat_id': text(words('Our VAT ID', 'Unsere USt-IdNr.', 'Nostra partita IVA'), ({ parties }) => parties.broker.vatId),
  'broker.licence': byHand(words('Broker’s licence no.', 'Lizenznummer des Vermittlers', 'Licenza dell’intermediario n.'), ({ parties }) => parties.broker.licenceNo),
  'agent.identity': byHand(words('Agent’s identity document (kind, number)', 'Ausweis des Bevollmächtigten (Art, Nummer)', 'Documento del procuratore (tipo, numero)')),

  'vehicle.name': text(words('Vehicle', 'Fahrzeug', 'Veicolo'), ({ vehicle }) => carName(vehicle) || null),
  'vehicle.vin': byHand(words('VIN', 'Fahrzeug-Ident-Nr. (FIN)', 'Numero di telaio (VIN)'), ({ vehicle }) => vehicle.vin),
  'vehicle.year': text(words('Model year', 'Modelljahr', 'Anno'), ({ vehicle }) => (vehicle.year === null ? null : String(vehicle.year))),
  'vehicle.first_registration': date(words('First registration', 'Erstzulassung', 'Prima immatricolazione'), ({ vehicle }) => vehicle.firstRegistration),
  'vehicle.first_use': date(words('First use', 'Erste Inbetriebnahme', 'Data di prima immissione in uso'), ({ vehicle }) => vehicle.firstRegistration),
  'vehicle.new_means': text(words('New means of transport', 'Neues Fahrzeug (§ 1b UStG)', 'Mezzo di trasporto nuovo'), (paper, { language }) => (newMeans(paper) ? frame.yes : frame.no)[language]),
  'vehicle.mileage': byHand(words('Odometer', 'Kilometerstand', 'Percorrenza'), ({ vehicle }, { distance }) => (vehicle.mileageKm === null ? null : distance(vehicle.mileageKm))),
  'vehicle.owners': byHand(words('Previous owners', 'Vorbesitzer', 'Precedenti proprietari'), ({ vehicle }) => (vehicle.ownersCount === null ? null : String(vehicle.ownersCount))),
  'vehicle.colour': text(words('Colour', 'Farbe', 'Colore'), ({ vehicle }, { language }) => said(colourNames, vehicle.colour, language)),
  'vehicle.condition': text(words('Condition', 'Zustand', 'Condizioni'), ({ vehicle }, { language }) => said(conditionNames, vehicle.condition, language)),
  'vehicle.damage': text(words('Known damage', 'Bekannte Schäden', 'Danni noti'), ({ vehicle }, { language }) => said(damageNames, vehicle.damageType, language) ?? frame.none[language]),
  'vehicle.title_status': text(words('Title status', 'Status der Papiere', 'Stato del titolo'), ({ vehicle }, { language }) => said(titleNames, vehicle.titleStatus, language)),
  'vehicle.features': text(words('Equipment', 'Ausstattung', 'Dotazioni'), ({ vehicle }) => join(vehicle.features)),

  'price.total': money(words('Total price', 'Gesamtpreis', 'Prezzo totale'), ({ price }) => price.total),
  'price.max': money(words('Maximum price, everything included', 'Höchstpreis, alles inbegriffen', 'Prezzo massimo, tutto compreso'), ({ price }) => price.total),
  'price.vehicle': money(words('Price of the vehicle', 'Fahrzeugpreis', 'Prezzo del veicolo'), carPrice),
  'price.deposit': money(words('Deposit', 'Anzahlung', 'Acconto'), ({ price }) => price.deposit),
  'price.balance': money(words('Balance', 'Restbetrag', 'Saldo'), ({ price }) => price.balance),
  'fee.amount': text(words('Our fee, VAT included', 'Unser Honorar, inkl. USt.', 'Nostro compenso, IVA inclusa'), (paper, format) => moneyOr(paper, format, feeOf(paper)) ?? noFee[format.language]),
  'fee.payer': text(words('The fee is paid by', 'Das Honorar zahlt', 'Il compenso è a carico di'), ({ order }, { language }) => feePayers[order.capacity === 'seller_agent' ? 'seller' : sellsAsOwn(order.capacity) ? 'price' : 'buyer'][language]),

  'withdrawal.days': text(words('Days to withdraw', 'Widerrufsfrist in Tagen', 'Giorni per il recesso'), ({ withdrawal }) => (withdrawal === null ? null : String(withdrawal.days))),
  'mandate.expires': date(words('Valid until', 'Gültig bis', 'Valido fino al'), ({ order, settings }) => after(order.requestedAt, settings.mandate_days ?? 30)),
  'mandate.exclusivity': text(words('Exclusivity', 'Exklusivität', 'Esclusiva'), ({ settings }, { language }) => (settings.exclusive === 1 ? exclusive : notExclusive)[language]),
  'quote.valid_until': date(words('Valid until', 'Gültig bis', 'Valido fino al'), ({ order }) => order.dueAt),

  'payment.amount': money(words('Amount', 'Betrag', 'Importo'), ({ payment }) => payment?.amount ?? null),
  'payment.method': text(words('Method', 'Zahlungsart', 'Metodo'), ({ payment }, { language }) => (payment === null ? null : methodNames[payment.method][language])),
  'payment.at': text(words('Received', 'Eingang', 'Ricevuto'), ({ payment }, { time }) => (payment === null ? null : time(payment.at))),
  'payment.reference': text(words('Payment reference', 'Zahlungsreferenz', 'Riferimento del pagamento'), ({ payment }) => payment?.reference ?? null),
  'payment.state': text(words('State', 'Status', 'Stato'), ({ payment }, { language }) => (payment === null ? null : (payment.captured ? captured : held)[language])),
  'payment.hold_expires': text(words('Hold ends', 'Ende der Vormerkung', 'Scadenza del vincolo'), ({ payment }, { time, language }) => (payment === null ? null : payment.captureBefore === null ? noHold[language] : time(payment.captureBefore))),

  'contract.guarantee': text(words('Guarantee', 'Gewährleistung', 'Garanzia'), ({ contract, order }, { language }) => join([contract?.guaranteeMonths == null ? (order.buyerKind === 'private' ? byLaw : noGuarantee)[language] : months[language].replace('{n}', String(contract.guaranteeMonths)), contract?.guaranteeNote ?? null], '; ')),
  'contract.delivery_place': byHand(words('Place of delivery', 'Lieferort', 'Luogo di consegna'), ({ contract }) => contract?.delivery?.place ?? null),
  'contract.delivery_date': { ...date(words('Date of delivery', 'Liefertermin', 'Data di consegna'), ({ contract }) => contract?.delivery?.date ?? null), byHand: true },
  'contract.defects': text(words('Known defects', 'Bekannte Mängel', 'Difetti noti'), ({ contract }, { language }) => join(contract?.defects ?? []) ?? frame.none[language]),
  'inspection.result': text(words('Inspection', 'Prüfung', 'Ispezione'), ({ inspection }, { language }) => (inspection === null ? null : inspection.waived ? waived[language] : inspection.summary)),

  'invoice.total': money(words('Invoice total', 'Rechnungsbetrag', 'Totale fattura'), ({ invoice }) => (invoice === null ? null : payable(invoice))),
  'invoice.prepaid': money(words('Already paid', 'Bereits bezahlt', 'Già pagato'), ({ invoice }) => invoice?.prepaid ?? null),
  'credit.number': text(words('Credited invoice', 'Stornierte Rechnung', 'Fattura stornata'), ({ credited }) => credited?.number ?? null),
  'credit.date': date(words('Date of that invoice', 'Datum dieser Rechnung', 'Data della fattura'), ({ credited }) => credited?.issuedAt ?? null),
  'credit.reason': text(words('Reason', 'Grund', 'Motivo'), ({ credited }, { language }) => (credited === null ? null : reasonText(credited.reason, language))),

  'handover.at': byHand(words('Time', 'Zeitpunkt', 'Data e ora'), ({ handover }, { time }) => (handover?.at == null ? null : time(handover.at))),
  'handover.place': byHand(words('Place', 'Ort', 'Luogo'), ({ handover }) => handover?.place ?? null),
  'handover.odometer': byHand(words('Odometer', 'Kilometerstand', 'Percorrenza'), ({ handover }, { distance }) => (handover?.odometerKm == null ? null : distance(handover.odometerKm))),
  'handover.keys': byHand(words('Keys', 'Schlüssel', 'Chiavi'), ({ handover }) => (handover?.keys == null ? null : String(handover.keys))),
  'handover.papers': byHand(words('Papers handed over', 'Übergebene Papiere', 'Documenti consegnati'), ({ handover }) => join(handover?.papers ?? [])),
  'handover.photos': text(words('Photos taken', 'Fotos', 'Fotografie'), ({ handover }) => (handover === null ? null : String(handover.photos))),
  'handover.defects': text(words('Defects found', 'Festgestellte Mängel', 'Difetti riscontrati'), ({ handover }, { language }) => join(handover?.defects ?? []) ?? frame.none[language]),

  'poa.expires': date(words('Valid until', 'Gültig bis', 'Valida fino al'), (paper) => termOf(paper, paper.settings.poa_days ?? 90)),
  'odometer.reading': byHand(words('Odometer reading (no tenths)', 'Tachostand (ohne Zehntel)', 'Lettura del contachilometri (senza decimi)'), (paper, { distance }) => readingOf(paper, distance)),
  'odometer.date': date(words('Date of the statement', 'Datum der Erklärung', 'Data della dichiarazione'), ({ issuedAt }) => issuedAt),
  'sale.date': date(words('Date of sale', 'Verkaufsdatum', 'Data di vendita'), taxDayOf),
  'sale.lien': byHand(words('Liens and encumbrances (holder)', 'Pfandrechte und Belastungen (Gläubiger)', 'Vincoli e gravami (titolare)')),
} as const satisfies Record<string, Field>;

export type FieldName = keyof typeof fields;
export const isFieldName = (name: string): name is FieldName => Object.hasOwn(fields, name);

function readingOf({ handover, vehicle }: Paper, distance: Format['distance']): string | null {
  const km = handover?.odometerKm ?? vehicle.mileageKm;
  return km === null ? null : distance(km);
}

const noFee = words('none besides the price', 'keines neben dem Preis', 'nessuno oltre al prezzo');
const feePayers = { buyer: words('the buyer', 'der Käufer', 'l’acquirente'), seller: words('the seller', 'der Verkäufer', 'il venditore'), price: words('nobody besides; it is in the price', 'niemand gesondert; es ist im Preis enthalten', 'nessuno a parte; è compreso nel prezzo') };
const exclusive = words('exclusive: no other broker is instructed for this vehicle', 'exklusiv: für dieses Fahrzeug ist kein anderer Vermittler beauftragt', 'esclusivo: nessun altro intermediario è incaricato per questo veicolo');
const notExclusive = words('not exclusive: the client may buy elsewhere', 'nicht exklusiv: der Auftraggeber darf anderweitig kaufen', 'non esclusivo: il cliente può acquistare altrove');
const captured = words('Paid', 'Bezahlt', 'Incassato');
const held = words('Held at the buyer’s bank, not taken yet', 'Bei der Bank des Käufers vorgemerkt, noch nicht eingezogen', 'Vincolato presso la banca dell’acquirente, non ancora incassato');
const noHold = words('none: the amount has been received', 'entfällt: der Betrag ist eingegangen', 'nessuna: l’importo è stato incassato');
const byLaw = words('as the law provides', 'nach Gesetz', 'come per legge');
const noGuarantee = words('none', 'keine', 'nessuna');
const months = words('{n} months', '{n} Monate', '{n} mesi');
const waived = words('waived by the buyer', 'Käufer hat verzichtet', 'rinuncia dell’acquirente');
