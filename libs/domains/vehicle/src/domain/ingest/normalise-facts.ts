import { isCountry, plainWebAddress } from './plain';
import {
  bodyOf,
  colourOf,
  drivetrainOf,
  featureOf,
  fuelOf,
  gearboxOf,
  locate,
  parseCount,
  parseDisplacementCc,
  parseMileage,
  parseNumber,
  parsePowerKw,
} from '@autobroker/vocabulary';
import type { Captured } from './captured';
import type { Notes } from './normalise';

const within = (value: number | null, min: number, max: number): number | null => {
  const whole = value === null ? null : Math.round(value);
  return whole !== null && whole >= min && whole <= max ? whole : null;
};

/** Everything that is counted. What is out of all proportion was not read rightly. */
export function readMeasures(notes: Notes, hints: Captured['hints']): void {
  const { fields } = notes;
  const distance = fields.text('mileage');
  if (distance !== null) {
    const unit = unitOf(fields.text('mileage_unit')) ?? hints.mileageUnit;
    const read = parseMileage(distance, { ...(hints.locale === null ? {} : { locale: hints.locale }), ...(unit === null ? {} : { unit }) });
    const value = read === null ? null : within(read.value, 0, 5_000_000);
    if (read !== null && value !== null) notes.set('mileage', { value, unit: read.unit }, ['mileage']);
  }
  const power = fields.text('power');
  if (power !== null) notes.set('powerKw', within(parsePowerKw(power), 1, 3_000), ['power']);
  const displacement = fields.text('displacement') ?? fields.text('engine');
  if (displacement !== null) notes.set('engineDisplacementCc', within(parseDisplacementCc(displacement), 1, 100_000), ['displacement', 'engine']);
  const counts = [['doors', 'doors', 0, 9], ['seats', 'seats', 1, 99], ['owners', 'ownersCount', 0, 99]] as const;
  for (const [raw, name, min, max] of counts) {
    const text = fields.text(raw);
    if (text !== null) notes.set(name, within(parseCount(text), min, max), [raw]);
  }
}

function unitOf(text: string | null): 'km' | 'mi' | null {
  if (text === null) return null;
  if (/^(km|kmt|kilom)/iu.test(text.trim())) return 'km';
  return /^(mi|smi|mile)/iu.test(text.trim()) ? 'mi' : null;
}

export function readBuild(notes: Notes): void {
  const { fields } = notes;
  const read = <T>(raw: string, of: (text: string) => T | null): T | null => {
    const text = fields.text(raw);
    return text === null ? null : of(text);
  };
  notes.set('fuel', read('fuel', fuelOf) ?? read('engine', fuelOf), fields.text('fuel') === null ? ['engine'] : ['fuel']);
  notes.set('gearbox', read('gearbox', gearboxOf), ['gearbox']);
  notes.set('drivetrain', read('drivetrain', drivetrainOf), ['drivetrain']);
  notes.set('body', read('body', bodyOf), ['body']);
  notes.set('exteriorColour', read('color', colourOf), ['color']);
  notes.set('interiorColour', read('interior_color', colourOf), ['interior_color']);
  const features = fields.texts('features').flatMap((text) => featureOf(text) ?? []);
  notes.set('features', [...new Set(features)].sort(), ['features']);
}

export function readPlace(notes: Notes, hints: Captured['hints']): void {
  const { fields } = notes;
  const [city, region, postalCode] = ['city', 'region', 'postal_code'].map((name) => fields.text(name)?.slice(0, 120) ?? null);
  const country = fields.text('country') ?? hints.country;
  const [lat, lon] = ['latitude', 'longitude'].map((name) => {
    const text = fields.text(name);
    return text === null ? null : parseNumber(text, { locale: 'en-US' });
  });
  const place = locate({
    ...(city == null ? {} : { city }),
    ...(region == null ? {} : { region }),
    ...(postalCode == null ? {} : { postalCode }),
    ...(country === null ? {} : { country }),
    ...(lat == null || lon == null ? {} : { lat, lon }),
  });
  // A point in the middle of a country would put every car of it there.
  const exact = place.precision === 'exact' || place.precision === 'postal' || place.precision === 'city';
  const known = place.city ?? place.region ?? place.postalCode ?? place.country;
  if (known === null && !exact) return;
  notes.set(
    'location',
    {
      city: place.city,
      region: place.region,
      postalCode: place.postalCode?.slice(0, 20) ?? null,
      country: place.country !== null && isCountry(place.country) ? place.country : null,
      coordinates: exact && place.lat !== null && place.lon !== null ? { lat: place.lat, lon: place.lon } : null,
    },
    ['postal_code', 'city', 'region'],
  );
}

/** What a car is known by again, and shown with. */
export function readTraces(notes: Notes): void {
  const { fields } = notes;
  const stock = fields.text('stock_number');
  if (stock !== null) notes.set('stockNumber', stock.replace(/\s+/gu, '').toUpperCase().slice(0, 60), ['stock_number']);
  const images = fields.field('images')?.value ?? [];
  const addresses = (typeof images === 'string' ? [images] : images).filter(plainWebAddress);
  notes.set('images', [...new Set(addresses)].slice(0, 60), ['images']);
  const hashes = fields.field('image_hashes')?.value ?? [];
  const wellFormed = (typeof hashes === 'string' ? [hashes] : hashes).map((hash) => hash.trim().toLowerCase()).filter((hash) => /^[0-9a-f]{16}$/u.test(hash));
  notes.set('imageHashes', [...new Set(wellFormed)].slice(0, 20), ['image_hashes']);
}
