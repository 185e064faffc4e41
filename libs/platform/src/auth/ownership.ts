import { isOperator, type Principal } from './principal';
import { refusals } from './refusal';

/** What belongs to somebody else does not exist for the caller: 404, so that ids cannot be probed. */
export function requireOwner(principal: Principal, ownerId: string | null): void {
  if (!owns(principal, ownerId)) throw refusals.notFound();
}

export const owns = (principal: Principal, ownerId: string | null): boolean =>
  principal.id !== null && ownerId !== null && principal.id === ownerId;

/** Another tenant's object is 404 as well. Operators see every tenant's. */
export function requireTenant(principal: Principal, tenantId: string | null): void {
  if (isOperator(principal)) return;
  if (principal.tenantId === null || principal.tenantId !== tenantId) throw refusals.notFound();
}
