import type { Principal } from '@autobroker/platform/auth';
import type { AuditEntry } from '@autobroker/platform/database';
import type { RequestInfo } from '@autobroker/platform/http';

/** Who asks, and from where: for the audit log. */
export const callerOf = ({ principal, request }: { readonly principal: Principal; readonly request: RequestInfo }): Pick<AuditEntry, 'actor' | 'from'> => ({
  actor: { kind: principal.kind, id: principal.id },
  from: { ip: request.ip, request_id: request.id },
});
