import {
  anonymousPermissions,
  isPermission,
  permissionsOf,
  type Permission,
  type Role,
  type Tier,
} from '@autobroker/contracts';

export type PrincipalKind = 'anonymous' | 'user' | 'client' | 'system';

/** Who is asking, and what they may do. Immutable, because one object serves every request with the same token. */
export interface Principal {
  readonly kind: PrincipalKind;
  readonly id: string | null;
  /** Null for the anonymous and for operators that belong to no tenant. */
  readonly tenantId: string | null;
  readonly roles: readonly Role[];
  readonly permissions: ReadonlySet<Permission>;
  readonly tier: Tier;
  readonly sessionId: string | null;
  /** What an API key or client was narrowed to; null means everything its roles allow. */
  readonly scopes: readonly string[] | null;
  /** How they signed in (`pwd`, `otp`, `oidc`), as the token says. */
  readonly authMethods: readonly string[];
  /** When they last proved who they are, in seconds since 1970; null for keys and clients. */
  readonly authTime: number | null;
  can(permission: Permission): boolean;
}

export interface PrincipalFields {
  readonly kind: PrincipalKind;
  readonly id: string | null;
  readonly tenantId: string | null;
  readonly roles: readonly Role[];
  readonly tier: Tier;
  readonly sessionId?: string | null;
  readonly scopes?: readonly string[] | null;
  readonly authMethods?: readonly string[];
  readonly authTime?: number | null;
}

class FixedPrincipal implements Principal {
  readonly kind: PrincipalKind;
  readonly id: string | null;
  readonly tenantId: string | null;
  readonly roles: readonly Role[];
  readonly tier: Tier;
  readonly sessionId: string | null;
  readonly scopes: readonly string[] | null;
  readonly authMethods: readonly string[];
  readonly authTime: number | null;

  constructor(
    fields: PrincipalFields,
    readonly permissions: ReadonlySet<Permission>,
  ) {
    this.kind = fields.kind;
    this.id = fields.id;
    this.tenantId = fields.tenantId;
    this.roles = Object.freeze([...fields.roles]);
    this.tier = fields.tier;
    this.sessionId = fields.sessionId ?? null;
    this.scopes = fields.scopes == null ? null : Object.freeze([...fields.scopes]);
    this.authMethods = Object.freeze([...(fields.authMethods ?? [])]);
    this.authTime = fields.authTime ?? null;
    Object.freeze(this);
  }

  can(permission: Permission): boolean {
    return this.permissions.has(permission);
  }
}

/** Roles give permissions; scopes can only take some away. */
export function principalOf(fields: PrincipalFields): Principal {
  const held = permissionsOf(fields.roles);
  const scopes = fields.scopes ?? null;
  const permissions = scopes === null ? held : new Set(scopes.filter(isPermission).filter((scope) => held.has(scope)));
  return new FixedPrincipal(fields, permissions);
}

export const anonymous: Principal = new FixedPrincipal(
  { kind: 'anonymous', id: null, tenantId: null, roles: [], tier: 'free' },
  new Set(anonymousPermissions),
);

/** The platform itself, in consumers, jobs and schedules: it asks nobody's permission, and the audit log names it. */
export function systemPrincipal(id: string, tenantId: string | null = null): Principal {
  return new FixedPrincipal({ kind: 'system', id, tenantId, roles: ['operator'], tier: 'enterprise' }, permissionsOf(['operator']));
}

/** Somebody of the installation itself, whom no tenant's walls hold. */
export const isOperator = (principal: Principal): boolean =>
  principal.kind === 'system' || principal.roles.includes('operator');
