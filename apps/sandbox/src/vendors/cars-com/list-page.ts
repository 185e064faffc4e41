import type { MarketListing } from '@autobroker/market';
import { grouped, money, monthlyRate } from '../../shared/format';
import { attributeJson, html, type Markup } from '../../shared/markup';
import { firstPicture } from '../../shared/pictures';
import type { Page, Wanted } from '../../shared/shop';
import type { World } from '../../shared/vendor';
import { layout } from './layout';

/** What the card carries for the site's own tracking; numbers are texts there. */
const tracked = (listing: MarketListing, base: string) => ({
  bodystyle: listing.body?.text ?? '',
  canonical_mmty: [listing.make, listing.model, listing.trim ?? '', listing.year ?? ''].join(':'),
  cat: listing.body?.code ?? '',
  cpo_indicator: false,
  customer_id: listing.seller.id,
  exterior_color: listing.colour?.text ?? '',
  fuel_type: listing.fuel?.text ?? '',
  listing_id: listing.externalId,
  make: listing.make,
  mileage: listing.mileage === null ? '' : String(listing.mileage),
  model: listing.model,
  model_year: listing.year === null ? '' : String(listing.year),
  msrp: '0',
  price: listing.price === null ? '' : String(listing.price),
  primary_thumbnail: firstPicture(listing, base) ?? '',
  seller_type: listing.seller.kind === 'private' ? 'private' : 'dealership',
  stock_number: listing.stockNumber ?? '',
  stock_type: listing.condition?.code === 'new' ? 'New' : 'Used',
  trim: listing.trim ?? '',
  vin: listing.vin ?? '',
  year: listing.year === null ? '' : String(listing.year),
});

export const priceText = (listing: MarketListing): string => (listing.price === null ? (listing.priceNote?.text ?? 'Not Priced') : money(listing.price, listing.currency, 'en-US'));

const card = (listing: MarketListing, base: string, position: number): Markup => {
  const image = firstPicture(listing, base);
  return html`<div class="vehicle-card ep-theme-hubcap" id="vehicle-card-${listing.externalId}" data-listing-id="${listing.externalId}" data-position="${position}" data-vehicle-details="${attributeJson(tracked(listing, base))}" phx-hook="VehicleCard">
<div class="vehicle-card-main js-gallery-click-card"><div class="vehicle-card-photos">${image === null ? html`<img class="vehicle-image" src="/assets/no-photo.svg" alt="No photo">` : html`<img class="vehicle-image" data-index="0" src="${image}" alt="${listing.title}" loading="lazy">`}</div>
<div class="vehicle-details"><p class="stock-type">${listing.condition?.text ?? 'Used'}</p>
<a href="${listing.path}" class="vehicle-card-link js-gallery-click-link" data-linkname="vehicle-listing"><h2 class="title">${listing.title}</h2></a>
<div class="mileage">${listing.mileage === null ? null : `${grouped(listing.mileage, 'en-US')} mi.`}</div>
<div class="price-section price-section-vehicle-card"><span class="primary-price">${priceText(listing)}</span>${
    listing.previousPrice !== null && listing.price !== null && listing.previousPrice > listing.price
      ? html`<span class="secondary-price price-drop"><strike>${money(listing.previousPrice, listing.currency, 'en-US')}</strike> ${money(listing.previousPrice - listing.price, listing.currency, 'en-US')} price drop</span>`
      : null
  }</div>
<div class="monthly-payment-section">${listing.price === null ? null : html`<span class="js-estimated-monthly-payment-formatted-value-with-abr">$${monthlyRate(listing.price)}/mo est.*</span>`}</div>
<div class="vehicle-dealer"><div class="dealer-name"><strong>${listing.seller.name}</strong></div><div class="miles-from" data-qa="miles-from-user">${listing.location.city}${listing.location.region === null ? null : `, ${listing.location.region}`}${listing.location.postalCode === null ? null : ` ${listing.location.postalCode}`} (${12 + (position % 37)} mi. away)</div></div></div></div></div>`;
};

interface ListPage {
  readonly world: World;
  readonly found: Page;
  readonly wanted: Wanted;
  readonly url: URL;
}

export const listPage = ({ world, found, wanted, url }: ListPage): Markup => {
  const base = world.baseUrl();
  const to = (number: number): string => {
    const address = new URL('/shopping/results/', url);
    for (const [name, value] of url.searchParams) if (name !== 'page') address.searchParams.append(name, value);
    address.searchParams.set('page', String(number));
    return `${address.pathname}${address.search}`;
  };
  return layout(
    `Used cars for sale | Cars.com`,
    html`<link rel="canonical" href="${base}/shopping/results/">${found.number < found.pages ? html`<link rel="next" href="${to(found.number + 1)}">` : null}`,
    html`<main id="search-live-content"><h1 class="sds-heading">Used cars for sale</h1><span class="total-entries">${grouped(found.total, 'en-US')} matches</span>
<form id="search-filters" action="/shopping/results/"><select name="makes[]"><option value="">All makes</option>${world.shop().makes().slice(0, 50).map(([make, count]) => html`<option value="${make}">${make} (${count})</option>`)}</select>
<input name="year_min" value="${wanted.yearFrom}"><input name="year_max" value="${wanted.yearTo}"><input name="list_price_max" value="${wanted.priceTo}"><input name="mileage_max" value="${wanted.mileageTo}"></form>
<div class="vehicle-cards">${found.items.map((listing, index) => card(listing, base, index + 1))}
<div class="sponsored-card"><a href="https://ads.example/oem">Certified pre-owned from $18,999 · 0.9% APR · 10 mi.</a></div></div>
<div class="sds-pagination" id="pagination">${found.number > 1 ? html`<a id="prev_paginate" href="${to(found.number - 1)}">Previous</a>` : null}<span class="current">${found.number}</span>${found.number < found.pages ? html`<a id="next_paginate" href="${to(found.number + 1)}">Next</a>` : null}</div></main>`,
  );
};
