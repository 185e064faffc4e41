import type { CurrencyCode } from '@autobroker/kernel';

const euro = ['AT', 'BE', 'BG', 'CY', 'DE', 'EE', 'ES', 'FI', 'FR', 'GR', 'HR', 'IE', 'IT', 'LT', 'LU', 'LV', 'MT', 'NL', 'PT', 'SI', 'SK', 'MC', 'SM', 'AD'];

const others: Readonly<Record<string, CurrencyCode>> = {
  AE: 'AED', AU: 'AUD', CA: 'CAD', CH: 'CHF', CZ: 'CZK', DK: 'DKK', GB: 'GBP', HU: 'HUF', IS: 'ISK', JP: 'JPY', KR: 'KRW', LI: 'CHF',
  MX: 'MXN', NO: 'NOK', NZ: 'NZD', PL: 'PLN', RO: 'RON', RS: 'RSD', SE: 'SEK', TR: 'TRY', UA: 'UAH', US: 'USD',
};

/** What cars are sold for in a country, for one that names no price. */
export const currencyOfCountry = (country: string | null): CurrencyCode | null =>
  country === null ? null : euro.includes(country) ? 'EUR' : (others[country] ?? null);
