import { authConfig, isInternalCall, publicRoute } from '@autobroker/platform/auth';
import type { ConfigOf } from '@autobroker/platform/config';
import { defineRoute, Handle, Input, ProblemError, type InputOf } from '@autobroker/platform/http';
import { Controller, Inject } from '@nestjs/common';
import { z } from 'zod';
import { RevokedLately } from '../../application/revoked-lately';
import { timestampSchema } from '../schemas/common';
import { iso } from '../support';

/** For services of the installation alone: to everybody else it does not exist, and the document does not name it. */
export const listRevocations = defineRoute({
  tag: 'auth', method: 'GET', path: '/auth/revocations', summary: 'Sessions that ended while tokens of theirs still run', hidden: true,
  access: publicRoute({ ownCredentials: true }),
  response: { status: 200, data: z.array(z.strictObject({ session_id: z.uuid(), tokens_expire_at: timestampSchema })) }, errors: ['not_found'],
});

@Controller()
export class RevocationsController {
  constructor(
    private readonly revoked: RevokedLately,
    @Inject(authConfig.token) private readonly config: ConfigOf<typeof authConfig>,
  ) {}

  @Handle(listRevocations)
  async list(@Input() input: InputOf<typeof listRevocations>) {
    if (!isInternalCall(input.headers, this.config.internalSecret)) throw new ProblemError('not_found');
    return (await this.revoked.recent()).map(({ id, tokensExpireAt }) => ({ session_id: id, tokens_expire_at: iso(tokensExpireAt) }));
  }
}
