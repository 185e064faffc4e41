import { isUuid } from '@autobroker/kernel';
import type { TenantDirectory, TenantLookup, TenantRef } from '@autobroker/platform/auth';
import { databaseOf, type Database } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { normaliseHost } from '../domain/tenant';
import { Tenants, type TenantRecord } from './ports';

/** The port of platform/auth: which tenant a slug, an id or a host name means. */
@Injectable()
export class TenantLookups implements TenantDirectory {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly tenants: Tenants,
  ) {}

  async find(lookup: TenantLookup): Promise<TenantRef | null> {
    const tenant = await this.tenantFor(lookup);
    return tenant === null || tenant.status !== 'active' ? null : { id: tenant.id, slug: tenant.slug };
  }

  private async tenantFor(lookup: TenantLookup): Promise<TenantRecord | null> {
    if ('tenant' in lookup) {
      return isUuid(lookup.tenant) ? this.tenants.byId(this.db, lookup.tenant) : this.tenants.bySlug(this.db, lookup.tenant.toLowerCase());
    }
    const host = normaliseHost(lookup.host);
    const owner = host === null ? null : await this.tenants.byHost(this.db, host);
    return owner ?? this.tenants.oldestActive(this.db);
  }
}
