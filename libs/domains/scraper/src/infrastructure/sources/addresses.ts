import { type ConfigOf, defineConfig, env } from '@autobroker/platform/config';

/** The slugs of the sources, in the order in which people are shown them. A new source is added here and in index.ts. */
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

const address = (name: string, variable: string) => ({
  env: variable,
  schema: env.url({ protocols: ['http', 'https'] }).optional(),
  description: `Address of ${name}; without it the sandbox’s stand-in is read, and without a sandbox the source is off`,
  default: undefined,
});

export const sourceAddressConfig = defineConfig('sources', {
  autotrader: address('AutoTrader', 'SOURCE_AUTOTRADER_URL'),
  'cars-com': address('Cars.com', 'SOURCE_CARS_COM_URL'),
  cargurus: address('CarGurus', 'SOURCE_CARGURUS_URL'),
  autoscout24: address('AutoScout24', 'SOURCE_AUTOSCOUT24_URL'),
  'mobile-de': address('mobile.de', 'SOURCE_MOBILE_DE_URL'),
  ebay: address('eBay’s APIs', 'SOURCE_EBAY_URL'),
  facebook: address('Facebook Marketplace', 'SOURCE_FACEBOOK_URL'),
  gumtree: address('Gumtree', 'SOURCE_GUMTREE_URL'),
  craigslist: address('Craigslist', 'SOURCE_CRAIGSLIST_URL'),
  copart: address('Copart', 'SOURCE_COPART_URL'),
  iaai: address('IAAI', 'SOURCE_IAAI_URL'),
  'dealer-site': address('a dealer’s site', 'SOURCE_DEALER_SITE_URL'),
  'dealer-feed': address('a dealer’s feed', 'SOURCE_DEALER_FEED_URL'),
});

export type SourceAddressConfig = ConfigOf<typeof sourceAddressConfig>;
