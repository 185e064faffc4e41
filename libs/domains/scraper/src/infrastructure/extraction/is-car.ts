import { canonicalCar, findMake } from '@autobroker/vocabulary';
import { type CapturedFieldName } from '@autobroker/contracts';
import { type ExtractedListing } from './types';

/** What nothing but a vehicle has. */
const ofVehicles: readonly CapturedFieldName[] = ['vin', 'mileage', 'gearbox', 'first_registration', 'fuel', 'drivetrain', 'displacement', 'doors', 'owners', 'damage', 'title_status', 'lot_number', 'run_and_drive'];

const partNouns =
  'muffler|silencer|exhaust|catalytic converter|bumper|fender|head ?lights?|headlamps?|tail ?lights?|fog lights?|bulbs?|grille?|hood|tailgate|tonneau|door handle|side mirrors?|mirror glass|wipers?|alternator|starter|radiator|water pump|fuel pump|oil filter|air filter|brake (?:pads?|discs?|rotors?|calipers?)|rotors?|calipers?|shock absorbers?|struts?|coil ?overs?|control arms?|ball joints?|wheel (?:bearings?|hubs?|spacers?)|wheels?|rims?|hub ?caps?|tires?|tyres?|floor mats?|car mats?|seat covers?|steering wheel|key fobs?|remote key|ecu|gaskets?|spark plugs?|ignition coils?|injectors?|turbo(?:charger)?|sensors?|wiring harness|badges?|emblems?|decals?|stickers?|car cover|roof racks?|roof bars?|tow ?bar|manuals?|brochures?|diecast|die-cast|model car|1[:/](?:18|24|43|64)|' +
  'stoßstange|stossstange|scheinwerfer|rückleuchten?|auspuff|kotflügel|motorhaube|felgen?|alufelgen|kompletträder|winterräder|sommerräder|(?:winter|sommer|ganzjahres|allwetter)?reifen|bremsscheiben?|bremsbeläge|lichtmaschine|anlasser|außenspiegel|fußmatten|sitzbezüge|ersatzteile?|dachträger|radkappen|lenkrad|steuergerät|zündspulen?|' +
  'pare-?chocs|phares?|jantes?|pneus?|pot d.échappement|rétroviseur|alternateur|paraurti|fari|cerchi|gomme|marmitta|specchietto|parachoques|faros|llantas|neumáticos|retrovisor|zderzak|felgi|opony|lampa|silnik do';
const leadingPart = new RegExp(`^(?:(?:new|used|oem|genuine|original|front|rear|left|right|driver|passenger|set|pair|\\d+x?|4|neue?|vordere?|hintere?|satz)\\s+|[^\\p{L}]+)*(?:${partNouns})(?![\\p{L}])`, 'iu');
const anyPart = new RegExp(`(?<![\\p{L}])(?:${partNouns})(?![\\p{L}])`, 'iu');
/** Whom a part fits. */
const meantFor = /(?<![\p{L}])(?:for|fits?|fitment|compatible with|für|passend zu|passt|pour|para|per|voor|do|dla)\s+(.{2,60})/iu;
/** The years it is for, its number: cars have neither. */
const numbered = /\b(?:19|20)\d\d\s?[-–]\s?(?:(?:19|20)?\d\d)\b|\b(?=[a-z\d-]*\d{4})[a-z\d]{2,}[a-z\d-]*\d{5,}\b|\b\d{8,}\b|\boem\b/iu;
const partLabels = /\b(?:manufacturer part number|interchange part number|other part number|oe\/oem (?:part )?number|placement on vehicle|fitment type|herstellernummer|oe\/oem referenznummer|vergleichsnummer|einbauposition|référence oe\/oem|numéro de pièce fabricant)\b/iu;

const saidIn = (listing: ExtractedListing, field: CapturedFieldName): string => {
  const value = listing.fields[field]?.value;
  return typeof value === 'string' ? value : '';
};

/** A part, an accessory, a toy: its title says so, or the page's own labels do. */
const isPart = (listing: ExtractedListing, text: string): boolean => {
  if (listing.fields.vin !== undefined) return false;
  const title = saidIn(listing, 'title').replace(/\s+for sale\b.*$/iu, '');
  if (leadingPart.test(title)) return true;
  const part = anyPart.exec(title);
  if (part !== null) {
    const whom = meantFor.exec(title.slice(part.index))?.[1] ?? '';
    if (/^(?:19|20)\d\d/u.test(whom) || (whom !== '' && findMake(whom) !== null)) return true;
    if (listing.fields.mileage === undefined && numbered.test(title)) return true;
  }
  return listing.fields.mileage === undefined && partLabels.test(text);
};

/** Makes whose names are words, too: alone in a title they say nothing. */
const wordlike = new Set(['MINI', 'smart', 'RAM', 'SEAT', 'MG', 'AC', 'DR', 'Seat', 'Smart', 'Mini', 'Ram', 'Ora', 'ORA', 'Lada', 'Genesis', 'Saturn', 'Eagle', 'Mercury', 'Fisker', 'Rover', 'Lucid', 'Ineos', 'GEM', 'Think', 'Geo', 'Lynk & Co', 'Triumph']);

/** Is what was read a vehicle for sale? Sites sell flats, telephones and bumpers with the same markup. `text` is what the page says. */
export const isCar = (listing: ExtractedListing, text = ''): boolean => {
  const { fields } = listing;
  if (isPart(listing, text)) return false;
  const facts = ofVehicles.filter((field) => fields[field] !== undefined && (fields[field]?.confidence ?? 0) >= 0.6).length;
  if (facts > 0) return true;
  const make = findMake(saidIn(listing, 'make'));
  if (make === null) return false;
  const from = fields.make?.from;
  const dated = fields.year !== undefined || fields.production_year !== undefined;
  if (from !== 'title' && from !== 'url') return dated || fields.model !== undefined;
  // Out of a title: a model that is known, or a year beside a make that is nothing else.
  const car = canonicalCar({ title: saidIn(listing, 'title') || `${saidIn(listing, 'make')} ${saidIn(listing, 'model')}` });
  const known = car.model !== null && car.how !== 'unknown' && car.how !== 'fuzzy';
  // Models are called like words, too: `Family`, `Escape`.
  const named = findMake(saidIn(listing, 'title') || saidIn(listing, 'make'))?.make === make.make;
  return named ? known || (dated && !wordlike.has(make.make)) : known && dated;
};

const mayBeCar = (listing: ExtractedListing): boolean => {
  const make = findMake(saidIn(listing, 'make'));
  return make !== null && !wordlike.has(make.make) && !isPart(listing, '');
};

/** The vehicles of a list. Among cars, a car whose model nobody knows is one, too. */
export const carsOf = (listings: readonly ExtractedListing[]): readonly ExtractedListing[] => {
  const sure = new Set(listings.filter((listing) => isCar(listing)));
  return sure.size * 2 < listings.length ? [...sure] : listings.filter((listing) => sure.has(listing) || mayBeCar(listing));
};
