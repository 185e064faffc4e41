import { CappedRefusalAudit, type RefusalAudit } from '../../auth';
import type { ServiceDefinition } from '../define-service';
import type { Parts } from '../open-parts';

/** Refusals on routes that ask for it become audit rows of the service, up to a cap. */
export function refusalAudit(parts: Parts, services: readonly ServiceDefinition[]): (service: string | null) => RefusalAudit | null {
  const audits = new Map<string, RefusalAudit>();
  for (const { name } of services) {
    const database = parts.database.host.of(name);
    const audit = new CappedRefusalAudit((refused) =>
      database.transaction((tx) =>
        tx.audit({
          actor: { kind: refused.principal.kind, id: refused.principal.id },
          action: `${name}.access_refused`,
          object: { type: 'route', id: `${refused.method} ${refused.route}` },
          tenantId: refused.principal.tenantId,
          reason: refused.code,
          from: { ip: refused.ip, request_id: refused.requestId },
        }),
      ),
    );
    audits.set(name, audit);
  }
  return (service) => (service === null ? null : (audits.get(service) ?? null));
}
