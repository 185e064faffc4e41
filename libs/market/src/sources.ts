import type { CurrencyCode, MileageUnit } from '@autobroker/kernel';

export const sourceSlugs = [
  'autotrader',
  'cars-com',
  'cargurus',
  'autoscout24',
  'mobile-de',
  'ebay',
  'facebook',
  'gumtree',
  'craigslist',
  'copart',
  'iaai',
  'dealer-site',
  'dealer-feed',
] as const;
export type SourceSlug = (typeof sourceSlugs)[number];

export const marketCountries = ['US', 'DE', 'GB', 'IT', 'FR'] as const;
export type MarketCountry = (typeof marketCountries)[number];
export type Language = 'en-US' | 'en-GB' | 'de' | 'it' | 'fr';
export type SourceKind = 'marketplace' | 'auction' | 'dealer';

export interface MarketSource {
  readonly slug: SourceSlug;
  readonly name: string;
  readonly kind: SourceKind;
  /** Where most of its cars stand, and how it prints money and distance there. */
  readonly country: MarketCountry;
  readonly currency: CurrencyCode;
  readonly unit: MileageUnit;
  /** Every country it lists from: a listing carries its own. */
  readonly countries: readonly MarketCountry[];
  /** How often a listing shows its VIN and its stock number there, 0 to 1. */
  readonly showsVin: number;
  readonly showsStock: number;
  /** Days after which an offer lapses by itself; null when it stays until it is taken down. */
  readonly expiresAfter: number | null;
  /** Says that a car has been sold; elsewhere it is just gone. */
  readonly tellsSold: boolean;
  /** Has a state for a car that is held for somebody. */
  readonly tellsReserved: boolean;
  /** What a listing never says there, by the field's name. */
  readonly omits: readonly OmittableField[];
}

/** What a source, a careless seller or a planted fault may leave out. */
export const omittableFields = [
  'trim',
  'year',
  'firstRegistration',
  'productionYear',
  'mileage',
  'fuel',
  'gearbox',
  'drivetrain',
  'body',
  'power',
  'engine',
  'displacement',
  'doors',
  'seats',
  'colour',
  'interiorColour',
  'damage',
  'secondaryDamage',
  'titleStatus',
  'condition',
  'features',
  'owners',
  'region',
  'postalCode',
  'coordinates',
  'runAndDrive',
  'keys',
  'estimatedValue',
] as const;
export type OmittableField = (typeof omittableFields)[number];

interface PlaceOfSale {
  readonly currency: CurrencyCode;
  readonly unit: MileageUnit;
  readonly language: Language;
}

export const placesOfSale: Readonly<Record<MarketCountry, PlaceOfSale>> = {
  US: { currency: 'USD', unit: 'mi', language: 'en-US' },
  DE: { currency: 'EUR', unit: 'km', language: 'de' },
  GB: { currency: 'GBP', unit: 'mi', language: 'en-GB' },
  IT: { currency: 'EUR', unit: 'km', language: 'it' },
  FR: { currency: 'EUR', unit: 'km', language: 'fr' },
};

const auctionOnly: readonly OmittableField[] = ['damage', 'secondaryDamage', 'runAndDrive', 'keys', 'estimatedValue'];
const europeanOnly: readonly OmittableField[] = ['firstRegistration', 'productionYear', 'power', 'owners'];

export const marketSources: readonly MarketSource[] = [
  us('autotrader', 'AutoTrader', { showsVin: 0.95, showsStock: 0.8, tellsReserved: false, omits: [...auctionOnly, ...europeanOnly, 'titleStatus'] }),
  us('cars-com', 'Cars.com', { showsVin: 0.98, showsStock: 0.9, tellsReserved: false, omits: [...auctionOnly, ...europeanOnly, 'titleStatus', 'seats'] }),
  us('cargurus', 'CarGurus', { showsVin: 0.9, showsStock: 0.7, tellsReserved: false, omits: [...auctionOnly, 'firstRegistration', 'productionYear', 'power'] }),
  { slug: 'autoscout24', name: 'AutoScout24', kind: 'marketplace', ...from('DE', 'IT', 'FR'), showsVin: 0.03, showsStock: 0.25, expiresAfter: null, tellsSold: false, tellsReserved: false, omits: ['titleStatus', 'runAndDrive', 'keys', 'estimatedValue', 'secondaryDamage'] },
  { slug: 'mobile-de', name: 'mobile.de', kind: 'marketplace', ...from('DE'), showsVin: 0.02, showsStock: 0.3, expiresAfter: null, tellsSold: false, tellsReserved: true, omits: ['titleStatus', 'runAndDrive', 'keys', 'estimatedValue', 'secondaryDamage', 'trim'] },
  { slug: 'ebay', name: 'eBay', kind: 'marketplace', ...from('US', 'GB', 'DE', 'IT', 'FR'), showsVin: 0.55, showsStock: 0.05, expiresAfter: 30, tellsSold: true, tellsReserved: false, omits: ['runAndDrive', 'keys', 'estimatedValue', 'secondaryDamage', 'productionYear'] },
  us('facebook', 'Facebook Marketplace', { showsVin: 0.08, showsStock: 0, tellsReserved: true, omits: [...auctionOnly, ...europeanOnly, 'displacement', 'engine', 'doors', 'seats', 'drivetrain', 'features', 'postalCode'] }),
  { slug: 'gumtree', name: 'Gumtree', kind: 'marketplace', ...from('GB'), showsVin: 0, showsStock: 0, expiresAfter: 45, tellsSold: false, tellsReserved: false, omits: ['runAndDrive', 'keys', 'estimatedValue', 'secondaryDamage', 'damage', 'titleStatus', 'productionYear', 'drivetrain', 'interiorColour', 'power'] },
  us('craigslist', 'Craigslist', { showsVin: 0.25, showsStock: 0, expiresAfter: 30, tellsSold: false, omits: [...auctionOnly, ...europeanOnly, 'displacement', 'doors', 'seats', 'features', 'interiorColour', 'trim'] }),
  us('copart', 'Copart', { kind: 'auction', showsVin: 1, showsStock: 0, tellsReserved: true, tellsSold: true, omits: [...europeanOnly, 'condition', 'features', 'doors', 'seats', 'interiorColour'] }),
  us('iaai', 'IAA', { kind: 'auction', showsVin: 0.97, showsStock: 0.95, tellsReserved: true, tellsSold: true, omits: [...europeanOnly, 'condition', 'features', 'doors', 'seats', 'coordinates'] }),
  { slug: 'dealer-site', name: 'Autohaus Brandt', kind: 'dealer', ...from('DE'), showsVin: 0.6, showsStock: 1, expiresAfter: null, tellsSold: true, tellsReserved: true, omits: ['titleStatus', 'runAndDrive', 'keys', 'estimatedValue', 'secondaryDamage'] },
  { slug: 'dealer-feed', name: 'Dealer feed', kind: 'dealer', ...from('DE', 'GB'), showsVin: 0.95, showsStock: 1, expiresAfter: null, tellsSold: false, tellsReserved: true, omits: ['titleStatus', 'runAndDrive', 'keys', 'estimatedValue', 'secondaryDamage'] },
];

const bySlug = new Map(marketSources.map((source) => [source.slug, source]));

export function sourceOf(slug: SourceSlug): MarketSource {
  const source = bySlug.get(slug);
  if (source === undefined) throw new RangeError(`No such source: ${slug}`);
  return source;
}

function from(...countries: readonly [MarketCountry, ...MarketCountry[]]): Pick<MarketSource, 'country' | 'countries' | 'currency' | 'unit'> {
  const [country] = countries;
  const { currency, unit } = placesOfSale[country];
  return { country, countries, currency, unit };
}

function us(slug: SourceSlug, name: string, more: Partial<MarketSource>): MarketSource {
  return { slug, name, kind: 'marketplace', ...from('US'), showsVin: 0, showsStock: 0, expiresAfter: null, tellsSold: true, tellsReserved: false, omits: [], ...more };
}
