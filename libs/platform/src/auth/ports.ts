import type { JsonWebKey } from 'node:crypto';
import type { PrincipalFields } from './principal';

/**
 * What verification needs from the identity service. A process that hosts identity answers from its own database;
 * any other asks over HTTP. Both are wrapped by the same caches, so an implementation need only look and answer.
 */
export interface KeySource {
  /** The public signing keys that are valid now (JWKS `keys`). */
  keys(): Promise<readonly JsonWebKey[]>;
}

export interface ApiKeyIdentity extends PrincipalFields {
  /** The public part of the key, to forget it by when it is revoked. */
  readonly keyId: string;
  readonly expiresAt: Date | null;
}
export interface ApiKeyVerifier {
  /** Null for a key that does not exist, has expired, was revoked, or whose secret is wrong. */
  verify(key: string): Promise<ApiKeyIdentity | null>;
}

export interface TenantRef {
  readonly id: string;
  readonly slug: string;
}
/** Exactly one of: a tenant named by slug or id; or a host name, whose unknown ones lead to the default tenant. */
export type TenantLookup = { readonly tenant: string } | { readonly host: string };
export interface TenantDirectory {
  find(lookup: TenantLookup): Promise<TenantRef | null>;
}

export interface SessionRevocations {
  /** Called for every request with a token: must answer from memory. `issuedAt` is in seconds since 1970. */
  isRevoked(token: { readonly sessionId: string | null; readonly subject: string; readonly issuedAt: number }): boolean;
}

export interface RevokedSession {
  readonly id: string;
  readonly tokensExpireAt: Date;
}
/** What a process that has not heard every broadcast asks for. */
export interface RevocationSource {
  /** The sessions that were ended while tokens of theirs are still running. */
  recent(): Promise<readonly RevokedSession[]>;
}

export const KEY_SOURCE = Symbol('KeySource');
export const API_KEY_VERIFIER = Symbol('ApiKeyVerifier');
export const TENANT_DIRECTORY = Symbol('TenantDirectory');
export const SESSION_REVOCATIONS = Symbol('SessionRevocations');
