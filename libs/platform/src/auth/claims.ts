import { isRole, isTier } from '@autobroker/contracts';
import { z } from 'zod';
import { principalOf, type Principal } from './principal';

export const audience = 'autobroker';
export const algorithm = 'EdDSA';

/** What an access token says. Names as on the wire. */
export const claimsSchema = z.object({
  iss: z.string(),
  aud: z.union([z.string(), z.array(z.string())]),
  sub: z.string().min(1).max(100),
  tid: z.string().nullable(),
  roles: z.array(z.string()).max(20),
  tier: z.string(),
  sid: z.string().nullable().optional(),
  scope: z.string().optional(),
  kind: z.enum(['user', 'client']),
  amr: z.array(z.string()).optional(),
  auth_time: z.int().optional(),
  iat: z.int(),
  nbf: z.int().optional(),
  exp: z.int(),
});
export type AccessClaims = z.output<typeof claimsSchema>;

/** A role or tier that this version does not know gives nothing, rather than shutting its holder out. */
export function principalFromClaims(claims: AccessClaims): Principal {
  return principalOf({
    kind: claims.kind,
    id: claims.sub,
    tenantId: claims.tid,
    roles: claims.roles.filter(isRole),
    tier: isTier(claims.tier) ? claims.tier : 'free',
    sessionId: claims.sid ?? null,
    scopes: claims.scope === undefined ? null : claims.scope.split(' ').filter((scope) => scope !== ''),
    authMethods: claims.amr ?? [],
    authTime: claims.auth_time ?? null,
  });
}
