import { Inject, Injectable } from '@nestjs/common';
import { ok, refuse, uuidv7, type Refusal, type Result } from '@autobroker/kernel';
import { type AuditEntry, type Database, databaseOf, scopeOf, type TenantScope } from '@autobroker/platform/database';
import type { CostRule } from '../../domain/costs/rules';
import { tenantsOwn } from '../../domain/costs/services';
import { type FeeSchedule, FeeScheduleStore } from './ports';

const freshMs = 30_000;
const maxTenants = 1_000;

/** What each tenant takes for its service. Nothing is ever changed: a schedule holds until a later one of its currency begins. */
@Injectable()
export class BrokerFees {
  private readonly known = new Map<string, { readonly schedules: readonly FeeSchedule[]; readonly until: number }>();

  constructor(
    @Inject(databaseOf('pricing')) private readonly db: Database,
    private readonly store: FeeScheduleStore,
  ) {}

  all(scope: TenantScope): Promise<readonly FeeSchedule[]> {
    return this.store.all(scope);
  }

  /** The tenant's schedules among the rules, each until the next one of its currency begins. */
  async asRules(tenantId: string): Promise<readonly CostRule[]> {
    const schedules = await this.of(tenantId);
    return schedules.map((schedule) => ruleOf(schedule, schedules));
  }

  async add(scope: TenantScope, schedule: Omit<FeeSchedule, 'id' | 'addedAt'>, by: Pick<AuditEntry, 'actor' | 'from'>): Promise<Result<FeeSchedule, Refusal<'already_exists' | 'validation_failed'>>> {
    const { tenantId } = scope;
    if (tenantId === null) throw new Error('a fee schedule belongs to a tenant');
    const now = this.db.clock.now();
    // Quotes that were made today bind: what has begun is not rewritten behind them.
    if (schedule.validFrom < now.toISOString().slice(0, 10)) {
      return refuse('validation_failed', 'A schedule begins today or later.', { errors: [{ pointer: '/valid_from', code: 'too_small', detail: 'in the past' }] });
    }
    const row: FeeSchedule = { ...schedule, id: uuidv7(now), addedAt: now };
    const added = await this.db.transaction(async (tx) => {
      if (!(await this.store.add(scope, tx, row))) return false;
      await tx.audit({ ...by, action: 'broker_fee.added', object: { type: 'broker_fee', id: row.id }, tenantId, after: { ...schedule } });
      return true;
    });
    this.known.delete(tenantId);
    return added ? ok(row) : refuse('already_exists', `There is a schedule in ${schedule.currency} from ${schedule.validFrom}.`);
  }

  private async of(tenantId: string): Promise<readonly FeeSchedule[]> {
    const now = this.db.clock.now().getTime();
    const known = this.known.get(tenantId);
    if (known !== undefined && known.until > now) return known.schedules;
    const schedules = await this.store.all(scopeOf({ tenantId }));
    if (this.known.size >= maxTenants) this.known.clear();
    this.known.set(tenantId, { schedules, until: now + freshMs });
    return schedules;
  }
}

function ruleOf(schedule: FeeSchedule, all: readonly FeeSchedule[]): CostRule {
  const { id, percent, least, most, currency, validFrom } = schedule;
  const later = all.filter((other) => other.currency === currency && other.validFrom > validFrom).map((other) => other.validFrom);
  return {
    key: `broker-fee-${id}`,
    jurisdiction: tenantsOwn,
    terms: { kind: 'broker_fee', percent, least, most },
    currency,
    validFrom,
    validTo: later.sort()[0] ?? null,
    source: 'The broker’s own schedule of fees',
    confidence: 'official',
    note: null,
  };
}
