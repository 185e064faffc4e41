import { isStaff } from '@autobroker/contracts';
import { isUuid } from '@autobroker/kernel';
import type { Principal } from '@autobroker/platform/auth';
import { ProblemError, type RequestInfo } from '@autobroker/platform/http';
import type { Reader } from '../application/read-documents';
import type { Signer } from '../application/sign-document';

interface Call {
  readonly principal: Principal;
  readonly request: RequestInfo;
}

/** Documents belong to a tenant: somebody of none has none to see. */
function tenantOf({ tenantId }: Principal): string {
  if (tenantId === null) throw new ProblemError('not_found', 'Documents belong to a broker.');
  return tenantId;
}

const userIdOf = ({ id }: Principal): string | null => (id !== null && isUuid(id) ? id : null);

export const readerOf = ({ principal }: Pick<Call, 'principal'>): Reader => ({ tenantId: tenantOf(principal), userId: userIdOf(principal), isStaff: isStaff(principal) });

export const signerOf = ({ principal, request }: Call): Signer => ({
  tenantId: tenantOf(principal),
  userId: userIdOf(principal),
  isStaff: principal.can('document.issue'),
  actor: { kind: principal.kind, id: principal.id },
  from: { ip: request.ip, request_id: request.id },
});
