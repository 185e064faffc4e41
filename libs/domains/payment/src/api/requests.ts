import { isStaff } from '@autobroker/contracts';
import type { Principal } from '@autobroker/platform/auth';
import { scopeOf, systemScope, type TenantScope } from '@autobroker/platform/database';
import { type PageQuery, paginationOf, ProblemError, reply, type RequestInfo } from '@autobroker/platform/http';
import type { Caller } from '../application/caller';
import type { Doer } from '../application/desks';
import type { Rows } from '../application/ports';

interface Asked {
  readonly principal: Principal;
  readonly request: RequestInfo;
}

export const doerOf = ({ principal, request }: Asked): Doer => ({ actor: { kind: principal.kind, id: principal.id }, from: { ip: request.ip, request_id: request.id } });

/** Money belongs to a tenant: an operator of none has none to touch. */
export function callerOf(asked: Asked): Caller {
  const { principal } = asked;
  if (principal.tenantId === null) throw new ProblemError('not_found', 'This belongs to a tenant.');
  return { tenantId: principal.tenantId, userId: principal.id, isStaff: isStaff(principal), by: doerOf(asked) };
}

/** Whose rows somebody of the back office sees: the tenant's, or as operator of no tenant the installation's. */
export const backOfficeScope = ({ principal }: Pick<Asked, 'principal'>): TenantScope => (principal.tenantId === null ? systemScope('the installation’s operator') : scopeOf({ tenantId: principal.tenantId }));

export const listReply = <T, J>(query: Pick<PageQuery, 'page' | 'per_page'>, { rows, total }: Rows<T>, present: (row: T) => J) => reply(rows.map(present), { headers: { 'cache-control': 'no-store' }, pagination: paginationOf({ page: query.page, perPage: query.per_page, total }) });
