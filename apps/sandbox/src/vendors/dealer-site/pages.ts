import type { MarketListing } from '@autobroker/market';
import { grouped, money, monthYear, monthlyRate } from '../../shared/format';
import { html, type Content, type Markup } from '../../shared/markup';
import { firstPicture, pictureUrls } from '../../shared/pictures';
import type { Page } from '../../shared/shop';
import type { World } from '../../shared/vendor';
import { graphOf } from './graph';

const layout = (title: string, head: Content, main: Content): Markup => html`<!DOCTYPE html>
<html lang="de-DE" prefix="og: https://ogp.me/ns#"><head><meta charset="UTF-8"><title>${title}</title><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="generator" content="WordPress 6.9"><link rel="stylesheet" href="/wp-content/themes/autohaus/style.css">
<meta property="og:title" content="${title}"><meta property="og:type" content="website"><meta property="og:locale" content="de_DE">${head}</head>
<body class="wp-theme-autohaus"><header><a href="/">Autohaus Brandt</a><nav><ul><li><a href="/fahrzeuge">Fahrzeuge</a></li><li><a href="/werkstatt">Werkstatt – Inspektion ab 149 €</a></li><li><a href="/anfrage">Anfrage</a></li></ul></nav><p>Telefon 0561 9999-0 · Mo–Fr 8–18 Uhr</p></header>
${main}<aside class="widget"><h3>Angebot des Monats</h3><p>Kleinwagen schon ab <b>9.990,- €</b> oder <b>89 €</b> mtl.</p></aside>
<div id="cookie-law-info-bar"><span>Diese Website verwendet Cookies.</span><a role="button">Akzeptieren</a></div><footer>Autohaus Brandt GmbH · <a href="/impressum">Impressum</a></footer></body></html>`;

const priceText = (listing: MarketListing): string => (listing.price === null ? (listing.priceNote?.text ?? 'Preis auf Anfrage') : `${grouped(listing.price, 'de')},- €`);

const teaser = (listing: MarketListing, base: string): Markup => {
  const image = firstPicture(listing, base);
  return html`<div class="fahrzeug-teaser"><a href="${listing.path}">${image === null ? null : html`<img src="${image}" alt="">`}<h3>${listing.title}</h3></a><p>${listing.mileage === null ? null : `${grouped(listing.mileage, 'de')} km`}${listing.firstRegistration === null ? null : ` · EZ ${monthYear(listing.firstRegistration)}`}</p><p class="preis">${priceText(listing)}</p></div>`;
};

export const frontPage = (world: World): Markup => layout('Autohaus Brandt – Ihr Partner', null, html`<main><h1>Willkommen im Autohaus Brandt</h1>${world.shop().onOffer().slice(0, 6).map((listing) => teaser(listing, world.baseUrl()))}<a href="/fahrzeuge">Alle Fahrzeuge</a></main>`);

export const listPage = (world: World, found: Page): Markup =>
  layout(
    'Unsere Fahrzeuge – Autohaus Brandt',
    null,
    html`<main><h1>${found.total} Fahrzeuge</h1>${found.items.map((listing) => teaser(listing, world.baseUrl()))}<nav class="seiten">${found.number > 1 ? html`<a href="/fahrzeuge?seite=${found.number - 1}">« zurück</a>` : null} Seite ${found.number} von ${found.pages} ${found.number < found.pages ? html`<a rel="next" href="/fahrzeuge?seite=${found.number + 1}">weiter »</a>` : null}</nav></main>`,
  );

/** The old half of the shop says it in RDFa, the new half in a JSON-LD graph. */
export const saysRdfa = (listing: MarketListing): boolean => Number(listing.externalId) % 2 === 0;

const line = (name: string, value: Content, property?: string): Markup | null =>
  value === null || value === undefined || value === '' ? null : html`<tr><th>${name}</th>${property === undefined ? html`<td>${value}</td>` : html`<td property="${property}">${value}</td>`}</tr>`;

const registration = (listing: MarketListing, rdfa: boolean): Markup | null => {
  const first = listing.firstRegistration;
  if (first === null) return null;
  const iso = `${first.year}-${String(first.month).padStart(2, '0')}-01`;
  return html`<tr><th>Erstzulassung</th>${rdfa ? html`<td property="dateVehicleFirstRegistered" content="${iso}">${monthYear(first)}</td>` : html`<td>${monthYear(first)}</td>`}</tr>`;
};

const facts = (listing: MarketListing, rdfa: boolean): Markup => {
  const named = (property: string): string | undefined => (rdfa ? property : undefined);
  const mileage = listing.mileage === null ? null : `${grouped(listing.mileage, 'de')} km`;
  return html`<table class="fahrzeugdaten">${line('Marke', listing.make, named('brand'))}${line('Modell', listing.model, named('model'))}${line('Ausführung', listing.trim, named('vehicleConfiguration'))}
${registration(listing, rdfa)}
${mileage === null ? null : html`<tr><th>Kilometerstand</th>${rdfa ? html`<td property="mileageFromOdometer" typeof="QuantitativeValue"><span property="value" content="${listing.mileage}">${mileage}</span><meta property="unitCode" content="KMT"></td>` : html`<td>${mileage}</td>`}</tr>`}
${line('Kraftstoff', listing.fuel?.text, named('fuelType'))}${line('Getriebe', listing.gearbox?.text, named('vehicleTransmission'))}${line('Antrieb', listing.drivetrain?.text)}${line('Leistung', listing.powerKw === null ? null : `${listing.powerKw} kW (${listing.powerHp ?? ''} PS)`)}${line('Hubraum', listing.displacementCc === null ? null : `${grouped(listing.displacementCc, 'de')} cm³`)}${line('Karosserie', listing.body?.text, named('bodyType'))}${line('Farbe', listing.colour?.text, named('color'))}${line('Polster', listing.interiorColour?.text)}${line('Türen', listing.doors, named('numberOfDoors'))}${line('Sitze', listing.seats)}${line('Vorbesitzer', listing.owners, named('numberOfPreviousOwners'))}${line('Unfallschaden', listing.damage?.text)}${line('FIN', listing.vin, named('vehicleIdentificationNumber'))}${line('Interne Nummer', listing.stockNumber, named('sku'))}</table>`;
};

const offer = (listing: MarketListing, rdfa: boolean): Markup => {
  const state = listing.status === 'sold' ? 'SoldOut' : listing.status === 'reserved' ? 'LimitedAvailability' : 'InStock';
  const old = listing.previousPrice === null ? null : html`<del class="statt">${grouped(listing.previousPrice, 'de')},- €</del>`;
  const rate = listing.price === null ? null : html`<p class="rate">oder ab ${monthlyRate(listing.price)} € monatlich*</p>`;
  const sold = listing.status === 'active' ? null : html`<strong class="stempel">${listing.statusText}</strong>`;
  if (!rdfa) return html`<div class="angebot">${sold}<span class="preis">${priceText(listing)}</span>${old}${rate}</div>`;
  return html`<div class="angebot" property="offers" typeof="Offer">${sold}${listing.price === null ? html`<span class="preis">${priceText(listing)}</span>` : html`<span class="preis" property="price" content="${listing.price}.00">${priceText(listing)}</span><meta property="priceCurrency" content="${listing.currency}">`}<link property="availability" href="https://schema.org/${state}">${old}${rate}</div>`;
};

export const detailPage = (world: World, listing: MarketListing): Markup => {
  const base = world.baseUrl();
  const rdfa = saysRdfa(listing);
  const body = html`<h1 ${rdfa ? html`property="name"` : null}>${listing.title}</h1>${pictureUrls(listing, base).map((url) => (rdfa ? html`<img property="image" src="${url}" alt="">` : html`<img src="${url}" alt="">`))}
${offer(listing, rdfa)}${facts(listing, rdfa)}<h2>Ausstattung</h2><ul>${listing.features.map((feature) => html`<li>${feature}</li>`)}</ul><h2>Beschreibung</h2>${rdfa ? html`<div property="description">${listing.description}</div>` : html`<div>${listing.description}</div>`}`;
  return layout(
    `${listing.title} – Autohaus Brandt`,
    [html`<link rel="canonical" href="${base}${listing.path}">`, rdfa ? null : graphOf(listing, base)],
    html`<main>${rdfa ? html`<article vocab="https://schema.org/" typeof="Car" resource="${base}${listing.path}">${body}</article>` : html`<article>${body}</article>`}
<section class="standort"><p>${listing.seller.name}, ${listing.location.postalCode} ${listing.location.city}</p></section>
<section class="weitere"><h2>Das könnte Sie auch interessieren</h2>${world.shop().similar(listing, 3).map((other) => teaser(other, base))}</section><p class="klein">*Ein unverbindliches Beispiel. Preisvergleich: Neupreis ${money(49_990, 'EUR', 'de')}.</p></main>`,
  );
};

export const soldPage = (world: World, listing: MarketListing | null): Markup =>
  layout('Fahrzeug nicht gefunden – Autohaus Brandt', html`<meta name="robots" content="noindex">`, html`<main><h1>${listing === null ? 'Diese Seite gibt es nicht' : 'Dieses Fahrzeug ist nicht mehr da'}</h1><p>Vielleicht ist eines von diesen etwas für Sie:</p>${world.shop().onOffer().slice(0, 3).map((other) => teaser(other, world.baseUrl()))}</main>`);
