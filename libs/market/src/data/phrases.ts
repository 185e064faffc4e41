import type { Language } from '../sources';

export interface Phrases {
  readonly openings: readonly string[];
  readonly dealerOpenings: readonly string[];
  /** Said of cars that were never hit, or of one owner only. */
  readonly undamaged: readonly string[];
  readonly oneOwner: readonly string[];
  readonly facts: readonly string[];
  readonly equipment: string;
  readonly damaged: readonly string[];
  readonly contacts: readonly string[];
  readonly closings: readonly string[];
  readonly edits: readonly string[];
}

const american: Phrases = {
  openings: ['Selling my {make} {model}.', 'Up for sale is my {make} {model}.', 'Moving and need to sell my {make} {model}.', 'Beautiful {make} {model} located in {city}.'],
  dealerOpenings: ['Check out this {make} {model}!', 'This {make} {model} just arrived at our {city} location.', 'Take a look at our {make} {model}, priced to sell.'],
  undamaged: ['Clean Carfax, no accidents.', 'Never been in an accident.'],
  oneOwner: ['One owner.', 'Original owner.'],
  facts: ['Runs and drives great.', 'New tires last year.', 'Oil changed every 5,000 miles.', 'Non smoker, garage kept.', 'A/C blows cold.', 'Brakes done recently.', 'Small scratch on the rear bumper, see pictures.', '{owners} owner vehicle.', 'Highway miles.', 'Passed inspection in the spring.', 'All service records available.'],
  equipment: 'Features include',
  damaged: ['Has damage as shown in the pictures, sold as is.', 'Needs work, great project car.', 'Was in an accident, priced accordingly.'],
  contacts: ['Call or text {name} at {phone}.', 'Text me at {phone}, no calls after 9pm.', 'Email {email} for more info.', 'Ask for {name}, {phone}.', 'Contact {name}: {email} or {phone}.'],
  closings: ['No trades. Serious buyers only.', 'Financing available.', 'Cash or cashier\'s check.', 'Come see it today!', 'Price does not include tax, title and license.'],
  edits: ['PRICE REDUCED!', 'Still available.', 'UPDATE: new battery installed.'],
};

export const phrases: Readonly<Record<Language, Phrases>> = {
  'en-US': american,
  'en-GB': {
    openings: ['For sale: my {make} {model}.', 'Here we have a lovely {make} {model}.', '{make} {model} in great condition for its age.'],
    dealerOpenings: ['We are pleased to offer this {make} {model} from our {city} site.', 'Just arrived: {make} {model}.', 'A superb {make} {model}, prepared to a high standard.'],
    undamaged: ['HPI clear.', 'Never been in an accident.'],
    oneOwner: ['One owner from new.'],
    facts: ['Full service history.', 'Long MOT.', 'Two keys.', 'Drives superbly, no warning lights.', 'Just had new front brakes.', 'Few age related marks.', '{owners} owners from new.', 'ULEZ compliant.', 'Cam belt done.', 'Never smoked in.', 'Tyres all good.'],
    equipment: 'Spec includes',
    damaged: ['Damaged, see pictures, sold as seen.', 'Needs attention, hence the price.', 'Spares or repair.'],
    contacts: ['Call {name} on {phone}.', 'Ring or text {phone}.', 'Email {email} with any questions.', 'Please ask for {name}, {phone}.'],
    closings: ['No time wasters please.', 'Part exchange welcome.', 'Finance available, subject to status.', 'Viewings by appointment.'],
    edits: ['Price reduced for a quick sale.', 'Still available.', 'Now with 12 months MOT.'],
  },
  de: {
    openings: ['Verkaufe meinen {make} {model}.', 'Zum Verkauf steht mein gepflegter {make} {model}.', 'Schweren Herzens verkaufe ich meinen {make} {model}.'],
    dealerOpenings: ['Wir bieten Ihnen diesen {make} {model} an.', 'Sehr gepflegter {make} {model}, ab sofort in {city}.', 'Neu eingetroffen: {make} {model}.'],
    undamaged: ['Unfallfrei.', 'Das Fahrzeug ist laut Vorbesitzer unfallfrei.'],
    oneOwner: ['1. Hand.', 'Aus erster Hand.'],
    facts: ['Scheckheftgepflegt.', 'TÜV neu.', 'Nichtraucherfahrzeug.', '{owners}. Hand.', '8-fach bereift.', 'Bremsen vorne und hinten neu.', 'Kleine Kratzer am Stoßfänger.', 'Garagenwagen.', 'Zahnriemen wurde gemacht.', 'Fahrzeug befindet sich in einem sehr guten Zustand.', 'Inspektion gerade durchgeführt.'],
    equipment: 'Ausstattung',
    damaged: ['Fahrzeug hat einen Schaden, siehe Bilder.', 'Verkauf als Bastlerfahrzeug.', 'Unfallwagen, nicht fahrbereit oder nur bedingt.'],
    contacts: ['Bei Interesse bitte anrufen: {phone}.', 'Ihr Ansprechpartner: {name}, Tel. {phone}.', 'Fragen an {email}.', 'Melden Sie sich bei Herrn/Frau {name} unter {phone} oder {email}.'],
    closings: ['Keine Händleranfragen.', 'Privatverkauf, keine Garantie und Rücknahme.', 'Inzahlungnahme möglich.', 'Finanzierung möglich. Irrtümer und Zwischenverkauf vorbehalten.', 'Probefahrt nach Absprache.'],
    edits: ['Preis reduziert!', 'Noch zu haben.', 'Update: neue Batterie.'],
  },
  it: {
    openings: ['Vendo {make} {model}.', 'Vendo la mia {make} {model}, visibile a {city}.'],
    dealerOpenings: ['Proponiamo {make} {model} in ottime condizioni.', 'Appena arrivata: {make} {model}.'],
    undamaged: ['Mai incidentata.'],
    oneOwner: ['Unico proprietario.'],
    facts: ['Tagliandi certificati.', 'Sempre in garage.', 'Gomme nuove.', 'Revisione appena fatta.', 'Non fumatori.', 'Cinghia di distribuzione sostituita.', 'Bollo pagato.'],
    equipment: 'Dotazione',
    damaged: ['Da riparare, vedi foto.', 'Venduta come vista e piaciuta, incidentata.'],
    contacts: ['Chiamare {name} al {phone}.', 'Per informazioni: {email}.', 'Contattare {phone}, chiedere di {name}.'],
    closings: ['No perditempo.', 'Possibilità di finanziamento.', 'Prezzo passaggio escluso.'],
    edits: ['Prezzo ribassato!', 'Ancora disponibile.'],
  },
  fr: {
    openings: ['Vends {make} {model}.', 'À vendre {make} {model}, visible à {city}.'],
    dealerOpenings: ['Nous vous proposons cette {make} {model}.', 'Nouvel arrivage : {make} {model}.'],
    undamaged: ['Jamais accidentée.'],
    oneOwner: ['Première main.'],
    facts: ['Carnet d\'entretien complet.', 'Contrôle technique OK.', 'Non fumeur.', 'Pneus neufs.', 'Courroie de distribution faite.', 'Dort au garage.', 'Aucun frais à prévoir.', 'Freins récents.'],
    equipment: 'Équipements',
    damaged: ['Véhicule accidenté, voir photos.', 'Vendu en l\'état, pour pièces ou réparation.'],
    contacts: ['Contactez {name} au {phone}.', 'Renseignements : {email}.', 'Tél. {phone}, demander {name}.'],
    closings: ['Curieux s\'abstenir.', 'Reprise possible.', 'Financement possible.'],
    edits: ['Prix en baisse !', 'Toujours disponible.'],
  },
};
