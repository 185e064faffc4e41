import type { MarketListing } from '@autobroker/market';
import { grouped, isoDay, money, monthlyRate } from '../../shared/format';
import { html, type Content, type Markup } from '../../shared/markup';
import { firstPicture, pictureUrls } from '../../shared/pictures';
import type { Page } from '../../shared/shop';
import type { World } from '../../shared/vendor';

const layout = (title: string, main: Content): Markup => html`<!DOCTYPE html>
<html lang="en-GB"><head><meta charset="utf-8"><title>${title} | Gumtree</title><meta name="description" content="Find used cars from £500. Car finance from £99 a month."><link rel="stylesheet" href="/static/app.css">
<script>dataLayer = [{"p":{"t":"VIP"},"u":{"li":false},"adPrice":"1295"}];</script></head>
<body><header class="header"><a class="logo" href="/">Gumtree</a><nav><a href="/search?search_category=cars">Cars</a><a href="/search?search_category=vans">Vans</a><a href="/postad/">Post an ad</a><a href="/my-account/">Login</a></nav></header>
<div class="ad-banner">Sponsored: van insurance from £26.50 a month</div>${main}
<div id="onetrust-consent-sdk"><p>We use cookies and similar tools.</p><button>Accept all</button></div><footer><a href="/privacy">Privacy notice</a> © 2026 Gumtree.com Limited</footer></body></html>`;

const priceText = (listing: MarketListing): string => (listing.price === null ? (listing.priceNote?.text ?? 'POA') : money(listing.price, listing.currency, 'en-GB'));

/** «3 days ago», as a visitor reads it. */
const ago = (at: Date, now: Date): string => {
  const hours = Math.max(0, Math.floor((now.getTime() - at.getTime()) / 3_600_000));
  if (hours < 1) return 'Just now';
  if (hours < 24) return `${hours} hour${hours === 1 ? '' : 's'} ago`;
  const days = Math.floor(hours / 24);
  return `${days} day${days === 1 ? '' : 's'} ago`;
};

const attribute = (name: string, value: string | number | null | undefined): Markup | null => (value === null || value === undefined ? null : html`<li><span class="hide-visually">${name}</span>${value}</li>`);

const card = (listing: MarketListing, base: string, now: Date): Markup => {
  const image = firstPicture(listing, base);
  return html`<li class="natural"><article class="listing-maxi" data-q="search-result" id="ad-${listing.externalId}" itemscope itemtype="http://schema.org/Product"><a class="listing-link" href="${listing.path}" itemprop="url">
<div class="listing-side">${image === null ? null : html`<img src="${image}" itemprop="image" alt="">`}</div><div class="listing-content"><h2 class="listing-title" itemprop="name">${listing.title}</h2>
<div class="listing-location" itemprop="areaServed"><span class="truncate-line">${listing.location.city}${listing.location.region === null ? null : `, ${listing.location.region}`}</span></div>
<ul class="listing-attributes inline-list">${attribute('Year', listing.year)}${attribute('Mileage', listing.mileage === null ? null : `${grouped(listing.mileage, 'en-GB')} miles`)}${attribute('Seller type', listing.seller.kindText)}${attribute('Fuel type', listing.fuel?.text)}${attribute('Engine size', listing.displacementCc === null ? null : `${grouped(listing.displacementCc, 'en-GB')} cc`)}</ul>
<span class="listing-price" itemprop="offers" itemscope itemtype="http://schema.org/Offer">${listing.price === null ? html`<strong class="h3-responsive">${priceText(listing)}</strong>` : html`<meta itemprop="priceCurrency" content="${listing.currency}"><strong class="h3-responsive" itemprop="price" content="${listing.price}">${priceText(listing)}</strong>`}</span>
<span class="listing-posted-date" data-q="listing-adAge">${ago(listing.listedAt, now)}</span></div></a></article></li>`;
};

interface ListPage {
  readonly world: World;
  readonly found: Page;
  readonly url: URL;
  readonly now: Date;
}

export const listPage = ({ world, found, url, now }: ListPage): Markup => {
  const base = world.baseUrl();
  const to = (number: number): string => {
    const address = new URL('/search', url);
    for (const [name, value] of url.searchParams) if (name !== 'page') address.searchParams.append(name, value);
    if (!address.searchParams.has('search_category')) address.searchParams.set('search_category', 'cars');
    address.searchParams.set('page', String(number));
    return `${address.pathname}${address.search}`;
  };
  return layout(
    'Used cars for sale in the UK',
    html`<main><h1 class="h1-responsive">${grouped(found.total, 'en-GB')} ads for used cars</h1><form action="/search"><input type="hidden" name="search_category" value="cars"><select name="vehicle_make"><option value="">Any make</option>${world.shop().makes().slice(0, 40).map(([make, count]) => html`<option value="${make}">${make} (${count})</option>`)}</select><input name="max_price" placeholder="Max price"><input name="vehicle_mileage" placeholder="up_to_80000"></form>
<ul class="list-listing-maxi">${found.items.map((listing) => card(listing, base, now))}<li class="promoted"><article class="listing-maxi listing-advert"><a class="listing-link" href="https://ads.example/scrap"><h2 class="listing-title">Scrap my car: up to £450 cash today</h2><strong>£450</strong></a></article></li></ul>
<ul class="pagination">${found.number > 1 ? html`<li class="pagination-prev"><a href="${to(found.number - 1)}">Prev</a></li>` : null}<li>${found.number}</li>${found.number < found.pages ? html`<li class="pagination-next"><a href="${to(found.number + 1)}">Next</a></li>` : null}</ul></main>`,
  );
};

const fact = (name: string, value: string | number | null | undefined): Markup | null => (value === null || value === undefined ? null : html`<div class="attribute-row"><dt class="attribute-name">${name}</dt><dd class="attribute-value">${value}</dd></div>`);

export const detailPage = (world: World, listing: MarketListing): Markup => {
  const base = world.baseUrl();
  return layout(
    `${listing.title} in ${listing.location.city}`,
    html`<main itemscope itemtype="http://schema.org/Product"><link itemprop="url" href="${base}${listing.path}"><h1 data-q="vip-title" itemprop="name">${listing.title}</h1>
<span class="ad-location" itemprop="address">${listing.location.city}${listing.location.region === null ? null : `, ${listing.location.region}`}</span>
<div class="ad-price" itemprop="offers" itemscope itemtype="http://schema.org/Offer">${
      listing.price === null ? html`<h3 data-q="ad-price">${priceText(listing)}</h3>` : html`<meta itemprop="price" content="${listing.price}"><meta itemprop="priceCurrency" content="${listing.currency}"><h3 data-q="ad-price">${priceText(listing)}</h3>`
    }${listing.previousPrice === null ? null : html`<del>${money(listing.previousPrice, listing.currency, 'en-GB')}</del>`}${listing.price === null ? null : html`<span class="finance-from">From £${monthlyRate(listing.price)} p/m with Carmoola</span>`}</div>
<div class="carousel">${pictureUrls(listing, base).map((url) => html`<img itemprop="image" src="${url}" alt="">`)}</div>
<section class="key-facts"><h2>Key facts</h2><dl>${fact('Posting date', isoDay(listing.listedAt).split('-').reverse().join('/'))}${fact('Seller type', listing.seller.kindText)}${fact('Vehicle make', listing.make)}${fact('Vehicle model', listing.model)}${fact('Vehicle trim', listing.trim)}${fact('Year', listing.year)}${fact('Mileage', listing.mileage === null ? null : `${grouped(listing.mileage, 'en-GB')} miles`)}${fact('Fuel type', listing.fuel?.text)}${fact('Gearbox', listing.gearbox?.text)}${fact('Body type', listing.body?.text)}${fact('Colour', listing.colour?.text)}${fact('Engine size', listing.displacementCc === null ? null : `${grouped(listing.displacementCc, 'en-GB')} cc`)}${fact('Doors', listing.doors)}${fact('Seats', listing.seats)}${fact('Number of owners', listing.owners)}${fact('Condition', listing.condition?.text)}</dl></section>
<section><h2>Description</h2><p class="ad-description" itemprop="description">${listing.description}</p>${listing.features.length === 0 ? null : html`<ul class="features">${listing.features.map((feature) => html`<li>${feature}</li>`)}</ul>`}</section>
<section class="seller-box"><h2>${listing.seller.name}</h2><span>${listing.location.postalCode}</span>${listing.seller.phone === null ? null : html`<span class="phone">${listing.seller.phone.slice(0, 6)}XXXX</span>`}<span class="ad-id">Ad ID: ${listing.externalId}</span></section></main>
<aside class="similar-items"><h2>You may also like</h2>${world
      .shop()
      .similar(listing, 4)
      .map((other) => html`<a href="${other.path}"><span>${other.title}</span> <strong>${priceText(other)}</strong></a>`)}</aside>`,
  );
};

export const gonePage = (): Markup => layout('Ad no longer available', html`<main><div class="notice"><h1>Sorry, this ad is no longer available</h1><p>It has been removed by the seller or has expired. Similar ads from £1,250.</p><a href="/search?search_category=cars">Search again</a></div></main>`);
