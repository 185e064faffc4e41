import { parseFeed } from '../../extraction';
import { defineSource, listingOf } from '../define-source';

/** The dealer's stock of each country is a file of its own, with the country's numbers and money. */
const files = {
  'inventory.csv': { locale: 'de-DE', currency: 'EUR', mileageUnit: 'km', country: 'DE' },
  'inventory.xml': { locale: 'en-GB', currency: 'GBP', mileageUnit: 'mi', country: 'GB' },
} as const;
type FileName = keyof typeof files;
const isFile = (name: string): name is FileName => Object.hasOwn(files, name);

export const dealerFeed = defineSource({
  slug: 'dealer-feed',
  name: 'Dealer feed',
  kind: 'dealer',
  country: 'DE',
  currency: null,
  unit: null,
  locale: 'de-DE',
  home: 'https://feeds.dealer.example',
  conditional: true,
  carries: { summary: ['title_or_make', 'price', 'year'] },
  list: { path: '/feed/inventory.csv', paging: { by: 'none' } },
  detail: { from: 'list' },
  code: {
    firstSteps: () => Object.keys(files).map((list) => ({ page: 1, list })),
    listRequest: ({ list = 'inventory.csv' }) => ({ method: 'GET', path: `/feed/${list}`, isFeed: true }),
    readList: (page, { list = '' }) => {
      const hints = files[isFile(list) ? list : 'inventory.csv'];
      const feed = parseFeed({ url: page.url, body: page.body, contentType: page.contentType, hints });
      if (feed.kind === 'none') return { kind: 'unreadable', reasons: feed.reasons };
      // The file does not say in every line what holds for all of them.
      const common = {
        currency: { value: hints.currency, from: 'feed' as const, confidence: 0.8 },
        mileage_unit: { value: hints.mileageUnit, from: 'feed' as const, confidence: 0.8 },
        country: { value: hints.country, from: 'feed' as const, confidence: 0.8 },
      };
      return { kind: 'list', listings: feed.listings.flatMap((one) => listingOf(one)).map((one) => ({ ...one, fields: { ...common, ...one.fields }, hints: { locale: hints.locale, currency: hints.currency, unit: hints.mileageUnit, country: hints.country } })) };
    },
  },
});
