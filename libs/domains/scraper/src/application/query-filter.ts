import type { CapturedFieldName, CapturedFields, ScrapeFilters } from '@autobroker/contracts';
import { canonicalCar, parseMileage, parseYear } from '@autobroker/vocabulary';
import { statedPrice } from './listing-facts';
import type { ListingHints, SourcePlugin } from './source-plugin';

type Site = Pick<SourcePlugin, 'locale' | 'currency' | 'unit'>;

const kmInMile = 1.609344;
const text = (fields: CapturedFields, name: CapturedFieldName): string | undefined => {
  const value = fields[name]?.value;
  return typeof value === 'string' ? value : undefined;
};

/**
 * Whether a listing is surely none of what was asked for. A site that does not understand a filter answers with everything;
 * what a listing does not say, or what can't be compared, speaks for it.
 */
export function contradicts(fields: CapturedFields, filters: ScrapeFilters, plugin: Site, hints: ListingHints = {}): boolean {
  const site: Site = { locale: hints.locale ?? plugin.locale, currency: hints.currency ?? plugin.currency, unit: hints.unit ?? plugin.unit };
  return isOtherCar(fields, filters) || isOtherYear(fields, filters) || isOtherPrice(fields, filters, site) || isTooFar(fields, filters, site);
}

function isOtherCar(fields: CapturedFields, { makes = [], models = [] }: ScrapeFilters): boolean {
  if (makes.length === 0) return false;
  const car = canonicalCar({ make: text(fields, 'make'), model: text(fields, 'model'), title: text(fields, 'title') });
  const wanted = makes.map((make) => canonicalCar({ make }).make);
  if (car.make === null || wanted.includes(null)) return false;
  if (!wanted.includes(car.make)) return true;
  const named = makes.flatMap((make) => models.map((model) => canonicalCar({ make, model }))).filter(({ how }) => how !== 'unknown');
  // A model that only the site, or only the asker, has a name for can't be told from another.
  if (car.how === 'unknown' || car.model === null || models.length === 0 || named.length < models.length) return false;
  return !named.some(({ model }) => model === car.model);
}

function isOtherYear(fields: CapturedFields, { year_min, year_max }: ScrapeFilters): boolean {
  const year = parseYear(text(fields, 'year') ?? text(fields, 'first_registration') ?? text(fields, 'production_year') ?? '');
  return year !== null && (year < (year_min ?? year) || year > (year_max ?? year));
}

function isOtherPrice(fields: CapturedFields, { price_min, price_max, currency }: ScrapeFilters, site: Site): boolean {
  const price = statedPrice(fields, site);
  if (price === null || price.currency !== (currency ?? site.currency)) return false;
  return price.amount < (price_min ?? 0) || price.amount > (price_max ?? price.amount);
}

function isTooFar(fields: CapturedFields, { mileage_max_km }: ScrapeFilters, site: Site): boolean {
  if (mileage_max_km === undefined) return false;
  const unit = text(fields, 'mileage_unit') === undefined ? site.unit : /^mi/iu.test(text(fields, 'mileage_unit') ?? '') ? 'mi' : 'km';
  const read = parseMileage(text(fields, 'mileage') ?? '', { locale: site.locale, unit });
  return read !== null && read.value * (read.unit === 'mi' ? kmInMile : 1) > mileage_max_km;
}
