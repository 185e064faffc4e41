import { authenticated, publicRoute } from '@autobroker/platform/auth';
import { defineRoute, Handle, Input, noContent, ProblemError, reply, type InputOf } from '@autobroker/platform/http';
import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { ListSessions } from '../../application/list-sessions';
import { Login } from '../../application/login';
import { LoginMfa } from '../../application/login-mfa';
import { Logout } from '../../application/logout';
import { RefreshSession } from '../../application/refresh-session';
import { loginBody, mfaLoginBody, presentTokens, refreshBody, sessionSchema, tokensSchema } from '../schemas/auth';
import { idParams } from '../schemas/common';
import { callerOf, iso, settled, unstored } from '../support';

const tag = 'auth';
const guessed = { tag, idempotency: 'exempt', rateLimit: 'auth' } as const;

export const login = defineRoute({
  ...guessed, method: 'POST', path: '/auth/login', summary: 'Sign in with a password',
  description: 'The tenant comes from the host name or X-Tenant. With a second factor the answer is 401 `mfa_required` with an `mfa_token` for /auth/login/mfa.',
  access: publicRoute(), body: loginBody, response: { status: 200, data: tokensSchema },
  errors: ['invalid_credentials', 'account_locked', 'account_disabled', 'email_unverified', 'mfa_required'],
});
export const loginMfa = defineRoute({
  ...guessed, method: 'POST', path: '/auth/login/mfa', summary: 'Finish signing in with a second factor',
  access: publicRoute(), body: mfaLoginBody, response: { status: 200, data: tokensSchema },
  errors: ['token_invalid', 'mfa_invalid', 'account_locked', 'account_disabled', 'email_unverified'],
});
export const refresh = defineRoute({
  ...guessed, rateLimit: 'default', method: 'POST', path: '/auth/refresh', summary: 'Exchange a refresh token',
  description: 'A refresh token is good once. One that comes back after its exchange ends the session.',
  access: publicRoute(), body: refreshBody, response: { status: 200, data: tokensSchema }, errors: ['refresh_token_invalid'],
});
export const logout = defineRoute({
  tag, idempotency: 'exempt', method: 'POST', path: '/auth/logout', summary: 'Sign out here', access: authenticated(), response: { status: 204 },
});
export const logoutAll = defineRoute({
  tag, idempotency: 'exempt', method: 'POST', path: '/auth/logout-all', summary: 'Sign out everywhere', access: authenticated(), response: { status: 204 },
});
export const listSessions = defineRoute({
  tag, method: 'GET', path: '/auth/sessions', summary: 'Where you are signed in', access: authenticated(),
  response: { status: 200, data: z.array(sessionSchema) },
});
export const revokeSession = defineRoute({
  tag, method: 'DELETE', path: '/auth/sessions/:id', summary: 'Sign out somewhere else', access: authenticated(),
  description: 'A session never changes, so `If-Match: *` is what there is to send.',
  params: idParams, response: { status: 204 }, errors: ['not_found'],
});

@Controller()
export class SignInController {
  constructor(
    private readonly loginCase: Login,
    private readonly mfaCase: LoginMfa,
    private readonly refreshCase: RefreshSession,
    private readonly logoutCase: Logout,
    private readonly sessions: ListSessions,
  ) {}

  @Handle(login)
  async login(@Input() input: InputOf<typeof login>) {
    return reply(presentTokens(settled(await this.loginCase.execute(callerOf(input), input.body))), { headers: unstored });
  }

  @Handle(loginMfa)
  async loginMfa(@Input() input: InputOf<typeof loginMfa>) {
    const { mfa_token: mfaToken, code, recovery_code: recoveryCode } = input.body;
    return reply(presentTokens(settled(await this.mfaCase.execute(callerOf(input), { mfaToken, code, recoveryCode }))), { headers: unstored });
  }

  @Handle(refresh)
  async refresh(@Input() input: InputOf<typeof refresh>) {
    return reply(presentTokens(settled(await this.refreshCase.execute(callerOf(input), input.body.refresh_token))), { headers: unstored });
  }

  @Handle(logout)
  async logout(@Input() input: InputOf<typeof logout>) {
    await this.logoutCase.here(callerOf(input));
    return noContent();
  }

  @Handle(logoutAll)
  async logoutAll(@Input() input: InputOf<typeof logoutAll>) {
    settled(await this.logoutCase.everywhere(callerOf(input)));
    return noContent();
  }

  @Handle(listSessions)
  async listSessions(@Input() input: InputOf<typeof listSessions>) {
    const { principal } = input;
    const sessions = settled(await this.sessions.execute(callerOf(input)));
    return sessions.map((session) => ({
      id: session.id,
      current: session.id === principal.sessionId,
      methods: session.authMethods,
      user_agent: session.userAgent,
      ip: session.ip,
      created_at: iso(session.createdAt),
      last_used_at: iso(session.lastUsedAt),
      expires_at: iso(session.expiresAt),
    }));
  }

  @Handle(revokeSession)
  async revokeSession(@Input() input: InputOf<typeof revokeSession>) {
    if (input.ifMatch !== undefined && input.ifMatch !== 1) throw new ProblemError('precondition_failed');
    settled(await this.logoutCase.one(callerOf(input), input.params.id));
    return noContent();
  }
}
