import { euCountries, standardVatRate } from '@autobroker/kernel';
import type { CostRule } from '../rules';

const validFrom = '2026-01-01';

export const euRules: readonly CostRule[] = [...euCountries].flatMap((country): CostRule[] => {
  const rate = standardVatRate(country, validFrom);
  if (rate === null) return [];
  return [
    {
      key: `eu-${country.toLowerCase()}-vat`,
      jurisdiction: country,
      // In per cent.
      terms: { kind: 'vat', percent: String(rate / 100) },
      currency: 'EUR',
      validFrom,
      validTo: null,
      source: 'European Commission, VAT rates applied in the member states',
      confidence: 'reported',
      note: null,
    },
  ];
});
