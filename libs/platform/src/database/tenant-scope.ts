/**
 * Whose rows a piece of work may see. Made from a principal, or for the system with a reason: there is no other way to get
 * one, and no repository method that does without.
 */
export class TenantScope {
  /** Makes the type nominal: no look-alike object passes for a scope. */
  readonly #tenant: string | null;

  private constructor(
    tenant: string | null,
    /** Why the work is not confined to a tenant. */
    readonly reason: string | undefined,
  ) {
    this.#tenant = tenant;
  }

  /** Null: every tenant. */
  get tenantId(): string | null {
    return this.#tenant;
  }

  static ofTenant(tenantId: string): TenantScope {
    return new TenantScope(tenantId, undefined);
  }

  static ofSystem(reason: string): TenantScope {
    return new TenantScope(null, reason);
  }
}

/** What the one behind a request may see: their own tenant. */
export function scopeOf(principal: { readonly tenantId: string | null }): TenantScope {
  if (principal.tenantId === null) throw new Error('the principal belongs to no tenant');
  return TenantScope.ofTenant(principal.tenantId);
}

/** For sweeps, consumers and installation-wide work, which say why they look across tenants. */
export function systemScope(reason: string): TenantScope {
  if (reason.trim() === '') throw new Error('a system scope needs its reason');
  return TenantScope.ofSystem(reason);
}
