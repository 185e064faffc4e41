import type { MarketListing } from '@autobroker/market';
import { grouped, money, monthlyRate } from '../../shared/format';
import { html, scriptJson, type Markup } from '../../shared/markup';
import { firstPicture } from '../../shared/pictures';
import type { Page, Wanted } from '../../shared/shop';
import type { World } from '../../shared/vendor';
import { layout, mileageText, powerText, priceText, registeredText } from './layout';

/** As the page's script has it: texts where a visitor reads texts. */
const itemOf = (listing: MarketListing, base: string) => ({
  id: Number(listing.externalId),
  title: listing.title,
  makeName: listing.make,
  modelName: listing.model,
  relativeUrl: listing.path,
  previewImage: { src: firstPicture(listing, base) },
  numImages: listing.pictures.length,
  price: { type: listing.priceNote?.code === 'fixed' ? 'FIXED' : 'NEGOTIABLE', gross: priceText(listing), grossAmount: listing.price, grossCurrency: listing.price === null ? null : listing.currency, strike: listing.previousPrice === null ? null : money(listing.previousPrice, listing.currency, 'de'), vat: listing.priceNote?.code === 'vat_deductible' ? listing.priceNote.text : null },
  financePlans: listing.price === null ? [] : [{ type: 'CLASSIC', loan: { installment: `${monthlyRate(listing.price)} €`, downPayment: `${grouped(listing.price * 0.2, 'de')} €` } }],
  attr: {
    fr: registeredText(listing),
    ml: mileageText(listing),
    pw: powerText(listing),
    ft: listing.fuel?.text ?? null,
    tr: listing.gearbox?.text ?? null,
    c: listing.body?.text ?? null,
    ecol: listing.colour?.text ?? null,
    door: listing.doors === null ? null : String(listing.doors),
    cc: listing.displacementCc === null ? null : `${grouped(listing.displacementCc, 'de')} cm³`,
    pvo: listing.owners === null ? null : String(listing.owners),
    con: listing.condition?.text ?? null,
    dam: listing.damage?.text ?? null,
    loc: listing.location.city,
    z: listing.location.postalCode,
    cn: listing.location.country,
  },
  contactInfo: { typeLocalized: listing.seller.kindText, name: listing.seller.name, location: `${listing.location.country}-${listing.location.postalCode ?? ''} ${listing.location.city}`, contactPhone: listing.seller.phone },
  reserved: listing.status === 'reserved',
  created: Math.floor(listing.listedAt.getTime() / 1_000),
  segment: 'Car',
});

const card = (listing: MarketListing, base: string): Markup => {
  const image = firstPicture(listing, base);
  const facts = [registeredText(listing) === null ? null : `EZ ${registeredText(listing) ?? ''}`, mileageText(listing), powerText(listing)].filter((fact) => fact !== null);
  return html`<div class="cBox-body cBox-body--resultitem dealerAd rbt-reg"><a class="link--muted no--text--decoration result-item" href="${listing.path}" data-listing-id="${listing.externalId}">
<div class="g-row"><div class="image-block">${image === null ? null : html`<img class="img-thumbnail" src="${image}" alt="${listing.title}">`}</div>
<div class="g-col-9"><div class="headline-block"><span class="new-headline-label">NEU</span><span class="h3 u-text-break-word">${listing.title}</span>${listing.status === 'reserved' ? html`<span class="badge badge--reserved">${listing.statusText}</span>` : null}</div>
<div class="price-block">${listing.previousPrice === null ? null : html`<span class="u-strike">${money(listing.previousPrice, listing.currency, 'de')}</span>`}<span class="h3 u-block" data-testid="price-label">${priceText(listing)}</span>${listing.price === null ? null : html`<span class="rate">Finanzierung ab ${monthlyRate(listing.price)} € mtl.</span>`}</div>
<div class="vehicle-data"><div class="rbt-regMilPow">${facts.join(', ')}</div><div>${[listing.condition?.text, listing.body?.text, listing.fuel?.text, listing.gearbox?.text].filter((fact) => fact !== undefined).join(', ')}</div></div>
<div class="seller">${listing.seller.kindText}, ${listing.location.country}-${listing.location.postalCode} ${listing.location.city}</div></div></div></a></div>`;
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
    const address = new URL('/fahrzeuge/search.html', url);
    for (const [name, value] of url.searchParams) if (name !== 'pageNumber') address.searchParams.append(name, value);
    address.searchParams.set('pageNumber', String(number));
    return `${address.pathname}${address.search}`;
  };
  const state = {
    search: { srp: { data: { searchResults: { items: found.items.map((listing) => itemOf(listing, base)), page: found.number, numPages: found.pages, numResultsTotal: found.total, hasNextPage: found.number < found.pages }, sortOption: { sortBy: 'creationTime', sortOrder: 'DESCENDING' } } } },
    shared: { locale: 'de', experiments: ['srp-rates-2'] },
  };
  return layout(
    `${grouped(found.total, 'de')} Angebote: Gebrauchtwagen bei mobile.de`,
    html`<link rel="canonical" href="${base}/fahrzeuge/search.html">`,
    html`<div class="viewport"><h1 class="h2 u-text-orange" data-result-count="${found.total}">${grouped(found.total, 'de')} Angebote entsprechen Deinen Suchkriterien</h1>
<form id="searchbox" action="/fahrzeuge/search.html"><select name="ms"><option value="">Marke</option>${world.shop().makes().slice(0, 40).map(([make, count]) => html`<option value="${make};;;">${make} (${count})</option>`)}</select><input name="fr" placeholder="2015:2020" value="${wanted.yearFrom === undefined ? '' : `${wanted.yearFrom}:${wanted.yearTo ?? ''}`}"><input name="p" placeholder=":20000"><input name="ml" placeholder=":100000"></form>
${found.items.map((listing) => card(listing, base))}
<div class="pagination"><ul>${found.number > 1 ? html`<li class="pref-prev"><a id="page-back" href="${to(found.number - 1)}">Zurück</a></li>` : null}<li class="active">${found.number}</li>${found.number < found.pages ? html`<li class="pref-next"><a id="page-forward" rel="next" href="${to(found.number + 1)}">Weiter</a></li>` : null}</ul></div></div>
<script>window.__INITIAL_STATE__ = ${scriptJson(state)};</script><script>window.__PUBLIC_CONFIG__ = {"maxPrice":500000};</script>`,
  );
};
