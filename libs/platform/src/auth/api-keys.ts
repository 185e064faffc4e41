import { hash } from 'node:crypto';
import type { ApiKeyVerifier } from './ports';
import { principalOf, type Principal } from './principal';
import { AuthRefusal, refusals } from './refusal';
import { Remembered } from './remembered';

interface KnownKey {
  readonly principal: Principal;
  readonly keyId: string;
  readonly expiresAtMs: number;
}

/** `ab_<environment>_<id>_<secret>` */
export const apiKeyPattern = /^ab_[a-z]+_[\w-]{6,64}_[\w-]{20,128}$/;

/** API keys, each looked up at most once a minute. A revoked one can be forgotten at once. */
export class ApiKeys {
  private readonly known: Remembered<KnownKey>;

  constructor(
    private readonly verifier: ApiKeyVerifier,
    private readonly now: () => number = Date.now,
  ) {
    this.known = new Remembered({ max: 10_000, foundForMs: 60_000, missingForMs: 5_000, staleForMs: 15 * 60_000 });
  }

  verify(key: string): Principal | Promise<Principal> {
    if (!apiKeyPattern.test(key)) throw refusals.badCredential('The API key is malformed.');
    const id = hash('sha256', key, 'base64');
    const remembered = this.known.peek(id);
    if (remembered !== undefined) return this.accept(remembered);
    return this.known.ask(id, () => this.look(key)).then(
      (found) => this.accept(found),
      (error: unknown) => {
        throw error instanceof AuthRefusal ? error : refusals.keysAway();
      },
    );
  }

  forget(keyId: string): void {
    this.known.forget((key) => key?.keyId === keyId);
  }

  forgetAll(): void {
    this.known.forget(() => true);
  }

  private async look(key: string): Promise<KnownKey | null> {
    const identity = await this.verifier.verify(key);
    if (identity === null) return null;
    const expiresAtMs = identity.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY;
    return { principal: principalOf(identity), keyId: identity.keyId, expiresAtMs };
  }

  private accept(key: KnownKey | null): Principal {
    if (key === null || key.expiresAtMs <= this.now()) {
      throw refusals.badCredential('The API key is not valid, has expired or was revoked.');
    }
    return key.principal;
  }
}
