import { can } from '@autobroker/platform/auth';
import { defineRoute, etagOf, Handle, Input, noContent, reply, type InputOf } from '@autobroker/platform/http';
import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { ManageApiKeys, type IssuedApiKey } from '../../application/manage-api-keys';
import { idParams } from '../schemas/common';
import { apiKeyBody, apiKeySchema, issuedApiKeySchema, presentApiKey } from '../schemas/partners';
import { callerOf, settled, unstored } from '../support';

const shared = { tag: 'api keys', access: can('api_key.manage') } as const;
export const listApiKeys = defineRoute({ ...shared, method: 'GET', path: '/api-keys', summary: 'API keys: your own, or the tenant’s for an admin', response: { status: 200, data: z.array(apiKeySchema) } });
export const getApiKey = defineRoute({ ...shared, method: 'GET', path: '/api-keys/:id', summary: 'One API key', params: idParams, response: { status: 200, data: apiKeySchema }, errors: ['not_found'] });
export const createApiKey = defineRoute({
  ...shared, method: 'POST', path: '/api-keys', summary: 'Make an API key', description: 'The key is shown this once. It can do what its scopes say and its owner may do.',
  // A replay would keep the secret for a day.
  idempotency: 'exempt', body: apiKeyBody, response: { status: 201, data: issuedApiKeySchema }, errors: ['limit_reached', 'permission_denied'],
});
export const rotateApiKey = defineRoute({
  ...shared, method: 'POST', path: '/api-keys/:id/rotate', summary: 'Replace an API key; the old one works a day longer', idempotency: 'exempt',
  params: idParams, response: { status: 201, data: issuedApiKeySchema }, errors: ['not_found', 'key_not_rotatable'],
});
export const revokeApiKey = defineRoute({ ...shared, method: 'DELETE', path: '/api-keys/:id', summary: 'End an API key at once', params: idParams, response: { status: 204 }, errors: ['not_found'] });

@Controller()
export class ApiKeysController {
  constructor(private readonly keys: ManageApiKeys) {}

  @Handle(listApiKeys)
  async list(@Input() input: InputOf<typeof listApiKeys>) {
    return (await this.keys.list(callerOf(input))).map(presentApiKey);
  }

  @Handle(getApiKey)
  async get(@Input() input: InputOf<typeof getApiKey>) {
    const key = settled(await this.keys.get(callerOf(input), input.params.id));
    return reply(presentApiKey(key), { etag: etagOf(key.version) });
  }

  @Handle(createApiKey)
  async create(@Input() input: InputOf<typeof createApiKey>) {
    const { name, scopes, expires_at: end } = input.body;
    const expiresAt = end === undefined || end === null ? null : new Date(end);
    return issued(settled(await this.keys.create(callerOf(input), { name, scopes, expiresAt })));
  }

  @Handle(rotateApiKey)
  async rotate(@Input() input: InputOf<typeof rotateApiKey>) {
    return issued(settled(await this.keys.rotate(callerOf(input), input.params.id)));
  }

  @Handle(revokeApiKey)
  async revoke(@Input() input: InputOf<typeof revokeApiKey>) {
    settled(await this.keys.revoke(callerOf(input), input.params.id, input.ifMatch));
    return noContent();
  }
}

const issued = ({ key, secret }: IssuedApiKey) =>
  reply({ ...presentApiKey(key), key: secret }, { status: 201, headers: unstored, etag: etagOf(key.version), location: `/api/v1/api-keys/${key.id}` });
