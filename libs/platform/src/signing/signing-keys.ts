import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { uuidv7, type Clock } from '@autobroker/kernel';
import { signJwt } from '../auth';
import type { Actor, AuditEntry, Database, PersonVault, Tx } from '../database';
import { SigningKeyStore } from './key-store';
import { planRotation, type RotationPolicy, type RotationStep } from './rotation';
import type { PublicJwk, SigningKeyRecord } from './table';

export interface SigningKeysOptions {
  readonly policy: RotationPolicy;
  /** By which keys live and die: real time for tokens, the platform's for what has a deadline in business. */
  readonly clock: Clock;
  /** Who the audit log names where nobody asked. */
  readonly system: Actor;
  /** What the header of a signed text says that it is. */
  readonly typ?: string;
  /** In the transaction of a promotion. */
  readonly promoted?: (tx: Tx, kid: string, replaces: string) => Promise<void>;
}

interface ActiveKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly loadedAt: number;
}

/** A rotation by another process is noticed within this time; a replaced key stays published for far longer. */
const rememberKeyMs = 30_000;
const purpose = 'signing-key';

/** The Ed25519 keys of one service, in its own schema: made, announced, used, replaced and retired. */
export class SigningKeys {
  private readonly store: SigningKeyStore;
  private active: ActiveKey | null = null;

  constructor(
    private readonly db: Database,
    private readonly vault: PersonVault,
    private readonly options: SigningKeysOptions,
  ) {
    this.store = new SigningKeyStore(db);
  }

  /** Next, current and previous ones. */
  published(): Promise<readonly SigningKeyRecord[]> {
    return this.store.published();
  }

  /** What a key set shows. A new installation makes its first keys when somebody first asks. */
  async keys(): Promise<{ [K in keyof PublicJwk]: PublicJwk[K] }[]> {
    let published = await this.store.published();
    if (published.length === 0) {
      await this.rotate();
      published = await this.store.published();
    }
    return published.map((key) => ({ ...key.publicJwk }));
  }

  /** Keeps the set as it should be. Safe to run at any time, in every process: the plan is made under a lock. */
  async rotate(options: { readonly force?: boolean; readonly by?: Pick<AuditEntry, 'actor' | 'from'> } = {}): Promise<readonly RotationStep[]> {
    const by = options.by ?? { actor: this.options.system };
    const taken = await this.db.transaction(async (tx) => {
      const now = this.options.clock.now();
      const steps = planRotation(await this.store.lockAll(tx), now, this.options.policy, options.force ?? false);
      for (const step of steps) await this.take(tx, step, now, by);
      return steps;
    });
    if (taken.length > 0) this.forget();
    return taken;
  }

  /** A compact JWS by the current key. Never called inside a transaction: it may need a connection of its own. */
  async sign(claims: object): Promise<string> {
    return signJwt(claims, await this.current(), this.options.typ);
  }

  /** Id and private half of the key that signs now. */
  async current(): Promise<{ readonly kid: string; readonly privateKey: KeyObject }> {
    const now = performance.now();
    if (this.active !== null && now - this.active.loadedAt < rememberKeyMs) return this.active;
    let current = await this.findCurrent();
    if (current === undefined) {
      await this.rotate();
      current = await this.findCurrent();
    }
    if (current === undefined || current.privateEncrypted === null) throw new Error('there is no key to sign with');
    const pem = await this.vault.decrypt(current.id, current.privateEncrypted, { purpose });
    if (pem === null) throw new Error('the signing key can’t be opened');
    this.active = { kid: current.kid, privateKey: createPrivateKey(pem), loadedAt: now };
    return this.active;
  }

  /** The key that signs is looked up again. */
  forget(): void {
    this.active = null;
  }

  private async findCurrent(): Promise<SigningKeyRecord | undefined> {
    return (await this.store.published()).find((key) => key.status === 'current');
  }

  private async take(tx: Tx, step: RotationStep, now: Date, by: Pick<AuditEntry, 'actor' | 'from'>): Promise<void> {
    if (step.do === 'create_current') return this.create(tx, 'current', now, by);
    if (step.do === 'create_next') return this.create(tx, 'next', now, by);
    if (step.do === 'retire') {
      await this.store.retire(tx, step.kid);
      return tx.audit({ ...by, action: 'signing_key.retired', object: { type: 'signing_key', id: step.kid }, tenantId: null });
    }
    await this.store.promote(tx, step.kid, step.replaces, now);
    await this.options.promoted?.(tx, step.kid, step.replaces);
    await tx.audit({
      ...by,
      action: 'signing_key.rotated',
      object: { type: 'signing_key', id: step.kid },
      tenantId: null,
      before: { current: step.replaces },
      after: { current: step.kid },
    });
  }

  private async create(tx: Tx, status: 'current' | 'next', now: Date, by: Pick<AuditEntry, 'actor' | 'from'>): Promise<void> {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const { x } = publicKey.export({ format: 'jwk' });
    if (x === undefined) throw new Error('an Ed25519 key without its x');
    const id = uuidv7(now);
    const kid = id.replaceAll('-', '').slice(-20);
    const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
    await this.store.insert(tx, {
      id,
      kid,
      status,
      publicJwk: { kty: 'OKP', crv: 'Ed25519', x, kid, alg: 'EdDSA', use: 'sig' },
      privateEncrypted: await this.vault.encrypt(tx, id, pem, purpose),
      createdAt: now,
      activatedAt: status === 'current' ? now : null,
      replacedAt: null,
    });
    await tx.audit({ ...by, action: 'signing_key.created', object: { type: 'signing_key', id: kid }, tenantId: null, after: { status } });
  }
}
