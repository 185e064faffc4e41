import { quoteLifetimeS } from '@autobroker/contracts';
import { shippedRules } from '../../domain/costs/data';
import type { CostRule } from '../../domain/costs/rules';
import { quoteKeyPolicy } from './quote-keys';
import { versionOf } from './rule-version';

const rule: CostRule = {
  key: 'eu-de-vat',
  jurisdiction: 'DE',
  terms: { kind: 'vat', percent: '19' },
  currency: 'EUR',
  validFrom: '2026-01-01',
  validTo: null,
  source: 'a table',
  confidence: 'reported',
  note: null,
};

describe('the version of a rule', () => {
  it('is another one when the rule says another thing, and the same when only its source is told better', () => {
    expect(versionOf(rule)).toMatch(/^eu-de-vat@2026-01-01#[0-9a-f]{12}$/u);
    expect(versionOf({ ...rule, terms: { kind: 'vat', percent: '20' } })).not.toBe(versionOf(rule));
    expect(versionOf({ ...rule, validFrom: '2026-02-01' })).not.toBe(versionOf(rule));
    expect(versionOf({ ...rule, source: 'the law', confidence: 'official', note: 'read' })).toBe(versionOf(rule));
    expect(versionOf({ ...rule, terms: { percent: '19', kind: 'vat' } })).toBe(versionOf(rule));
  });

  it('names one shipped rule only', () => {
    expect(new Set(shippedRules.map(versionOf)).size).toBe(shippedRules.length);
  });
});

it('a key that signed a quote is shown until the quote has run out', () => {
  expect(quoteKeyPolicy.lingerMs).toBeGreaterThan(quoteLifetimeS * 1_000);
});
