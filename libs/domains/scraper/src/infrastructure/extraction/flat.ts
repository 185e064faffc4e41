import { parseDay, parseMileage, parseYear } from '@autobroker/vocabulary';
import { type CapturedFieldName } from '@autobroker/contracts';
import { type Reading, unitOf } from './reading';
import { type ExtractedListing } from './types';

/** A listing as the tools print it: the flat names of `vehicles:match`, `url` and `vin`; what was not found is absent. */
export interface FlatListing {
  [field: string]: string | number;
}

const words: readonly CapturedFieldName[] = ['make', 'model', 'trim', 'color', 'fuel', 'gearbox', 'body', 'engine', 'city', 'region', 'postal_code', 'country', 'description', 'vin', 'title'];

export const flatten = (listing: ExtractedListing, reading: Pick<Reading, 'locale' | 'unit'>): { readonly flat: FlatListing; readonly provenance: Readonly<Record<string, { from: string; confidence: number }>> } => {
  const flat: FlatListing = {};
  const provenance: Record<string, { from: string; confidence: number }> = {};
  const from = (name: string, field: CapturedFieldName) => {
    const found = listing.fields[field];
    if (found !== undefined) provenance[name] = { from: found.from, confidence: found.confidence };
  };
  const said = (field: CapturedFieldName) => {
    const value = listing.fields[field]?.value;
    return typeof value === 'string' ? value : null;
  };
  for (const field of words) {
    const value = said(field);
    if (value === null) continue;
    flat[field] = value;
    from(field, field);
  }
  const year = parseYear(said('year')) ?? parseYear(parseDay(said('first_registration'), { locale: reading.locale })) ?? parseYear(said('first_registration')) ?? parseYear(said('production_year'));
  if (year !== null) {
    flat.year = year;
    from('year', said('year') !== null ? 'year' : said('first_registration') !== null ? 'first_registration' : 'production_year');
  }
  const written = said('mileage');
  const grouped = written !== null && /^\d{1,3}([., ]\d{3}){1,2}$/u.test(written) ? written.replace(/\D/gu, '') : written;
  const machine = grouped !== null && /^\d{1,7}(?:\.\d{1,2})?$/u.test(grouped) ? Number(grouped) : null;
  const unit = unitOf(said('mileage_unit'));
  const mileage = machine === null ? parseMileage(written, { locale: reading.locale, unit: unit ?? reading.unit }) : { value: Math.round(machine), unit: unit ?? reading.unit };
  if (mileage !== null) {
    flat.mileage = mileage.value;
    from('mileage', 'mileage');
    const shown = unit ?? mileage.unit;
    if (shown !== null) flat.mileage_unit = shown;
  }
  const price = said('price');
  if (price !== null) {
    flat.price = price;
    from('price', 'price');
    const currency = said('currency');
    if (currency !== null) {
      flat.currency = currency;
      from('currency', 'currency');
    }
  }
  if (listing.url !== null) flat.url = listing.url;
  return { flat, provenance };
};
