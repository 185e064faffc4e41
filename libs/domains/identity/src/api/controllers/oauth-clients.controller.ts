import { can } from '@autobroker/platform/auth';
import { defineRoute, etagOf, Handle, Input, reply, type InputOf } from '@autobroker/platform/http';
import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { ManageOAuthClients, type IssuedClient } from '../../application/manage-oauth-clients';
import { idParams } from '../schemas/common';
import { clientBody, clientSchema, issuedClientSchema, patchClientBody, presentClient } from '../schemas/partners';
import { callerOf, settled, unstored } from '../support';

const shared = { tag: 'oauth', access: can('oauth_client.manage') } as const;
export const listClients = defineRoute({ ...shared, method: 'GET', path: '/oauth-clients', summary: 'Programs of partners', response: { status: 200, data: z.array(clientSchema) } });
export const getClient = defineRoute({ ...shared, method: 'GET', path: '/oauth-clients/:id', summary: 'One client', params: idParams, response: { status: 200, data: clientSchema }, errors: ['not_found'] });
export const createClient = defineRoute({
  ...shared, method: 'POST', path: '/oauth-clients', summary: 'Make a client for OAuth2 client credentials', idempotency: 'exempt',
  body: clientBody, response: { status: 201, data: issuedClientSchema }, errors: ['permission_denied'],
});
export const patchClient = defineRoute({
  ...shared, method: 'PATCH', path: '/oauth-clients/:id', summary: 'Rename, narrow, disable or enable a client', params: idParams,
  body: patchClientBody, response: { status: 200, data: clientSchema }, errors: ['not_found', 'permission_denied'],
});
export const rotateClientSecret = defineRoute({
  ...shared, method: 'POST', path: '/oauth-clients/:id/rotate-secret', summary: 'Make a new secret; the old one works a day longer', idempotency: 'exempt',
  params: idParams, response: { status: 201, data: issuedClientSchema }, errors: ['not_found', 'key_not_rotatable'],
});

@Controller()
export class OAuthClientsController {
  constructor(private readonly clients: ManageOAuthClients) {}

  @Handle(listClients)
  async list(@Input() input: InputOf<typeof listClients>) {
    return (await this.clients.list(callerOf(input))).map(presentClient);
  }

  @Handle(getClient)
  async get(@Input() input: InputOf<typeof getClient>) {
    const client = settled(await this.clients.get(callerOf(input), input.params.id));
    return reply(presentClient(client), { etag: etagOf(client.version) });
  }

  @Handle(createClient)
  async create(@Input() input: InputOf<typeof createClient>) {
    return issued(settled(await this.clients.create(callerOf(input), input.body)));
  }

  @Handle(patchClient)
  async patch(@Input() input: InputOf<typeof patchClient>) {
    const client = settled(await this.clients.change(callerOf(input), input.params.id, input.body, input.ifMatch));
    return reply(presentClient(client), { etag: etagOf(client.version) });
  }

  @Handle(rotateClientSecret)
  async rotate(@Input() input: InputOf<typeof rotateClientSecret>) {
    return issued(settled(await this.clients.rotateSecret(callerOf(input), input.params.id)));
  }
}

const issued = ({ client, secret }: IssuedClient) =>
  reply({ ...presentClient(client), client_secret: secret }, { status: 201, headers: unstored, etag: etagOf(client.version), location: `/api/v1/oauth-clients/${client.id}` });
