import { scopeOf, type TenantScope } from '@autobroker/platform/database';
import type { Doer } from './desks';

/** Who asks: what a buyer sees is theirs, what the broker's people see is their tenant's. */
export interface Caller {
  readonly tenantId: string;
  readonly userId: string | null;
  readonly isStaff: boolean;
  readonly by: Doer;
}

export const scopeOfCaller = ({ tenantId }: Caller): TenantScope => scopeOf({ tenantId });
export const maySee = (caller: Caller, { buyerId }: { readonly buyerId: string }): boolean => caller.isStaff || (caller.userId !== null && caller.userId === buyerId);
