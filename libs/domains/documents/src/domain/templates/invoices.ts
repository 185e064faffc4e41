import type { Template, TemplateBlock } from '../paper/template';
import { words, type Words } from '../paper/words';

const vehicle = words('The vehicle', 'Das Fahrzeug', 'Il veicolo');
const taxTexts: Readonly<Record<string, Words>> = {
  margin: words(
    'Margin scheme – Second-hand goods. The price contains VAT on the margin, which is not shown and can’t be deducted.',
    'Gebrauchtgegenstände/Sonderregelung (Differenzbesteuerung, § 25a UStG). Die im Preis enthaltene Umsatzsteuer wird nicht ausgewiesen und ist nicht abziehbar.',
    'Regime del margine – beni d’occasione (art. 36 D.L. 41/1995). L’IVA compresa nel prezzo non è esposta e non è detraibile.',
  ),
  new_transport: words(
    'New means of transport (Art. 2(2)(b) Directive 2006/112/EC): first use on {vehicle.first_use}, odometer {vehicle.mileage}. The buyer pays VAT where the vehicle is registered.',
    'Neues Fahrzeug (Art. 2 Abs. 2 Buchst. b Richtlinie 2006/112/EG): erste Inbetriebnahme {vehicle.first_use}, Kilometerstand {vehicle.mileage}. Der Käufer versteuert den Erwerb am Ort der Zulassung.',
    'Mezzo di trasporto nuovo (art. 2, par. 2, lett. b, direttiva 2006/112/CE): prima immissione in uso {vehicle.first_use}, percorrenza {vehicle.mileage}. L’acquirente versa l’IVA nel luogo di immatricolazione.',
  ),
  paid: words('This invoice is settled. Nothing is to be paid.', 'Diese Rechnung ist beglichen. Es ist nichts zu zahlen.', 'La presente fattura è saldata. Nulla è dovuto.'),
  to_pay: words('Please pay the amount due within 14 days, naming the number of this invoice.', 'Bitte überweisen Sie den Betrag binnen 14 Tagen unter Angabe der Rechnungsnummer.', 'Si prega di versare l’importo entro 14 giorni indicando il numero della fattura.'),
};
const notes: readonly TemplateBlock[] = [
  { block: 'note', text: 'margin', when: 'margin' },
  { block: 'note', text: 'new_transport', when: 'new_transport' },
  { block: 'text', text: 'to_pay', when: 'to_pay' },
  { block: 'text', text: 'paid', when: 'paid' },
];

export const invoice: Template = {
  kind: 'invoice',
  version: 0,
  settings: {},
  blocks: [
    { block: 'parties', roles: ['buyer', 'broker'] },
    { block: 'text', text: 'intro', size: 'lead' },
    { block: 'facts', fields: ['order.delivered', 'broker.vat_id', 'buyer.vat_id', 'vehicle.name', 'vehicle.vin', 'vehicle.first_use', 'vehicle.mileage', 'vehicle.new_means'] },
    { block: 'invoice' },
    ...notes,
  ],
  texts: {
    ...taxTexts,
    intro: words('For what we have supplied with your order {order.number} we charge:', 'Für unsere Leistungen zu Ihrem Auftrag {order.number} berechnen wir:', 'Per quanto fornito con il Suo ordine {order.number} fatturiamo:'),
  },
};

export const prepaymentInvoice: Template = {
  kind: 'prepayment_invoice',
  version: 0,
  settings: {},
  blocks: [
    { block: 'parties', roles: ['buyer', 'broker'] },
    { block: 'text', text: 'intro', size: 'lead' },
    { block: 'facts', fields: ['payment.method', 'payment.at', 'broker.vat_id', 'buyer.vat_id', 'vehicle.name', 'vehicle.vin', 'vehicle.first_use', 'vehicle.mileage'] },
    { block: 'invoice' },
    ...notes,
  ],
  texts: {
    ...taxTexts,
    intro: words(
      'We have received a prepayment for your order {order.number}. It is taken into account in the final invoice.',
      'Für Ihren Auftrag {order.number} haben wir eine Anzahlung vor Ausführung der Leistung erhalten. Sie wird in der Schlussrechnung berücksichtigt.',
      'Abbiamo ricevuto un acconto per il Suo ordine {order.number}, che sarà considerato nella fattura finale.',
    ),
  },
};

export const creditNote: Template = {
  kind: 'credit_note',
  version: 0,
  settings: {},
  blocks: [
    { block: 'parties', roles: ['buyer', 'broker'] },
    { block: 'text', text: 'intro', size: 'lead' },
    { block: 'facts', fields: ['credit.number', 'credit.date', 'credit.reason', 'order.kept', 'broker.vat_id', 'buyer.vat_id', 'vehicle.name', 'vehicle.vin'] },
    { block: 'invoice' },
    { block: 'note', text: 'margin', when: 'margin' },
    { block: 'text', text: 'settle' },
  ],
  texts: {
    margin: words('Margin scheme – Second-hand goods.', 'Gebrauchtgegenstände/Sonderregelung.', 'Regime del margine – beni d’occasione.'),
    intro: words('This takes back our invoice {credit.number} of {credit.date} in full. Reason: {credit.reason}.', 'Hiermit stornieren wir unsere Rechnung {credit.number} vom {credit.date} in voller Höhe. Grund: {credit.reason}.', 'Con la presente storniamo integralmente la nostra fattura {credit.number} in data {credit.date}. Motivo: {credit.reason}.'),
    settle: words(
      'What you have paid goes back by the means of payment that you used, less what may be kept by the refund table you were shown before paying.',
      'Ihre Zahlungen werden auf demselben Zahlungsweg erstattet, abzüglich dessen, was nach der vor der Zahlung gezeigten Erstattungstabelle einbehalten werden darf.',
      'Quanto versato viene rimborsato con lo stesso mezzo di pagamento, dedotto quanto può essere trattenuto secondo la tabella dei rimborsi mostrata prima del pagamento.',
    ),
  },
};

export const proforma: Template = {
  kind: 'proforma',
  version: 0,
  settings: {},
  blocks: [
    { block: 'note', text: 'not_an_invoice' },
    { block: 'parties', roles: ['buyer', 'broker'] },
    { block: 'text', text: 'intro', size: 'lead' },
    { block: 'facts', title: 'vehicle', fields: ['vehicle.name', 'vehicle.vin', 'vehicle.first_registration', 'vehicle.mileage', 'order.capacity'] },
    { block: 'price' },
  ],
  texts: {
    vehicle,
    not_an_invoice: words('This is not an invoice. It gives no right to deduct VAT.', 'Dies ist keine Rechnung. Sie berechtigt nicht zum Vorsteuerabzug.', 'Il presente documento non è una fattura e non dà diritto alla detrazione dell’IVA.'),
    intro: words(
      'The purchase contract is concluded. Of the total of {price.total} the deposit of {price.deposit} has been provided. Please pay the balance of {price.balance} from your account, naming {order.number}. The table shows to whom it goes.',
      'Der Kaufvertrag ist geschlossen. Vom Gesamtbetrag von {price.total} ist die Anzahlung von {price.deposit} geleistet. Bitte zahlen Sie den Restbetrag von {price.balance} über Ihr Kundenkonto unter Angabe von {order.number}. Die Aufstellung zeigt, an wen er geht.',
      'Il contratto di vendita è concluso. Del totale di {price.total} è stato versato l’acconto di {price.deposit}. La preghiamo di pagare il saldo di {price.balance} dal Suo account indicando {order.number}. La tabella mostra a chi è destinato.',
    ),
  },
};
