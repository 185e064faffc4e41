import { err, ok, refusal, type Refusal, type Result } from '@autobroker/kernel';

/** Roles are data of the contracts; the rules need to know only these two by name. */
export const adminRole = 'admin';
export const operatorRole = 'operator';
/** A partner is a company's integration, a buyer a customer: neither is combined with staff roles by accident. */
const outsiders = new Set(['buyer', 'partner']);

type GrantRefusal = Refusal<'permission_denied' | 'validation_failed'>;

/**
 * May somebody with `by` change a person's roles from `current` to `wanted`? `operator` belongs to the installation: only
 * an operator may give or take it, and it never mixes with a tenant's roles, because its holder belongs to no tenant.
 */
export function checkRoleChange(input: {
  readonly by: readonly string[];
  readonly current: readonly string[];
  readonly wanted: readonly string[];
  /** Whether the person whose roles change belongs to a tenant. */
  readonly inTenant: boolean;
}): Result<string[], GrantRefusal> {
  const wanted = [...new Set(input.wanted)].sort();
  const invalid = (detail: string): Result<string[], GrantRefusal> =>
    err(refusal('validation_failed', detail, { errors: [{ pointer: '/roles', code: 'invalid_roles', detail }] }));

  const byOperator = input.by.includes(operatorRole);
  if (!byOperator && !input.by.includes(adminRole)) return err(refusal('permission_denied', 'Only an admin changes roles.'));
  if (!byOperator && (wanted.includes(operatorRole) || input.current.includes(operatorRole))) {
    return err(refusal('permission_denied', 'Only an operator gives or takes the operator role.'));
  }
  if (wanted.length === 0) return invalid('A person has at least one role.');
  if (input.inTenant && wanted.includes(operatorRole)) return invalid('An operator belongs to no tenant.');
  if (!input.inTenant && wanted.some((role) => role !== operatorRole)) return invalid('Without a tenant there is only operator.');
  if (wanted.length > 1 && wanted.some((role) => outsiders.has(role))) {
    return invalid('Buyer and partner are not combined with other roles.');
  }
  return ok(wanted);
}

/**
 * A tenant must keep one admin who can sign in. `otherActiveAdmins` is counted under a lock on the tenant, so that two
 * admins who demote each other at the same moment can't both succeed.
 */
export function checkLastAdmin(input: {
  readonly wasActiveAdmin: boolean;
  readonly staysActiveAdmin: boolean;
  readonly otherActiveAdmins: number;
}): Result<void, Refusal<'last_admin'>> {
  const leaves = input.wasActiveAdmin && !input.staysActiveAdmin;
  return leaves && input.otherActiveAdmins === 0
    ? err(refusal('last_admin', 'Make somebody else an admin first.'))
    : ok(undefined);
}
