import { load } from 'cheerio';
import { parse } from 'csv-parse/sync';
import type { MarketListing } from '@autobroker/market';
import { ebayToken, graph, nextData } from './walks';
import { jsonAt, textAt, type Parsed } from './sandbox';

/** What a detail page says, as text or as number, by the plainest way of reading it. */
export interface Facts {
  readonly make: string;
  readonly price: number | null;
  readonly mileage: number | null;
}

export type ReadFacts = (base: string, listing: MarketListing) => Promise<Facts>;

/** A number in any of the sandbox's formats: whole, with whatever stands between the thousands. */
export const wholeOf = (text: string | undefined | null): number | null => {
  const digits = /\d[\d.,\s\u202F]*/u.exec(text ?? '')?.[0].replace(/,00$|\.00$/u, '').replace(/\D/gu, '');
  return digits === undefined || digits === '' ? null : Number(digits);
};

const jsonLd = (page: string): Parsed[] => {
  const $ = load(page);
  return $('script[type="application/ld+json"]')
    .toArray()
    .flatMap((one) => {
      const value = JSON.parse($(one).text());
      return value['@graph'] ?? [value];
    });
};

const pairs = (page: string, names: string, values: string): Map<string, string> => {
  const $ = load(page);
  return new Map($(names).toArray().map((one, index) => [$(one).text().trim().replace(/:$/u, ''), $(values).eq(index).text().trim()]));
};

export const readers: Readonly<Record<string, ReadFacts>> = {
  autotrader: async (base, listing) => {
    const found = nextData(await textAt(base + listing.path)).__eggsState.inventory[listing.externalId];
    return { make: found.make.name, price: found.pricingDetail.salePrice, mileage: wholeOf(found.mileage?.value) };
  },
  'cars-com': async (base, listing) => {
    const [car] = jsonLd(await textAt(base + listing.path));
    return { make: car.brand.name, price: car.offers.price ?? null, mileage: wholeOf(car.mileageFromOdometer?.value) };
  },
  cargurus: async (base, listing) => {
    const { listing: found } = await jsonAt(base + listing.path);
    return { make: found.makeName, price: found.price, mileage: found.mileage };
  },
  autoscout24: async (base, listing) => {
    const page = await textAt(base + listing.path);
    const { vehicle, prices } = nextData(page).listingDetails;
    const [product] = jsonLd(page);
    const shown = prices.public === null ? null : wholeOf(prices.public.price);
    if ((product.offers.price ?? null) !== shown) throw new Error('the page contradicts itself');
    return { make: vehicle.make, price: shown, mileage: wholeOf(vehicle.mileageInKm) };
  },
  'mobile-de': async (base, listing) => {
    const $ = load(await textAt(base + listing.path));
    const car = $('[itemtype="http://schema.org/Car"]').first();
    return { make: car.find('[itemprop=brand] [itemprop=name]').attr('content') ?? '', price: wholeOf(car.find('[itemprop=price]').attr('content')), mileage: wholeOf(car.find('#mileage-v').text()) };
  },
  ebay: async (base, listing) => {
    const item = await jsonAt(base + listing.path, { headers: { authorization: `Bearer ${await ebayToken(base)}`, 'x-ebay-c-marketplace-id': `EBAY_${listing.country}` } });
    const aspect = (...names: string[]): string | undefined => item.localizedAspects.find((one: Parsed) => names.includes(one.name))?.value;
    return { make: aspect('Make', 'Marke', 'Marca', 'Marque') ?? '', price: item.price === undefined ? null : Number(item.price.value), mileage: wholeOf(aspect('Mileage', 'Kilometerstand', 'Chilometraggio', 'Kilométrage')) };
  },
  facebook: async (base, listing) => {
    const { target } = (await graph(base, '6204519089593047', { targetId: listing.externalId })).data.viewer.marketplace_product_details_page;
    return { make: target.vehicle_make_display_name, price: target.listing_price.amount === '0.00' ? null : Number(target.listing_price.amount), mileage: target.vehicle_odometer_data?.value ?? null };
  },
  gumtree: async (base, listing) => {
    const page = await textAt(base + listing.path);
    const facts = pairs(page, '.key-facts dt', '.key-facts dd');
    return { make: facts.get('Vehicle make') ?? '', price: wholeOf(load(page)('main [itemprop=price]').attr('content')), mileage: wholeOf(facts.get('Mileage')) };
  },
  craigslist: async (base, listing) => {
    const $ = load(await textAt(base + listing.path));
    const odometer = $('.attrgroup span').toArray().map((one) => $(one).text()).find((text) => text.startsWith('odometer:'));
    const heading = $('.attrgroup').first().text();
    return { make: heading.includes(listing.make) ? listing.make : heading, price: wholeOf($('.postingtitletext .price').text()), mileage: wholeOf(odometer) };
  },
  copart: async (base, listing) => {
    const { lotDetails } = (await jsonAt(base + listing.path)).data;
    return { make: lotDetails.mkn, price: lotDetails.bnp === 0 ? null : lotDetails.bnp, mileage: lotDetails.orr === 0 ? null : lotDetails.orr };
  },
  iaai: async (base, listing) => {
    const facts = pairs(await textAt(base + listing.path), '.data-list__label', '.data-list__value');
    return { make: facts.get('Make') ?? '', price: wholeOf(facts.get('Buy Now Price')), mileage: wholeOf(facts.get('Odometer')) };
  },
  'dealer-site': async (base, listing) => {
    const page = await textAt(base + listing.path);
    const $ = load(page);
    const article = $('article[typeof="Car"]');
    if (article.length > 0) return { make: article.find('[property=brand]').text(), price: wholeOf(article.find('[property=price]').attr('content')), mileage: wholeOf(article.find('[property=mileageFromOdometer] [property=value]').attr('content')) };
    const nodes = jsonLd(page);
    const car = nodes.find((node) => [node['@type']].flat().includes('Car'));
    return { make: car.brand.name, price: wholeOf(nodes.find((node) => node['@id'] === car.offers['@id']).price), mileage: car.mileageFromOdometer?.value ?? null };
  },
  'dealer-feed': async (base, listing) => {
    if (listing.country === 'DE') {
      const rows: Record<string, string>[] = parse(await textAt(`${base}/feed/inventory.csv?encoding=utf-8`), { delimiter: ';', bom: true, columns: true });
      const row = rows.find((one) => one['Fahrzeugnummer'] === listing.externalId) ?? {};
      return { make: row['Marke'] ?? '', price: wholeOf(row['Preis (brutto)']), mileage: wholeOf(row['Kilometerstand']) };
    }
    const $ = load(await textAt(`${base}/feed/inventory.xml`), { xml: true });
    const vehicle = $(`vehicle[id="${listing.externalId}"]`);
    return { make: vehicle.find('make').text(), price: wholeOf(vehicle.find('> price').text()), mileage: wholeOf(vehicle.find('mileage').text()) };
  },
};
