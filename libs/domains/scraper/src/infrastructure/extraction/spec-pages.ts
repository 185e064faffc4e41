import { extractPage } from './extract-page';
import { type Extraction, type PageInput } from './types';

/** For specs: pages as sites of the kind write them, small and made up. */
export const html = (head: string, body: string, lang = 'en-US') => `<!doctype html><html lang="${lang}"><head><meta charset="utf-8">${head}</head><body>${body}</body></html>`;
export const ld = (value: unknown) => `<script type="application/ld+json">${typeof value === 'string' ? value : JSON.stringify(value)}</script>`;
export const nextData = (props: unknown) => `<script id="__NEXT_DATA__" type="application/json">${JSON.stringify({ props: { pageProps: props } })}</script>`;

export const extract = (body: string | Buffer, more: Partial<PageInput> = {}): Extraction => extractPage({ url: 'https://www.cars.example/vehicle/778812345', body, ...more });

/** The values of the one listing that a page must have. */
export const facts = (extraction: Extraction): Record<string, string | readonly string[]> => {
  const [listing, ...others] = extraction.listings;
  if (listing === undefined || others.length > 0) throw new Error(`${extraction.listings.length} listings: ${extraction.kind} ${extraction.reasons.join()}`);
  return Object.fromEntries(Object.entries(listing.fields).map(([name, field]) => [name, field.value]));
};

export const aCar = (more: object = {}) => ({
  '@context': 'https://schema.org',
  '@type': 'Car',
  name: '2018 BMW 320i xDrive',
  brand: { '@type': 'Brand', name: 'BMW' },
  model: '320i',
  vehicleModelDate: '2018',
  mileageFromOdometer: { '@type': 'QuantitativeValue', value: '45123', unitCode: 'SMI' },
  vehicleIdentificationNumber: 'WBA8E5G57GNT12345',
  color: 'Black Sapphire',
  offers: { '@type': 'Offer', price: '19990', priceCurrency: 'USD', availability: 'https://schema.org/InStock' },
  ...more,
});
