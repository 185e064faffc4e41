import type { Capacity, DocumentKind, PaymentMethod, SignerRole } from '@autobroker/kernel';
import type { Treatment } from '../invoice/treatment';
import type { Language } from './paper';

/** One thing said in every language that documents are written in. */
export type Words = Readonly<Record<Language, string>>;
export const words = (en: string, de: string, it: string): Words => ({ en, de, it });

export const kindNames: Readonly<Record<DocumentKind, Words>> = {
  quote: words('Quote', 'Angebot', 'Preventivo'),
  mandate: words('Brokerage mandate', 'Vermittlungsauftrag', 'Mandato di intermediazione'),
  deposit_receipt: words('Reservation and deposit receipt', 'Reservierungs- und Anzahlungsquittung', 'Ricevuta di prenotazione e acconto'),
  purchase_contract: words('Vehicle purchase contract', 'Kaufvertrag über ein Kraftfahrzeug', 'Contratto di vendita di veicolo'),
  proforma: words('Proforma statement', 'Proforma-Aufstellung', 'Nota proforma'),
  prepayment_invoice: words('Prepayment invoice', 'Anzahlungsrechnung', 'Fattura di acconto'),
  invoice: words('Invoice', 'Rechnung', 'Fattura'),
  credit_note: words('Credit note', 'Stornorechnung', 'Nota di credito'),
  handover_protocol: words('Handover protocol', 'Übergabeprotokoll', 'Verbale di consegna'),
  registration_poa: words('Power of attorney for registration', 'Vollmacht zur Fahrzeugzulassung', 'Procura per l’immatricolazione'),
  odometer_statement: words('Odometer disclosure statement', 'Erklärung zum Kilometerstand', 'Dichiarazione di percorrenza'),
  bill_of_sale: words('Bill of sale', 'Verkaufsurkunde (Bill of Sale)', 'Atto di vendita (Bill of Sale)'),
};

export const correctedInvoice = words('Corrected invoice', 'Rechnungskorrektur', 'Fattura rettificativa');

export const roleNames: Readonly<Record<SignerRole, Words>> = {
  buyer: words('Buyer', 'Käufer', 'Acquirente'),
  seller: words('Seller', 'Verkäufer', 'Venditore'),
  broker: words('Broker', 'Vermittler', 'Intermediario'),
};

export const issuerName = words('Issued by', 'Rechnungsaussteller', 'Emessa da');
export const traderNames = { dealer: words('Dealer', 'Händler', 'Rivenditore'), commissionaire: words('Commissionaire', 'Kommissionär', 'Commissionario') };

export const capacityNames: Readonly<Record<Capacity, Words>> = {
  buyer_agent: words('Agent of the buyer', 'Vermittler im Auftrag des Käufers', 'Mandatario dell’acquirente'),
  seller_agent: words('Agent of the seller', 'Vermittler im Auftrag des Verkäufers', 'Mandatario del venditore'),
  commissionaire: words('Commissionaire (in own name)', 'Kommissionär (im eigenen Namen)', 'Commissionario (in nome proprio)'),
  dealer: words('Dealer (own stock)', 'Händler (eigener Bestand)', 'Rivenditore (veicolo proprio)'),
};

export const methodNames: Readonly<Record<PaymentMethod, Words>> = {
  card: words('Card', 'Kartenzahlung', 'Carta di pagamento'),
  bank_transfer: words('Bank transfer', 'Überweisung', 'Bonifico bancario'),
  paypal: words('PayPal', 'PayPal', 'PayPal'),
};

/** What the lines of a price are called; a code of a tenant's own stands as it is. */
export const lineNames: Readonly<Record<string, Words>> = {
  price: words('Vehicle', 'Fahrzeug', 'Veicolo'),
  broker_fee: words('Brokerage fee', 'Vermittlungshonorar', 'Compenso di intermediazione'),
  broker_fee_vat: words('VAT on the brokerage fee', 'Umsatzsteuer auf das Vermittlungshonorar', 'IVA sul compenso di intermediazione'),
  vat: words('VAT on the vehicle', 'Umsatzsteuer auf das Fahrzeug', 'IVA sul veicolo'),
  prepayment: words('Prepayment for the vehicle', 'Anzahlung auf das Fahrzeug', 'Acconto sul veicolo'),
  transport: words('Transport', 'Transport', 'Trasporto'),
  transport_enclosed: words('Enclosed trailer', 'Geschlossener Transport', 'Trasporto in bisarca chiusa'),
  transport_inoperable: words('Surcharge for a car that does not run', 'Zuschlag für nicht fahrbereites Fahrzeug', 'Supplemento per veicolo non marciante'),
  registration_fee: words('Registration', 'Zulassung', 'Immatricolazione'),
  title_fee: words('Title', 'Fahrzeugbrief (Title)', 'Certificato di proprietà (title)'),
  doc_fee: words('Document fee', 'Dokumentengebühr', 'Spese di pratica'),
  sales_tax: words('Sales tax', 'Verkaufssteuer', 'Imposta sulle vendite'),
  local_tax: words('Local tax', 'Lokale Steuer', 'Imposta locale'),
  auction_fee: words('Auction fee', 'Auktionsgebühr', 'Commissione d’asta'),
};

/** What the law wants to be said where no tax is shown, in its own words where it has some (Directive 2006/112, Art. 226). */
export const exemptionTexts: Readonly<Record<Treatment, Words | null>> = {
  standard: null,
  margin: words('Margin scheme – Second-hand goods', 'Gebrauchtgegenstände/Sonderregelung', 'Regime del margine – beni d’occasione'),
  intra_community: words(
    'Intra-Community supply, exempt from VAT (Art. 138 Directive 2006/112/EC)',
    'Steuerfreie innergemeinschaftliche Lieferung (Art. 138 Richtlinie 2006/112/EG; § 4 Nr. 1 Buchst. b, § 6a UStG)',
    'Cessione intracomunitaria non imponibile (art. 138 direttiva 2006/112/CE)',
  ),
  new_transport: words(
    'Intra-Community supply of a new means of transport, exempt from VAT (Art. 138(2)(a) Directive 2006/112/EC)',
    'Steuerfreie innergemeinschaftliche Lieferung eines neuen Fahrzeugs (Art. 138 Abs. 2 Buchst. a Richtlinie 2006/112/EG; § 4 Nr. 1 Buchst. b, § 6a UStG)',
    'Cessione intracomunitaria di mezzo di trasporto nuovo, non imponibile (art. 138, par. 2, lett. a, direttiva 2006/112/CE)',
  ),
  reverse_charge: words('Reverse charge – VAT to be accounted for by the recipient (Art. 196 Directive 2006/112/EC)', 'Steuerschuldnerschaft des Leistungsempfängers (Art. 196 Richtlinie 2006/112/EG)', 'Inversione contabile – imposta dovuta dal destinatario (art. 196 direttiva 2006/112/CE)'),
  outside: null,
};

/** What may be kept, and whose the way back is, as the refund table says it. */
export const keepsWords: Readonly<Record<string, Words>> = {
  nothing: words('Everything goes back.', 'Alles wird erstattet.', 'Tutto viene restituito.'),
  proven_cost: words('Kept: at most the proven cost, and never more than the deposit.', 'Einbehalten: höchstens die nachgewiesenen Kosten, nie mehr als die Anzahlung.', 'Trattenuto: al massimo il costo provato e mai più dell’acconto.'),
  excess_use: words('Kept: what the car has lost by use beyond a look at it.', 'Einbehalten: Wertersatz für die Nutzung, die über die Prüfung des Fahrzeugs hinausgeht.', 'Trattenuto: la diminuzione di valore per l’uso oltre la semplice verifica.'),
  restocking_fee: words('Kept: 1.5% of the price, $200 to $600.', 'Einbehalten: 1,5 % des Preises, 200 bis 600 US-Dollar.', 'Trattenuto: 1,5% del prezzo, da 200 a 600 dollari USA.'),
};
export const returnWords: Readonly<Record<string, Words>> = {
  buyer: words('The buyer pays the way back.', 'Den Rücktransport zahlt der Käufer.', 'La riconsegna è a carico dell’acquirente.'),
  seller: words('The seller pays the way back.', 'Den Rücktransport zahlt der Verkäufer.', 'La riconsegna è a carico del venditore.'),
};

/** The stages and faults of the refund matrix, as a buyer reads them. */
export const stageNames: Readonly<Record<string, Words>> = {
  before_capture: words('Before the deposit is taken', 'Vor Einzug der Anzahlung', 'Prima dell’incasso dell’acconto'),
  deposit_taken: words('Deposit taken', 'Anzahlung eingezogen', 'Acconto incassato'),
  requested: words('Requested', 'Angefragt', 'Richiesto'),
  reserved: words('Reserved', 'Reserviert', 'Prenotato'),
  deposit_held: words('Deposit held', 'Anzahlung gesichert', 'Acconto vincolato'),
  inspection: words('Inspection', 'Prüfung', 'Ispezione'),
  contracted: words('Contract signed', 'Vertrag geschlossen', 'Contratto concluso'),
  balance_paid: words('Balance paid', 'Restbetrag bezahlt', 'Saldo pagato'),
  titling: words('Titling', 'Zulassung', 'Immatricolazione'),
  in_transit: words('In transit', 'Transport', 'In trasporto'),
  delivered: words('Delivered', 'Übergeben', 'Consegnato'),
};
export const faultNames: Readonly<Record<string, Words>> = {
  buyer: words('Buyer', 'Käufer', 'Acquirente'),
  seller: words('Seller', 'Verkäufer', 'Venditore'),
  broker: words('Broker', 'Vermittler', 'Intermediario'),
  inspection: words('Inspection not passed', 'Prüfung nicht bestanden', 'Ispezione non superata'),
  withdrawal: words('Withdrawal', 'Widerruf', 'Recesso'),
  nobody: words('Nobody', 'Niemand', 'Nessuno'),
};

/** Why something is taken back or written anew, where it is one of ours to say; what somebody wrote stands as it is. */
const reasonWords: Readonly<Record<string, Words>> = {
  withdrawal: words('withdrawal by the buyer', 'Widerruf des Käufers', 'recesso dell’acquirente'),
  inspection_failed: words('inspection not passed', 'Prüfung nicht bestanden', 'ispezione non superata'),
  deposit_not_paid: words('the deposit was not paid', 'Anzahlung nicht geleistet', 'acconto non versato'),
  balance_not_paid: words('the balance was not paid', 'Restbetrag nicht gezahlt', 'saldo non versato'),
  request_expired: words('the request has expired', 'Anfrage abgelaufen', 'richiesta scaduta'),
  expired: words('the time has run out', 'Frist abgelaufen', 'termine scaduto'),
  asked: words('at the buyer’s request', 'auf Wunsch des Käufers', 'su richiesta dell’acquirente'),
  buyer_erased: words('the buyer’s account was closed', 'Konto des Käufers geschlossen', 'account dell’acquirente chiuso'),
  terms_changed: words('the terms have changed', 'geänderte Bedingungen', 'condizioni modificate'),
  tax_changed: words('the rate of tax has changed before the handover', 'geänderter Steuersatz vor der Übergabe', 'aliquota cambiata prima della consegna'),
  order_cancelled: words('the order was cancelled', 'Auftrag storniert', 'ordine annullato'),
};
export const reasonText = (reason: string, language: Language): string => (Object.hasOwn(reasonWords, reason) ? reasonWords[reason]?.[language] : undefined) ?? reason;

/** What stands around the content of every document. */
export const frame = {
  number: words('Number', 'Nummer', 'Numero'),
  date: words('Date', 'Datum', 'Data'),
  order: words('Order', 'Auftrag', 'Ordine'),
  capacity: words('We act as', 'Wir handeln als', 'Agiamo in qualità di'),
  page: words('Page {page} of {pages}', 'Seite {page} von {pages}', 'Pagina {page} di {pages}'),
  template: words('Template', 'Vorlage', 'Modello'),
  draft: words('DRAFT', 'ENTWURF', 'BOZZA'),
  replaces: words(
    'This is version {version}. It replaces {number}, version {old}, of {date} (SHA-256 {sha}…). Reason: {reason}',
    'Dies ist Version {version}. Sie ersetzt {number}, Version {old}, vom {date} (SHA-256 {sha}…). Grund: {reason}',
    'Questa è la versione {version}. Sostituisce {number}, versione {old}, in data {date} (SHA-256 {sha}…). Motivo: {reason}',
  ),
  description: words('Description', 'Bezeichnung', 'Descrizione'),
  payee: words('Goes to', 'Empfänger', 'Destinatario'),
  amount: words('Amount', 'Betrag', 'Importo'),
  net: words('Net', 'Netto', 'Imponibile'),
  rate: words('VAT', 'USt.', 'IVA'),
  tax: words('VAT amount', 'USt.-Betrag', 'Importo IVA'),
  gross: words('Gross', 'Brutto', 'Totale'),
  total: words('Total', 'Gesamtbetrag', 'Totale'),
  deposit: words('of which deposit', 'davon Anzahlung', 'di cui acconto'),
  balance: words('of which balance', 'davon Restbetrag', 'di cui saldo'),
  subtotal: words('Net total', 'Summe netto', 'Totale imponibile'),
  rounding: words('Rounding', 'Rundung', 'Arrotondamento'),
  prepaid: words('Already paid', 'Bereits bezahlt', 'Già pagato'),
  due: words('Amount due', 'Zahlbetrag', 'Importo da pagare'),
  quantity: words('Qty', 'Menge', 'Q.tà'),
  credit: words('Amount credited', 'Stornobetrag', 'Importo stornato'),
  creditedApart: words('of which prepayments, credited separately', 'davon Anzahlungen, gesondert storniert', 'di cui acconti, stornati separatamente'),
  creditLeft: words('Credited by this note', 'Mit diesem Beleg storniert', 'Stornato con il presente documento'),
  remainingNet: words('Remaining net amount', 'Verbleibendes Entgelt, netto', 'Imponibile residuo'),
  remainingTax: words('VAT on it', 'darauf entfallende Umsatzsteuer', 'IVA corrispondente'),
  remainingGross: words('Remaining amount', 'Verbleibender Betrag', 'Importo residuo'),
  prepayments: words('Prepayment invoices taken into account', 'Berücksichtigte Anzahlungsrechnungen', 'Fatture di acconto considerate'),
  settlement: words('What was paid with the order besides, and is not part of this invoice', 'Mit dem Auftrag außerdem bezahlt, nicht Teil dieser Rechnung', 'Somme versate con l’ordine che non fanno parte di questa fattura'),
  orderTotal: words('Total of the order', 'Gesamtbetrag des Auftrags', 'Totale dell’ordine'),
  stage: words('Stage', 'Stand', 'Fase'),
  fault: words('Ended because of', 'Beendet durch', 'Causa'),
  back: words('Goes back', 'Erstattung', 'Rimborso'),
  remark: words('Remark', 'Anmerkung', 'Nota'),
  placeDate: words('Place, date', 'Ort, Datum', 'Luogo, data'),
  none: words('none known', 'keine bekannt', 'nessuno noto'),
  vatId: words('VAT ID', 'USt-IdNr.', 'Partita IVA'),
  licence: words('Licence', 'Lizenz', 'Licenza'),
  yes: words('yes', 'ja', 'sì'),
  no: words('no', 'nein', 'no'),
} as const satisfies Record<string, Words>;

export const payeeNames: Readonly<Record<string, Words>> = {
  seller: words('Seller', 'Verkäufer', 'Venditore'),
  auction: words('Auction house', 'Auktionshaus', 'Casa d’aste'),
  broker: words('Broker', 'Vermittler', 'Intermediario'),
  carrier: words('Carrier', 'Spediteur', 'Trasportatore'),
  authority: words('Public authority', 'Behörde', 'Ente pubblico'),
};
