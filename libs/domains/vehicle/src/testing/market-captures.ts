import type { MarketListing } from '@autobroker/market';
import { marketSources } from '@autobroker/market';
import { exponentOf } from '@autobroker/kernel';
import type { News } from '../application/ingest/ingest-listings';
import type { CapturedField } from '../domain/ingest/captured';
import type { Price } from '../domain/facts';

const locales = { 'en-US': 'en-US', 'en-GB': 'en-GB', de: 'de-DE', it: 'it-IT', fr: 'fr-FR' } as const;

/** What the pages of a source do not tell, though the market knows it. */
const untold: Readonly<Record<string, readonly string[]>> = {
  craigslist: ['trim', 'postal_code'],
  gumtree: ['latitude', 'longitude'],
  facebook: ['postal_code', 'power', 'displacement'],
  ebay: ['latitude', 'longitude'],
  iaai: ['latitude', 'longitude', 'power', 'displacement'],
  copart: ['power', 'displacement'],
};

const sourceOf = (slug: string) => marketSources.find((source) => source.slug === slug);

/** An offer of the market as the scraper tells it after it has read the detail page. */
export function captureOf(listing: MarketListing, at: Date): News {
  const locale = locales[listing.language];
  const numbers = new Intl.NumberFormat(locale);
  const { auction, location, firstRegistration } = listing;
  const site = sourceOf(listing.source);
  const amount = (value: number | null | undefined): string | null => (value == null || value === 0 ? null : numbers.format(value));
  const said: Record<string, string | number | readonly string[] | null | undefined> = {
    title: listing.title,
    make: listing.make,
    model: listing.model,
    trim: listing.trim,
    year: listing.year,
    production_year: listing.productionYear,
    first_registration: firstRegistration === null ? null : `${String(firstRegistration.month).padStart(2, '0')}/${firstRegistration.year}`,
    mileage: listing.mileage === null ? null : `${numbers.format(listing.mileage)} ${listing.unit}`,
    price: auction === null ? amount(listing.price) : null,
    currency: listing.price === null || auction !== null ? null : listing.currency,
    price_note: listing.priceNote?.text,
    fuel: listing.fuel?.text,
    gearbox: listing.gearbox?.text,
    drivetrain: listing.drivetrain?.text,
    body: listing.body?.text,
    power: listing.powerKw === null ? null : `${listing.powerKw} kW`,
    engine: listing.engine,
    displacement: listing.displacementCc === null ? null : `${listing.displacementCc} cm3`,
    doors: listing.doors,
    seats: listing.seats,
    color: listing.colour?.text,
    interior_color: listing.interiorColour?.text,
    damage: listing.damage?.text,
    title_status: listing.titleStatus?.text,
    condition: listing.condition?.text,
    features: listing.features,
    description: listing.description,
    vin: listing.vin,
    stock_number: listing.stockNumber,
    owners: listing.owners,
    city: location.city,
    region: location.region,
    postal_code: location.postalCode,
    country: location.country,
    latitude: location.latitude,
    longitude: location.longitude,
    status: listing.statusText,
    current_bid: auction === null ? null : amount(auction.currentBid),
    buy_now_price: amount(auction?.buyNow),
    lot_number: auction?.lotNumber,
  };
  const fields: Record<string, CapturedField> = {};
  for (const [name, value] of Object.entries(said)) {
    if (value == null || value === '' || (untold[listing.source] ?? []).includes(name)) continue;
    fields[name] = { value: Array.isArray(value) ? value.map(String) : String(value), from: 'embedded_state', confidence: 0.95 };
  }
  return {
    kind: 'captured',
    captured: {
      source: listing.source,
      externalId: listing.externalId,
      url: `https://${listing.source}.example${listing.path}`,
      capturedAt: at,
      kind: 'detail',
      hints: { locale, currency: site?.currency ?? null, mileageUnit: listing.unit, country: listing.country, auction: auction !== null },
      fields,
    },
  };
}

/** What the scraper says of an offer that is not there any more. */
export function endOf(source: string, externalId: string, ended: MarketListing | undefined, at: Date): News {
  const status = ended?.endReason === 'sold' && sourceOf(source)?.tellsSold === true ? 'sold' : 'removed';
  return { kind: 'checked', checked: { source, externalId, url: null, status, price: null, checkedAt: at } };
}

/** The price that can be read off such a page; null where it names none. */
export function shownPrice({ price, currency, auction }: MarketListing): Price | null {
  const whole = auction === null ? price : (auction.buyNow ?? (auction.currentBid > 0 ? auction.currentBid : null));
  return whole === null || whole === 0 ? null : { amount: Math.round(whole) * 10 ** exponentOf(currency), currency };
}
