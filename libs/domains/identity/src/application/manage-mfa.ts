import { err, ok, refusal, refuse } from '@autobroker/kernel';
import { databaseOf, type Database, type Tx } from '@autobroker/platform/database';
import { Inject, Injectable } from '@nestjs/common';
import { randomBytes } from 'node:crypto';
import { formatRecoveryCode, recoveryCodeCount } from '../domain/totp';
import { AccountWriter } from './account-writer';
import { auditedBy, type Caller } from './caller';
import { ConfirmPerson } from './confirm-person';
import { inTransaction, type Answer } from './in-transaction';
import { MfaStore } from './mfa-store';
import type { TotpEnrolment, UserRecord } from './ports';
import { SecondFactor } from './second-factor';

const wrongCode = err(refusal('mfa_invalid', 'The code is wrong or has been used.'));

/**
 * Setting up and taking down the second factor. A secret counts only after a code of it was shown: a scan that went wrong
 * locks nobody out. Recovery codes are shown once and kept as hashes.
 */
@Injectable()
export class ManageMfa {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly confirm: ConfirmPerson,
    private readonly store: MfaStore,
    private readonly factor: SecondFactor,
    private readonly accounts: AccountWriter,
  ) {}

  async enrol(caller: Caller, password: string | undefined): Promise<Answer<TotpEnrolment>> {
    const confirmed = await this.confirm.execute(caller, password);
    if (!confirmed.ok) return confirmed;
    if (confirmed.value.totpConfirmedAt !== null) return refuse('mfa_already_enrolled', 'Take the old one down first.');
    const enrolment = await this.store.newSecret(confirmed.value);
    return inTransaction(this.db, async (tx) => {
      const user = await this.store.lock(tx, confirmed.value.id);
      if (user === null) return refuse('not_found', 'There is no such account.');
      if (user.totpConfirmedAt !== null) return refuse('mfa_already_enrolled', 'Take the old one down first.');
      await this.store.keepSecret(tx, user, enrolment.secret);
      await tx.audit({ ...auditedBy(caller), action: 'mfa.enrolment_started', object: { type: 'user', id: user.id }, tenantId: user.tenantId });
      return ok(enrolment);
    });
  }

  async activate(caller: Caller, code: string): Promise<Answer<readonly string[]>> {
    return inTransaction(this.db, async (tx) => {
      const user = await this.own(tx, caller);
      if (!user.ok) return user;
      if (user.value.totpConfirmedAt !== null) return refuse('mfa_already_enrolled', 'The second factor is in force already.');
      if (user.value.totpSecretEncrypted === null) return refuse('mfa_not_enrolled', 'Ask for a secret first.');
      if (!(await this.factor.spendTotp(tx, user.value, code))) return wrongCode;
      const about = { action: 'mfa.enabled', changed: ['mfa'] };
      await this.accounts.change(tx, user.value, { totpConfirmedAt: this.db.clock.now() }, about, auditedBy(caller));
      await this.store.tell(tx, user.value, 'mfa_enabled');
      return ok(await this.freshCodes(tx, user.value));
    });
  }

  async renewRecoveryCodes(caller: Caller, given: { password?: string | undefined; code: string }): Promise<Answer<readonly string[]>> {
    return this.withBothFactors(caller, given, async (tx, user) => {
      await tx.audit({ ...auditedBy(caller), action: 'mfa.recovery_codes_renewed', object: { type: 'user', id: user.id }, tenantId: user.tenantId });
      return this.freshCodes(tx, user);
    });
  }

  async disable(caller: Caller, given: { password?: string | undefined; code?: string | undefined; recoveryCode?: string | undefined }): Promise<Answer<void>> {
    return this.withBothFactors(caller, given, async (tx, user) => {
      const about = { action: 'mfa.disabled', changed: ['mfa'] };
      await this.accounts.change(tx, user, { totpSecretEncrypted: null, totpConfirmedAt: null }, about, auditedBy(caller));
      await this.store.replaceCodes(tx, user.id, []);
      await this.store.tell(tx, user, 'mfa_disabled');
    });
  }

  async status(caller: Caller): Promise<{ enabled: boolean; recoveryCodesLeft: number }> {
    return this.store.status(caller.principal.id ?? '');
  }

  private async withBothFactors<T>(
    caller: Caller,
    given: { password?: string | undefined; code?: string | undefined; recoveryCode?: string | undefined },
    work: (tx: Tx, user: UserRecord) => Promise<T>,
  ): Promise<Answer<T>> {
    const confirmed = await this.confirm.execute(caller, given.password);
    if (!confirmed.ok) return confirmed;
    return inTransaction(this.db, async (tx) => {
      const user = await this.own(tx, caller);
      if (!user.ok) return user;
      if (user.value.totpConfirmedAt === null) return refuse('mfa_not_enrolled', 'No second factor is set up.');
      if ((await this.factor.spend(tx, user.value, given)) === null) return wrongCode;
      return ok(await work(tx, user.value));
    });
  }

  private async own(tx: Tx, caller: Caller): Promise<Answer<UserRecord>> {
    const { principal } = caller;
    if (principal.kind !== 'user' || principal.id === null) return refuse('permission_denied', 'Only a signed-in person can do this.');
    const user = await this.store.lock(tx, principal.id);
    return user === null || user.status !== 'active' ? refuse('not_found', 'There is no such account.') : ok(user);
  }

  private async freshCodes(tx: Tx, user: UserRecord): Promise<readonly string[]> {
    const codes = Array.from({ length: recoveryCodeCount }, () => formatRecoveryCode(randomBytes(10)));
    await this.store.replaceCodes(tx, user.id, codes);
    return codes;
  }
}
