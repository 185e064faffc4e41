import { randomBytes } from 'node:crypto';
import type { MarketCountry } from '@autobroker/market';
import { get, json, page, post, whole, type Answer, type Exchange } from '../../shared/exchange';
import { html } from '../../shared/markup';
import { robotsTxt } from '../../shared/robots';
import { limitOf, type Wanted } from '../../shared/shop';
import type { Vendor } from '../../shared/vendor';
import { itemOf, summaryOf } from './item';

const key = { client_id: 'Sandbox-autobroker-SBX-1a2b3c4d-5e6f7a8b', client_secret: 'SBX-1a2b3c4d5e6f-0a1b-4c2d-8e3f-9a4b' };
const tokenSeconds = 7_200;
const carsCategory = '6001';
const deepest = 10_000;

const countries: ReadonlyMap<string, MarketCountry> = new Map([
  ['EBAY_US', 'US'],
  ['EBAY_MOTORS_US', 'US'],
  ['EBAY_GB', 'GB'],
  ['EBAY_DE', 'DE'],
  ['EBAY_IT', 'IT'],
  ['EBAY_FR', 'FR'],
]);

const refused = (status: number, errorId: number, domain: string, message: string, longMessage = message, headers: Record<string, string> = {}): Answer =>
  json({ errors: [{ errorId, domain, category: 'REQUEST', message, longMessage }] }, { status, headers });

/** Tokens live as long as the machine's time says: they are not simulated. */
class Tokens {
  private readonly until = new Map<string, number>();

  issue(): string {
    for (const [token, end] of this.until) if (end < performance.now()) this.until.delete(token);
    const token = `v^1.1#i^1#p^1#r^0#${randomBytes(48).toString('base64')}`;
    this.until.set(token, performance.now() + tokenSeconds * 1_000);
    return token;
  }

  knows(header: string | undefined): boolean {
    const token = /^Bearer (\S+)$/u.exec(header ?? '')?.[1];
    return token !== undefined && (this.until.get(token) ?? 0) > performance.now();
  }
}

const issue = (tokens: Tokens, { headers, body }: Exchange): Answer => {
  const basic = /^Basic (\S+)$/u.exec(headers.authorization ?? '')?.[1];
  if (basic === undefined || Buffer.from(basic, 'base64').toString() !== `${key.client_id}:${key.client_secret}`) return json({ error: 'invalid_client', error_description: 'client authentication failed' }, { status: 401 });
  const form = new URLSearchParams(body.toString());
  if (form.get('grant_type') !== 'client_credentials') return json({ error: 'unsupported_grant_type', error_description: 'grant type in request is not supported by the authorization server' }, { status: 400 });
  if (!(form.get('scope') ?? '').split(' ').includes('https://api.ebay.com/oauth/api_scope')) return json({ error: 'invalid_scope', error_description: 'The requested scope is invalid, unknown, malformed, or exceeds the scope granted to the client' }, { status: 400 });
  return json({ access_token: tokens.issue(), expires_in: tokenSeconds, token_type: 'Application Access Token' });
};

/** `price:[5000..15000],priceCurrency:USD` */
const priceRange = (filter: string | null): readonly [number | undefined, number | undefined] => {
  const match = /price:\[(\d*)\.\.(\d*)\]/u.exec(filter ?? '');
  return [limitOf(match?.[1]), limitOf(match?.[2])];
};

/** `categoryId:6001,Make:{BMW|Audi},Year:{2018}` */
const aspect = (filter: string | null, name: string): readonly string[] => new RegExp(`${name}:\\{([^}]*)\\}`, 'u').exec(filter ?? '')?.[1]?.split('|').filter(Boolean) ?? [];

const wantedOf = ({ query }: Exchange): Wanted => {
  const [priceFrom, priceTo] = priceRange(query.get('filter'));
  const years = aspect(query.get('aspect_filter'), 'Year').map(Number).filter(Number.isInteger);
  return {
    makes: aspect(query.get('aspect_filter'), 'Make'),
    models: aspect(query.get('aspect_filter'), 'Model'),
    priceFrom,
    priceTo,
    yearFrom: years.length === 0 ? undefined : Math.min(...years),
    yearTo: years.length === 0 ? undefined : Math.max(...years),
    words: query.get('q')?.trim() === '' ? undefined : (query.get('q') ?? undefined),
  };
};

export const ebay: Vendor = {
  slug: 'ebay',
  title: 'eBay',
  kind: 'marketplace',
  source: 'ebay',
  key,
  startPath: '/',
  robots: () => robotsTxt(['/itm/', '/sch/']),
  routes: (world) => {
    const tokens = new Tokens();
    const guarded =
      (handle: (exchange: Exchange, marketplace: string, country: MarketCountry) => Answer) =>
      (exchange: Exchange): Answer => {
        if (!tokens.knows(exchange.headers.authorization)) {
          return refused(401, 1_001, 'OAuth', 'Invalid access token', 'Invalid access token. Check the value of the Authorization HTTP request header.', { 'www-authenticate': 'Bearer error="invalid_token"' });
        }
        const marketplace = String(exchange.headers['x-ebay-c-marketplace-id'] ?? 'EBAY_US');
        const country = countries.get(marketplace);
        if (country === undefined) return refused(400, 12_013, 'API_BROWSE', `The 'X-EBAY-C-MARKETPLACE-ID' header is invalid: ${marketplace}`);
        return handle(exchange, marketplace, country);
      };
    return [
      get('/', () => page(html`<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>eBay Developers Program</title></head><body><h1>Browse API</h1><p>POST /identity/v1/oauth2/token, then GET /buy/browse/v1/item_summary/search</p></body></html>`)),
      post('/identity/v1/oauth2/token', (exchange) => issue(tokens, exchange)),
      get(
        '/buy/browse/v1/item_summary/search',
        guarded((exchange, marketplace, country) => {
          const { query } = exchange;
          const categories = (query.get('category_ids') ?? '').split(',').filter(Boolean);
          if (categories.length === 0 && (query.get('q') ?? '').trim() === '') return refused(400, 12_001, 'API_BROWSE', "The call must have a valid 'q', 'category_ids', 'charity_ids', 'epid' or 'gtin' query parameter.");
          const limit = whole(query.get('limit'), 50, { max: 200 });
          const offset = whole(query.get('offset'), 0, { min: 0 });
          if (offset % limit !== 0) return refused(400, 12_022, 'API_BROWSE', "The 'offset' value must be 0 or a multiple of the 'limit' value.");
          if (offset + limit > deepest) return refused(400, 12_023, 'API_BROWSE', "The 'offset' value plus the 'limit' value must not exceed 10,000.");
          const cars = categories.length === 0 || categories.includes(carsCategory);
          const all = cars ? world.shop().onOffer(wantedOf(exchange)).filter((listing) => listing.country === country) : [];
          const to = (at: number): string => {
            const address = new URL(`${world.baseUrl()}${exchange.path}${exchange.url.search}`);
            address.searchParams.set('limit', String(limit));
            address.searchParams.set('offset', String(at));
            return address.href;
          };
          return json({
            href: to(offset),
            total: all.length,
            ...(offset + limit < all.length ? { next: to(offset + limit) } : {}),
            ...(offset > 0 ? { prev: to(Math.max(0, offset - limit)) } : {}),
            limit,
            offset,
            itemSummaries: all.slice(offset, offset + limit).map((listing) => summaryOf(listing, world.baseUrl(), marketplace)),
          });
        }),
      ),
      get(
        '/buy/browse/v1/item/:id',
        guarded(({ params, now }, marketplace) => {
          const listing = world.shop().find(params['id'] ?? '');
          // What ended a good while ago is not told any more, sold or not.
          const told = listing !== undefined && (listing.endedAt === null || (listing.status === 'sold' && now.getTime() - listing.endedAt.getTime() < 90 * 86_400_000));
          if (!told) return refused(404, 11_001, 'API_BROWSE', 'The specified item Id was not found.', `The specified item Id was not found: ${params['id'] ?? ''}`);
          return json(itemOf(listing, world.baseUrl(), marketplace));
        }),
      ),
    ];
  },
};
