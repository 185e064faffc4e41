export {
  assertEveryRouteDeclared,
  authenticated,
  can,
  keepsRefusals,
  publicRoute,
  type Access,
  type AccessOptions,
  type DeclaredRoute,
} from './access';
export { ApiKeys, apiKeyPattern } from './api-keys';
export { Authenticator, credentialOf } from './authenticator';
export { audience, claimsSchema, principalFromClaims, type AccessClaims } from './claims';
export { authConfig } from './config';
export { compileGuard, type Admission, type Guard, type GuardedRequest, type GuardOptions } from './guard';
export { isInternalCall } from './internal-call';
export { KeyRing, type KeyRingOptions } from './key-ring';
export { owns, requireOwner, requireTenant } from './ownership';
export {
  API_KEY_VERIFIER,
  KEY_SOURCE,
  SESSION_REVOCATIONS,
  TENANT_DIRECTORY,
  type ApiKeyIdentity,
  type ApiKeyVerifier,
  type KeySource,
  type RevocationSource,
  type RevokedSession,
  type SessionRevocations,
  type TenantDirectory,
  type TenantLookup,
  type TenantRef,
} from './ports';
export {
  anonymous,
  isOperator,
  principalOf,
  systemPrincipal,
  type Principal,
  type PrincipalFields,
  type PrincipalKind,
} from './principal';
export { AuthRefusal, refusals } from './refusal';
export { CappedRefusalAudit, RefusalCap, type RefusalAudit, type RefusalSink, type RefusedRequest } from './refusal-audit';
export { Remembered, type RememberOptions } from './remembered';
export {
  internalSecretHeader,
  RemoteApiKeyVerifier,
  RemoteKeySource,
  RemoteRevocations,
  RemoteTenantDirectory,
  type IdentityClient,
} from './remote';
export { RecentRevocations, RevocationCatchUp } from './revocations';
export { signAccessToken, signJwt, type SigningOptions, type TokenSubject } from './sign';
export { hostName, Tenants } from './tenants';
export { TokenVerifier, type TokenVerifierOptions } from './token-verifier';
export { testSigningKey, type TestSigningKey } from './fixtures';
