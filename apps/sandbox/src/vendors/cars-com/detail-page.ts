import type { MarketListing } from '@autobroker/market';
import { grouped, money, monthlyRate } from '../../shared/format';
import { html, scriptJson, type Markup } from '../../shared/markup';
import { pictureUrls } from '../../shared/pictures';
import type { World } from '../../shared/vendor';
import { layout } from './layout';
import { priceText } from './list-page';

const structured = (listing: MarketListing, base: string) => ({
  '@context': 'http://schema.org',
  '@type': 'Car',
  name: listing.title,
  image: pictureUrls(listing, base),
  description: listing.description,
  vehicleIdentificationNumber: listing.vin ?? undefined,
  sku: listing.stockNumber ?? undefined,
  brand: { '@type': 'Brand', name: listing.make },
  manufacturer: listing.make,
  model: listing.model,
  vehicleConfiguration: listing.trim ?? undefined,
  vehicleModelDate: listing.year === null ? undefined : String(listing.year),
  bodyType: listing.body?.text,
  color: listing.colour?.text,
  vehicleInteriorColor: listing.interiorColour?.text,
  driveWheelConfiguration: listing.drivetrain?.text,
  vehicleTransmission: listing.gearbox?.text,
  fuelType: listing.fuel?.text,
  numberOfDoors: listing.doors ?? undefined,
  vehicleEngine: listing.engine === null ? undefined : { '@type': 'EngineSpecification', name: listing.engine },
  itemCondition: listing.condition?.code === 'new' ? 'http://schema.org/NewCondition' : 'http://schema.org/UsedCondition',
  mileageFromOdometer: listing.mileage === null ? undefined : { '@type': 'QuantitativeValue', value: grouped(listing.mileage, 'en-US'), unitCode: 'SMI' },
  offers: {
    '@type': 'Offer',
    ...(listing.price === null ? {} : { price: listing.price, priceCurrency: listing.currency }),
    availability: 'http://schema.org/InStock',
    url: `${base}${listing.path}`,
    seller: {
      '@type': listing.seller.kind === 'private' ? 'Person' : 'AutoDealer',
      name: listing.seller.name,
      telephone: listing.seller.phone ?? undefined,
      address: { '@type': 'PostalAddress', addressLocality: listing.location.city, addressRegion: listing.location.region ?? undefined, postalCode: listing.location.postalCode ?? undefined, addressCountry: listing.location.country },
    },
  },
});

const row = (name: string, value: string | number | null | undefined): Markup => html`<dt>${name}</dt><dd>${value ?? '–'}</dd>`;

export const detailPage = (world: World, listing: MarketListing): Markup => {
  const base = world.baseUrl();
  return layout(
    `${listing.title} for sale in ${listing.location.city}, ${listing.location.region ?? ''} | Cars.com`,
    html`<link rel="canonical" href="${base}${listing.path}"><script type="application/ld+json">${scriptJson(structured(listing, base))}</script>
<script type="application/ld+json">${scriptJson({ '@context': 'http://schema.org', '@type': 'BreadcrumbList', itemListElement: [{ '@type': 'ListItem', position: 1, name: 'Cars for Sale', item: `${base}/shopping/` }] })}</script>`,
    html`<main class="vdp"><section class="vdp-content-wrapper"><gallery-slides>${pictureUrls(listing, base).map((url, index) => html`<img class="swipe-main-image" data-index="${index}" src="${url}" alt="${listing.title} ${index + 1}">`)}</gallery-slides>
<header class="title-section"><p class="new-used">${listing.condition?.text ?? 'Used'}</p><h1 class="listing-title">${listing.title}</h1><div class="listing-mileage">${listing.mileage === null ? null : `${grouped(listing.mileage, 'en-US')} mi.`}</div></header>
<div class="price-section"><span class="primary-price" data-qa="primary-price">${priceText(listing)}</span>${listing.previousPrice === null ? null : html`<span class="secondary-price"><strike>${money(listing.previousPrice, listing.currency, 'en-US')}</strike></span>`}
${listing.price === null ? null : html`<span class="js-estimated-monthly-payment-formatted-value-with-abr">$${monthlyRate(listing.price)}/mo est.* with $${grouped(listing.price * 0.1, 'en-US')} down</span>`}</div>
<section class="sds-page-section basics-section"><h2>Basics</h2><dl class="fancy-description-list">${row('Exterior color', listing.colour?.text)}${row('Interior color', listing.interiorColour?.text)}${row('Drivetrain', listing.drivetrain?.text)}${row('Fuel type', listing.fuel?.text)}${row('Transmission', listing.gearbox?.text)}${row('Engine', listing.engine)}${row('Body style', listing.body?.text)}${row('Doors', listing.doors)}${row('VIN', listing.vin)}${row('Stock #', listing.stockNumber)}${row('Mileage', listing.mileage === null ? null : `${grouped(listing.mileage, 'en-US')} mi.`)}</dl></section>
<section class="sds-page-section features-section"><h2>Features</h2><ul class="vehicle-features-list">${listing.features.map((feature) => html`<li>${feature}</li>`)}</ul></section>
<section class="sds-page-section seller-notes scrubbed-html"><h2>Seller's notes about this car</h2><div class="sellers-notes">${listing.description}</div></section>
<section class="sds-page-section seller-info"><h3 class="seller-name">${listing.seller.name}</h3><div class="dealer-address">${listing.location.city}${listing.location.region === null ? null : `, ${listing.location.region}`} ${listing.location.postalCode}</div>${listing.seller.phone === null ? null : html`<a class="dealer-phone" href="tel:${listing.seller.phone}">${listing.seller.phone}</a>`}</section>
<section class="price-history-section"><h2>Price history</h2><p>Average price nearby ${listing.price === null ? '$21,950' : money(Math.round(listing.price * 1.06), listing.currency, 'en-US')}</p></section></section>
<section class="similar-vehicles"><h2>Similar vehicles</h2>${world
      .shop()
      .similar(listing, 4)
      .map((other) => html`<a class="listing-row" href="${other.path}"><span class="title">${other.title}</span><span class="primary-price">${priceText(other)}</span><span class="mileage">${other.mileage === null ? null : `${grouped(other.mileage, 'en-US')} mi.`}</span></a>`)}</section></main>`,
  );
};

export const gonePage = (listing: MarketListing | null): Markup =>
  layout(
    'Vehicle no longer available | Cars.com',
    html`<meta name="robots" content="noindex">`,
    html`<main class="vdp"><div class="unlisted-notification sds-notification"><h1>${listing === null ? "We can't find that vehicle" : 'This vehicle is no longer available'}</h1>${listing === null ? null : html`<p class="unlisted-title">${listing.title}</p>`}<p>Browse similar cars from $4,995.</p><a href="/shopping/results/">See all vehicles</a></div></main>`,
  );
