import { type Refusal, type Result, type Stock, ok, refuse } from '@autobroker/kernel';

/** Who is asking, as far as stock is concerned. The tenant of an anonymous visitor is that of the host's name. */
export interface Asker {
  readonly tenantId: string | null;
  /** May change the tenant's own stock. */
  readonly writesOwn: boolean;
  /** May change what the whole installation shares. */
  readonly writesShared: boolean;
}

/** A shared car is seen by everybody, private stock on its own tenant's storefront only. `ownerTenantId` null is shared. */
export const maySee = (asker: Pick<Asker, 'tenantId'>, ownerTenantId: string | null): boolean =>
  ownerTenantId === null || ownerTenantId === asker.tenantId;

export type WriteRefusal = Refusal<'not_found' | 'permission_denied'>;

/** Another tenant's car does not exist for the asker; a visible one that is not theirs to change is a matter of permission. */
export function mayWrite(asker: Asker, ownerTenantId: string | null): Result<void, WriteRefusal> {
  if (!maySee(asker, ownerTenantId)) return refuse('not_found', 'There is no such vehicle');
  const allowed = ownerTenantId === null ? asker.writesShared : asker.writesOwn;
  if (allowed) return ok();
  return refuse(
    'permission_denied',
    ownerTenantId === null ? 'The shared catalogue is kept by the installation’s operators' : 'This stock is not yours to change',
  );
}

/** Which tenant a new car belongs to: the asker's own unless the shared catalogue is asked for (or is all they have). */
export function ownerOfNew(asker: Asker, stock: Stock | undefined): Result<string | null, Refusal<'permission_denied'>> {
  const wanted = stock ?? (asker.writesShared ? 'shared' : 'private');
  if (wanted === 'shared') {
    if (asker.writesShared) return ok(null);
    return refuse('permission_denied', 'The shared catalogue is kept by the installation’s operators');
  }
  if (asker.writesOwn && asker.tenantId !== null) return ok(asker.tenantId);
  return refuse('permission_denied', 'Private stock needs a tenant');
}
