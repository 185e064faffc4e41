import type { IncomingHttpHeaders } from 'node:http';
import type { Access } from './access';
import type { Authenticator } from './authenticator';
import { anonymous, type Principal } from './principal';
import { AuthRefusal, refusals } from './refusal';

export interface GuardedRequest {
  readonly headers: IncomingHttpHeaders;
  readonly method: string;
  /** The template of the route. */
  readonly route: string;
  readonly ip: string;
  readonly requestId: string;
}

export interface Admission {
  readonly principal: Principal;
  readonly tenantId: string;
}

/** Compiled once per route; synchronous when everything it needs is in memory. Throws AuthRefusal. */
export type Guard = (request: GuardedRequest) => Admission | Promise<Admission>;

export interface GuardOptions {
  readonly authenticator: Authenticator;
  /** Milliseconds since 1970, for `recentLoginS`. */
  readonly now?: () => number;
}

export function compileGuard(access: Access, options: GuardOptions): Guard {
  const { authenticator } = options;
  const check = compileCheck(access, options.now ?? Date.now);

  const admit = (principal: Principal, request: GuardedRequest): Admission | Promise<Admission> => {
    const refusal = check(principal);
    if (refusal !== null) throw new AuthRefusal(refusal.code, refusal.detail, refusal.headers, principal);
    const tenantId = authenticator.tenant(principal, request.headers);
    if (typeof tenantId === 'string') return { principal, tenantId };
    return tenantId.then((id) => ({ principal, tenantId: id }));
  };

  const ownCredentials = access.kind === 'public' && access.ownCredentials === true;
  return (request) => {
    if (ownCredentials) return admit(anonymous, request);
    const principal = authenticator.principal(request.headers);
    return principal instanceof Promise ? principal.then((known) => admit(known, request)) : admit(principal, request);
  };
}

function compileCheck(access: Access, now: () => number): (principal: Principal) => AuthRefusal | null {
  if (access.kind === 'public') return () => null;
  const { recentLoginS } = access;
  const fresh = (principal: Principal): AuthRefusal | null => {
    if (recentLoginS === undefined || principal.kind !== 'user') return null;
    const age = principal.authTime === null ? Number.POSITIVE_INFINITY : now() / 1_000 - principal.authTime;
    return age <= recentLoginS ? null : refusals.recentLogin();
  };
  if (access.kind === 'authenticated') {
    return (principal) => (principal.kind === 'anonymous' ? refusals.signInNeeded() : fresh(principal));
  }
  const { permission } = access;
  return (principal) => {
    if (principal.can(permission)) return fresh(principal);
    return principal.kind === 'anonymous' ? refusals.signInNeeded() : refusals.denied(permission);
  };
}
