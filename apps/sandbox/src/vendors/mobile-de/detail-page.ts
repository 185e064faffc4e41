import type { MarketListing } from '@autobroker/market';
import { germanDay, grouped, money, monthlyRate } from '../../shared/format';
import { html, type Content, type Markup } from '../../shared/markup';
import { pictureUrls } from '../../shared/pictures';
import type { World } from '../../shared/vendor';
import { layout, mileageText, powerText, priceText, registeredText } from './layout';

const row = (id: string, name: string, value: Content): Markup | null =>
  value === null || value === undefined || value === '' ? null : html`<div class="g-row u-margin-bottom-9" id="rbt-${id}"><div class="g-col-6"><strong id="${id}-l">${name}</strong></div><div class="g-col-6" id="${id}-v">${value}</div></div>`;

const price = (listing: MarketListing): Markup => html`<div class="main-price-and-rating-row" itemprop="offers" itemscope itemtype="http://schema.org/Offer">
${listing.price === null ? html`<span class="h3" data-testid="prime-price">${priceText(listing)}</span>` : html`<span class="h3" data-testid="prime-price" itemprop="price" content="${listing.price}">${priceText(listing)}</span><meta itemprop="priceCurrency" content="${listing.currency}">`}
<link itemprop="availability" href="http://schema.org/${listing.status === 'reserved' ? 'LimitedAvailability' : 'InStock'}">${listing.previousPrice === null ? null : html`<span class="u-strike">${money(listing.previousPrice, listing.currency, 'de')}</span>`}
${listing.price === null ? null : html`<span class="netto-price">${grouped(listing.price / 1.19, 'de')} € (Netto)</span><span class="rate">Finanzierung ab ${monthlyRate(listing.price)} € mtl.</span>`}${listing.priceNote === null ? null : html`<span class="price-note">${listing.priceNote.text}</span>`}</div>`;

export const detailPage = (world: World, listing: MarketListing): Markup => {
  const base = world.baseUrl();
  const mileage = mileageText(listing);
  return layout(
    `${listing.title} für ${priceText(listing)} kaufen`,
    html`<link rel="canonical" href="${base}${listing.path}"><meta property="og:title" content="${listing.title}">`,
    html`<div class="viewport" itemscope itemtype="http://schema.org/Car"><meta itemprop="url" content="${base}${listing.path}"><meta itemprop="productID" content="${listing.externalId}">
<h1 class="h2" id="ad-title" itemprop="name">${listing.title}</h1>${listing.status === 'reserved' ? html`<span class="badge badge--reserved">${listing.statusText}</span>` : null}
<div class="gallery">${pictureUrls(listing, base).map((url) => html`<img itemprop="image" src="${url}" alt="">`)}</div>
${price(listing)}
<span itemprop="brand" itemscope itemtype="http://schema.org/Brand"><meta itemprop="name" content="${listing.make}"></span><meta itemprop="model" content="${listing.model}">
<div class="cBox-body" id="td-box"><h2>Technische Daten</h2>
${row('damageCondition', 'Fahrzeugzustand', [listing.damage?.text, listing.condition?.text].filter((text) => text !== undefined).join(', '))}
${row('category', 'Kategorie', listing.body === null ? null : html`<span itemprop="bodyType">${listing.body.text}</span>`)}
${row('sku', 'Fahrzeugnummer', listing.stockNumber)}${row('vin', 'FIN', listing.vin === null ? null : html`<span itemprop="vehicleIdentificationNumber">${listing.vin}</span>`)}
${row('mileage', 'Kilometerstand', mileage === null ? null : html`<span itemprop="mileageFromOdometer" itemscope itemtype="http://schema.org/QuantitativeValue"><span itemprop="value" content="${listing.mileage}">${mileage}</span><meta itemprop="unitCode" content="KMT"></span>`)}
${row('cubicCapacity', 'Hubraum', listing.displacementCc === null ? null : `${grouped(listing.displacementCc, 'de')} cm³`)}${row('power', 'Leistung', powerText(listing))}
${row('fuel', 'Kraftstoffart', listing.fuel === null ? null : html`<span itemprop="fuelType">${listing.fuel.text}</span>`)}${row('driveType', 'Antriebsart', listing.drivetrain?.text)}
${row('numSeats', 'Anzahl Sitzplätze', listing.seats)}${row('doorCount', 'Anzahl der Türen', listing.doors)}
${row('transmission', 'Getriebe', listing.gearbox === null ? null : html`<span itemprop="vehicleTransmission">${listing.gearbox.text}</span>`)}
${row('firstRegistration', 'Erstzulassung', registeredText(listing))}${row('constructionYear', 'Baujahr', listing.productionYear)}${row('numberOfPreviousOwners', 'Anzahl der Fahrzeughalter', listing.owners)}
${row('color', 'Farbe', listing.colour === null ? null : html`<span itemprop="color">${listing.colour.text}</span>`)}${row('interior', 'Innenausstattung', listing.interiorColour?.text)}</div>
<div class="cBox-body" id="features"><h2>Ausstattung</h2>${listing.features.map((feature) => html`<div class="bullet-list"><p>${feature}</p></div>`)}</div>
<div class="cBox-body" id="description"><h2>Fahrzeugbeschreibung</h2><div class="description" itemprop="description">${listing.description}</div></div>
<div class="cBox-body" id="dealer-details"><h2>${listing.seller.kindText}</h2><h4 id="dealer-name">${listing.seller.name}</h4><p id="seller-address">${listing.location.country}-${listing.location.postalCode} ${listing.location.city}</p>${listing.seller.phone === null ? null : html`<p id="rbt-phone">Tel.: ${listing.seller.phone}</p>`}<p class="u-text-grey">Inserat online seit ${germanDay(listing.listedAt)}</p></div></div>
<div class="cBox-body" id="z1234-similar"><h2>Ähnliche Fahrzeuge</h2>${world
      .shop()
      .similar(listing, 4)
      .map((other) => html`<a class="similar-ad" href="${other.path}" itemscope itemtype="http://schema.org/Car"><span itemprop="name">${other.title}</span> <span class="h3">${priceText(other)}</span> <span>${mileageText(other)}</span></a>`)}</div>`,
  );
};

export const gonePage = (): Markup =>
  layout(
    'Fahrzeug nicht mehr verfügbar | mobile.de',
    html`<meta name="robots" content="noindex">`,
    html`<div class="viewport"><div class="cBox-body"><h1 class="h2">Dieses Fahrzeug ist leider nicht mehr verfügbar.</h1><p>Der Verkäufer hat das Inserat beendet. Ähnliche Fahrzeuge gibt es ab 5.490 €.</p><a href="/fahrzeuge/search.html">Zur Suche</a></div></div>`,
  );
