import { authenticated, can, publicRoute } from '@autobroker/platform/auth';
import { defineRoute, Handle, Input, noContent, reply, type InputOf } from '@autobroker/platform/http';
import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { ChangeEmail } from '../../application/change-email';
import { ChangePassword } from '../../application/change-password';
import { ManageMfa } from '../../application/manage-mfa';
import { changePasswordBody, codeBody, confirmBody, disableMfaBody, enrolmentSchema, mfaStatusSchema, recoveryCodesSchema, renewCodesBody, tokenBody } from '../schemas/auth';
import { acceptedSchema, emailSchema } from '../schemas/common';
import { callerOf, settled, unstored } from '../support';

// Every role has a password to look after; use cases let persons in, and no API key or client.
const shared = { tag: 'auth', method: 'POST', idempotency: 'exempt', rateLimit: 'auth', access: authenticated() } as const;
const confirmed = ['invalid_credentials', 'account_locked', 'recent_login_required'] as const;

export const changePassword = defineRoute({
  ...shared, path: '/auth/password/change', summary: 'Change the password', description: 'Ends every other session.',
  body: changePasswordBody, response: { status: 204 }, errors: [...confirmed, 'password_unacceptable'],
});
export const changeEmail = defineRoute({
  ...shared, path: '/me/email', summary: 'Ask to change the e-mail address', description: 'The new mailbox gets a token; until it is used the old address stays.',
  body: z.strictObject({ email: emailSchema, password: z.string().max(1_024).optional() }),
  response: { status: 202, data: acceptedSchema }, errors: [...confirmed],
});
export const confirmEmail = defineRoute({
  ...shared, path: '/auth/email-change/confirm', summary: 'Prove the new e-mail address', access: publicRoute(),
  body: tokenBody, response: { status: 204 }, errors: ['token_invalid'],
});
export const mfaStatus = defineRoute({
  tag: 'auth', method: 'GET', path: '/auth/mfa', summary: 'Your second factor', access: can('me.read'), response: { status: 200, data: mfaStatusSchema },
});
export const enrolTotp = defineRoute({
  ...shared, path: '/auth/mfa/totp', summary: 'Begin setting up an authenticator app',
  body: confirmBody, response: { status: 200, data: enrolmentSchema }, errors: [...confirmed, 'mfa_already_enrolled'],
});
export const confirmTotp = defineRoute({
  ...shared, path: '/auth/mfa/totp/confirm', summary: 'Finish setting up with a code; shows the recovery codes once',
  body: codeBody, response: { status: 200, data: recoveryCodesSchema }, errors: ['mfa_invalid', 'mfa_already_enrolled', 'mfa_not_enrolled'],
});
export const renewRecoveryCodes = defineRoute({
  ...shared, path: '/auth/mfa/recovery-codes', summary: 'Make new recovery codes; the old ones end',
  body: renewCodesBody, response: { status: 200, data: recoveryCodesSchema }, errors: [...confirmed, 'mfa_invalid', 'mfa_not_enrolled'],
});
export const disableTotp = defineRoute({
  ...shared, path: '/auth/mfa/totp/disable', summary: 'Take the second factor down',
  body: disableMfaBody, response: { status: 204 }, errors: [...confirmed, 'mfa_invalid', 'mfa_not_enrolled'],
});

@Controller()
export class CredentialsController {
  constructor(
    private readonly passwords: ChangePassword,
    private readonly emails: ChangeEmail,
    private readonly mfa: ManageMfa,
  ) {}

  @Handle(changePassword)
  async changePassword(@Input() input: InputOf<typeof changePassword>) {
    const { current_password: current, new_password: next } = input.body;
    settled(await this.passwords.execute(callerOf(input), { current, next }));
    return noContent();
  }

  @Handle(changeEmail)
  async changeEmail(@Input() input: InputOf<typeof changeEmail>) {
    settled(await this.emails.request(callerOf(input), input.body));
    return reply({ status: 'accepted' }, { status: 202 });
  }

  @Handle(confirmEmail)
  async confirmEmail(@Input() input: InputOf<typeof confirmEmail>) {
    settled(await this.emails.complete(callerOf(input), input.body.token));
    return noContent();
  }

  @Handle(mfaStatus)
  async status(@Input() input: InputOf<typeof mfaStatus>) {
    const { enabled, recoveryCodesLeft } = await this.mfa.status(callerOf(input));
    return { totp_enabled: enabled, recovery_codes_left: recoveryCodesLeft };
  }

  @Handle(enrolTotp)
  async enrol(@Input() input: InputOf<typeof enrolTotp>) {
    const { secret, url } = settled(await this.mfa.enrol(callerOf(input), input.body.password));
    return reply({ secret, otpauth_url: url }, { headers: unstored });
  }

  @Handle(confirmTotp)
  async confirm(@Input() input: InputOf<typeof confirmTotp>) {
    return reply({ recovery_codes: settled(await this.mfa.activate(callerOf(input), input.body.code)) }, { headers: unstored });
  }

  @Handle(renewRecoveryCodes)
  async renew(@Input() input: InputOf<typeof renewRecoveryCodes>) {
    return reply({ recovery_codes: settled(await this.mfa.renewRecoveryCodes(callerOf(input), input.body)) }, { headers: unstored });
  }

  @Handle(disableTotp)
  async disable(@Input() input: InputOf<typeof disableTotp>) {
    const { password, code, recovery_code: recoveryCode } = input.body;
    settled(await this.mfa.disable(callerOf(input), { password, code, recoveryCode }));
    return noContent();
  }
}
