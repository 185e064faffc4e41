import type { Template } from '../paper/template';
import { words } from '../paper/words';
import { withdrawalForm } from './withdrawal';

export const mandate: Template = {
  kind: 'mandate',
  version: 0,
  settings: { mandate_days: 30, exclusive: 0 },
  blocks: [
    { block: 'text', text: 'intro', size: 'lead', when: 'buyer_agent' },
    { block: 'text', text: 'intro_seller_agent', size: 'lead', when: 'seller_agent' },
    { block: 'text', text: 'intro_own', size: 'lead', when: 'own_name' },
    { block: 'parties', roles: ['buyer', 'broker'] },
    { block: 'facts', title: 'vehicle', fields: ['vehicle.name', 'vehicle.vin', 'vehicle.first_registration', 'vehicle.mileage'] },
    { block: 'facts', title: 'terms', fields: ['price.max', 'fee.amount', 'fee.payer', 'mandate.expires', 'mandate.exclusivity', 'order.capacity', 'price.deposit'] },
    {
      block: 'clauses',
      clauses: [
        { text: 'scope', when: 'buyer_agent' },
        { text: 'scope_seller_agent', when: 'seller_agent' },
        { text: 'scope_own', when: 'own_name' },
        { text: 'price', when: 'agent' },
        { text: 'fee', when: 'agent' },
        { text: 'fee_own', when: 'own_name' },
        { text: 'deposit' },
        { text: 'end' },
        { text: 'withdrawal', when: 'withdrawal' },
        { text: 'withdrawal_later', when: 'withdrawal_later' },
        { text: 'no_withdrawal', when: 'no_withdrawal' },
      ],
    },
    { block: 'note', text: 'california', when: 'california' },
    { block: 'signatures', roles: ['buyer', 'broker'] },
    { block: 'note', text: 'form', when: 'withdrawal' },
  ],
  texts: {
    intro: words(
      'The buyer instructs the broker to procure the vehicle below on the terms of this mandate.',
      'Der Käufer beauftragt den Vermittler, das nachstehende Fahrzeug zu den Bedingungen dieses Auftrags zu beschaffen.',
      'L’acquirente incarica l’intermediario di procurare il veicolo indicato di seguito alle condizioni del presente mandato.',
    ),
    intro_seller_agent: words(
      'The broker acts for the seller of the vehicle below. The buyer asks it to reserve the vehicle and to prepare the purchase on these terms.',
      'Der Vermittler ist für den Verkäufer des nachstehenden Fahrzeugs tätig. Der Käufer beauftragt ihn, das Fahrzeug zu reservieren und den Kauf zu diesen Bedingungen vorzubereiten.',
      'L’intermediario agisce per il venditore del veicolo indicato di seguito. L’acquirente gli chiede di prenotare il veicolo e di preparare l’acquisto alle presenti condizioni.',
    ),
    intro_own: words(
      'The buyer asks the seller named below to reserve the vehicle and to prepare the purchase on these terms.',
      'Der Käufer beauftragt den unten genannten Verkäufer, das Fahrzeug zu reservieren und den Kauf zu diesen Bedingungen vorzubereiten.',
      'L’acquirente chiede al venditore sotto indicato di prenotare il veicolo e di preparare l’acquisto alle presenti condizioni.',
    ),
    vehicle: words('The vehicle', 'Das Fahrzeug', 'Il veicolo'),
    terms: words('The terms', 'Die Bedingungen', 'Le condizioni'),
    scope: words(
      'Scope\nThe broker verifies the offer, reserves the vehicle, arranges its inspection, prepares the purchase contract and accompanies payment, registration and delivery. The broker acts as an agent; the purchase contract is concluded between the buyer and the seller.',
      'Umfang\nDer Vermittler prüft das Angebot, reserviert das Fahrzeug, veranlasst die Prüfung, bereitet den Kaufvertrag vor und begleitet Zahlung, Zulassung und Übergabe. Der Vermittler handelt als Beauftragter; der Kaufvertrag kommt zwischen Käufer und Verkäufer zustande.',
      'Oggetto\nL’intermediario verifica l’offerta, prenota il veicolo, ne dispone l’ispezione, prepara il contratto di vendita e assiste nel pagamento, nell’immatricolazione e nella consegna. L’intermediario agisce come mandatario; il contratto di vendita si conclude tra acquirente e venditore.',
    ),
    scope_seller_agent: words(
      'Scope\nThe broker verifies the offer, reserves the vehicle, arranges its inspection, prepares the purchase contract and accompanies payment, registration and delivery. It does so as the seller’s agent and is bound to the seller’s interest; the purchase contract is concluded between the buyer and the seller.',
      'Umfang\nDer Vermittler prüft das Angebot, reserviert das Fahrzeug, veranlasst die Prüfung, bereitet den Kaufvertrag vor und begleitet Zahlung, Zulassung und Übergabe. Er handelt dabei als Vermittler des Verkäufers und ist dessen Interessen verpflichtet; der Kaufvertrag kommt zwischen Käufer und Verkäufer zustande.',
      'Oggetto\nL’intermediario verifica l’offerta, prenota il veicolo, ne dispone l’ispezione, prepara il contratto di vendita e assiste nel pagamento, nell’immatricolazione e nella consegna. Agisce come mandatario del venditore e ne tutela gli interessi; il contratto di vendita si conclude tra acquirente e venditore.',
    ),
    scope_own: words(
      'Scope\n{broker.name} sells the vehicle in its own name. It reserves the vehicle for the buyer, arranges its inspection, prepares the purchase contract and accompanies payment, registration and delivery. The buyer is bound by the purchase contract only.',
      'Umfang\n{broker.name} verkauft das Fahrzeug im eigenen Namen, reserviert es für den Käufer, veranlasst die Prüfung, bereitet den Kaufvertrag vor und begleitet Zahlung, Zulassung und Übergabe. Zum Kauf verpflichtet sich der Käufer erst mit dem Kaufvertrag.',
      'Oggetto\n{broker.name} vende il veicolo in nome proprio, lo prenota per l’acquirente, ne dispone l’ispezione, prepara il contratto di vendita e assiste nel pagamento, nell’immatricolazione e nella consegna. L’acquirente si impegna all’acquisto solo con il contratto di vendita.',
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
    fee_own: words(
      'Fee\nBesides the price the fee is: {fee.amount}. It is paid by: {fee.payer}. Without a purchase contract nothing is due.',
      'Honorar\nHonorar neben dem Kaufpreis: {fee.amount}. Es zahlt: {fee.payer}. Ohne Kaufvertrag ist nichts geschuldet.',
      'Compenso\nCompenso oltre al prezzo: {fee.amount}. È a carico di: {fee.payer}. In mancanza del contratto di vendita nulla è dovuto.',
    ),
    deposit: words(
      'Deposit\nWith the reservation the buyer provides a deposit of {price.deposit}, which counts towards the price. When and how much of it goes back is shown in the refund table of the deposit receipt.',
      'Anzahlung\nMit der Reservierung leistet der Käufer eine Anzahlung von {price.deposit}, die auf den Preis angerechnet wird. Wann und in welcher Höhe sie erstattet wird, steht in der Erstattungstabelle der Anzahlungsquittung.',
      'Acconto\nCon la prenotazione l’acquirente versa un acconto di {price.deposit}, imputato al prezzo; esso non costituisce caparra ai sensi degli artt. 1385 e 1386 c.c. Quando e in quale misura è restituito risulta dalla tabella dei rimborsi della ricevuta.',
    ),
    end: words(
      'Term\nThis mandate is {mandate.exclusivity}. It ends on {mandate.expires} unless a purchase contract has been concluded before.',
      'Laufzeit\nDieser Auftrag ist {mandate.exclusivity}. Er endet am {mandate.expires}, sofern bis dahin kein Kaufvertrag geschlossen ist.',
      'Durata\nIl presente mandato è {mandate.exclusivity}. Scadenza: {mandate.expires}, salvo che prima sia concluso un contratto di vendita.',
    ),
    withdrawal: words(
      'Right of withdrawal\nYou have the right to withdraw from this mandate within {withdrawal.days} days of its conclusion without giving any reason, by the withdrawal function of your account or by any unequivocal statement to {broker.contact}. It is enough that you send it before the period has ended. We then reimburse all payments without undue delay and in any event within 14 days, by the means of payment that you used. If you asked us to begin before the period has ended, you pay for what was provided until then in proportion; the right ends when the service has been fully performed at your express request.',
      'Widerrufsrecht\nSie haben das Recht, binnen {withdrawal.days} Tagen ab Vertragsschluss ohne Angabe von Gründen diesen Auftrag zu widerrufen, über die Widerrufsfunktion Ihres Kontos oder durch eine eindeutige Erklärung gegenüber {broker.contact}. Zur Wahrung der Frist genügt die rechtzeitige Absendung. Wir erstatten dann alle Zahlungen unverzüglich, spätestens binnen 14 Tagen, auf demselben Zahlungsweg. Haben Sie verlangt, dass wir vor Ablauf der Frist beginnen, zahlen Sie anteilig für das bis dahin Geleistete; das Recht erlischt, wenn die Leistung auf Ihren ausdrücklichen Wunsch vollständig erbracht ist.',
      'Diritto di recesso\nLei ha il diritto di recedere dal presente mandato entro {withdrawal.days} giorni dalla conclusione senza indicarne le ragioni, tramite la funzione di recesso del Suo account o con dichiarazione esplicita a {broker.contact}. Il termine è rispettato se la comunicazione è inviata prima della scadenza. Rimborseremo tutti i pagamenti senza indebito ritardo e comunque entro 14 giorni, con lo stesso mezzo di pagamento. Se ha chiesto di iniziare prima della scadenza del termine, paga in proporzione quanto fornito fino a quel momento; il diritto si estingue quando il servizio è stato interamente prestato su Sua espressa richiesta.',
    ),
    no_withdrawal: words(
      'Withdrawal\nFor this mandate there is no statutory right of withdrawal. The stages at which the order can still be ended, and what goes back then, are shown in the refund table.',
      'Widerruf\nFür diesen Auftrag besteht kein gesetzliches Widerrufsrecht. Bis wann der Auftrag beendet werden kann und was dann erstattet wird, steht in der Erstattungstabelle.',
      'Recesso\nPer il presente mandato non è previsto un diritto legale di recesso. Le fasi in cui l’ordine può ancora essere chiuso, e quanto viene restituito, risultano dalla tabella dei rimborsi.',
    ),
    withdrawal_later: words(
      'Withdrawal\nThe right to give the vehicle back that the law provides begins with the purchase; the purchase contract explains it. Until then the order can be ended as the refund table shows.',
      'Widerruf\nDas gesetzliche Recht, das Fahrzeug zurückzugeben, beginnt mit dem Kauf; der Kaufvertrag belehrt darüber. Bis dahin kann der Auftrag nach Maßgabe der Erstattungstabelle beendet werden.',
      'Recesso\nIl diritto di legge di restituire il veicolo nasce con l’acquisto ed è illustrato nel contratto di vendita. Fino ad allora l’ordine può essere chiuso come risulta dalla tabella dei rimborsi.',
    ),
    form: withdrawalForm,
    california: words(
      'Autobroker agreement, California Vehicle Code §§ 11735–11738. Broker’s licence no. {broker.licence}. Vehicle: {vehicle.name}, VIN {vehicle.vin}. Price: {price.total}. Brokering fee: {fee.amount}. This agreement expires on {mandate.expires}. The selling dealer may also pay a fee to the broker; if it does, the buyer is told its amount before signing. Any deposit is kept in a trust account and is refunded if the broker does not deliver on these terms.',
      'Autobroker agreement, California Vehicle Code §§ 11735–11738. Lizenz Nr. {broker.licence}. Fahrzeug: {vehicle.name}, VIN {vehicle.vin}. Preis: {price.total}. Vermittlungsgebühr: {fee.amount}. Dieser Vertrag endet am {mandate.expires}. Auch der verkaufende Händler kann dem Vermittler eine Gebühr zahlen; dann wird dem Käufer ihr Betrag vor der Unterschrift genannt. Eine Anzahlung liegt auf einem Treuhandkonto und wird erstattet, wenn der Vermittler nicht zu diesen Bedingungen liefert.',
      'Autobroker agreement, California Vehicle Code §§ 11735–11738. Licenza n. {broker.licence}. Veicolo: {vehicle.name}, VIN {vehicle.vin}. Prezzo: {price.total}. Compenso: {fee.amount}. Il contratto scade il {mandate.expires}. Anche il concessionario venditore può pagare un compenso all’intermediario; in tal caso l’importo è comunicato all’acquirente prima della firma. Gli acconti sono depositati su un conto fiduciario e restituiti se l’intermediario non consegna a queste condizioni.',
    ),
  },
};
