import { authConfig, isInternalCall, publicRoute } from '@autobroker/platform/auth';
import type { ConfigOf } from '@autobroker/platform/config';
import { defineRoute, Handle, Input, plain, type InputOf } from '@autobroker/platform/http';
import { Controller, Inject } from '@nestjs/common';
import { z } from 'zod';
import { ClientCredentials, type ClientCredentialsGiven, type OAuthErrorCode } from '../../application/client-credentials';
import { Introspect } from '../../application/introspect';
import { callerOf } from '../support';

/*
 * The three OAuth2 endpoints speak as their RFCs say (6749, 7662, 7009), not in our envelope: forms in, bare JSON out,
 * errors as {error, error_description}. Client libraries of partners rely on that. Only what goes wrong before our code
 * runs (a body that can't be read, too many requests) is answered as a problem, like everywhere. JSON bodies are taken
 * too: services of the installation send them.
 */
const formType = 'application/x-www-form-urlencoded';
const json = 'application/json; charset=utf-8';
const field = z.string().max(4_096);
const shared = {
  tag: 'oauth', method: 'POST', idempotency: 'exempt', rateLimit: 'auth', access: publicRoute({ ownCredentials: true }), consumes: [formType, 'application/json'],
} as const;
const credentials = { client_id: field.optional(), client_secret: field.optional() };

const tokenSchema = z
  .strictObject({ access_token: z.string(), token_type: z.literal('Bearer'), expires_in: z.int(), scope: z.string() })
  .meta({ id: 'OAuthToken' });

// RFC 6749 §3.2: parameters that we don't know are ignored, so these bodies are loose.
export const token = defineRoute({
  ...shared, path: '/oauth/token', summary: 'Client credentials for an access token (RFC 6749)',
  description: 'Authenticate with HTTP Basic or with client_id and client_secret in the form. Errors have the form of the RFC: {error, error_description}.',
  body: z.looseObject({ grant_type: field.optional(), scope: field.optional(), ...credentials }),
  response: { status: 200, raw: 'application/json', schema: tokenSchema },
});
export const introspect = defineRoute({
  ...shared, rateLimit: 'default', path: '/oauth/introspect', summary: 'Whether a token or API key is good now (RFC 7662)',
  description: 'For clients, about tokens of their own tenant; for services of the installation, about all.',
  body: z.looseObject({ token: field.optional(), token_type_hint: field.optional(), ...credentials }),
  response: { status: 200, raw: 'application/json', schema: z.looseObject({ active: z.boolean() }) },
});
export const revoke = defineRoute({
  ...shared, path: '/oauth/revoke', summary: 'End an access token (RFC 7009)',
  body: z.looseObject({ token: field.optional(), token_type_hint: field.optional(), ...credentials }),
  response: { status: 200, raw: 'application/json', schema: z.looseObject({}) },
});

@Controller()
export class OAuthController {
  constructor(
    private readonly credentials: ClientCredentials,
    private readonly introspection: Introspect,
    @Inject(authConfig.token) private readonly config: ConfigOf<typeof authConfig>,
  ) {}

  @Handle(token)
  async token(@Input() input: InputOf<typeof token>) {
    const { grant_type: grant, scope } = input.body;
    if (grant === undefined) return failed('invalid_request', 'grant_type is missing.');
    if (grant !== 'client_credentials') return failed('unsupported_grant_type', 'Only client_credentials is offered.');
    const given = credentialsOf(input.headers.authorization, input.body);
    if (given === null) return failed('invalid_client', 'Send client_id and client_secret, in one place.');
    const client = await this.credentials.authenticate(callerOf(input), given);
    if (!client.ok) return failed(client.error, client.description, client.retryAfterS);
    const issued = await this.credentials.token(client.value, scope);
    if (!issued.ok) return failed(issued.error, issued.description);
    const { value } = issued;
    return bare({ access_token: value.token, token_type: 'Bearer', expires_in: value.expiresInS, scope: value.scope });
  }

  @Handle(introspect)
  async introspect(@Input() input: InputOf<typeof introspect>) {
    const { token: text } = input.body;
    const internal = isInternalCall(input.headers, this.config.internalSecret);
    let tenantId: string | null = null;
    if (!internal) {
      const given = credentialsOf(input.headers.authorization, input.body);
      if (given === null) return failed('invalid_client', 'Introspection needs client credentials.');
      const client = await this.credentials.authenticate(callerOf(input), given);
      if (!client.ok) return failed(client.error, client.description, client.retryAfterS);
      ({ tenantId } = client.value);
    }
    if (text === undefined || text === '') return failed('invalid_request', 'token is missing.');
    const found = await this.introspection.execute(text);
    // Another tenant's token is none of the client's business: the same answer as for a made-up one.
    return bare(found === null || (!internal && found.tid !== tenantId) ? { active: false } : found);
  }

  @Handle(revoke)
  async revoke(@Input() input: InputOf<typeof revoke>) {
    const given = credentialsOf(input.headers.authorization, input.body);
    if (given === null) return failed('invalid_client', 'Revocation needs client credentials.');
    const client = await this.credentials.authenticate(callerOf(input), given);
    if (!client.ok) return failed(client.error, client.description, client.retryAfterS);
    if (input.body.token === undefined) return failed('invalid_request', 'token is missing.');
    const claims = await this.introspection.claims(input.body.token);
    await this.credentials.revoke(client.value, claims?.sub === client.value.id ? (claims.sid ?? null) : null);
    return bare({});
  }
}

const noStore = { 'cache-control': 'no-store', pragma: 'no-cache' };
const bare = (body: object) => plain(JSON.stringify(body), json, { headers: noStore });

function failed(error: OAuthErrorCode, description: string, retryAfterS?: number) {
  const status = error === 'invalid_client' ? 401 : error === 'slow_down' ? 429 : 400;
  return plain(JSON.stringify({ error, error_description: description }), json, {
    status,
    headers: {
      ...noStore,
      ...(status === 401 ? { 'www-authenticate': 'Basic realm="autobroker", charset="UTF-8"' } : {}),
      ...(retryAfterS === undefined ? {} : { 'retry-after': String(retryAfterS) }),
    },
  });
}

/** Basic or form, never both (RFC 6749 §2.3). In Basic both parts are form-encoded first. */
function credentialsOf(
  authorization: string | undefined,
  body: { client_id?: string | undefined; client_secret?: string | undefined },
): ClientCredentialsGiven | null {
  const basic = /^basic +([A-Za-z0-9+/=_-]+)$/i.exec(authorization?.trim() ?? '')?.[1];
  if (authorization !== undefined) {
    if (basic === undefined || body.client_secret !== undefined) return null;
    const text = Buffer.from(basic, 'base64').toString('utf8');
    const colon = text.indexOf(':');
    const clientId = decoded(text.slice(0, Math.max(colon, 0)));
    const clientSecret = decoded(text.slice(colon + 1));
    return colon < 1 || clientId === null || clientSecret === null ? null : { clientId, clientSecret };
  }
  const { client_id: clientId, client_secret: clientSecret } = body;
  return clientId === undefined || clientSecret === undefined ? null : { clientId, clientSecret };
}

function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return null;
  }
}
