import type { Template } from '../paper/template';
import { words } from '../paper/words';

export const handoverProtocol: Template = {
  kind: 'handover_protocol',
  version: 0,
  settings: {},
  blocks: [
    { block: 'text', text: 'intro', size: 'lead' },
    { block: 'parties', roles: ['buyer', 'broker'] },
    { block: 'facts', title: 'vehicle', fields: ['vehicle.name', 'vehicle.vin', 'vehicle.first_registration', 'vehicle.colour'] },
    { block: 'facts', title: 'handover', fields: ['handover.at', 'handover.place', 'handover.odometer', 'handover.keys', 'handover.photos', 'handover.papers', 'handover.defects'] },
    { block: 'clauses', clauses: [{ text: 'risk' }, { text: 'state' }, { text: 'withdrawal', when: 'withdrawal' }, { text: 'withdrawal_america', when: 'withdrawal_america' }] },
    { block: 'signatures', roles: ['buyer', 'broker'] },
  ],
  texts: {
    intro: words('The vehicle was handed over as follows.', 'Das Fahrzeug wurde wie folgt übergeben.', 'Il veicolo è stato consegnato come segue.'),
    vehicle: words('The vehicle', 'Das Fahrzeug', 'Il veicolo'),
    handover: words('The handover', 'Die Übergabe', 'La consegna'),
    risk: words('Possession\nWith the signature possession and risk pass to the buyer.', 'Besitz und Gefahr\nMit der Übergabe gehen Besitz und Gefahr auf den Käufer über.', 'Possesso\nCon la firma possesso e rischio passano all’acquirente.'),
    state: words(
      'State\nThe buyer has inspected the vehicle. Defects found: {handover.defects}. The buyer’s statutory rights are untouched.',
      'Zustand\nDer Käufer hat das Fahrzeug besichtigt. Festgestellte Mängel: {handover.defects}. Die gesetzlichen Rechte des Käufers bleiben unberührt.',
      'Stato\nL’acquirente ha esaminato il veicolo. Difetti riscontrati: {handover.defects}. Restano fermi i diritti di legge dell’acquirente.',
    ),
    withdrawal: words(
      'Withdrawal\nThe period of {withdrawal.days} days for withdrawal begins with this handover, as the purchase contract explains.',
      'Widerruf\nDie Widerrufsfrist von {withdrawal.days} Tagen beginnt mit dieser Übergabe, wie im Kaufvertrag erläutert.',
      'Recesso\nIl termine di recesso di {withdrawal.days} giorni decorre da questa consegna, come illustrato nel contratto di vendita.',
    ),
    withdrawal_america: words(
      'Right to cancel\nThe period of {withdrawal.days} days, and the 400 miles, are counted from this handover and from the odometer reading above.',
      'Rückgaberecht\nDie Frist von {withdrawal.days} Tagen und die 400 Meilen zählen ab dieser Übergabe und dem oben genannten Tachostand.',
      'Diritto di restituzione\nIl termine di {withdrawal.days} giorni e le 400 miglia decorrono da questa consegna e dalla lettura sopra indicata.',
    ),
  },
};

export const registrationPoa: Template = {
  kind: 'registration_poa',
  version: 0,
  settings: { poa_days: 90 },
  blocks: [
    { block: 'text', text: 'intro', size: 'lead' },
    { block: 'facts', title: 'principal', fields: ['buyer.full', 'buyer.identity'] },
    { block: 'facts', title: 'agent', fields: ['broker.full', 'agent.identity'] },
    { block: 'facts', title: 'vehicle', fields: ['vehicle.name', 'vehicle.vin', 'vehicle.first_registration', 'poa.expires'] },
    { block: 'clauses', clauses: [{ text: 'scope' }, { text: 'consent', when: 'elsewhere' }, { text: 'end' }] },
    { block: 'text', text: 'wet', size: 'small' },
    { block: 'signatures', roles: ['buyer', 'broker'] },
  ],
  texts: {
    intro: words('The principal empowers the agent to register the vehicle below in the principal’s name.', 'Der Vollmachtgeber bevollmächtigt den Bevollmächtigten, das nachstehende Fahrzeug auf seinen Namen zuzulassen.', 'Il mandante conferisce al procuratore il potere di immatricolare il veicolo indicato di seguito a suo nome.'),
    principal: words('Principal', 'Vollmachtgeber', 'Mandante'),
    agent: words('Agent', 'Bevollmächtigter', 'Procuratore'),
    vehicle: words('The vehicle', 'Das Fahrzeug', 'Il veicolo'),
    scope: words(
      'Scope\nRegistration, transfer and change of registration, plates, title and all applications, statements and payments that belong to them, for the vehicle with the VIN {vehicle.vin} and no other.',
      'Umfang\nZulassung, Umschreibung und Ummeldung, Kennzeichen, Fahrzeugpapiere und alle dazugehörigen Anträge, Erklärungen und Zahlungen für das Fahrzeug mit der FIN {vehicle.vin} und kein anderes.',
      'Oggetto\nImmatricolazione, trascrizione e variazioni, targhe, documenti di proprietà e tutte le relative domande, dichiarazioni e pagamenti, per il veicolo con telaio {vehicle.vin} e per nessun altro.',
    ),
    consent: words(
      'Consent\nThe principal consents to the authority telling the agent about outstanding vehicle taxes and fees that stand against the registration.',
      'Einwilligung\nDer Vollmachtgeber willigt ein, dass die Behörde dem Bevollmächtigten rückständige Kraftfahrzeugsteuer und Gebühren mitteilt, die der Zulassung entgegenstehen.',
      'Consenso\nIl mandante acconsente che l’autorità comunichi al procuratore tasse e diritti arretrati che ostano all’immatricolazione.',
    ),
    end: words('Term\nThis power ends on {poa.expires}, or earlier when it is revoked or the vehicle is registered.', 'Dauer\nDie Vollmacht endet am {poa.expires}, früher bei Widerruf oder mit der Zulassung.', 'Durata\nLa procura cessa in data {poa.expires}, o prima in caso di revoca o ad immatricolazione avvenuta.'),
    wet: words('Many authorities ask for a signature by hand and a copy of both identity documents.', 'Viele Zulassungsstellen verlangen eine eigenhändige Unterschrift und Kopien beider Ausweise.', 'Molti uffici richiedono la firma autografa e copia di entrambi i documenti d’identità.'),
  },
};

export const odometerStatement: Template = {
  kind: 'odometer_statement',
  version: 0,
  settings: {},
  blocks: [
    { block: 'text', text: 'intro', size: 'lead' },
    { block: 'parties', roles: ['seller', 'buyer'] },
    { block: 'facts', title: 'vehicle', fields: ['vehicle.name', 'vehicle.year', 'vehicle.vin', 'odometer.reading', 'odometer.date'] },
    { block: 'text', text: 'certify' },
    { block: 'choices', texts: ['actual', 'exceeds', 'not_actual'] },
    { block: 'note', text: 'retention' },
    { block: 'signatures', roles: ['seller', 'buyer'] },
  ],
  texts: {
    intro: words(
      'Federal law (49 U.S.C. 32705, 49 CFR Part 580) requires that the mileage is stated upon transfer of ownership. A false statement, or none, may result in fines and imprisonment.',
      'Bundesrecht der USA (49 U.S.C. 32705, 49 CFR Part 580) verlangt beim Eigentumsübergang die Angabe des Tachostands. Eine falsche oder unterlassene Angabe kann mit Geld- oder Freiheitsstrafe geahndet werden.',
      'La legge federale USA (49 U.S.C. 32705, 49 CFR Part 580) impone di dichiarare la percorrenza al trasferimento di proprietà. Una dichiarazione falsa od omessa può comportare multa e reclusione.',
    ),
    vehicle: words('Vehicle and reading', 'Fahrzeug und Stand', 'Veicolo e lettura'),
    certify: words(
      'The transferor certifies to the best of their knowledge that the odometer now reads {odometer.reading} and (tick one):',
      'Der Veräußerer erklärt nach bestem Wissen, dass der Tacho jetzt {odometer.reading} anzeigt und (eines ankreuzen):',
      'Il cedente dichiara, per quanto a sua conoscenza, che il contachilometri segna {odometer.reading} e (barrare una casella):',
    ),
    actual: words('the reading is the actual mileage of the vehicle.', 'der Stand die tatsächliche Laufleistung ist.', 'la lettura è la percorrenza effettiva del veicolo.'),
    exceeds: words('the mileage stated is in excess of the odometer’s mechanical limits.', 'die Laufleistung die mechanische Grenze des Tachos übersteigt.', 'la percorrenza supera i limiti meccanici del contachilometri.'),
    not_actual: words('the odometer reading is NOT the actual mileage. WARNING – ODOMETER DISCREPANCY.', 'der Stand NICHT die tatsächliche Laufleistung ist. WARNUNG – ABWEICHUNG.', 'la lettura NON è la percorrenza effettiva. ATTENZIONE – DISCORDANZA.'),
    retention: words(
      'A statement is required for vehicles of model year 2011 and later for 20 years; those of 2010 and earlier are exempt. The dealer keeps a copy for five years.',
      'Für Fahrzeuge ab Modelljahr 2011 ist die Erklärung 20 Jahre lang nötig; bis 2010 sind sie befreit. Der Händler bewahrt eine Kopie fünf Jahre auf.',
      'La dichiarazione è richiesta per 20 anni per i veicoli dal 2011 in poi; quelli fino al 2010 sono esenti. Il rivenditore ne conserva copia per cinque anni.',
    ),
  },
};

export const billOfSale: Template = {
  kind: 'bill_of_sale',
  version: 0,
  settings: {},
  blocks: [
    { block: 'text', text: 'intro', size: 'lead' },
    { block: 'parties', roles: ['seller', 'buyer'] },
    { block: 'facts', title: 'vehicle', fields: ['vehicle.name', 'vehicle.year', 'vehicle.vin', 'vehicle.mileage', 'vehicle.colour', 'vehicle.title_status'] },
    { block: 'facts', title: 'sale', fields: ['price.vehicle', 'sale.date', 'sale.lien'] },
    { block: 'clauses', clauses: [{ text: 'transfer' }, { text: 'as_is' }, { text: 'buyers_guide' }] },
    { block: 'signatures', roles: ['seller', 'buyer'] },
  ],
  texts: {
    intro: words('For the price below, receipt of which is acknowledged, the seller sells and transfers the vehicle to the buyer.', 'Für den unten genannten, hiermit als erhalten bestätigten Preis verkauft und überträgt der Verkäufer das Fahrzeug dem Käufer.', 'Per il prezzo indicato, di cui si dà quietanza, il venditore vende e trasferisce il veicolo all’acquirente.'),
    vehicle: words('The vehicle', 'Das Fahrzeug', 'Il veicolo'),
    sale: words('The sale', 'Der Verkauf', 'La vendita'),
    transfer: words(
      'Transfer\nThe seller warrants to be the lawful owner with the right to sell, and that the vehicle is free of liens and encumbrances other than those named above.',
      'Übertragung\nDer Verkäufer sichert zu, verfügungsberechtigter Eigentümer zu sein und dass das Fahrzeug frei von anderen als den oben genannten Belastungen ist.',
      'Trasferimento\nIl venditore garantisce di essere proprietario con facoltà di vendere e che il veicolo è libero da vincoli diversi da quelli indicati.',
    ),
    as_is: words(
      'As is\nUnless a written warranty is given with this bill, or the law of the state forbids it, the vehicle is sold AS IS, without express or implied warranty.',
      'Ohne Gewähr (as is)\nSoweit keine schriftliche Garantie beigefügt ist und das Recht des Staates es nicht verbietet, wird das Fahrzeug AS IS verkauft, ohne ausdrückliche oder stillschweigende Gewähr.',
      'Visto e piaciuto (as is)\nSalvo garanzia scritta allegata o divieto della legge statale, il veicolo è venduto AS IS, senza garanzie espresse o implicite.',
    ),
    buyers_guide: words(
      'Buyers Guide\nThe information you see on the window form (FTC Buyers Guide, 16 CFR Part 455) for this vehicle is part of this contract. It overrides any contrary provisions in the contract of sale.',
      'Buyers Guide\nDie Angaben auf dem Fensterformular (FTC Buyers Guide, 16 CFR Part 455) sind Teil dieses Vertrags und gehen abweichenden Bestimmungen vor.',
      'Buyers Guide\nLe informazioni del modulo esposto sul finestrino (FTC Buyers Guide, 16 CFR Part 455) fanno parte del contratto e prevalgono su clausole contrarie.',
    ),
  },
};
