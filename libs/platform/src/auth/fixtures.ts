import { generateKeyPairSync, type JsonWebKey, type KeyObject } from 'node:crypto';

export interface TestSigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly jwk: JsonWebKey & { readonly kid: string };
}

/** A signing key for tests, with the entry that a key set would hold for it. */
export function testSigningKey(kid = 'test-key'): TestSigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  return { kid, privateKey, jwk: { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'EdDSA' } };
}
