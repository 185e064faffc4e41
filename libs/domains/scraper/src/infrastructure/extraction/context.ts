import { type PageHead } from './page/meta';
import { type Reading } from './reading';
import { type ExtractionHints } from './types';

interface Country {
  readonly locale: string;
  readonly currency: string;
  readonly unit: 'km' | 'mi';
}
const countries: Readonly<Record<string, Country>> = {
  DE: { locale: 'de-DE', currency: 'EUR', unit: 'km' },
  AT: { locale: 'de-AT', currency: 'EUR', unit: 'km' },
  CH: { locale: 'de-CH', currency: 'CHF', unit: 'km' },
  FR: { locale: 'fr-FR', currency: 'EUR', unit: 'km' },
  IT: { locale: 'it-IT', currency: 'EUR', unit: 'km' },
  ES: { locale: 'es-ES', currency: 'EUR', unit: 'km' },
  NL: { locale: 'nl-NL', currency: 'EUR', unit: 'km' },
  BE: { locale: 'nl-BE', currency: 'EUR', unit: 'km' },
  LU: { locale: 'fr-LU', currency: 'EUR', unit: 'km' },
  PL: { locale: 'pl-PL', currency: 'PLN', unit: 'km' },
  GB: { locale: 'en-GB', currency: 'GBP', unit: 'mi' },
  IE: { locale: 'en-IE', currency: 'EUR', unit: 'km' },
  US: { locale: 'en-US', currency: 'USD', unit: 'mi' },
  CA: { locale: 'en-CA', currency: 'CAD', unit: 'km' },
  AU: { locale: 'en-AU', currency: 'AUD', unit: 'km' },
  NZ: { locale: 'en-NZ', currency: 'NZD', unit: 'km' },
  ZA: { locale: 'en-ZA', currency: 'ZAR', unit: 'km' },
  SE: { locale: 'sv-SE', currency: 'SEK', unit: 'km' },
  DK: { locale: 'da-DK', currency: 'DKK', unit: 'km' },
  NO: { locale: 'nb-NO', currency: 'NOK', unit: 'km' },
  CZ: { locale: 'cs-CZ', currency: 'CZK', unit: 'km' },
  PT: { locale: 'pt-PT', currency: 'EUR', unit: 'km' },
  MX: { locale: 'es-MX', currency: 'MXN', unit: 'km' },
  AR: { locale: 'es-AR', currency: 'ARS', unit: 'km' },
  CL: { locale: 'es-CL', currency: 'CLP', unit: 'km' },
  CO: { locale: 'es-CO', currency: 'COP', unit: 'km' },
  SG: { locale: 'en-SG', currency: 'SGD', unit: 'km' },
};

/** Marketplaces whose address does not say where they are. */
const hosts: readonly (readonly [RegExp, string])[] = [
  [/(?:^|\.)(?:autotrader|cars|cargurus|carfax|truecar|carvana|carmax|edmunds|copart|iaai|kbb|carsforsale|autolist|vroom|capitalone)\.com$/u, 'US'],
  [/(?:^|\.)craigslist\.org$/u, 'US'],
  [/(?:^|\.)(?:gumtree|motors|pistonheads)\.com$/u, 'GB'],
  [/(?:^|\.)ebay\.com$/u, 'US'],
  [/(?:^|\.)lacentrale\.fr$|(?:^|\.)leboncoin\.fr$/u, 'FR'],
  [/(?:^|\.)subito\.it$/u, 'IT'],
  [/(?:^|\.)otomoto\.pl$/u, 'PL'],
];

const tlds: Readonly<Record<string, string>> = { de: 'DE', at: 'AT', ch: 'CH', fr: 'FR', it: 'IT', es: 'ES', nl: 'NL', be: 'BE', lu: 'LU', pl: 'PL', uk: 'GB', ie: 'IE', ca: 'CA', au: 'AU', nz: 'NZ', za: 'ZA', se: 'SE', dk: 'DK', no: 'NO', cz: 'CZ', pt: 'PT', mx: 'MX', ar: 'AR', cl: 'CL', sg: 'SG' };
const languages: Readonly<Record<string, string>> = { de: 'DE', fr: 'FR', it: 'IT', es: 'ES', nl: 'NL', pl: 'PL' };

const countryOfHost = (url: string | null): string | null => {
  if (url === null) return null;
  try {
    const host = new URL(url).hostname.toLowerCase();
    const known = hosts.find(([pattern]) => pattern.test(host))?.[1];
    return known ?? tlds[host.split('.').at(-1) ?? ''] ?? null;
  } catch {
    return null;
  }
};

const countryOfLanguage = (lang: string): string | null => {
  const [language = '', region = ''] = lang.trim().replace('_', '-').split('-');
  const named = region.toUpperCase() === 'UK' ? 'GB' : region.toUpperCase();
  if (countries[named] !== undefined) return named;
  // Spanish of another country says nothing of Spain.
  return named === '' ? (languages[language.toLowerCase()] ?? null) : null;
};

const tagOf = (lang: string) => {
  const [language = '', region = ''] = lang.trim().replace('_', '-').split('-');
  return /^[a-z]{2}$/iu.test(region) ? `${language.toLowerCase()}-${region.toUpperCase()}` : language.toLowerCase();
};

/** How a page is to be read: what the caller knows, then where the site is, then the language it says it is in. */
export const readingOf = (url: string | null, head: Pick<PageHead, 'lang' | 'canonical'> | null, hints: ExtractionHints | undefined): Reading => {
  const host = countryOfHost(url) ?? countryOfHost(head?.canonical ?? null);
  const spoken = head === null ? null : countryOfLanguage(head.lang);
  const country = hints?.country ?? host ?? spoken;
  const facts = country === null ? undefined : countries[country];
  const said = spoken === null ? undefined : countries[spoken];
  // English pages of a German site write numbers as the English do.
  const lang = head?.lang.slice(0, 2).toLowerCase() ?? '';
  const locale = hints?.locale ?? (lang === 'en' && facts !== undefined && !facts.locale.startsWith('en') ? 'en' : (facts?.locale ?? said?.locale ?? (lang === '' ? null : tagOf(head?.lang ?? lang))));
  return {
    url: url ?? head?.canonical ?? null,
    locale,
    currency: hints?.currency ?? facts?.currency ?? null,
    unit: hints?.mileageUnit ?? facts?.unit ?? null,
    country: hints?.country ?? host,
  };
};
