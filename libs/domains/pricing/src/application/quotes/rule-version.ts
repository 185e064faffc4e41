import { createHash } from 'node:crypto';
import type { CostRule } from '../../domain/costs/rules';
import type { UsedRule } from './ports';

/** The same text for the same content, in whatever order its members were written. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? 'null';
  const members = Object.entries(value).filter(([, member]) => member !== undefined).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, member]) => `${JSON.stringify(name)}:${canonical(member)}`).join(',')}}`;
}

/** Key, first day and a digest of what it says: an upgrade that changes a rule changes its version. */
export function versionOf({ key, jurisdiction, terms, currency, validFrom }: CostRule): string {
  const digest = createHash('sha256').update(canonical({ jurisdiction, terms, currency })).digest('hex').slice(0, 12);
  return `${key}@${validFrom}#${digest}`;
}

export const usedRule = (rule: CostRule | null): UsedRule | null =>
  rule === null ? null : { key: rule.key, version: versionOf(rule), source: rule.source, confidence: rule.confidence, validFrom: rule.validFrom };
