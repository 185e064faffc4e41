import { Inject, Injectable } from '@nestjs/common';
import { ok, refuse, uuidv7, type Refusal, type Result } from '@autobroker/kernel';
import { type AuditEntry, type Database, databaseOf } from '@autobroker/platform/database';
import { shippedRules } from '../../domain/costs/data';
import { holdsOn, type CostRule } from '../../domain/costs/rules';
import { BrokerFees } from './broker-fees';
import { type AddedRule, CostRuleStore } from './ports';

const freshMs = 30_000;

/**
 * The rules of this installation: those that come with the program, and those that were added. An added rule goes before a
 * shipped one of the same key while it holds.
 */
@Injectable()
export class CostRules {
  private known: { readonly added: readonly AddedRule[]; readonly until: number } | null = null;

  constructor(
    @Inject(databaseOf('pricing')) private readonly db: Database,
    private readonly store: CostRuleStore,
    private readonly fees: BrokerFees,
  ) {}

  /**
   * Those that hold on a day, with the fees of a tenant where one is asked for; from memory for half a minute: what somebody
   * else has just changed may show that much later.
   */
  async on(day: string, tenantId: string | null = null): Promise<readonly CostRule[]> {
    const shared = inForce(await this.added(), day);
    return tenantId === null ? shared : [...(await this.fees.asRules(tenantId)), ...shared];
  }

  async all(): Promise<{ readonly shipped: readonly CostRule[]; readonly added: readonly AddedRule[] }> {
    return { shipped: shippedRules, added: await this.store.all() };
  }

  async add(rule: CostRule, by: Pick<AuditEntry, 'actor' | 'from'>): Promise<Result<AddedRule, Refusal<'already_exists' | 'validation_failed'>>> {
    const added = await this.db.transaction<Result<AddedRule, Refusal<'already_exists' | 'validation_failed'>>>(async (tx) => {
      await this.store.lock(tx);
      const now = this.db.clock.now();
      const others = await this.store.all();
      const namesake = [...others, ...shippedRules].find(({ key }) => key === rule.key);
      if (namesake !== undefined && meaningOf(namesake) !== meaningOf(rule)) {
        return refuse('validation_failed', `The key ${rule.key} is that of another kind of rule, or of another place.`, { errors: [{ pointer: '/key', code: 'conflict', detail: meaningOf(namesake) }] });
      }
      const overlapping = others.find((other) => other.key === rule.key && overlaps(other, rule));
      if (overlapping !== undefined) return refuse('already_exists', `Another rule ${rule.key} holds within that time: end it first.`);
      const row: AddedRule = { ...rule, id: uuidv7(now), addedAt: now };
      await this.store.insert(tx, row);
      await tx.audit({ ...by, action: 'cost_rule.added', object: { type: 'cost_rule', id: row.id }, tenantId: null, after: { ...rule } });
      return ok(row);
    });
    this.known = null;
    return added;
  }

  /** From a day on it no longer holds; what was worked out with it stays as it is. */
  async end(id: string, validTo: string, by: Pick<AuditEntry, 'actor' | 'from'>): Promise<Result<AddedRule, Refusal<'not_found' | 'validation_failed'>>> {
    const ended = await this.db.transaction<Result<AddedRule, Refusal<'not_found' | 'validation_failed'>>>(async (tx) => {
      await this.store.lock(tx);
      const rule = await this.store.find(tx, id);
      if (rule === null) return refuse('not_found', 'There is no such rule, or it comes with the program: add one with its key instead.');
      if (validTo < rule.validFrom || (rule.validTo !== null && validTo > rule.validTo)) {
        return refuse('validation_failed', 'A rule ends within its time.', { errors: [{ pointer: '/valid_to', code: 'out_of_range', detail: `from ${rule.validFrom}${rule.validTo === null ? '' : ` to ${rule.validTo}`}` }] });
      }
      await this.store.end(tx, id, validTo);
      await tx.audit({ ...by, action: 'cost_rule.ended', object: { type: 'cost_rule', id }, tenantId: null, before: { valid_to: rule.validTo }, after: { valid_to: validTo } });
      return ok({ ...rule, validTo });
    });
    this.known = null;
    return ended;
  }

  private async added(): Promise<readonly AddedRule[]> {
    const now = this.db.clock.now().getTime();
    if (this.known === null || this.known.until <= now) this.known = { added: await this.store.all(), until: now + freshMs };
    return this.known.added;
  }
}

function inForce(added: readonly AddedRule[], day: string): CostRule[] {
  const own = added.filter((rule) => holdsOn(rule, day));
  const replaced = new Set(own.map(({ key }) => key));
  return [...own, ...shippedRules.filter((rule) => holdsOn(rule, day) && !replaced.has(rule.key))];
}

const overlaps = (one: CostRule, other: CostRule): boolean => one.validFrom < (other.validTo ?? '9999-12-31') && other.validFrom < (one.validTo ?? '9999-12-31');

/** What a key stands for, which no later rule may change: one of another place would leave the first without any. */
const meaningOf = ({ terms, jurisdiction, currency }: CostRule): string => [terms.kind, ...('variant' in terms ? [terms.variant] : []), ...('code' in terms ? [terms.code] : []), jurisdiction, currency].join(' ');
