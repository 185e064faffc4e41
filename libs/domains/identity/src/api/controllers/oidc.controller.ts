import { authenticated, can, publicRoute } from '@autobroker/platform/auth';
import { databaseOf, scopeOf, type Database } from '@autobroker/platform/database';
import { defineRoute, etagOf, Handle, Input, noContent, reply, type InputOf } from '@autobroker/platform/http';
import { Controller, Inject } from '@nestjs/common';
import { z } from 'zod';
import { BeginExternalLogin, type BegunLogin } from '../../application/begin-external-login';
import { FinishExternalLogin } from '../../application/finish-external-login';
import { ManageOidcProviders } from '../../application/manage-oidc-providers';
import { OidcProviders } from '../../application/ports';
import { presentTokens, tokensSchema } from '../schemas/auth';
import { idParams, secretTextSchema } from '../schemas/common';
import { patchProviderBody, presentProvider, providerBody, providerSchema } from '../schemas/partners';
import { callerOf, settled, unstored } from '../support';

const manage = { tag: 'identity providers', access: can('oidc_provider.manage') } as const;
const auth = { tag: 'auth', idempotency: 'exempt', rateLimit: 'auth' } as const;
const keyParams = z.strictObject({ key: z.string().min(1).max(40) });
const beginBody = z.strictObject({ redirect_uri: z.url().max(500) });
const begunSchema = z
  .strictObject({
    authorization_url: z.string(),
    state: z.string(),
    flow_token: z.string().meta({ description: 'Keep it in this browser and send it back with the code' }),
    expires_in: z.int(),
  })
  .meta({ id: 'ExternalLogin' });

export const listLoginProviders = defineRoute({
  tag: 'auth', method: 'GET', path: '/auth/oidc', summary: 'Identity providers that this broker offers', access: publicRoute(),
  response: { status: 200, data: z.array(z.strictObject({ key: z.string(), name: z.string() })) },
});
export const beginLogin = defineRoute({
  ...auth, method: 'POST', path: '/auth/oidc/:key/begin', summary: 'Begin signing in with an identity provider', access: publicRoute(),
  params: keyParams, body: beginBody, response: { status: 200, data: begunSchema }, errors: ['not_found', 'upstream_failed'],
});
export const beginLink = defineRoute({
  ...auth, method: 'POST', path: '/auth/oidc/:key/link', summary: 'Link an identity provider to the account you are signed in to', access: authenticated({ recentLoginS: 900 }),
  params: keyParams, body: beginBody, response: { status: 200, data: begunSchema }, errors: ['not_found', 'upstream_failed', 'recent_login_required'],
});
export const finishLogin = defineRoute({
  ...auth, method: 'POST', path: '/auth/oidc/callback', summary: 'Finish: what the identity provider sent to the redirect address', access: publicRoute(),
  body: z.strictObject({ code: z.string().min(1).max(4_096), state: secretTextSchema, flow_token: secretTextSchema, iss: z.string().max(500).optional() }),
  response: { status: 200, data: tokensSchema },
  errors: ['token_invalid', 'upstream_failed', 'account_disabled', 'email_unverified', 'already_exists', 'permission_denied'],
});
export const listProviders = defineRoute({ ...manage, method: 'GET', path: '/oidc-providers', summary: 'Identity providers of the tenant', response: { status: 200, data: z.array(providerSchema) } });
export const getProvider = defineRoute({ ...manage, method: 'GET', path: '/oidc-providers/:id', summary: 'One identity provider', params: idParams, response: { status: 200, data: providerSchema }, errors: ['not_found'] });
export const createProvider = defineRoute({
  ...manage, method: 'POST', path: '/oidc-providers', summary: 'Trust an identity provider', idempotency: 'exempt', body: providerBody, response: { status: 201, data: providerSchema }, errors: ['already_exists'],
});
export const patchProvider = defineRoute({
  ...manage, method: 'PATCH', path: '/oidc-providers/:id', summary: 'Change an identity provider', params: idParams, body: patchProviderBody, response: { status: 200, data: providerSchema }, errors: ['not_found'],
});
export const deleteProvider = defineRoute({ ...manage, method: 'DELETE', path: '/oidc-providers/:id', summary: 'Stop trusting an identity provider', params: idParams, response: { status: 204 }, errors: ['not_found'] });

@Controller()
export class OidcController {
  constructor(
    @Inject(databaseOf('identity')) private readonly db: Database,
    private readonly store: OidcProviders,
    private readonly providers: ManageOidcProviders,
    private readonly begin: BeginExternalLogin,
    private readonly finish: FinishExternalLogin,
  ) {}

  @Handle(listLoginProviders)
  async offered(@Input() { tenantId }: InputOf<typeof listLoginProviders>) {
    if (tenantId === '') return [];
    const all = await this.store.list(this.db, scopeOf({ tenantId }));
    return all.filter((provider) => provider.enabled).map(({ key, name }) => ({ key, name }));
  }

  @Handle(beginLogin)
  async beginLogin(@Input() input: InputOf<typeof beginLogin>) {
    return begun(settled(await this.begin.execute(callerOf(input), input.params.key, input.body.redirect_uri, false)));
  }

  @Handle(beginLink)
  async beginLink(@Input() input: InputOf<typeof beginLink>) {
    return begun(settled(await this.begin.execute(callerOf(input), input.params.key, input.body.redirect_uri, true)));
  }

  @Handle(finishLogin)
  async finishLogin(@Input() input: InputOf<typeof finishLogin>) {
    const { code, state, flow_token: flowToken, iss = null } = input.body;
    return reply(presentTokens(settled(await this.finish.execute(callerOf(input), { code, state, flowToken, issuer: iss }))), { headers: unstored });
  }

  @Handle(listProviders)
  async list(@Input() input: InputOf<typeof listProviders>) {
    return (await this.providers.list(callerOf(input))).map(presentProvider);
  }

  @Handle(getProvider)
  async get(@Input() input: InputOf<typeof getProvider>) {
    const provider = settled(await this.providers.get(callerOf(input), input.params.id));
    return reply(presentProvider(provider), { etag: etagOf(provider.version) });
  }

  @Handle(createProvider)
  async create(@Input() input: InputOf<typeof createProvider>) {
    const { key, client_secret: secret = null, ...body } = input.body;
    const provider = settled(await this.providers.create(callerOf(input), key, settingsOf(body), secret));
    return reply(presentProvider(provider), { status: 201, etag: etagOf(provider.version), location: `/api/v1/oidc-providers/${provider.id}` });
  }

  @Handle(patchProvider)
  async patch(@Input() input: InputOf<typeof patchProvider>) {
    const { client_secret: clientSecret, ...body } = input.body;
    const provider = settled(await this.providers.change(callerOf(input), input.params.id, { ...settingsOf(body), clientSecret }, input.ifMatch));
    return reply(presentProvider(provider), { etag: etagOf(provider.version) });
  }

  @Handle(deleteProvider)
  async remove(@Input() input: InputOf<typeof deleteProvider>) {
    settled(await this.providers.remove(callerOf(input), input.params.id, input.ifMatch));
    return noContent();
  }
}

const begun = (login: BegunLogin) =>
  reply(
    { authorization_url: login.authorizationUrl, state: login.state, flow_token: login.flowToken, expires_in: login.expiresInS },
    { headers: unstored },
  );

interface WireSettings {
  name?: unknown; issuer?: unknown; client_id?: unknown; scopes?: unknown; redirect_uris?: unknown;
  allow_registration?: unknown; link_verified_email?: unknown; enabled?: unknown;
}
const settingsOf = <B extends WireSettings>(body: B) => ({
  name: body.name as B['name'],
  issuer: body.issuer as B['issuer'],
  clientId: body.client_id as B['client_id'],
  scopes: body.scopes as B['scopes'],
  redirectUris: body.redirect_uris as B['redirect_uris'],
  allowRegistration: body.allow_registration as B['allow_registration'],
  linkVerifiedEmail: body.link_verified_email as B['link_verified_email'],
  enabled: body.enabled as B['enabled'],
});
