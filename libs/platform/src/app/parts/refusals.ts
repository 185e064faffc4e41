import { CappedRefusalAudit, type RefusalAudit, type RefusedRequest } from '../../auth';
import type { AuditEntry } from '../../database';
import type { ServiceDefinition } from '../define-service';
import type { Parts } from '../open-parts';

/** Refusals on routes that ask for it become audit rows of the service, up to a cap. */
export function refusalAudit(parts: Parts, services: readonly ServiceDefinition[]): (service: string | null) => RefusalAudit | null {
  const audits = new Map<string, RefusalAudit>();
  for (const { name } of services) {
    const database = parts.database.host.of(name);
    audits.set(name, new CappedRefusalAudit((refused) => database.transaction((tx) => tx.audit(entryOf(name, refused)))));
  }
  return (service) => (service === null ? null : (audits.get(service) ?? null));
}

function entryOf(service: string, { principal, status, code, because, method, route, objectId, ip, requestId }: RefusedRequest): AuditEntry {
  const what = `${method} ${route}`;
  return {
    actor: { kind: principal.kind, id: principal.id },
    action: `${service}.${status === 401 || status === 403 ? 'access_refused' : 'refused'}`,
    object: objectId === null ? { type: 'route', id: what } : { type: typeIn(route), id: objectId },
    tenantId: principal.tenantId,
    reason: code,
    after: { route: what, ...(because.length === 0 ? {} : { because }) },
    from: { ip, request_id: requestId },
  };
}

/** `/api/v1/saved-cards/:id/x` is about a saved_card. */
const typeIn = (route: string): string => (/\/([a-z-]+?)s?\/:id(?:\/|$)/u.exec(route)?.[1] ?? 'object').replaceAll('-', '_');
