import type { ManagerSource, Tx } from '@autobroker/platform/database';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Tenants, type ListWindow, type TenantConflict, type TenantPatch, type TenantRecord } from '../../application/ports';
import { TenantEntity, TenantHostEntity } from '../entities/tenant.entity';
import { insertUnlessThere, updateCounting } from './support';

@Injectable()
export class PgTenants extends Tenants {
  async insert(tx: Tx, tenant: TenantRecord): Promise<TenantConflict | null> {
    const { hosts, ...row } = tenant;
    if (!(await insertUnlessThere(tx, TenantEntity, row))) return 'slug_taken';
    return (await this.claim(tx, tenant.id, hosts)) ? null : 'host_taken';
  }

  async update(tx: Tx, id: string, patch: TenantPatch, now: Date, expected?: number): Promise<TenantRecord | TenantConflict> {
    const { hosts, ...columns } = patch;
    const row = await updateCounting(tx, TenantEntity, id, { ...columns, updatedAt: now }, expected);
    if (hosts !== undefined) {
      await tx.manager.delete(TenantHostEntity, { tenantId: id });
      if (!(await this.claim(tx, id, hosts))) return 'host_taken';
    }
    return withHosts(tx.manager, row);
  }

  async byId(from: ManagerSource, id: string): Promise<TenantRecord | null> {
    return from.withManager(async (manager) => found(manager, await manager.findOneBy(TenantEntity, { id })));
  }

  async bySlug(from: ManagerSource, slug: string): Promise<TenantRecord | null> {
    return from.withManager(async (manager) => found(manager, await manager.findOneBy(TenantEntity, { slug })));
  }

  async byHost(from: ManagerSource, host: string): Promise<TenantRecord | null> {
    return from.withManager(async (manager) => {
      const owner = await manager.findOneBy(TenantHostEntity, { host });
      return owner === null ? null : found(manager, await manager.findOneBy(TenantEntity, { id: owner.tenantId }));
    });
  }

  async oldestActive(from: ManagerSource): Promise<TenantRecord | null> {
    return from.withManager(async (manager) =>
      found(manager, await manager.findOne(TenantEntity, { where: { status: 'active' }, order: { createdAt: 'ASC', id: 'ASC' } })),
    );
  }

  async list(from: ManagerSource, window: ListWindow): Promise<{ items: readonly TenantRecord[]; total: number }> {
    return from.withManager(async (manager) => {
      const total = await manager.count(TenantEntity);
      const query = manager.createQueryBuilder(TenantEntity, 't').orderBy('t.id').limit(window.limit).offset(window.offset);
      if (window.after !== undefined) query.where('t.id > :after', { after: window.after });
      const rows = await query.getMany();
      const items: TenantRecord[] = [];
      for (const row of rows) items.push(await withHosts(manager, row));
      return { items, total };
    });
  }

  private async claim(tx: Tx, tenantId: string, hosts: readonly string[]): Promise<boolean> {
    for (const host of new Set(hosts)) {
      if (!(await insertUnlessThere(tx, TenantHostEntity, { host, tenantId }))) return false;
    }
    return true;
  }
}

async function withHosts(manager: EntityManager, row: TenantEntity): Promise<TenantRecord> {
  const hosts = await manager.find(TenantHostEntity, { where: { tenantId: row.id }, order: { host: 'ASC' } });
  return { ...row, hosts: hosts.map(({ host }) => host) };
}

const found = async (manager: EntityManager, row: TenantEntity | null): Promise<TenantRecord | null> =>
  row === null ? null : withHosts(manager, row);
