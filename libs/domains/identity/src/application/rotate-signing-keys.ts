import { signingKeyRotated } from '@autobroker/contracts';
import { uuidv7 } from '@autobroker/kernel';
import { databaseOf, type AuditEntry, type Database, type Tx } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { generateKeyPairSync } from 'node:crypto';
import { planRotation, rotationPolicy, type RotationStep, type SigningKeyStatus } from '../domain/signing-key-rotation';
import { systemActor } from './caller';
import { PersonalData } from './personal-data';
import { SigningKeys } from './ports';
import { REAL_TIME, type RealTime } from './real-time';

type By = Pick<AuditEntry, 'actor' | 'from'>;

/** Keeps the set of signing keys as it should be. Safe to run at any time, in every process: the plan is made under a lock. */
@Injectable()
export class RotateSigningKeys {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly keys: SigningKeys,
    private readonly personal: PersonalData,
    @Inject(REAL_TIME) private readonly time: RealTime,
  ) {}

  async execute(options: { force?: boolean; by?: By } = {}): Promise<readonly RotationStep[]> {
    return this.db.transaction(async (tx) => {
      const now = this.time.now();
      const steps = planRotation(await this.keys.lockAll(tx), now, rotationPolicy, options.force ?? false);
      for (const step of steps) await this.take(tx, step, now, options.by ?? { actor: systemActor });
      return steps;
    });
  }

  private async take(tx: Tx, step: RotationStep, now: Date, by: By): Promise<void> {
    if (step.do === 'create_current') return this.create(tx, 'current', now, by);
    if (step.do === 'create_next') return this.create(tx, 'next', now, by);
    if (step.do === 'retire') {
      // The private half is of no use to anybody any more.
      await this.keys.update(tx, step.kid, { status: 'retired', privateEncrypted: null });
      return tx.audit({ ...by, action: 'signing_key.retired', object: { type: 'signing_key', id: step.kid }, tenantId: null });
    }
    await this.keys.update(tx, step.replaces, { status: 'previous', replacedAt: now });
    await this.keys.update(tx, step.kid, { status: 'current', activatedAt: now });
    await tx.publish(signingKeyRotated, { key: 'signing-keys', tenantId: null, data: { kid: step.kid, previous_kid: step.replaces } });
    await tx.audit({
      ...by,
      action: 'signing_key.rotated',
      object: { type: 'signing_key', id: step.kid },
      tenantId: null,
      before: { current: step.replaces },
      after: { current: step.kid },
    });
  }

  private async create(tx: Tx, status: SigningKeyStatus & ('current' | 'next'), now: Date, by: By): Promise<void> {
    const { publicKey, privateKey } = generateKeyPairSync('ed25519');
    const { x } = publicKey.export({ format: 'jwk' });
    if (x === undefined) throw new Error('an Ed25519 key without its x');
    const id = uuidv7(now);
    const kid = id.replaceAll('-', '').slice(-20);
    const pem = privateKey.export({ format: 'pem', type: 'pkcs8' }).toString();
    await this.keys.insert(tx, {
      id,
      kid,
      status,
      publicJwk: { kty: 'OKP', crv: 'Ed25519', x, kid, alg: 'EdDSA', use: 'sig' },
      privateEncrypted: await this.personal.seal(tx, id, pem, 'signing-key'),
      createdAt: now,
      activatedAt: status === 'current' ? now : null,
      replacedAt: null,
    });
    await tx.audit({ ...by, action: 'signing_key.created', object: { type: 'signing_key', id: kid }, tenantId: null, after: { status } });
  }
}
