import { type CapturedFieldName } from '@autobroker/contracts';

/** Labels of fact tables in English, German, French, Italian, Spanish, Dutch and Polish. Exact ones: a label that merely contains a word is another one. */
const written: { readonly [field in CapturedFieldName]?: string } = {
  make: 'make|brand|manufacturer|marke|hersteller|marque|marca|merk|marka|marka pojazdu|vehicle make|car make|fabrikat',
  model: 'model|modell|modèle|modele|modello|modelo|model pojazdu|vehicle model|car model|baureihe|modellreihe',
  trim: 'trim|trim level|version|variant|variante|ausstattungslinie|ausstattungsvariante|finition|allestimento|versione|versión|uitvoering|wersja|modellvariante|style|series|derivative',
  year: 'year|model year|baujahr|modelljahr|année|annee|année modèle|année-modèle|anno|año|ano|bouwjaar|rok produkcji|rocznik|rok|year of manufacture|vehicle year|produktionsjahr|year of build|anno di produzione|ano modelo|millésime',
  first_registration: 'first registration|first registration date|first registered|erstzulassung|ez|date first registered|mise en circulation|première mise en circulation|date de mise en circulation|1ère mise en circulation|1re mise en circulation|immatriculation|immatricolazione|prima immatricolazione|data immatricolazione|primera matriculación|matriculación|fecha de matriculación|eerste registratie|eerste toelating|datum eerste toelating|pierwsza rejestracja|data pierwszej rejestracji|registered|registration date|date of first registration|anno di immatricolazione',
  mileage: 'mileage|odometer|miles|kilometers|kilometres|kilometerstand|laufleistung|km-stand|km stand|kilometrage|kilométrage|chilometraggio|chilometri|kilometraje|kilómetros|kilometros|kilometer|tellerstand|km-stand|przebieg|odometer reading|milage|km|current mileage|vehicle mileage|kilometerstand lt. anzeige|compteur|percorrenza|actual mileage|distance',
  price: 'price|asking price|sale price|selling price|our price|cash price|internet price|kaufpreis|preis|verkaufspreis|bruttopreis|barpreis|prix|prix de vente|prix ttc|prezzo|precio|precio al contado|prijs|vraagprijs|verkoopprijs|cena|cena brutto|final price|total price|gesamtpreis|fahrzeugpreis|price (gross)|listing price|current price',
  fuel: 'fuel|fuel type|kraftstoff|kraftstoffart|carburant|énergie|energie|alimentazione|carburante|combustible|combustibile|brandstof|rodzaj paliwa|paliwo|type de carburant|tipo de combustible|tipo di carburante|treibstoff|antriebsart (kraftstoff)|engine fuel',
  gearbox: 'transmission|gearbox|getriebe|getriebeart|boîte de vitesses|boîte de vitesse|boite de vitesse|boite de vitesses|boîte|cambio|tipo di cambio|transmisión|caja de cambios|tipo de cambio|transmissie|versnellingsbak|skrzynia biegów|skrzynia|versnelling|schaltung',
  drivetrain: 'drivetrain|drive type|drive|drive train|driveline|antrieb|antriebsart|transmission (roues)|trazione|tracción|traction|aandrijving|napęd|wheel drive|driven wheels|roues motrices|drivetrain type|driveline type|drive line type',
  body: 'body|body type|body style|bodystyle|karosserie|karosserieform|aufbau|fahrzeugtyp|kategorie|carrosserie|type de carrosserie|carrozzeria|tipo di carrozzeria|carrocería|tipo de carrocería|carroceria|koetswerk|nadwozie|typ nadwozia|vehicle type|type|body style / type',
  power: 'power|engine power|leistung|puissance|puissance din|potenza|potencia|vermogen|moc|moc silnika|horsepower|puissance réelle|ps',
  engine: 'engine|engine type|motor|motorisierung|moteur|motorisation|motore|silnik|engine description|engine size and type',
  displacement: 'engine size|displacement|engine displacement|hubraum|cylindrée|cylindree|cilindrata|cilindrada|cilinderinhoud|pojemność skokowa|pojemność|engine capacity|cubic capacity|motorinhoud|engine size (cc)',
  doors: 'doors|number of doors|türen|anzahl türen|portes|nombre de portes|porte|numero di porte|puertas|número de puertas|deuren|aantal deuren|liczba drzwi|tuerenanzahl|anzahl der türen|door count',
  seats: 'seats|number of seats|sitze|sitzplätze|anzahl sitzplätze|nombre de places|places|posti|numero di posti|plazas|asientos|zitplaatsen|aantal zitplaatsen|liczba miejsc|seating|seating capacity|anzahl sitze',
  color: 'color|colour|exterior color|exterior colour|exterior|ext. color|paint color|farbe|außenfarbe|farbe (hersteller)|couleur|couleur extérieure|colore|colore esterno|color exterior|kleur|kolor|body colour|lackierung|vehicle color|paint|carrosseriekleur|lakkleur',
  interior_color: 'interior color|interior colour|interior|int. color|innenfarbe|farbe der innenausstattung|innenausstattung|couleur intérieure|colore interni|color interior|interieurkleur|kolor wnętrza|interior color / material',
  vin: 'vin|vin number|vin #|fahrgestellnummer|fin|fahrzeug-identifizierungsnummer|fahrzeugidentnummer|numéro de châssis|vin code|numero di telaio|chassisnummer|numer vin|número de bastidor|vehicle identification number|vin (status)|chassis number|n° de châssis|telaio|bastidor',
  stock_number: 'stock|stock #|stock number|stock no|stock no.|stock id|angebotsnummer|fahrzeugnummer|interne nummer|référence|dealer stock|stock#|inventarnummer',
  owners: 'owners|previous owners|number of owners|number of previous owners|vorbesitzer|fahrzeughalter|anzahl der fahrzeughalter|anzahl vorbesitzer|propriétaires|propriétaires précédents|nombre de propriétaires|proprietari|propietarios|vorige eigenaren|aantal eigenaren|no. of owners|previous owner|halter|nombre de main',
  damage: 'damage|primary damage|damage type|schaden|unfallschaden|dommages|danni|daños|schade|uszkodzenia|primary damage type|loss type',
  secondary_damage: 'secondary damage|secondary damage type',
  title_status: 'title status|title|title type|title code|title/sale doc|title/sale document|sale document|document type|doc type|title / state|title doc',
  condition: 'condition|zustand|fahrzeugzustand|état|stato|estado|staat|stan|vehicle condition|item condition',
  lot_number: 'lot|lot number|lot #|lot no|stock/lot|item #|item number',
  auction_ends_at: 'sale date|auction date|auction date and time|auction ends|ends|auction time|sale date & time',
  current_bid: 'current bid|high bid|highest bid|current high bid|aktuelles gebot|höchstgebot|enchère actuelle',
  buy_now_price: 'buy now|buy now price|buy it now|buy-now price|buy it now price|sofort-kaufen',
  estimated_value: 'estimated retail value|acv|actual cash value|est. retail value|actual cash value (acv)|estimated value|retail value',
  run_and_drive: 'start code|run & drive|run and drive|runs and drives|starts|highlights|run/drive|runs & drives',
  keys: 'keys|key|has key|has keys|key present|schlüssel',
  city: 'city|town|ort|stadt|ville|città|ciudad|stad|plaats|miasto',
  region: 'state|region|bundesland|province|provincia|provincie|województwo|county',
  postal_code: 'zip|zip code|postal code|postcode|plz|postleitzahl|code postal|cap|código postal|kod pocztowy',
  country: 'country|land|pays|paese|país|kraj|country of origin version',
  features: 'features|options|equipment|ausstattung|équipements|equipements|équipement|equipaggiamento|equipamiento|uitrusting|opties|wyposażenie|sonderausstattung',
  description: 'description|beschreibung|fahrzeugbeschreibung|descrizione|descripción|omschrijving|beschrijving|opis|seller comments|seller notes',
  listed_at: 'listed|date listed|posted|listed on|ad posted|eingestellt am|online since|inserat online seit|date de publication',
  seller_kind: 'seller type|seller|anbieter|type de vendeur|tipo di venditore|vendedor|vehicle listed by|listed by|verkäufer',
};

const normal = (label: string): string =>
  label
    .normalize('NFC')
    .toLowerCase()
    .replace(/[\s\u00a0]+/gu, ' ')
    .replace(/^[\s*•·–-]+|[\s:：*.?•]+$/gu, '')
    .replace(/[-_]+/gu, ' ');

const meanings: ReadonlyMap<string, CapturedFieldName> = new Map(
  Object.entries(written).flatMap(([field, labels]) => labels.split('|').map((label): [string, CapturedFieldName] => [normal(label), field as CapturedFieldName])),
);

/** Machine words for the same: `calendar` and `fuelType` as names of attributes or icons. */
const compact: ReadonlyMap<string, CapturedFieldName> = new Map([...meanings].map(([label, field]) => [label.replace(/[^\p{L}\d]/gu, ''), field]));
const icons: ReadonlyMap<string, CapturedFieldName> = new Map<string, CapturedFieldName>([
  ['mileageodometer', 'mileage'], ['mileageroad', 'mileage'], ['gaspump', 'fuel'], ['speedometer', 'power'], ['calendar', 'first_registration'],
  ['vehicleyear', 'year'], ['registeredyear', 'year'], ['vehiclemileage', 'mileage'], ['vehiclemake', 'make'], ['vehiclemodel', 'model'], ['vehiclefueltype', 'fuel'],
  ['vehicletransmission', 'gearbox'], ['vehiclebodytype', 'body'], ['vehiclecolour', 'color'], ['vehicleenginesize', 'displacement'],
  ['carmake', 'make'], ['carmodel', 'model'], ['caryear', 'year'], ['firstregistrationdate', 'first_registration'], ['numberofpreviousowners', 'owners'], ['exteriorcolor', 'color'],
]);

/** What a label names; null when that is nothing of ours. */
export const labelMeaning = (label: string): CapturedFieldName | null => {
  if (label.length > 60) return null;
  const text = normal(label);
  // `VIN (Vehicle Identification Number)`
  const exact = meanings.get(text) ?? meanings.get(text.replace(/\s*\([^()]*\)$/u, ''));
  if (exact !== undefined) return exact;
  const bare = text.replace(/[^\p{L}\d]/gu, '');
  return bare.length < 2 ? null : (icons.get(bare) ?? compact.get(bare) ?? null);
};
