import type { TenantScope } from '@autobroker/platform/database';

/** The tenant's part of a `where`: part of every statement about something that belongs to a tenant. */
export const withinScope = (scope: TenantScope): { tenantId?: string } =>
  scope.tenantId === null ? {} : { tenantId: scope.tenantId };
