import type { MarketListing } from '@autobroker/market';
import { GraphQLError, graphql } from 'graphql';
import { get, json, page, post, type Answer, type Exchange } from '../../shared/exchange';
import { html } from '../../shared/markup';
import { isRecord, readRecord, textOf } from '../../shared/records';
import { robotsTxt } from '../../shared/robots';
import { named, type Wanted } from '../../shared/shop';
import type { Vendor, World } from '../../shared/vendor';
import { itemOf } from './item';
import { schema, stored } from './schema';

const perPage = 24;
const mostPerPage = 50;

interface SearchArguments {
  readonly count?: number | null;
  readonly cursor?: string | null;
  readonly params?: {
    readonly query?: string | null;
    readonly make?: string | null;
    readonly model?: string | null;
    readonly min_year?: number | null;
    readonly max_year?: number | null;
    readonly price_lower_bound?: number | null;
    readonly price_upper_bound?: number | null;
    readonly max_mileage?: number | null;
  } | null;
}

const wantedOf = (params: SearchArguments['params']): Wanted => ({
  makes: named(params?.make),
  models: named(params?.model),
  yearFrom: params?.min_year ?? undefined,
  yearTo: params?.max_year ?? undefined,
  priceFrom: params?.price_lower_bound ?? undefined,
  priceTo: params?.price_upper_bound ?? undefined,
  mileageTo: params?.max_mileage ?? undefined,
  words: named(params?.query)[0],
});

const cursorOf = (listing: MarketListing, at: number): string => Buffer.from(JSON.stringify({ basic: { item_index: at }, last: listing.externalId })).toString('base64');

/** Behind the last one seen; where that has gone meanwhile, at its place. */
const startOf = (cursor: string | null | undefined, all: readonly MarketListing[]): number => {
  if (cursor === null || cursor === undefined || cursor === '') return 0;
  const kept = readRecord(Buffer.from(cursor, 'base64'));
  const index = isRecord(kept?.['basic']) ? kept['basic']['item_index'] : undefined;
  const last = textOf(kept?.['last']);
  if (typeof index !== 'number' || last === null) throw new GraphQLError('Invalid cursor');
  const seen = all.findIndex((listing) => listing.externalId === last);
  return seen === -1 ? index : seen + 1;
};

const rootOf = (world: World) => {
  const find = (id: string) => {
    const listing = world.shop().find(id);
    const told = listing !== undefined && (listing.endedAt === null || listing.status === 'sold');
    return told ? itemOf(listing, world.baseUrl()) : null;
  };
  return {
    marketplace_search: ({ count, cursor, params }: SearchArguments) => {
      const all = world.shop().onOffer(wantedOf(params));
      const start = startOf(cursor, all);
      const items = all.slice(start, start + Math.min(mostPerPage, Math.max(1, count ?? perPage)));
      const edges = items.map((listing, index) => ({ cursor: cursorOf(listing, start + index + 1), node: { __typename: 'MarketplaceFeedListingStoryObject', story_key: `${listing.externalId}:IG`, listing: itemOf(listing, world.baseUrl()) } }));
      const ad = { cursor: edges[0]?.cursor ?? '', node: { __typename: 'MarketplaceFeedAdStory', story_key: `ad:${start}`, ad_title: 'Sponsored: get pre-approved in minutes', ad_price: '$189' } };
      const last = edges.at(-1);
      return { feed_units: { edges: edges.length > 3 ? [...edges.slice(0, 3), ad, ...edges.slice(3)] : edges, page_info: { end_cursor: last?.cursor ?? null, has_next_page: start + items.length < all.length } } };
    },
    node: ({ id }: { readonly id: string }) => find(id),
    viewer: () => ({ marketplace_product_details_page: ({ targetId }: { readonly targetId: string }) => ({ target: find(targetId) }) }),
  };
};

/** A form, as the site's own pages send it, or JSON. */
const readRequest = ({ headers, body }: Exchange): Readonly<Record<string, unknown>> | null => {
  if (String(headers['content-type'] ?? '').includes('json')) return readRecord(body);
  const form = Object.fromEntries(new URLSearchParams(body.toString()));
  return { ...form, variables: readRecord(form['variables'] ?? '{}') };
};

const refused = (message: string, code: number): Answer => json({ errors: [{ message, severity: 'CRITICAL', code, api_error_code: code }] });

const answer = async (world: World, exchange: Exchange): Promise<Answer> => {
  const asked = readRequest(exchange);
  if (asked === null) return json({ errors: [{ message: 'The request could not be read' }] }, { status: 400 });
  const variables = isRecord(asked['variables']) ? asked['variables'] : {};
  const number = textOf(asked['doc_id']);
  const query = number === null ? textOf(asked['query']) : stored.get(number);
  if (query === null) return refused('No document was given', 1_675_001);
  if (query === undefined) return refused(`The GraphQL document with ID ${number ?? ''} was not found.`, 1_675_002);
  const result = await graphql({ schema, source: query, rootValue: rootOf(world), variableValues: variables, operationName: textOf(asked['operationName']) });
  return json({ ...result, extensions: { is_final: true } });
};

export const facebook: Vendor = {
  slug: 'facebook',
  title: 'Facebook Marketplace',
  kind: 'marketplace',
  source: 'facebook',
  key: { search_doc_id: '7111939778879383', detail_doc_id: '6204519089593047' },
  startPath: '/marketplace/',
  robots: () => robotsTxt(['/ajax/', '/login', '/messages', '/recover']),
  routes: (world) => {
    const wall = () =>
      page(html`<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Log into Facebook</title></head><body><div id="globalContainer"><form id="login_form" action="/login/" method="post"><div>You must log in to continue.</div><input name="email" type="text"><input name="pass" type="password"><button name="login">Log in</button></form></div></body></html>`);
    return [post('/api/graphql/', (exchange) => answer(world, exchange)), get('/', wall), get('/marketplace/', wall), get('/marketplace/item/:id', wall), get('/marketplace/item/:id/', wall)];
  },
};
