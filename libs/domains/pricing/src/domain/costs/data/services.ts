import type { CostRule } from '../rules';

const brokerFee = (currency: 'USD' | 'EUR', key: string): CostRule => ({
  key,
  jurisdiction: '*',
  terms: { kind: 'broker_fee', percent: '3', least: 35_000, most: 250_000 },
  currency,
  validFrom: '2026-01-01',
  validTo: null,
  source: 'Default of the program: an installation adds its own of the same key, a broker has its own schedule',
  confidence: 'unverified',
  note: null,
});

export const serviceRules: readonly CostRule[] = [
  {
    key: 'us-transport',
    jurisdiction: 'US',
    terms: { kind: 'transport', method: 'formula', freeMiles: 50, base: 20_000, bands: [{ upToMiles: 300, least: 50, most: 50 }, { upToMiles: null, least: 65, most: 65 }] },
    currency: 'USD',
    validFrom: '2020-01-01',
    validTo: null,
    source: 'First specification, transport formula',
    confidence: 'reported',
    note: null,
  },
  {
    key: 'us-transport-bands',
    jurisdiction: 'US-BANDS',
    terms: { kind: 'transport', method: 'bands', freeMiles: 0, base: 0, bands: [{ upToMiles: 500, least: 100, most: 150 }, { upToMiles: 1_500, least: 75, most: 100 }, { upToMiles: null, least: 50, most: 75 }] },
    currency: 'USD',
    validFrom: '2026-01-01',
    validTo: null,
    source: 'Carriers’ published price ranges, 2026',
    confidence: 'unverified',
    note: null,
  },
  {
    key: 'us-transport-enclosed',
    jurisdiction: 'US',
    terms: { kind: 'transport_extra', variant: 'enclosed', percent: ['40', '60'] },
    currency: 'USD',
    validFrom: '2026-01-01',
    validTo: null,
    source: 'Carriers’ published price ranges, 2026',
    confidence: 'unverified',
    note: null,
  },
  {
    key: 'us-transport-inoperable',
    jurisdiction: 'US',
    // Carriers ask an amount for the winch, wherever the way goes; what does not roll or steer costs most.
    terms: { kind: 'transport_extra', variant: 'inoperable', amount: [15_000, 50_000] },
    currency: 'USD',
    validFrom: '2026-01-01',
    validTo: null,
    source: 'Surcharges that carriers publish for cars that do not run (directconnectautotransport.com, 2025; citadel-auto-transport, May 2026)',
    confidence: 'unverified',
    note: 'Heavy cars cost up to 800 dollars.',
  },
  brokerFee('USD', 'broker-fee'),
  brokerFee('EUR', 'broker-fee-eur'),
];
