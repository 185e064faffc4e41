import type { MarketListing } from '@autobroker/market';
import { grouped, money } from '../../shared/format';
import { html, scriptJson, type Content, type Markup } from '../../shared/markup';
import { firstPicture, pictureUrls } from '../../shared/pictures';
import type { Page } from '../../shared/shop';
import type { World } from '../../shared/vendor';

const layout = (title: string, main: Content): Markup => html`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>${title} | IAA - Insurance Auto Auctions</title><link rel="stylesheet" href="/css/site.css"><script>window.dataLayer=[{"pageType":"vehicle","fees":"$75.00"}];</script></head>
<body><header class="header"><a href="/">IAA</a><nav class="nav"><a href="/Search">Vehicles</a><a href="/Auctions">Auctions</a><a href="/Login">Log In</a></nav><div class="header__promo">Buy Now vehicles from $500. Transport quotes from $199.</div></header>
${main}<div class="cookie-policy"><p>This site uses cookies.</p><button>OK</button></div><footer class="footer">© 2026 IAA Holdings. Gate fee $95 applies.</footer></body></html>`;

const miles = (listing: MarketListing): string | null => (listing.mileage === null ? null : `${grouped(listing.mileage, 'en-US')} mi (Actual)`);

const two = (value: number): string => String(value).padStart(2, '0');
const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** «Thu Dec 3, 2:30pm (UTC)» beside the exact time that a script counts down to. */
const saleText = (at: Date): string => `${weekdays[at.getUTCDay()] ?? ''} ${months[at.getUTCMonth()] ?? ''} ${at.getUTCDate()}, ${at.getUTCHours() % 12 === 0 ? 12 : at.getUTCHours() % 12}:${two(at.getUTCMinutes())}${at.getUTCHours() < 12 ? 'am' : 'pm'} (UTC)`;

const countdown = (at: Date, now: Date): string => {
  const minutes = Math.floor((at.getTime() - now.getTime()) / 60_000);
  return minutes <= 0 ? 'Sale in progress' : `${Math.floor(minutes / 1_440)}d ${Math.floor((minutes % 1_440) / 60)}h ${minutes % 60}m`;
};

const saleStatus = (listing: MarketListing): string => {
  switch (listing.auction?.state) {
    case 'on_approval':
      return 'On approval';
    case 'sold':
      return 'Sold';
    case 'not_sold':
      return 'Not sold';
    case 'upcoming':
      return 'Pre-Bid';
    case undefined:
      return listing.statusText;
  }
};

const row = (listing: MarketListing, base: string, now: Date): Markup => {
  const image = firstPicture(listing, base);
  const { auction } = listing;
  return html`<tr class="table-row table-row-border" data-salvageid="${listing.externalId}"><td class="table-cell table-cell--image">${image === null ? null : html`<a href="${listing.path}"><img data-src="${image}" src="${image}" alt="${listing.title}"></a>`}</td>
<td class="table-cell table-cell--data"><h4 class="heading-7"><a href="${listing.path}" name="item">${listing.title}</a></h4><ul class="data-list data-list--search"><li class="data-list__item"><span class="data-list__label">Stock #:</span> <span class="data-list__value">${listing.stockNumber}</span></li><li class="data-list__item"><span class="data-list__value">${listing.titleStatus?.text}</span></li><li class="data-list__item"><span class="data-list__value">${listing.damage?.text}</span></li></ul></td>
<td class="table-cell table-cell--data"><span class="data-list__value">${miles(listing)}</span><span class="data-list__value">${listing.runAndDrive === null ? null : listing.runAndDrive ? 'Run & Drive' : 'Stationary'}</span></td>
<td class="table-cell table-cell--data"><span class="data-list__value">${auction?.yard}</span></td>
<td class="table-cell table-cell--data"><span class="data-list__value" data-sale-date="${auction?.saleAt?.toISOString()}">${auction?.saleAt == null ? 'Future' : saleText(auction.saleAt)}</span><span class="countdown">${auction?.saleAt == null ? null : countdown(auction.saleAt, now)}</span></td>
<td class="table-cell table-cell--actions"><span class="status">${saleStatus(listing)}</span>${auction === null ? null : html`<a class="btn btn-pre-bid" href="${listing.path}">Bid ${money(auction.currentBid, listing.currency, 'en-US')}</a>`}${auction?.buyNow == null ? null : html`<a class="btn btn-buy-now" href="${listing.path}">Buy Now ${money(auction.buyNow, listing.currency, 'en-US')}</a>`}</td></tr>`;
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
    const address = new URL('/Search', url);
    for (const [name, value] of url.searchParams) if (name !== 'page') address.searchParams.append(name, value);
    address.searchParams.set('page', String(number));
    return `${address.pathname}${address.search}`;
  };
  return layout(
    'Vehicle Search',
    html`<main class="main"><h1 class="heading-3"><label id="headerTotalAmount">${grouped(found.total, 'en-US')}</label> Vehicles</h1><form action="/Search"><select name="make"><option value="">Make</option>${world.shop().makes().slice(0, 40).map(([make, count]) => html`<option value="${make}">${make} (${count})</option>`)}</select><input name="yearfrom"><input name="yearto"><input name="odometerto"></form>
<table class="table-body"><thead><tr><th></th><th>Vehicle Info</th><th>Condition</th><th>Branch</th><th>Sale</th><th>Bid</th></tr></thead><tbody>${found.items.map((listing) => row(listing, base, now))}</tbody></table>
<div class="pager">${found.number > 1 ? html`<a class="btn-previous" href="${to(found.number - 1)}">Previous</a>` : null}<span class="btn-page active">${found.number}</span>${found.number < found.pages ? html`<a class="btn-next" href="${to(found.number + 1)}">Next</a>` : null}</div></main>`,
  );
};

const pair = (label: string, value: string | number | null | undefined): Markup | null => (value === null || value === undefined ? null : html`<li class="data-list__item"><span class="data-list__label">${label}:</span> <span class="data-list__value">${value}</span></li>`);

export const detailPage = (world: World, listing: MarketListing, now: Date): Markup => {
  const base = world.baseUrl();
  const { auction } = listing;
  return layout(
    listing.title,
    html`<main class="main vehicle-detail"><div class="section__header"><h1 class="heading-2 heading-2-semi">${listing.title}</h1></div>
<div class="vehicle-image__gallery">${pictureUrls(listing, base).map((url) => html`<img src="${url}" alt="">`)}</div>
<section class="tile tile--data" id="waypoint-trigger"><h2 class="data-title">Vehicle Information</h2><ul class="data-list data-list--details">${pair('Stock #', listing.stockNumber)}${pair('Selling Branch', auction?.yard)}${pair('Location', [listing.location.city, listing.location.region, listing.location.postalCode].filter((part) => part !== null).join(', '))}${pair('VIN (Status)', listing.vin === null ? null : `${listing.vin} (OK)`)}${pair('Title/Sale Doc', listing.titleStatus?.text)}${pair('Loss', listing.damage?.code === 'none' ? 'Other' : 'Collision')}${pair('Primary Damage', listing.damage?.text)}${pair('Secondary Damage', listing.secondaryDamage?.text)}${pair('Odometer', miles(listing))}${pair('Start Code', listing.runAndDrive === null ? null : listing.runAndDrive ? 'Run & Drive' : 'Stationary')}${pair('Key', listing.keys === null ? null : listing.keys ? 'Present' : 'Not Available')}${pair('ACV', auction?.estimatedValue == null ? null : `${money(auction.estimatedValue, listing.currency, 'en-US')} ${listing.currency}`)}</ul></section>
<section class="tile tile--data"><h2 class="data-title">Vehicle Description</h2><ul class="data-list data-list--details">${pair('Year', listing.year)}${pair('Make', listing.make)}${pair('Model', listing.model)}${pair('Series', listing.trim)}${pair('Body Style', listing.body?.text)}${pair('Engine', listing.engine)}${pair('Transmission', listing.gearbox?.text)}${pair('Drive Line Type', listing.drivetrain?.text)}${pair('Fuel Type', listing.fuel?.text)}${pair('Cylinders', listing.cylinders === null ? null : `${listing.cylinders} Cyl`)}${pair('Exterior/Interior', listing.colour === null ? null : `${listing.colour.text}/ ${listing.interiorColour?.text ?? 'Unknown'}`)}</ul></section>
<section class="tile tile--data"><h2 class="data-title">Sale Information</h2><ul class="data-list data-list--details">${pair('Auction Date and Time', auction?.saleAt == null ? 'Future' : saleText(auction.saleAt))}${pair('Time left', auction?.saleAt == null || listing.endedAt !== null ? null : countdown(auction.saleAt, now))}${pair('Lane/Run #', auction?.lane)}${pair('Seller', listing.seller.name)}${pair('Sale Status', saleStatus(listing))}${pair('Current Bid', auction === null ? null : `${money(auction.currentBid, listing.currency, 'en-US')} ${listing.currency}`)}${pair('Number of Bids', auction?.bids)}${pair('Buy Now Price', auction?.buyNow == null ? null : `${money(auction.buyNow, listing.currency, 'en-US')} ${listing.currency}`)}${pair('Times Offered', auction?.attempt)}</ul></section>
<section class="tile notes">${listing.description}</section>
<section class="tile similar"><h2>Similar vehicles</h2>${world
      .shop()
      .similar(listing, 4)
      .map((other) => html`<a href="${other.path}">${other.title} <b>${money(other.auction?.currentBid ?? 0, other.currency, 'en-US')}</b></a>`)}</section>
<script type="application/json" id="ProductDetailsVM">${scriptJson({ inventoryView: { attributes: { Id: listing.externalId, StockNumber: listing.stockNumber, LiveDate: auction?.saleAt?.toISOString() ?? null, HighBidAmount: auction?.currentBid ?? 0, BuyNowAmount: auction?.buyNow ?? 0, IsSold: listing.status === 'sold' } } })}</script></main>`,
  );
};

export const gonePage = (id: string): Markup => layout('Vehicle', html`<main class="main"><div class="message message--error"><h1>Vehicle details are not found for stock ${id}.</h1><p>The vehicle may have been withdrawn. Fees from $29.</p><a href="/Search">Back to search</a></div></main>`);
