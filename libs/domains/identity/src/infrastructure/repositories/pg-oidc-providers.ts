import type { ManagerSource, TenantScope, Tx } from '@autobroker/platform/database';
import { Injectable } from '@nestjs/common';
import { OidcProviders, type ExternalIdentityRecord, type OidcFlowRecord, type OidcProviderRecord } from '../../application/ports';
import { ExternalIdentityEntity, OidcFlowEntity, OidcProviderEntity } from '../entities/oidc.entity';
import { withinScope } from './scope';
import { deleted, insertRow, insertUnlessThere, updateCounting } from './support';

@Injectable()
export class PgOidcProviders extends OidcProviders {
  async insert(tx: Tx, provider: OidcProviderRecord): Promise<boolean> {
    return insertUnlessThere(tx, OidcProviderEntity, provider);
  }

  async find(from: ManagerSource, scope: TenantScope, id: string): Promise<OidcProviderRecord | null> {
    return from.withManager((manager) => manager.findOneBy(OidcProviderEntity, { id, ...withinScope(scope) }));
  }

  async byKey(from: ManagerSource, tenantId: string, key: string): Promise<OidcProviderRecord | null> {
    return from.withManager((manager) => manager.findOneBy(OidcProviderEntity, { tenantId, key }));
  }

  async byId(from: ManagerSource, id: string): Promise<OidcProviderRecord | null> {
    return from.withManager((manager) => manager.findOneBy(OidcProviderEntity, { id }));
  }

  async list(from: ManagerSource, scope: TenantScope): Promise<readonly OidcProviderRecord[]> {
    return from.withManager((manager) => manager.find(OidcProviderEntity, { where: withinScope(scope), order: { key: 'ASC' } }));
  }

  async update(tx: Tx, id: string, patch: Partial<OidcProviderRecord>, now: Date, expected?: number): Promise<OidcProviderRecord> {
    return updateCounting(tx, OidcProviderEntity, id, { ...patch, updatedAt: now }, expected);
  }

  async remove(tx: Tx, id: string): Promise<void> {
    await tx.manager.delete(OidcProviderEntity, { id });
  }

  async begin(tx: Tx, flow: OidcFlowRecord): Promise<void> {
    await insertRow(tx, OidcFlowEntity, flow);
  }

  async take(tx: Tx, stateHash: string): Promise<OidcFlowRecord | null> {
    const flow = await tx.manager.findOne(OidcFlowEntity, { where: { stateHash }, lock: { mode: 'pessimistic_write' } });
    if (flow !== null) await tx.manager.delete(OidcFlowEntity, { id: flow.id });
    return flow;
  }

  async purgeFlows(tx: Tx, before: Date): Promise<number> {
    return deleted(tx, 'delete from identity.oidc_flows where expires_at < $1', [before]);
  }

  async linked(from: ManagerSource, providerId: string, subject: string): Promise<ExternalIdentityRecord | null> {
    return from.withManager((manager) => manager.findOneBy(ExternalIdentityEntity, { providerId, subject }));
  }

  async linksOf(from: ManagerSource, userId: string): Promise<readonly ExternalIdentityRecord[]> {
    return from.withManager((manager) => manager.findBy(ExternalIdentityEntity, { userId }));
  }

  async link(tx: Tx, link: ExternalIdentityRecord): Promise<boolean> {
    return insertUnlessThere(tx, ExternalIdentityEntity, link);
  }

  async unlinkAll(tx: Tx, userId: string): Promise<void> {
    await tx.manager.delete(ExternalIdentityEntity, { userId });
  }
}
