import type { Template } from '../paper/template';
import { words } from '../paper/words';
import { withdrawalForm } from './withdrawal';

export const purchaseContract: Template = {
  kind: 'purchase_contract',
  version: 0,
  settings: {},
  blocks: [
    { block: 'text', text: 'intro', size: 'lead' },
    { block: 'parties', roles: ['seller', 'buyer', 'broker'] },
    {
      block: 'facts',
      title: 'vehicle',
      fields: ['vehicle.name', 'vehicle.vin', 'vehicle.first_registration', 'vehicle.mileage', 'vehicle.owners', 'vehicle.colour', 'vehicle.condition', 'vehicle.title_status', 'vehicle.damage', 'contract.defects', 'inspection.result', 'vehicle.features'],
    },
    { block: 'heading', text: 'price' },
    { block: 'price' },
    { block: 'facts', title: 'terms', fields: ['contract.guarantee', 'contract.delivery_place', 'contract.delivery_date', 'order.capacity'] },
    {
      block: 'clauses',
      clauses: [
        { text: 'object' },
        { text: 'payment' },
        { text: 'delivery' },
        { text: 'condition' },
        { text: 'guarantee_private', when: 'consumer_sale' },
        { text: 'guarantee_shortened', when: 'shortened_guarantee' },
        { text: 'guarantee_private_seller', when: 'private_sale' },
        { text: 'guarantee_business', when: 'business_sale' },
        { text: 'warranty_america', when: 'america' },
        { text: 'retention' },
        { text: 'tax_margin', when: 'margin' },
        { text: 'withdrawal', when: 'withdrawal' },
        { text: 'withdrawal_america', when: 'withdrawal_america' },
        { text: 'no_withdrawal', when: 'no_withdrawal' },
        { text: 'agent', when: 'agent' },
        { text: 'final' },
      ],
    },
    { block: 'signatures', roles: ['buyer', 'seller'] },
    { block: 'note', text: 'form', when: 'withdrawal' },
  ],
  texts: {
    intro: words('The seller sells the vehicle described below to the buyer, and the buyer buys it, on these terms.', 'Der Verkäufer verkauft dem Käufer das nachstehend beschriebene Fahrzeug zu den folgenden Bedingungen.', 'Il venditore vende all’acquirente, che acquista, il veicolo descritto di seguito alle presenti condizioni.'),
    vehicle: words('The vehicle', 'Das Fahrzeug', 'Il veicolo'),
    price: words('The price', 'Der Preis', 'Il prezzo'),
    terms: words('Delivery and guarantee', 'Lieferung und Gewährleistung', 'Consegna e garanzia'),
    object: words(
      'Object\nThe object of the sale is the {vehicle.name} with the VIN {vehicle.vin}, first registered on {vehicle.first_registration}, with an odometer reading of {vehicle.mileage}, in the condition described above.',
      'Kaufgegenstand\nGegenstand des Kaufs ist der {vehicle.name} mit der Fahrzeug-Ident-Nr. {vehicle.vin}, Erstzulassung {vehicle.first_registration}, Kilometerstand {vehicle.mileage}, in dem oben beschriebenen Zustand.',
      'Oggetto\nOggetto della vendita è il veicolo {vehicle.name} con numero di telaio {vehicle.vin}, prima immatricolazione {vehicle.first_registration}, percorrenza {vehicle.mileage}, nelle condizioni sopra descritte.',
    ),
    payment: words(
      'Price and payment\nThe total is {price.total}. The deposit of {price.deposit} counts towards it; the balance of {price.balance} is due within five business days of signature. Cash above the legal limits is not accepted.',
      'Preis und Zahlung\nDer Gesamtbetrag ist {price.total}. Die Anzahlung von {price.deposit} wird angerechnet; der Restbetrag von {price.balance} ist binnen fünf Werktagen nach Unterzeichnung fällig. Barzahlungen über den gesetzlichen Grenzen werden nicht angenommen.',
      'Prezzo e pagamento\nIl totale è di {price.total}. L’acconto di {price.deposit} è imputato al prezzo; il saldo di {price.balance} è dovuto entro cinque giorni lavorativi dalla firma. Non si accettano contanti oltre i limiti di legge.',
    ),
    delivery: words(
      'Delivery\nThe vehicle is handed over at {contract.delivery_place}, on {contract.delivery_date}, once the price has been paid in full. Risk passes to the buyer at the handover. A protocol of the handover is signed by both.',
      'Lieferung\nDas Fahrzeug wird nach vollständiger Zahlung übergeben: Ort {contract.delivery_place}, Termin {contract.delivery_date}. Die Gefahr geht mit der Übergabe auf den Käufer über. Über die Übergabe wird ein von beiden unterzeichnetes Protokoll aufgenommen.',
      'Consegna\nIl veicolo è consegnato dopo l’integrale pagamento: luogo {contract.delivery_place}, data {contract.delivery_date}. Il rischio passa all’acquirente con la consegna, della quale è redatto un verbale firmato da entrambi.',
    ),
    condition: words(
      'Condition\nThe seller states: previous owners {vehicle.owners}; known damage: {vehicle.damage}; known defects: {contract.defects}. These statements are part of what was agreed about the quality of the vehicle.',
      'Beschaffenheit\nDer Verkäufer erklärt: Vorbesitzer {vehicle.owners}; bekannte Schäden: {vehicle.damage}; bekannte Mängel: {contract.defects}. Diese Angaben sind Teil der vereinbarten Beschaffenheit.',
      'Stato del veicolo\nIl venditore dichiara: precedenti proprietari {vehicle.owners}; danni noti: {vehicle.damage}; difetti noti: {contract.defects}. Tali dichiarazioni fanno parte delle qualità pattuite.',
    ),
    guarantee_private: words(
      'Legal guarantee\nThe statutory rights in respect of defects apply. Period agreed for this vehicle: {contract.guarantee}. Claims for intent, gross negligence, injury to life, body or health, and from guarantees given, are untouched.',
      'Gewährleistung\nEs gelten die gesetzlichen Rechte bei Mängeln. Für dieses Fahrzeug vereinbarte Frist: {contract.guarantee}. Ansprüche wegen Vorsatz, grober Fahrlässigkeit, Verletzung von Leben, Körper oder Gesundheit und aus übernommenen Garantien bleiben unberührt.',
      'Garanzia legale\nSi applicano i diritti di legge per i difetti di conformità. Durata pattuita per questo veicolo: {contract.guarantee}. Restano ferme le pretese per dolo, colpa grave, lesioni alla vita, al corpo o alla salute e per le garanzie prestate.',
    ),
    guarantee_shortened: words(
      'Shorter period – agreed separately\nThe law provides two years. For a used vehicle not less than one year may be agreed. That this vehicle falls short of the two years ({contract.guarantee}) was pointed out to the buyer specifically before the contract, and is agreed expressly and separately by this clause.',
      'Verkürzte Frist – gesondert vereinbart\nDas Gesetz sieht zwei Jahre vor; bei gebrauchten Fahrzeugen darf mindestens ein Jahr vereinbart werden. Dass für dieses Fahrzeug von den zwei Jahren abgewichen wird ({contract.guarantee}), wurde dem Käufer vor Abgabe seiner Vertragserklärung eigens mitgeteilt und wird mit dieser Bestimmung ausdrücklich und gesondert vereinbart (§ 476 Abs. 2 BGB).',
      'Durata ridotta – pattuita separatamente\nLa legge prevede due anni; per i veicoli usati può essere pattuito non meno di un anno. Che per questo veicolo la durata sia inferiore ai due anni ({contract.guarantee}) è stato comunicato specificamente all’acquirente prima del contratto ed è pattuito espressamente e separatamente con la presente clausola.',
    ),
    guarantee_private_seller: words(
      'Guarantee\nThe seller sells as a private person. Claims for defects are excluded beyond what is agreed about the condition of the vehicle, except for intent, gross negligence, injury to life, body or health, fraudulent concealment and guarantees given.',
      'Gewährleistung\nDer Verkäufer verkauft als Privatperson. Ansprüche wegen Mängeln sind über die vereinbarte Beschaffenheit hinaus ausgeschlossen, außer bei Vorsatz, grober Fahrlässigkeit, Verletzung von Leben, Körper oder Gesundheit, arglistigem Verschweigen und übernommenen Garantien.',
      'Garanzia\nIl venditore vende come privato. Oltre alle qualità pattuite del veicolo sono escluse le pretese per vizi, salvo dolo, colpa grave, lesioni alla vita, al corpo o alla salute, vizi taciuti in mala fede e garanzie prestate.',
    ),
    warranty_america: words(
      'Warranty\nWhat the window form of this vehicle (FTC Buyers Guide, 16 CFR Part 455) says about warranty is part of this contract and overrides any contrary provision in it. Where it says so, and the law of the state allows it, the vehicle is sold AS IS.',
      'Warranty (Gewährleistung)\nWas das Fensterformular dieses Fahrzeugs (FTC Buyers Guide, 16 CFR Part 455) zur Gewährleistung sagt, ist Teil dieses Vertrags und geht abweichenden Bestimmungen vor. Wo es so lautet und das Recht des Staates es zulässt, wird das Fahrzeug AS IS verkauft.',
      'Warranty (garanzia)\nQuanto il modulo esposto sul finestrino (FTC Buyers Guide, 16 CFR Part 455) dice sulla garanzia fa parte del contratto e prevale su clausole contrarie. Ove così indicato e ammesso dalla legge statale, il veicolo è venduto AS IS.',
    ),
    guarantee_business: words(
      'Guarantee\nThe buyer acts as a business. Agreed for this vehicle: {contract.guarantee}. Beyond that, claims for defects are excluded, except for intent, gross negligence, injury to life, body or health, fraudulent concealment and guarantees given.',
      'Gewährleistung\nDer Käufer handelt als Unternehmer. Für dieses Fahrzeug vereinbart: {contract.guarantee}. Darüber hinaus sind Ansprüche wegen Mängeln ausgeschlossen, außer bei Vorsatz, grober Fahrlässigkeit, Verletzung von Leben, Körper oder Gesundheit, arglistigem Verschweigen und übernommenen Garantien.',
      'Garanzia\nL’acquirente agisce come professionista. Pattuito per questo veicolo: {contract.guarantee}. Per il resto sono escluse le pretese per difetti, salvo dolo, colpa grave, lesioni alla vita o alla salute, occultamento doloso e garanzie prestate.',
    ),
    retention: words(
      'Retention of title\nThe vehicle remains the seller’s property until the price has been paid in full. Until then the registration papers stay with the seller or the broker.',
      'Eigentumsvorbehalt\nDas Fahrzeug bleibt bis zur vollständigen Zahlung des Kaufpreises Eigentum des Verkäufers. Bis dahin verbleiben die Zulassungspapiere beim Verkäufer oder beim Vermittler.',
      'Riserva di proprietà\nIl veicolo resta di proprietà del venditore fino all’integrale pagamento del prezzo. Fino ad allora i documenti di circolazione restano presso il venditore o l’intermediario.',
    ),
    tax_margin: words(
      'Tax\nThe vehicle is sold under the margin scheme for second-hand goods. VAT is not shown and can’t be deducted by the buyer.',
      'Steuer\nDas Fahrzeug unterliegt der Differenzbesteuerung (Gebrauchtgegenstände/Sonderregelung, § 25a UStG). Umsatzsteuer wird nicht ausgewiesen und kann nicht als Vorsteuer abgezogen werden.',
      'Imposta\nIl veicolo è venduto in regime del margine per i beni d’occasione. L’IVA non è esposta e non è detraibile dall’acquirente.',
    ),
    withdrawal: words(
      'Right of withdrawal\nAs a consumer you may withdraw from this contract within {withdrawal.days} days of the day on which you, or a third party named by you, took possession of the vehicle, without giving any reason, by the withdrawal function of your account or by any unequivocal statement to {broker.contact}. It is enough that you send it before the period has ended. All payments, standard delivery included, are then reimbursed within 14 days; reimbursement may be withheld until the vehicle is back. You bear the direct cost of returning it, and answer for a loss in value by handling beyond what is needed to establish its nature and functioning.',
      'Widerrufsrecht\nAls Verbraucher können Sie diesen Vertrag binnen {withdrawal.days} Tagen ab dem Tag, an dem Sie oder ein von Ihnen benannter Dritter das Fahrzeug in Besitz genommen haben, ohne Angabe von Gründen widerrufen, über die Widerrufsfunktion Ihres Kontos oder durch eine eindeutige Erklärung gegenüber {broker.contact}. Zur Wahrung der Frist genügt die rechtzeitige Absendung. Alle Zahlungen einschließlich der Standardlieferung werden dann binnen 14 Tagen erstattet; die Erstattung kann verweigert werden, bis das Fahrzeug zurück ist. Sie tragen die unmittelbaren Kosten der Rücksendung und haften für einen Wertverlust durch einen Umgang, der zur Prüfung von Beschaffenheit und Funktion nicht nötig war.',
      'Diritto di recesso\nIn quanto consumatore Lei può recedere dal presente contratto entro {withdrawal.days} giorni dal giorno in cui Lei, o un terzo da Lei indicato, ha acquisito il possesso del veicolo, senza indicarne le ragioni, tramite la funzione di recesso del Suo account o con dichiarazione esplicita a {broker.contact}. Il termine è rispettato se la comunicazione è inviata prima della scadenza. Tutti i pagamenti, compresa la consegna standard, sono rimborsati entro 14 giorni; il rimborso può essere sospeso fino alla restituzione del veicolo. I costi diretti della restituzione sono a Suo carico, così come la diminuzione di valore dovuta a un uso diverso da quello necessario per verificarne natura e funzionamento.',
    ),
    withdrawal_america: words(
      'Right to cancel (California, SB 766)\nYou may return the vehicle within {withdrawal.days} days of delivery if it has been driven no more than 400 miles since. The dealer may keep a restocking fee of 1.5% of the price, not less than $200 and not more than $600; everything else is refunded.',
      'Rückgaberecht (Kalifornien, SB 766)\nSie können das Fahrzeug binnen {withdrawal.days} Tagen nach der Übergabe zurückgeben, wenn es seither höchstens 400 Meilen gefahren wurde. Der Händler darf eine Gebühr von 1,5 % des Preises einbehalten, mindestens 200 und höchstens 600 US-Dollar; alles andere wird erstattet.',
      'Diritto di restituzione (California, SB 766)\nPuò restituire il veicolo entro {withdrawal.days} giorni dalla consegna se da allora ha percorso non più di 400 miglia. Il rivenditore può trattenere l’1,5% del prezzo, da un minimo di 200 a un massimo di 600 dollari USA; tutto il resto è rimborsato.',
    ),
    form: withdrawalForm,
    no_withdrawal: words(
      'Withdrawal\nFor this sale there is no statutory right of withdrawal.',
      'Widerruf\nFür diesen Kauf besteht kein gesetzliches Widerrufsrecht.',
      'Recesso\nPer la presente vendita non è previsto un diritto legale di recesso.',
    ),
    agent: words(
      'The broker\n{broker.name} has arranged this contract as an agent and is not a party to the sale. Payments to the broker for the seller are payments to the seller.',
      'Vermittler\n{broker.name} hat diesen Vertrag als Beauftragter vermittelt und ist nicht Partei des Kaufs. Zahlungen an den Vermittler für den Verkäufer gelten als Zahlungen an den Verkäufer.',
      'L’intermediario\n{broker.name} ha mediato il presente contratto come mandatario e non è parte della vendita. I pagamenti all’intermediario per conto del venditore valgono come pagamenti al venditore.',
    ),
    final: words(
      'Final terms\nThere are no oral side agreements. Changes are made in text form. If a term is void, the rest stands. Both parties receive a copy.',
      'Schlussbestimmungen\nMündliche Nebenabreden bestehen nicht. Änderungen bedürfen der Textform. Ist eine Bestimmung unwirksam, bleibt der übrige Vertrag bestehen. Beide Parteien erhalten eine Ausfertigung.',
      'Disposizioni finali\nNon esistono accordi verbali. Le modifiche richiedono la forma testuale. La nullità di una clausola non pregiudica le altre. Ciascuna parte riceve una copia.',
    ),
  },
};
