import { publicRoute } from '@autobroker/platform/auth';
import { defineRoute, Handle, Input, noContent, reply, type InputOf } from '@autobroker/platform/http';
import { Controller, Inject } from '@nestjs/common';
import { identityConfig, type IdentityConfig } from '../../application/config';
import { evenly } from '../../application/evenly';
import { RegisterUser, RegistrationDesk } from '../../application/register-user';

import { MailedRequests } from '../../application/mailed-requests';
import { ResetPassword } from '../../application/reset-password';
import { VerifyEmail } from '../../application/verify-email';
import { emailBody, registerBody, resetBody, tokenBody } from '../schemas/auth';
import { acceptedSchema } from '../schemas/common';
import { callerOf, settled } from '../support';

const shared = { tag: 'auth', method: 'POST', idempotency: 'exempt', rateLimit: 'auth', access: publicRoute() } as const;
const accepted = { status: 202, data: acceptedSchema } as const;

export const register = defineRoute({
  ...shared, path: '/auth/register', summary: 'Register as a buyer',
  description: 'The answer is the same whether or not the address has an account; its mailbox gets the rest.',
  body: registerBody, response: accepted, errors: ['password_unacceptable', 'tenant_not_found', 'permission_denied'],
});
export const verifyEmail = defineRoute({
  ...shared, path: '/auth/verify-email', summary: 'Prove an e-mail address with the mailed token',
  body: tokenBody, response: { status: 204 }, errors: ['token_invalid'],
});
export const resendVerification = defineRoute({
  ...shared, path: '/auth/verify-email/resend', summary: 'Ask for the verification mail again', body: emailBody, response: accepted,
});
export const forgotPassword = defineRoute({
  ...shared, path: '/auth/password/forgot', summary: 'Ask for a mail to reset the password', body: emailBody, response: accepted,
});
export const resetPassword = defineRoute({
  ...shared, path: '/auth/password/reset', summary: 'Set a new password with the mailed token',
  description: 'Ends every session of the account.', body: resetBody, response: { status: 204 }, errors: ['token_invalid', 'password_unacceptable'],
});

const done = reply({ status: 'accepted' }, { status: 202 });

@Controller()
export class RegistrationController {
  constructor(
    private readonly desk: RegistrationDesk,
    private readonly registering: RegisterUser,
    private readonly mails: MailedRequests,
    private readonly verifying: VerifyEmail,
    private readonly resetting: ResetPassword,
    @Inject(identityConfig.token) private readonly config: IdentityConfig,
  ) {}

  @Handle(register)
  async register(@Input() input: InputOf<typeof register>) {
    const { email, password, name = null, locale = null, consents = [] } = input.body;
    const tenant = settled(await this.desk.open(input.tenantId, consents));
    const registration = { email, password, name, locale, consents };
    settled(await evenly(this.config.answerFloorMs, () => this.registering.execute(callerOf(input), tenant, registration)));
    return done;
  }

  @Handle(verifyEmail)
  async verify(@Input() input: InputOf<typeof verifyEmail>) {
    settled(await this.verifying.execute(callerOf(input), input.body.token));
    return noContent();
  }

  @Handle(resendVerification)
  async resend(@Input() { tenantId, body }: InputOf<typeof resendVerification>) {
    await evenly(this.config.answerFloorMs, () => this.mails.resend.execute(tenantId, body.email));
    return done;
  }

  @Handle(forgotPassword)
  async forgot(@Input() { tenantId, body }: InputOf<typeof forgotPassword>) {
    await evenly(this.config.answerFloorMs, () => this.mails.reset.execute(tenantId, body.email));
    return done;
  }

  @Handle(resetPassword)
  async reset(@Input() input: InputOf<typeof resetPassword>) {
    settled(await this.resetting.execute(callerOf(input), input.body));
    return noContent();
  }
}
