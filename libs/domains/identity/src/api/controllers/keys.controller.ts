import { authConfig, can, publicRoute } from '@autobroker/platform/auth';
import type { ConfigOf } from '@autobroker/platform/config';
import { defineRoute, Handle, Input, plain, type InputOf } from '@autobroker/platform/http';
import { signingKeyJson, SigningKeys } from '@autobroker/platform/signing';
import { Controller, Inject } from '@nestjs/common';
import { z } from 'zod';
import { auditedBy } from '../../application/caller';
import { timestampSchema } from '../schemas/common';
import { callerOf } from '../support';

const manage = { tag: 'signing keys', access: can('signing_key.manage') } as const;
const keySchema = z
  .strictObject({ kid: z.string(), status: z.enum(['next', 'current', 'previous', 'retired']), created_at: timestampSchema, activated_at: timestampSchema.nullable(), replaced_at: timestampSchema.nullable() })
  .meta({ id: 'SigningKey' });

export const jwks = defineRoute({
  tag: 'signing keys', method: 'GET', path: '/.well-known/jwks.json', root: true, summary: 'Public keys of access tokens (RFC 7517)', access: publicRoute({ ownCredentials: true }),
  description: 'Holds the next key before it signs, and the previous one until its last token has expired.',
  response: { status: 200, raw: 'application/json', schema: z.strictObject({ keys: z.array(z.looseObject({ kty: z.string(), kid: z.string() })) }) },
});
export const metadata = defineRoute({
  tag: 'signing keys', method: 'GET', path: '/.well-known/oauth-authorization-server', root: true, summary: 'What this authorization server offers (RFC 8414)', access: publicRoute({ ownCredentials: true }),
  response: { status: 200, raw: 'application/json', schema: z.looseObject({ issuer: z.string() }) },
});
export const listKeys = defineRoute({ ...manage, method: 'GET', path: '/signing-keys', summary: 'Signing keys in use', response: { status: 200, data: z.array(keySchema) } });
export const rotateKeys = defineRoute({
  ...manage, method: 'POST', path: '/signing-keys/rotate', summary: 'Sign with the next key from now on', idempotency: 'exempt',
  description: 'The schedule does this every 30 days; tokens of the replaced key stay good until they expire.', response: { status: 200, data: z.array(keySchema) },
});

@Controller()
export class KeysController {
  constructor(
    private readonly keys: SigningKeys,
    @Inject(authConfig.token) private readonly config: ConfigOf<typeof authConfig>,
  ) {}

  @Handle(jwks)
  async jwks(@Input() _input: InputOf<typeof jwks>) {
    // Five minutes are well within the hour by which a key is announced before it signs.
    return plain(JSON.stringify({ keys: await this.keys.keys() }), 'application/json; charset=utf-8', { headers: { 'cache-control': 'public, max-age=300' } });
  }

  @Handle(metadata)
  metadata(@Input() { request }: InputOf<typeof metadata>) {
    const base = `${request.protocol}://${request.host}`;
    const body = {
      issuer: this.config.issuer,
      jwks_uri: `${base}/.well-known/jwks.json`,
      token_endpoint: `${base}/api/v1/oauth/token`,
      introspection_endpoint: `${base}/api/v1/oauth/introspect`,
      revocation_endpoint: `${base}/api/v1/oauth/revoke`,
      grant_types_supported: ['client_credentials'],
      response_types_supported: [],
      token_endpoint_auth_methods_supported: ['client_secret_basic', 'client_secret_post'],
    };
    return plain(JSON.stringify(body), 'application/json; charset=utf-8', { headers: { 'cache-control': 'public, max-age=300' } });
  }

  @Handle(listKeys)
  async list(@Input() _input: InputOf<typeof listKeys>) {
    return (await this.keys.published()).map(signingKeyJson);
  }

  @Handle(rotateKeys)
  async rotate(@Input() input: InputOf<typeof rotateKeys>) {
    await this.keys.rotate({ force: true, by: auditedBy(callerOf(input)) });
    return (await this.keys.published()).map(signingKeyJson);
  }
}
