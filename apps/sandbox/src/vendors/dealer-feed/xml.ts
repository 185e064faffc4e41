import type { MarketListing } from '@autobroker/market';
import { isoDay, monthYear } from '../../shared/format';
import { html, raw } from '../../shared/markup';
import { pictureUrls } from '../../shared/pictures';

const vehicle = (listing: MarketListing, base: string) => html`
  <vehicle id="${listing.externalId}" status="${listing.statusText}">
    <stock_no>${listing.stockNumber}</stock_no><vin>${listing.vin}</vin>
    <make>${listing.make}</make><model>${listing.model}</model><derivative>${listing.trim}</derivative><title>${listing.title}</title>
    <year>${listing.year}</year>${listing.firstRegistration === null ? null : html`<first_registered>${monthYear(listing.firstRegistration)}</first_registered>`}
    <mileage unit="${listing.unit === 'mi' ? 'miles' : 'km'}">${listing.mileage}</mileage>
    <fuel>${listing.fuel?.text}</fuel><transmission>${listing.gearbox?.text}</transmission><drivetrain>${listing.drivetrain?.text}</drivetrain><body_style>${listing.body?.text}</body_style><colour>${listing.colour?.text}</colour>
    <engine_cc>${listing.displacementCc}</engine_cc><power_bhp>${listing.powerHp}</power_bhp><doors>${listing.doors}</doors><seats>${listing.seats}</seats><owners>${listing.owners}</owners>
    <condition>${listing.condition?.text}</condition>
    ${listing.price === null ? html`<price>POA</price>` : html`<price currency="${listing.currency}">${listing.price}.00</price>`}${listing.previousPrice === null ? null : html`<was_price>${listing.previousPrice}.00</was_price>`}
    ${listing.price === null ? null : html`<finance><monthly>${(listing.price * 0.0179).toFixed(2)}</monthly><deposit>${(listing.price * 0.1).toFixed(2)}</deposit></finance>`}
    <branch><name>${listing.seller.name}</name><town>${listing.location.city}</town><county>${listing.location.region}</county><postcode>${listing.location.postalCode}</postcode></branch>
    <features>${listing.features.map((feature) => html`<feature>${feature}</feature>`)}</features>
    <description>${raw(`<![CDATA[${listing.description.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`)}</description>
    <images>${pictureUrls(listing, base).map((url) => html`<image>${url}</image>`)}</images>
    <added>${isoDay(listing.listedAt)}</added><updated>${listing.updatedAt.toISOString()}</updated>
  </vehicle>`;

export const xmlFeed = (listings: readonly MarketListing[], base: string, at: Date): string =>
  html`<?xml version="1.0" encoding="UTF-8"?>
<inventory generated="${at.toISOString()}" count="${listings.length}">${listings.map((listing) => vehicle(listing, base))}
</inventory>
`.toString();
