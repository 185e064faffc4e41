import type { MarketListing } from '@autobroker/market';
import { grouped, money, monthlyRate } from '../../shared/format';
import { html, scriptJson, type Content, type Markup } from '../../shared/markup';
import type { World } from '../../shared/vendor';
import { stateOf } from './state';

interface Layout {
  readonly title: string;
  readonly main: Content;
  readonly page: string;
  readonly query: object;
  readonly eggs: object;
}

const layout = ({ title, main, page, query, eggs }: Layout): Markup => html`<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${title}</title>
<meta name="description" content="New and used cars from $1,999. Get financing as low as $129/mo."><link rel="preload" href="/_next/static/css/7d1.css" as="style">
<script>window.BONNET_DATA={"pageName":"srp","testGroup":"B","defaultPrice":"15000"};</script></head>
<body class="at-body"><div id="__next"><header data-cmp="navBar"><a href="/">Autotrader</a><ul><li><a href="/cars-for-sale/all-cars">Cars for sale</a></li><li><a href="/sell-my-car">Sell your car</a></li><li><a href="/kbb-instant-cash-offer">Instant cash offer: $18,500 average</a></li></ul></header>
<div data-cmp="adBanner" class="ad">Advertisement: Lease from $229/mo for 36 months, $2,999 due at signing</div>
${main}
<div id="consent_blackbar" class="truste_box"><p>We and our partners use cookies.</p><button>Accept</button></div><footer data-cmp="footer">© 2026 Autotrader, Inc. All Rights Reserved.</footer></div>
<script id="__NEXT_DATA__" type="application/json">${scriptJson({ props: { pageProps: { __eggsState: eggs, pageName: page, brand: 'atc' }, initialState: {} }, page, query, buildId: 'bonnet-7.181.0', runtimeConfig: { cdn: '/_next' }, isFallback: false, gssp: true })}</script>
<script>(function(){var p={"event":"spotlight","price":"29,995","make":"Any"};window.pixall=p;})();</script></body></html>`;

interface ListPage {
  readonly world: World;
  readonly items: readonly MarketListing[];
  readonly total: number;
  readonly first: number;
  readonly size: number;
  readonly url: URL;
}

/** What a visitor without scripts sees is thin: the cards are drawn from the state. */
export const listPage = ({ world, items, total, first, size, url }: ListPage): Markup => {
  const base = world.baseUrl();
  return layout({
    title: `Used Cars for Sale - Autotrader`,
    page: '/cars-for-sale/[...slug]',
    query: Object.fromEntries(url.searchParams),
    main: html`<main><h1>Used Cars for Sale</h1><div class="results-text-container">${grouped(Math.min(first + 1, total), 'en-US')}-${grouped(Math.min(first + size, total), 'en-US')} of ${grouped(total, 'en-US')} results</div><div data-cmp="skeleton" class="placeholder" aria-busy="true"></div></main>`,
    eggs: {
      inventory: Object.fromEntries(items.map((listing) => [listing.externalId, stateOf(listing, base)])),
      results: { activeResults: items.map((listing) => Number(listing.externalId)), activePage: Math.floor(first / size) + 1, count: total, firstRecord: first, numRecords: size, spotlightResults: [], isLoading: false },
      filters: { makeCode: { options: world.shop().makes().map(([make, count]) => ({ label: make, value: make, count })) } },
    },
  });
};

export const detailPage = (world: World, listing: MarketListing): Markup => {
  const base = world.baseUrl();
  const similar = world.shop().similar(listing, 4);
  return layout({
    title: `${listing.title} for Sale in ${listing.location.city}, ${listing.location.region ?? ''} - Autotrader`,
    page: '/cars-for-sale/vehicle/[listingId]',
    query: { listingId: listing.externalId },
    main: html`<main data-cmp="vdp"><div class="placeholder" aria-busy="true"></div>${listing.previousPrice === null ? null : html`<del>${money(listing.previousPrice, listing.currency, 'en-US')}</del>`}
<aside data-cmp="similarVehicles"><h2>You might also like</h2>${similar.map((other) => html`<a href="${other.path}">${other.title} ${other.price === null ? null : html`<b>${money(other.price, other.currency, 'en-US')}</b> or $${monthlyRate(other.price)}/mo`}</a>`)}</aside></main>`,
    eggs: { inventory: { [listing.externalId]: stateOf(listing, base) }, results: { activeResults: [Number(listing.externalId)] }, vdp: { listingId: Number(listing.externalId), similarResults: similar.map((other) => Number(other.externalId)) } },
  });
};

export const gonePage = (listing: MarketListing | null): Markup =>
  layout({
    title: 'Vehicle no longer available - Autotrader',
    page: '/cars-for-sale/vehicle/[listingId]',
    query: {},
    main: html`<main data-cmp="vdpExpired"><h1>${listing?.status === 'sold' ? 'This car has been sold' : 'This car is no longer available'}</h1><p>${listing?.status === 'sold' ? `${listing.title} (${listing.statusText})` : null}</p><a href="/cars-for-sale/all-cars">See similar cars from $3,995</a></main>`,
    eggs: { inventory: {}, results: { activeResults: [] }, expired: true, ...(listing?.status === 'sold' ? { expiredReason: 'SOLD' } : {}) },
  });
