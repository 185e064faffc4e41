import type { MarketListing } from '@autobroker/market';
import { grouped, money, monthYear, monthlyRate } from '../../shared/format';
import { html, type Markup } from '../../shared/markup';
import { firstPicture, pictureUrls } from '../../shared/pictures';
import type { Page, Wanted } from '../../shared/shop';
import type { World } from '../../shared/vendor';
import { layout, wordsOf } from './layout';

export const priceText = (listing: MarketListing): string =>
  listing.price === null ? (listing.priceNote?.text ?? wordsOf(listing.language).onRequest) : `€ ${grouped(listing.price, listing.language)}`;

export const powerText = (listing: MarketListing): string => (listing.powerKw === null ? '- (- PS)' : `${listing.powerKw} kW (${listing.powerHp ?? Math.round(listing.powerKw * 1.35962)} PS)`);

/** A listing as the search's own state has it. */
export const stateOf = (listing: MarketListing, base: string) => {
  const words = wordsOf(listing.language);
  const mileage = listing.mileage === null ? null : `${grouped(listing.mileage, listing.language)} km`;
  const registered = listing.firstRegistration === null ? null : monthYear(listing.firstRegistration);
  return {
    id: listing.externalId,
    identifier: { legacyId: null, crossReferenceId: listing.stockNumber },
    crossReferenceId: listing.stockNumber,
    images: pictureUrls(listing, base),
    price: { priceFormatted: priceText(listing), isVatLabelLegallyRequired: false, vatLabel: listing.priceNote?.code === 'vat_deductible' ? listing.priceNote.text : null, isConditionalPrice: false },
    availableNow: true,
    superDeal: listing.previousPrice === null ? { isEligible: false } : { isEligible: true, oldPriceFormatted: `€ ${grouped(listing.previousPrice, listing.language)}` },
    url: listing.path,
    vehicle: {
      articleType: 'Car',
      type: 'Car',
      make: listing.make,
      model: listing.model,
      modelGroup: listing.model,
      variant: listing.trim,
      subtitle: listing.title,
      offerType: listing.condition?.code === 'new' ? 'N' : 'U',
      mileageInKm: mileage,
      transmission: listing.gearbox?.text ?? null,
      fuel: listing.fuel?.text ?? null,
    },
    location: { countryCode: listing.location.country, zip: listing.location.postalCode, city: listing.location.city, street: null },
    ratings: null,
    seller: {
      id: listing.seller.id,
      type: listing.seller.kind === 'private' ? 'PrivateSeller' : 'Dealer',
      companyName: listing.seller.kind === 'private' ? null : listing.seller.name,
      contactName: listing.seller.kind === 'private' ? listing.seller.name : null,
      phones: listing.seller.phone === null ? [] : [{ phoneType: 'Mobile', formattedNumber: listing.seller.phone, callTo: listing.seller.phone.replace(/[^+0-9]/gu, '') }],
    },
    tracking: {
      firstRegistration: listing.firstRegistration === null ? null : monthYear(listing.firstRegistration, '-'),
      fuelType: listing.fuel?.code.slice(0, 1) ?? null,
      mileage: listing.mileage === null ? null : String(listing.mileage),
      price: listing.price === null ? null : String(listing.price),
    },
    vehicleDetails: [
      { data: mileage ?? '- km', iconName: 'mileage_road', ariaLabel: words.mileage },
      { data: listing.gearbox?.text ?? '-', iconName: 'transmission', ariaLabel: words.gearbox },
      { data: registered ?? '-', iconName: 'calendar', ariaLabel: words.registered },
      { data: listing.fuel?.text ?? '-', iconName: 'gas_pump', ariaLabel: words.fuel },
      { data: powerText(listing), iconName: 'speedometer', ariaLabel: words.power },
    ],
  };
};

const card = (listing: MarketListing, base: string): Markup => {
  const state = stateOf(listing, base);
  const image = firstPicture(listing, base);
  return html`<article class="cldt-summary-full-item listing-impressions-tracking list-page-item ListItem_article__qyYw7" id="${listing.externalId}" data-guid="${listing.externalId}" data-price="${listing.price}" data-mileage="${listing.mileage}" data-listing-country="${listing.location.country.toLowerCase()}">
<div class="Gallery_wrapper__">${image === null ? html`<span class="NoImage">Kein Bild</span>` : html`<img src="${image}" alt="${listing.title}" loading="lazy">`}</div>
<div class="ListItem_header__J6xlG"><a class="ListItem_title__ndA4s" href="${listing.path}"><h2>${listing.make} ${listing.model}<span class="ListItem_version__5EWfi">${listing.trim}</span></h2></a></div>
<div class="PriceAndSeals_wrapper__BD_aJ">${listing.previousPrice === null ? null : html`<s class="Price_old__1">${money(listing.previousPrice, 'EUR', listing.language)}</s>`}
<p data-testid="regular-price" class="Price_price__APlgs">${priceText(listing)}</p>${listing.price === null ? null : html`<a class="Finance_link__" href="/finanzierung?preis=${listing.price}">ab ${monthlyRate(listing.price)} € ${wordsOf(listing.language).monthly}</a>`}</div>
<div class="VehicleDetailTable_container__XhfV1">${state.vehicleDetails.map((detail) => html`<span data-testid="VehicleDetails-${detail.iconName}" aria-label="${detail.ariaLabel}">${detail.data}</span>`)}</div>
<div class="SellerInfo_wrapper__"><span>${listing.seller.name}</span><span>${listing.location.country}-${listing.location.postalCode} ${listing.location.city}</span></div></article>`;
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
    const address = new URL(url);
    address.searchParams.set('page', String(number));
    return `${address.pathname}${address.search}`;
  };
  const makes = world.shop().makes();
  return layout({
    title: `${grouped(found.total, 'de')} Gebrauchtwagen kaufen | AutoScout24`,
    main: html`<main class="ListPage_main___0g2X"><h1 class="ListHeader_title__">${grouped(found.total, 'de')} Angebote</h1>
<form class="Filter_root" action="/lst"><select name="mmvmk0"><option value="">Marke</option>${makes.map(([make, count]) => html`<option value="${make}">${make} (${count})</option>`)}</select>
<input name="fregfrom" placeholder="Erstzulassung ab" value="${wanted.yearFrom}"><input name="priceto" placeholder="Preis bis" value="${wanted.priceTo}"><input name="kmto" placeholder="Kilometer bis" value="${wanted.mileageTo}"></form>
<div class="ListPage_promo__">Anzeige: Jetzt Neuwagen leasen ab <b>149 €</b> im Monat, 10.000 km pro Jahr</div>
${found.items.map((listing) => card(listing, base))}
<nav class="scr-pagination" aria-label="Pagination">${found.number > 1 ? html`<a rel="prev" href="${to(found.number - 1)}">Zurück</a>` : null}<span>${found.number} / ${found.pages}</span>${found.number < found.pages ? html`<a rel="next" href="${to(found.number + 1)}">Weiter</a>` : null}</nav></main>`,
    data: {
      page: '/lst/[[...slug]]',
      query: Object.fromEntries(url.searchParams),
      pageProps: {
        listings: found.items.map((listing) => stateOf(listing, base)),
        listingsInsights: [],
        numberOfResults: found.total,
        numberOfPages: found.pages,
        pageQuery: Object.fromEntries(url.searchParams),
        topspot: null,
        translations: {},
      },
    },
  });
};
