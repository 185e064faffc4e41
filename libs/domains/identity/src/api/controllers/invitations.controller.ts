import { can, publicRoute } from '@autobroker/platform/auth';
import { databaseOf, type Database } from '@autobroker/platform/database';
import { defineRoute, etagOf, Handle, Input, noContent, reply, type InputOf } from '@autobroker/platform/http';
import { Controller, Inject } from '@nestjs/common';
import { z } from 'zod';
import { AcceptInvitation } from '../../application/accept-invitation';
import { ManageInvitations } from '../../application/manage-invitations';
import { PersonalData } from '../../application/personal-data';
import type { InvitationRecord } from '../../application/ports';
import { maskEmail } from '../../domain/email';
import { idParams, idSchema } from '../schemas/common';
import { acceptBody, invitationSchema, inviteBody, presentInvitation } from '../schemas/people';
import { callerOf, settled } from '../support';

const tag = 'invitations';
export const listInvitations = defineRoute({
  tag, method: 'GET', path: '/invitations', summary: 'Invitations of the tenant', access: can('user.invite'), response: { status: 200, data: z.array(invitationSchema) },
});
export const invite = defineRoute({
  tag, method: 'POST', path: '/invitations', summary: 'Invite somebody by e-mail', access: can('user.invite'), body: inviteBody,
  response: { status: 201, data: invitationSchema }, errors: ['already_exists', 'permission_denied'],
});
export const revokeInvitation = defineRoute({
  tag, method: 'DELETE', path: '/invitations/:id', summary: 'Take an invitation back', access: can('user.invite'), params: idParams,
  response: { status: 204 }, errors: ['not_found', 'conflict'],
});
export const acceptInvitation = defineRoute({
  tag, method: 'POST', path: '/invitations/accept', summary: 'Accept an invitation with the mailed token', access: publicRoute(), rateLimit: 'auth', idempotency: 'exempt',
  body: acceptBody, response: { status: 200, data: z.strictObject({ user_id: idSchema, joined: z.enum(['created', 'existing']) }) },
  errors: ['token_invalid', 'password_unacceptable'],
});

@Controller()
export class InvitationsController {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly invitations: ManageInvitations,
    private readonly acceptance: AcceptInvitation,
    private readonly personal: PersonalData,
  ) {}

  @Handle(listInvitations)
  async list(@Input() input: InputOf<typeof listInvitations>) {
    return Promise.all((await this.invitations.list(callerOf(input))).map((invitation) => this.present(invitation)));
  }

  @Handle(invite)
  async invite(@Input() input: InputOf<typeof invite>) {
    const { email, roles, locale = 'en' } = input.body;
    const invitation = settled(await this.invitations.invite(callerOf(input), { email, roles, locale }));
    // This answer is kept for a day for the sake of Idempotency-Key: the whole address must not be.
    const shown = presentInvitation(invitation, maskEmail(email), this.db.clock.now());
    return reply(shown, { status: 201, etag: etagOf(invitation.version) });
  }

  @Handle(revokeInvitation)
  async revoke(@Input() input: InputOf<typeof revokeInvitation>) {
    settled(await this.invitations.revoke(callerOf(input), input.params.id, input.ifMatch));
    return noContent();
  }

  @Handle(acceptInvitation)
  async accept(@Input() input: InputOf<typeof acceptInvitation>) {
    const { token, password, name = null, locale = 'en' } = input.body;
    const { userId, joined } = settled(await this.acceptance.execute(callerOf(input), { token, password, name, locale }));
    return { user_id: userId, joined };
  }

  private async present(invitation: InvitationRecord) {
    return presentInvitation(invitation, await this.personal.open(invitation.id, invitation.emailEncrypted), this.db.clock.now());
  }
}
