import type { MarketListing } from '@autobroker/market';
import { money } from '../../shared/format';
import { html, raw, type Content, type Markup } from '../../shared/markup';
import { pictureUrls } from '../../shared/pictures';
import type { World } from '../../shared/vendor';

const layout = (title: string, main: Content): Markup => html`<!DOCTYPE html>
<html class="no-js"><head><meta charset="UTF-8"><title>${title}</title><meta name="description" content="${title}"><meta name="robots" content="noarchive,nofollow"><link rel="stylesheet" href="/css/cl.css"><script>var pID = null; var wwwurl = "/"; var currencySymbol = "$";</script></head>
<body class="posting"><section class="page-container"><header class="global-header wide"><a class="header-logo" href="/">CL</a><nav class="breadcrumbs-container"><ul><li><a href="/">all</a></li><li><a href="/search/cta">cars+trucks</a></li></ul></nav></header>
${main}<footer><ul><li>© 2026 craigslist</li><li><a href="/about/help">help</a></li><li><a href="/about/scams">safety</a></li></ul></footer></section></body></html>`;

export const frontPage = (items: readonly MarketListing[], start: number): Markup =>
  layout(
    'cars & trucks - by owner and dealer - craigslist',
    html`<section class="body"><ol class="cl-static-search-results">${items.map((listing) => html`<li class="cl-static-search-result" title="${listing.title}"><a href="${listing.path}"><div class="title">${listing.title}</div><div class="details"><div class="price">${listing.price === null ? null : money(listing.price, listing.currency, 'en-US')}</div><div class="location">${listing.location.city}</div></div></a></li>`)}</ol><a class="button next" href="/search/cta?s=${start + items.length}">next &gt;</a></section>`,
  );

const attribute = (name: string, value: string | number | null | undefined): Markup | null => (value === null || value === undefined ? null : html`<span>${name}: <b>${value}</b></span><br>`);

export const detailPage = (world: World, listing: MarketListing): Markup => {
  const base = world.baseUrl();
  const { latitude, longitude, city, region } = listing.location;
  return layout(
    `${listing.title} - cars & trucks - by ${listing.seller.kindText} - craigslist`,
    html`<section class="body"><div class="actions-combo"><a href="/flag">flag</a></div>${listing.status === 'sold' ? html`<div class="removed sold"><h2>${listing.statusText}</h2><p>This vehicle has been sold.</p></div>` : null}
<h1 class="postingtitle"><span class="postingtitletext"><span id="titletextonly">${listing.title}</span>${listing.price === null ? null : html`<span class="price">${money(listing.price, listing.currency, 'en-US')}</span>`}<span> (${city}${region === null ? null : `, ${region}`})</span></span></h1>
<section class="userbody"><figure class="iw multiimage">${pictureUrls(listing, base).map((url, index) => html`<a class="thumb" data-imgid="${index}" href="${url}"><img src="${url}" alt="${index + 1}"></a>`)}</figure>
<div class="mapAndAttrs">${latitude === null || longitude === null ? null : html`<div class="mapbox"><div id="map" class="viewposting" data-latitude="${latitude}" data-longitude="${longitude}" data-accuracy="10"></div></div>`}
<p class="attrgroup"><span><b>${[listing.year, listing.make, listing.model].filter((part) => part !== null).join(' ')}</b></span><br></p>
<p class="attrgroup">${attribute('VIN', listing.vin)}${attribute('condition', listing.condition?.text)}${attribute('cylinders', listing.cylinders === null ? null : `${listing.cylinders} cylinders`)}${attribute('drive', listing.drivetrain?.text)}${attribute('fuel', listing.fuel?.text)}${attribute('odometer', listing.mileage)}${attribute('paint color', listing.colour?.text)}${attribute('title status', listing.titleStatus?.text)}${attribute('transmission', listing.gearbox?.text)}${attribute('type', listing.body?.text)}</p></div>
<section id="postingbody"><div class="print-information print-qrcode-container"><p class="print-qrcode-label">QR Code Link to This Post</p></div>
${listing.planted.includes('html_noise') ? raw(listing.description) : listing.description.split('\n').map((line) => html`${line}<br>`)}</section>
<ul class="notices"><li>do NOT contact me with unsolicited services or offers</li><li>finance from $99 down</li></ul>
<div class="postinginfos"><p class="postinginfo">post id: ${listing.externalId}</p><p class="postinginfo reveal">posted: <time class="date timeago" datetime="${listing.listedAt.toISOString()}">${listing.listedAt.toISOString().slice(0, 16).replace('T', ' ')}</time></p>${listing.updatedAt > listing.listedAt ? html`<p class="postinginfo reveal">updated: <time class="date timeago" datetime="${listing.updatedAt.toISOString()}">${listing.updatedAt.toISOString().slice(0, 16).replace('T', ' ')}</time></p>` : null}</div></section></section>`,
  );
};

export const gonePage = (why: string): Markup => layout('craigslist', html`<section class="body"><div class="post-not-found removed"><h2>${why}</h2><p>(The title on the listings page will be removed in just a few minutes.)</p></div></section>`);
