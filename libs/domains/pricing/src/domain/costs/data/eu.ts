import type { CostRule } from '../rules';

/** Standard rates of value added tax, in per cent. */
const rates: Readonly<Record<string, string>> = {
  AT: '20', BE: '21', BG: '20', CY: '19', CZ: '21', DE: '19', DK: '25', EE: '24', ES: '21', FI: '25.5', FR: '20', GR: '24', HR: '25', HU: '27',
  IE: '23', IT: '22', LT: '21', LU: '17', LV: '21', MT: '18', NL: '21', PL: '23', PT: '23', RO: '21', SE: '25', SI: '22', SK: '23',
};

export const euCountries: ReadonlySet<string> = new Set(Object.keys(rates));

export const euRules: readonly CostRule[] = Object.entries(rates).map(([country, percent]) => ({
  key: `eu-${country.toLowerCase()}-vat`,
  jurisdiction: country,
  terms: { kind: 'vat', percent },
  currency: 'EUR',
  validFrom: '2026-01-01',
  validTo: null,
  source: 'European Commission, VAT rates applied in the member states',
  confidence: 'reported',
  note: null,
}));
