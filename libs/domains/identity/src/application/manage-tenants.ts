import { tenantCreated, tenantUpdated, type Tier } from '@autobroker/contracts';
import { ok, refuse, uuidv7 } from '@autobroker/kernel';
import { isOperator } from '@autobroker/platform/auth';
import { databaseOf, type Database, type Tx } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { auditedBy, type Caller } from './caller';
import { inTransaction, type Answer } from './in-transaction';
import { Sessions, Tenants, type ListWindow, type TenantBranding, type TenantConflict, type TenantPatch, type TenantRecord, type TenantSettings } from './ports';
import { REAL_TIME, type RealTime } from './real-time';
import { SessionEnder } from './session-ender';

export interface NewTenant {
  readonly slug: string;
  readonly name: string;
  readonly hosts: readonly string[];
  readonly currency: string;
  readonly country: string | null;
  readonly locale: string;
  readonly tier: Tier;
  readonly branding: TenantBranding;
  readonly settings: TenantSettings;
}

const missing = refuse('not_found', 'There is no such tenant.');
const taken = (conflict: TenantConflict) =>
  conflict === 'slug_taken'
    ? refuse('already_exists', 'Another tenant has this slug.', { errors: [{ pointer: '/slug', code: 'taken', detail: 'is taken' }] })
    : refuse('already_exists', 'Another tenant has one of these host names.', { errors: [{ pointer: '/hosts', code: 'taken', detail: 'is taken' }] });

@Injectable()
export class ManageTenants {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly tenants: Tenants,
    private readonly sessions: Sessions,
    private readonly ender: SessionEnder,
    @Inject(REAL_TIME) private readonly time: RealTime,
  ) {}

  list(window: ListWindow): Promise<{ items: readonly TenantRecord[]; total: number }> {
    return this.tenants.list(this.db, window);
  }

  /** An operator sees every tenant, anybody else their own. */
  async get(caller: Caller, id: string): Promise<Answer<TenantRecord>> {
    if (!isOperator(caller.principal) && caller.principal.tenantId !== id) return missing;
    const tenant = await this.tenants.byId(this.db, id);
    return tenant === null ? missing : ok(tenant);
  }

  async current(tenantId: string): Promise<Answer<TenantRecord>> {
    const tenant = await this.tenants.byId(this.db, tenantId);
    return tenant === null ? refuse('tenant_not_found', 'There is no such broker.') : ok(tenant);
  }

  async create(by: Parameters<Tx['audit']>[0]['actor'], wanted: NewTenant, from?: { ip: string; request_id: string }): Promise<Answer<TenantRecord>> {
    const now = this.db.clock.now();
    const tenant: TenantRecord = { id: uuidv7(now), ...wanted, hosts: [...wanted.hosts].sort(), status: 'active', version: 1, createdAt: now, updatedAt: now };
    return inTransaction(this.db, async (tx) => {
      const conflict = await this.tenants.insert(tx, tenant);
      if (conflict !== null) return taken(conflict);
      await tx.publish(tenantCreated, { key: tenant.id, tenantId: tenant.id, data: eventOf(tenant) });
      await tx.audit({
        actor: by,
        action: 'tenant.created',
        object: { type: 'tenant', id: tenant.id },
        tenantId: tenant.id,
        after: eventOf(tenant),
        ...(from === undefined ? {} : { from }),
      });
      return ok(tenant);
    });
  }

  async change(caller: Caller, id: string, patch: TenantPatch, expected?: number): Promise<Answer<TenantRecord>> {
    return inTransaction(this.db, async (tx) => {
      const before = await this.tenants.byId(tx, id);
      if (before === null) return missing;
      const next = await this.tenants.update(tx, id, patch, this.db.clock.now(), expected);
      if (typeof next === 'string') return taken(next);
      await tx.publish(tenantUpdated, { key: id, tenantId: id, data: eventOf(next) });
      await tx.audit({
        ...auditedBy(caller),
        action: 'tenant.updated',
        object: { type: 'tenant', id },
        tenantId: id,
        before: { ...eventOf(before), settings: before.settings },
        after: { ...eventOf(next), settings: next.settings },
      });
      if (before.status === 'active' && next.status === 'suspended') await this.signEverybodyOut(tx, id, caller);
      return ok(next);
    });
  }

  /** A broker that is shut out is shut out now, not when the last access token has run out. */
  private async signEverybodyOut(tx: Tx, tenantId: string, caller: Caller): Promise<void> {
    for (const userId of await this.sessions.holders(tx, tenantId, this.time.now())) {
      await this.ender.end(tx, { id: userId, tenantId }, 'tenant_suspended', auditedBy(caller));
    }
  }
}

const eventOf = (tenant: TenantRecord) => ({
  tenant_id: tenant.id,
  slug: tenant.slug,
  hosts: [...tenant.hosts],
  status: tenant.status,
  currency: tenant.currency,
  locale: tenant.locale,
  tier: tenant.tier,
  version: tenant.version,
});
