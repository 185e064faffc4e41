import type { MarketListing } from '@autobroker/market';
import { grouped, money, monthYear } from '../../shared/format';
import { html, type Content, type Markup } from '../../shared/markup';

export const priceText = (listing: MarketListing): string => (listing.price === null ? (listing.priceNote?.text ?? 'Preis auf Anfrage') : money(listing.price, listing.currency, 'de'));

export const powerText = (listing: MarketListing): string | null => (listing.powerKw === null ? null : `${listing.powerKw} kW (${listing.powerHp ?? Math.round(listing.powerKw * 1.35962)} PS)`);

export const mileageText = (listing: MarketListing): string | null => (listing.mileage === null ? null : `${grouped(listing.mileage, 'de')} km`);

export const registeredText = (listing: MarketListing): string | null => (listing.firstRegistration === null ? (listing.condition?.code === 'new' ? 'Neuwagen' : null) : monthYear(listing.firstRegistration));

export const layout = (title: string, head: Content, main: Content): Markup => html`<!DOCTYPE html>
<html lang="de"><head><meta charset="UTF-8"><title>${title}</title><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="description" content="Über 1,4 Mio. Fahrzeuge. Finanzierung ab 0,99 % – schon ab 89 € im Monat.">
<link rel="stylesheet" href="/resources/search.css"><script>var mobile = mobile || {}; mobile.dart = {"ad": {"prc": "15000"}}; window.utag_data = {"page_type":"search"};</script>${head}</head>
<body class="cBox"><div id="header"><a class="logo" href="/">mobile.de</a><ul><li><a href="/fahrzeuge/search.html">Kaufen</a></li><li><a href="/verkaufen">Verkaufen</a></li><li><a href="/leasing">Leasing ab 79 € mtl.</a></li><li><a href="/mein-mobile/">Mein mobile.de</a></li></ul></div>
<div class="ad-placeholder" data-google-query="x">Anzeige – Der neue Kompakte: ab 21.990 €</div>
${main}
<div id="mde-consent-modal-container" aria-hidden="true"><h2>Willkommen bei mobile.de</h2><p>Bitte stimme der Verwendung von Cookies zu.</p><button class="mde-consent-accept-btn">Einverstanden</button></div>
<div id="footer"><a href="/impressum/">Impressum</a> <a href="/agb/">AGB</a> © 2026 mobile.de GmbH. Sätze ab 50 km Umkreis.</div></body></html>`;
