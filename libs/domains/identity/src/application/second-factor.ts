import type { Tx } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { acceptStep, normaliseRecoveryCode } from '../domain/totp';
import { PersonalData } from './personal-data';
import { TotpCodes, Users, type UserRecord } from './ports';
import { REAL_TIME, type RealTime } from './real-time';
import { hashSecret } from './secret';

/** Recovery codes carry 50 bits only, so their hash is bound to the person: no table of all codes can be made. */
export const hashRecoveryCode = (userId: string, code: string): string => hashSecret(`${userId}:${normaliseRecoveryCode(code)}`);

/** Checks a second factor and spends it in the same step. */
@Injectable()
export class SecondFactor {
  constructor(
    private readonly users: Users,
    private readonly codes: TotpCodes,
    private readonly personal: PersonalData,
    @Inject(REAL_TIME) private readonly time: RealTime,
  ) {}

  lock(tx: Tx, userId: string): Promise<UserRecord | null> {
    return this.users.lock(tx, userId);
  }

  async spendTotp(tx: Tx, user: UserRecord, code: string): Promise<boolean> {
    const secret = await this.personal.open(user.id, user.totpSecretEncrypted, tx);
    if (secret === null) return false;
    const now = this.time.now();
    const step = this.codes.matchedStep(secret, code, now);
    if (step === null || !acceptStep(step, user.totpLastStep, now)) return false;
    return this.users.spendTotpStep(tx, user.id, step);
  }

  spendRecoveryCode(tx: Tx, user: UserRecord, code: string): Promise<boolean> {
    return this.users.spendRecoveryCode(tx, user.id, hashRecoveryCode(user.id, code), this.time.now());
  }

  /** Whichever of the two was given. */
  async spend(tx: Tx, user: UserRecord, given: { code?: string | undefined; recoveryCode?: string | undefined }): Promise<'otp' | 'recovery' | null> {
    if (given.code !== undefined) return (await this.spendTotp(tx, user, given.code)) ? 'otp' : null;
    if (given.recoveryCode !== undefined) return (await this.spendRecoveryCode(tx, user, given.recoveryCode)) ? 'recovery' : null;
    return null;
  }
}
