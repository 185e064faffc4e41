import type { Tier } from '@autobroker/contracts';
import type { ListWindow } from './list-window';
import type { ManagerSource, Tx } from '@autobroker/platform/database';

export interface TenantBranding {
  readonly display_name?: string | undefined;
  readonly logo_url?: string | undefined;
  readonly primary_color?: string | undefined;
  readonly support_email?: string | undefined;
}

export interface TenantSettings {
  /** Staff without a second factor get only far enough to set one up. */
  readonly mfa_required_for_staff: boolean;
  readonly registration_open: boolean;
}

export interface TenantRecord {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly status: 'active' | 'suspended';
  readonly currency: string;
  readonly country: string | null;
  readonly locale: string;
  readonly tier: Tier;
  readonly branding: TenantBranding;
  readonly settings: TenantSettings;
  /** Host names, lower case. */
  readonly hosts: readonly string[];
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export type TenantPatch = Partial<Omit<TenantRecord, 'id' | 'slug' | 'version' | 'createdAt' | 'updatedAt'>>;

export type TenantConflict = 'slug_taken' | 'host_taken';

export abstract class Tenants {
  abstract insert(tx: Tx, tenant: TenantRecord): Promise<TenantConflict | null>;
  abstract update(tx: Tx, id: string, patch: TenantPatch, now: Date, expected?: number): Promise<TenantRecord | TenantConflict>;
  abstract byId(from: ManagerSource, id: string): Promise<TenantRecord | null>;
  abstract bySlug(from: ManagerSource, slug: string): Promise<TenantRecord | null>;
  abstract byHost(from: ManagerSource, host: string): Promise<TenantRecord | null>;
  /** The first one set up: who a visitor of an unknown host name gets. */
  abstract oldestActive(from: ManagerSource): Promise<TenantRecord | null>;
  abstract list(from: ManagerSource, window: ListWindow): Promise<{ items: readonly TenantRecord[]; total: number }>;
}
