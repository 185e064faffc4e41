import { html, scriptJson, type Content, type Markup } from '../../shared/markup';

export interface Words {
  readonly mileage: string;
  readonly registered: string;
  readonly gearbox: string;
  readonly fuel: string;
  readonly power: string;
  readonly monthly: string;
  readonly onRequest: string;
}

/** The few words of ours on a card, in the language of the offer. */
export const wordsOf = (language: string): Words => words[language] ?? german;

const german: Words = { mileage: 'Kilometerstand', registered: 'Erstzulassung', gearbox: 'Getriebe', fuel: 'Kraftstoff', power: 'Leistung', monthly: 'mtl.', onRequest: 'Preis auf Anfrage' };

const words: Readonly<Record<string, Words>> = {
  de: german,
  it: { mileage: 'Chilometraggio', registered: 'Immatricolazione', gearbox: 'Cambio', fuel: 'Carburante', power: 'Potenza', monthly: 'al mese', onRequest: 'Prezzo su richiesta' },
  fr: { mileage: 'Kilométrage', registered: '1re immatriculation', gearbox: 'Transmission', fuel: 'Carburant', power: 'Puissance', monthly: 'par mois', onRequest: 'Prix sur demande' },
};

interface Layout {
  readonly title: string;
  readonly head?: Content;
  readonly main: Content;
  /** What Next.js puts its page together from. */
  readonly data: { readonly page: string; readonly pageProps: object; readonly query: object };
}

export const layout = ({ title, head, main, data }: Layout): Markup => html`<!DOCTYPE html>
<html lang="de"><head><meta charset="utf-8"><title>${title}</title><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="Gebrauchtwagen ab 500 € – finanziert schon ab 49 € mtl.">
<meta property="og:site_name" content="AutoScout24"><link rel="preload" as="script" href="/assets/_next/static/chunks/main-8c1f.js">
<style>.ListItem_article__qyYw7{display:flex}.Price_price__APlgs{font-weight:700}</style>
<script>window.dataLayer=window.dataLayer||[];dataLayer.push({event:"pageview",teaserPrice:"9.990",currency:"EUR"});</script>
${head}</head>
<body><div id="__next"><header class="Header_root__x1"><a href="/" class="Header_logo__2">AutoScout24</a>
<nav><a href="/lst">Suchen</a><a href="/verkaufen">Auto verkaufen</a><a href="/finanzierung">Finanzierung ab 1,99 % eff. p.a.</a><a href="/leasing">Leasing ab 99 € mtl.</a><a href="/account/login">Anmelden</a></nav></header>
${main}
<aside class="cmp-banner" data-cmp="true"><p>Wir und unsere Partner nutzen Cookies. Mit „Alle akzeptieren“ stimmen Sie zu.</p><button>Alle akzeptieren</button></aside>
<footer class="Footer_root__9"><a href="/impressum">Impressum</a><a href="/datenschutz">Datenschutz</a><span>© AutoScout24 GmbH. Alle Rechte vorbehalten.</span></footer></div>
<script id="__NEXT_DATA__" type="application/json">${scriptJson({
  props: { pageProps: data.pageProps, __N_SSP: true },
  page: data.page,
  query: data.query,
  buildId: 'as24-search-funnel_main-20261104',
  isFallback: false,
  gssp: true,
  locale: 'de-DE',
  scriptLoader: [],
})}</script></body></html>`;
