import { gunzipSync } from 'node:zlib';
import { load } from 'cheerio';
import { parse } from 'csv-parse/sync';
import { jsonAt, post, textAt, type Parsed } from './sandbox';

/** What a visitor finds when every page of a list is turned: the numbers of the offers, as often as they appear. */
export type Walk = (base: string) => Promise<string[]>;

export const nextData = (page: string): Parsed => JSON.parse(load(page)('#__NEXT_DATA__').text()).props.pageProps;

/** Follows `next` from page to page. */
const pages = async (start: string, read: (page: string) => { ids: string[]; next: string | undefined }): Promise<string[]> => {
  const ids: string[] = [];
  let url: string | undefined = start;
  for (let turned = 0; url !== undefined && turned < 200; turned += 1) {
    const found: { ids: string[]; next: string | undefined } = read(await textAt(url));
    ids.push(...found.ids);
    url = found.next === undefined ? undefined : new URL(found.next, url).href;
  }
  return ids;
};

const attributes = (page: string, selector: string, name: string): string[] => {
  const $ = load(page);
  return $(selector)
    .toArray()
    .map((one) => $(one).attr(name) ?? '');
};

export const ebayToken = async (base: string): Promise<string> => {
  const basic = Buffer.from('Sandbox-autobroker-SBX-1a2b3c4d-5e6f7a8b:SBX-1a2b3c4d5e6f-0a1b-4c2d-8e3f-9a4b').toString('base64');
  const answer = await fetch(`${base}/identity/v1/oauth2/token`, { method: 'POST', headers: { authorization: `Basic ${basic}`, 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams({ grant_type: 'client_credentials', scope: 'https://api.ebay.com/oauth/api_scope' }) });
  return ((await answer.json()) as Parsed).access_token;
};

export const graph = async (base: string, docId: string, variables: object): Promise<Parsed> =>
  (await fetch(`${base}/api/graphql/`, { method: 'POST', body: new URLSearchParams({ doc_id: docId, variables: JSON.stringify(variables) }) })).json();

export const walks: Readonly<Record<string, Walk>> = {
  autotrader: async (base) => {
    const ids: string[] = [];
    for (let first = 0; ; first += 25) {
      const { inventory, results } = nextData(await textAt(`${base}/cars-for-sale/all-cars?firstRecord=${first}&numRecords=25`)).__eggsState;
      if (results.activeResults.length === 0) return ids;
      ids.push(...results.activeResults.map((id: number) => String(inventory[id].id)));
    }
  },
  'cars-com': (base) => pages(`${base}/shopping/results/?page=1&page_size=20`, (page) => ({ ids: attributes(page, '.vehicle-card', 'data-listing-id'), next: attributes(page, '#next_paginate', 'href')[0] })),
  cargurus: async (base) => {
    const ids: string[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const answer: Parsed = await jsonAt(`${base}/Cars/searchPage.action?searchId=x&cursor=${cursor}`);
      ids.push(...answer.tiles.filter((tile: Parsed) => tile.type.startsWith('LISTING')).map((tile: Parsed) => String(tile.data.id)));
      cursor = answer.nextCursor;
    }
    return ids;
  },
  autoscout24: (base) => pages(`${base}/lst?sort=age&desc=1&page=1`, (page) => ({ ids: nextData(page).listings.map((listing: Parsed) => listing.id), next: attributes(page, 'a[rel=next]', 'href')[0] })),
  'mobile-de': (base) => pages(`${base}/fahrzeuge/search.html?pageNumber=1`, (page) => ({ ids: attributes(page, 'a.result-item', 'data-listing-id'), next: attributes(page, '#page-forward', 'href')[0] })),
  ebay: async (base) => {
    const token = await ebayToken(base);
    const ids: string[] = [];
    for (const marketplace of ['EBAY_US', 'EBAY_GB', 'EBAY_DE', 'EBAY_IT', 'EBAY_FR']) {
      for (let url: string | undefined = `${base}/buy/browse/v1/item_summary/search?category_ids=6001&limit=20&offset=0`; url !== undefined; ) {
        const answer: Parsed = await jsonAt(url, { headers: { authorization: `Bearer ${token}`, 'x-ebay-c-marketplace-id': marketplace } });
        ids.push(...answer.itemSummaries.map((item: Parsed) => item.itemId));
        url = answer.next;
      }
    }
    return ids;
  },
  facebook: async (base) => {
    const ids: string[] = [];
    for (let cursor: string | null = null, more = true; more; ) {
      const answer: Parsed = await graph(base, '7111939778879383', { count: 24, cursor });
      const { edges, page_info: info } = answer.data.marketplace_search.feed_units;
      ids.push(...edges.filter((edge: Parsed) => edge.node.__typename === 'MarketplaceFeedListingStoryObject').map((edge: Parsed) => edge.node.listing.id));
      cursor = info.end_cursor;
      more = info.has_next_page;
    }
    return ids;
  },
  gumtree: (base) => pages(`${base}/search?search_category=cars&page=1`, (page) => ({ ids: attributes(page, '.natural article', 'id').map((id) => id.replace('ad-', '')), next: attributes(page, '.pagination-next a', 'href')[0] })),
  craigslist: async (base) => {
    const ids: string[] = [];
    for (let start = 0; ; start += 25) {
      const $ = load(await textAt(`${base}/search/cta?format=rss&s=${start}`), { xml: true });
      const found = $('item > link').toArray().map((one) => /(\d+)\.html$/u.exec($(one).text())?.[1] ?? '');
      if (found.length === 0) return ids;
      ids.push(...found);
    }
  },
  copart: async (base) => {
    const ids: string[] = [];
    for (let page = 0; ; page += 1) {
      const { content } = ((await (await post(`${base}/public/lots/search-results`, { page, size: 20, query: ['*'], filter: {} })).json()) as Parsed).data.results;
      if (content.length === 0) return ids;
      ids.push(...content.map((lot: Parsed) => lot.lotNumberStr));
    }
  },
  iaai: (base) => pages(`${base}/Search?page=1`, (page) => ({ ids: attributes(page, 'tr[data-salvageid]', 'data-salvageid'), next: attributes(page, '.btn-next', 'href')[0] })),
  'dealer-site': async (base) => {
    const index = load(await textAt(`${base}/sitemap.xml`), { xml: true });
    const files = index('loc').toArray().map((one) => index(one).text()).filter((url) => url.includes('/vehicles-'));
    const ids: string[] = [];
    for (const file of files) {
      const bytes = Buffer.from(await (await fetch(file)).arrayBuffer());
      const $ = load((file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString(), { xml: true });
      ids.push(...$('url > loc').toArray().map((one) => /-(\d+)$/u.exec($(one).text())?.[1] ?? ''));
    }
    return ids;
  },
  'dealer-feed': async (base) => {
    const rows: string[][] = parse(await textAt(`${base}/feed/inventory.csv?encoding=utf-8`), { delimiter: ';', bom: true });
    const $ = load(await textAt(`${base}/feed/inventory.xml`), { xml: true });
    return [...rows.slice(1).map((row) => row[0] ?? ''), ...$('vehicle').toArray().map((one) => $(one).attr('id') ?? '')];
  },
};
