import type { Principal } from '@autobroker/platform/auth';
import type { RequestInfo } from '@autobroker/platform/http';
import type { Requester } from '../application/requester';

/** The empty text is what a route gives an operator of no tenant. */
export const tenantOf = (tenantId: string): string | null => (tenantId === '' ? null : tenantId);

export function requesterOf(input: {
  readonly principal: Principal;
  readonly tenantId: string;
  readonly request: RequestInfo;
}): Requester {
  const { principal, request } = input;
  return {
    actor: { kind: principal.kind, id: principal.id },
    tenantId: tenantOf(input.tenantId),
    writesOwn: principal.can('vehicle.write'),
    writesShared: principal.can('catalogue.write'),
    from: { ip: request.ip, request_id: request.id },
  };
}
