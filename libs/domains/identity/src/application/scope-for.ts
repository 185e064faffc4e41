import { isOperator, type Principal } from '@autobroker/platform/auth';
import { scopeOf, systemScope, type TenantScope } from '@autobroker/platform/database';

/** A tenant's people see their tenant; an operator sees the installation. */
export const scopeFor = (principal: Principal): TenantScope =>
  isOperator(principal) ? systemScope('an operator works across tenants') : scopeOf(principal);
