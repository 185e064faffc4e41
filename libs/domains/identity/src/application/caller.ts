import type { Principal } from '@autobroker/platform/auth';
import type { Actor, AuditEntry } from '@autobroker/platform/database';

/** Who asks for a use case, and from where. */
export interface Caller {
  readonly principal: Principal;
  readonly tenantId: string;
  readonly ip: string;
  readonly requestId: string;
  readonly userAgent: string | null;
}

export const actorOf = (principal: Principal): Actor => ({ kind: principal.kind, id: principal.id });

/** The "who and from where" of an audit row. */
export const auditedBy = (caller: Caller): Pick<AuditEntry, 'actor' | 'from'> => ({
  actor: actorOf(caller.principal),
  from: { ip: caller.ip, request_id: caller.requestId },
});

/** A row about a person who is not signed in yet but has just proved who they are. */
export const auditedAs = (userId: string, caller: Caller): Pick<AuditEntry, 'actor' | 'from'> => ({
  actor: { kind: 'user', id: userId },
  from: { ip: caller.ip, request_id: caller.requestId },
});

export const systemActor: Actor = { kind: 'system', id: 'identity' };
