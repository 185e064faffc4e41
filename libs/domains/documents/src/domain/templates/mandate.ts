import type { Template } from '../paper/template';
import { words } from '../paper/words';

export const mandate: Template = {
  kind: 'mandate',
  version: 0,
  settings: { mandate_days: 30, exclusive: 0 },
  blocks: [
    { block: 'text', text: 'intro', size: 'lead' },
    { block: 'parties', roles: ['buyer', 'broker'] },
    { block: 'facts', title: 'vehicle', fields: ['vehicle.name', 'vehicle.vin', 'vehicle.first_registration', 'vehicle.mileage'] },
    { block: 'facts', title: 'terms', fields: ['price.max', 'fee.amount', 'fee.payer', 'mandate.expires', 'mandate.exclusivity', 'order.capacity', 'price.deposit'] },
    {
      block: 'clauses',
      clauses: [
        { text: 'scope', when: 'agent' },
        { text: 'scope_own', when: 'own_name' },
        { text: 'price', when: 'agent' },
        { text: 'fee' },
        { text: 'deposit' },
        { text: 'end' },
        { text: 'withdrawal', when: 'withdrawal' },
        { text: 'no_withdrawal', when: 'no_withdrawal' },
      ],
    },
    { block: 'note', text: 'california', when: 'california' },
    { block: 'signatures', roles: ['buyer', 'broker'] },
  ],
  texts: {
    intro: words(
      'The buyer instructs the broker to procure the vehicle below on the terms of this mandate.',
      'Der Käufer beauftragt den Vermittler, das nachstehende Fahrzeug zu den Bedingungen dieses Auftrags zu beschaffen.',
      'L’acquirente incarica l’intermediario di procurare il veicolo indicato di seguito alle condizioni del presente mandato.',
    ),
    vehicle: words('The vehicle', 'Das Fahrzeug', 'Il veicolo'),
    terms: words('The terms', 'Die Bedingungen', 'Le condizioni'),
    scope: words(
      'Scope\nThe broker verifies the offer, reserves the vehicle, arranges its inspection, prepares the purchase contract and accompanies payment, registration and delivery. The broker acts as an agent; the purchase contract is concluded between the buyer and the seller.',
      'Umfang\nDer Vermittler prüft das Angebot, reserviert das Fahrzeug, veranlasst die Prüfung, bereitet den Kaufvertrag vor und begleitet Zahlung, Zulassung und Übergabe. Der Vermittler handelt als Beauftragter; der Kaufvertrag kommt zwischen Käufer und Verkäufer zustande.',
      'Oggetto\nL’intermediario verifica l’offerta, prenota il veicolo, ne dispone l’ispezione, prepara il contratto di vendita e assiste nel pagamento, nell’immatricolazione e nella consegna. L’intermediario agisce come mandatario; il contratto di vendita si conclude tra acquirente e venditore.',
    ),
    scope_own: words(
      'Scope\nThe broker sells the vehicle in its own name. It reserves the vehicle for the buyer, arranges its inspection, prepares the purchase contract and accompanies payment, registration and delivery.',
      'Umfang\nDer Vermittler verkauft das Fahrzeug im eigenen Namen. Er reserviert es für den Käufer, veranlasst die Prüfung, bereitet den Kaufvertrag vor und begleitet Zahlung, Zulassung und Übergabe.',
      'Oggetto\nL’intermediario vende il veicolo in nome proprio. Prenota il veicolo per l’acquirente, ne dispone l’ispezione, prepara il contratto di vendita e assiste nel pagamento, nell’immatricolazione e nella consegna.',
    ),
    price: words(
      'Maximum price\nThe broker may commit the buyer up to {price.max} in total. Anything above needs the buyer’s consent in advance.',
      'Höchstpreis\nDer Vermittler darf den Käufer bis zu einem Gesamtbetrag von {price.max} verpflichten. Alles darüber hinaus bedarf der vorherigen Zustimmung des Käufers.',
      'Prezzo massimo\nL’intermediario può impegnare l’acquirente fino a un totale di {price.max}. Ogni importo superiore richiede il suo consenso preventivo.',
    ),
    fee: words(
      'Fee\nThe fee is {fee.amount}. It is paid by: {fee.payer}. It is earned only when the purchase contract is concluded; without one no fee is due. The broker takes no other remuneration for this sale.',
      'Honorar\nDas Honorar beträgt {fee.amount}. Es zahlt: {fee.payer}. Es ist erst mit Abschluss des Kaufvertrags verdient; ohne Kaufvertrag ist kein Honorar geschuldet. Weitere Vergütungen für diesen Verkauf nimmt der Vermittler nicht an.',
      'Compenso\nIl compenso è di {fee.amount}. È a carico di: {fee.payer}. Matura solo con la conclusione del contratto di vendita; in mancanza nulla è dovuto. L’intermediario non percepisce altri compensi per questa vendita.',
    ),
    deposit: words(
      'Deposit\nWith the reservation the buyer provides a deposit of {price.deposit}, which counts towards the price. When and how much of it goes back is shown in the refund table of the deposit receipt.',
      'Anzahlung\nMit der Reservierung leistet der Käufer eine Anzahlung von {price.deposit}, die auf den Preis angerechnet wird. Wann und in welcher Höhe sie erstattet wird, steht in der Erstattungstabelle der Anzahlungsquittung.',
      'Caparra\nCon la prenotazione l’acquirente versa {price.deposit}, che si imputano al prezzo. Quando e in quale misura la somma è restituita risulta dalla tabella dei rimborsi della ricevuta.',
    ),
    end: words(
      'Term\nThis mandate is {mandate.exclusivity}. It ends on {mandate.expires} unless a purchase contract has been concluded before.',
      'Laufzeit\nDieser Auftrag ist {mandate.exclusivity}. Er endet am {mandate.expires}, sofern bis dahin kein Kaufvertrag geschlossen ist.',
      'Durata\nIl presente mandato è {mandate.exclusivity}. Termina il {mandate.expires}, salvo che prima sia concluso un contratto di vendita.',
    ),
    withdrawal: words(
      'Right of withdrawal\nYou have the right to withdraw from this mandate within 14 days of its conclusion without giving any reason, by the withdrawal function of your account or by any unequivocal statement to {broker.full}. We then reimburse all payments without undue delay and in any event within 14 days, by the means of payment that you used. If you asked us to begin before the period has ended, you pay for what was provided until then in proportion; the right ends when the service has been fully performed at your express request.',
      'Widerrufsrecht\nSie haben das Recht, binnen 14 Tagen ab Vertragsschluss ohne Angabe von Gründen diesen Auftrag zu widerrufen, über die Widerrufsfunktion Ihres Kontos oder durch eine eindeutige Erklärung gegenüber {broker.full}. Wir erstatten dann alle Zahlungen unverzüglich, spätestens binnen 14 Tagen, auf demselben Zahlungsweg. Haben Sie verlangt, dass wir vor Ablauf der Frist beginnen, zahlen Sie anteilig für das bis dahin Geleistete; das Recht erlischt, wenn die Leistung auf Ihren ausdrücklichen Wunsch vollständig erbracht ist.',
      'Diritto di recesso\nLei ha il diritto di recedere dal presente mandato entro 14 giorni dalla conclusione senza indicarne le ragioni, tramite la funzione di recesso del Suo account o con dichiarazione esplicita a {broker.full}. Rimborseremo tutti i pagamenti senza indebito ritardo e comunque entro 14 giorni, con lo stesso mezzo di pagamento. Se ha chiesto di iniziare prima della scadenza del termine, paga in proporzione quanto fornito fino a quel momento; il diritto si estingue quando il servizio è stato interamente prestato su Sua espressa richiesta.',
    ),
    no_withdrawal: words(
      'Withdrawal\nFor this mandate there is no statutory right of withdrawal. The stages at which the order can still be ended, and what goes back then, are shown in the refund table.',
      'Widerruf\nFür diesen Auftrag besteht kein gesetzliches Widerrufsrecht. Bis wann der Auftrag beendet werden kann und was dann erstattet wird, steht in der Erstattungstabelle.',
      'Recesso\nPer il presente mandato non è previsto un diritto legale di recesso. Le fasi in cui l’ordine può ancora essere chiuso, e quanto viene restituito, risultano dalla tabella dei rimborsi.',
    ),
    california: words(
      'Autobroker agreement, California Vehicle Code §§ 11735–11738. Broker’s licence no. {broker.licence}. Vehicle: {vehicle.name}, VIN {vehicle.vin}. Price: {price.total}. Brokering fee: {fee.amount}. This agreement expires on {mandate.expires}. The selling dealer may also pay a fee to the broker; if it does, the buyer is told its amount before signing. Any deposit is kept in a trust account and is refunded if the broker does not deliver on these terms.',
      'Autobroker agreement, California Vehicle Code §§ 11735–11738. Lizenz Nr. {broker.licence}. Fahrzeug: {vehicle.name}, VIN {vehicle.vin}. Preis: {price.total}. Vermittlungsgebühr: {fee.amount}. Dieser Vertrag endet am {mandate.expires}. Auch der verkaufende Händler kann dem Vermittler eine Gebühr zahlen; dann wird dem Käufer ihr Betrag vor der Unterschrift genannt. Eine Anzahlung liegt auf einem Treuhandkonto und wird erstattet, wenn der Vermittler nicht zu diesen Bedingungen liefert.',
      'Autobroker agreement, California Vehicle Code §§ 11735–11738. Licenza n. {broker.licence}. Veicolo: {vehicle.name}, VIN {vehicle.vin}. Prezzo: {price.total}. Compenso: {fee.amount}. Il contratto scade il {mandate.expires}. Anche il concessionario venditore può pagare un compenso all’intermediario; in tal caso l’importo è comunicato all’acquirente prima della firma. Gli acconti sono depositati su un conto fiduciario e restituiti se l’intermediario non consegna a queste condizioni.',
    ),
  },
};
