import type { INestApplicationContext } from '@nestjs/common';
import type { ServiceDefinition } from '../define-service';
import type { KeySource } from '../../auth';
import type { AuthSources } from './auth';

/** What the hosted services answer themselves instead of asking another process. */
export function localSources(app: Pick<INestApplicationContext, 'get'>, services: readonly ServiceDefinition[]): Partial<AuthSources> {
  const local: { -readonly [K in keyof AuthSources]?: AuthSources[K] } = {};
  for (const { authPorts } of services) {
    if (authPorts?.keySource !== undefined) local.keySource = app.get(authPorts.keySource, { strict: false });
    if (authPorts?.apiKeys !== undefined) local.apiKeys = app.get(authPorts.apiKeys, { strict: false });
    if (authPorts?.tenants !== undefined) local.tenants = app.get(authPorts.tenants, { strict: false });
    if (authPorts?.revocations !== undefined) local.revocations = app.get(authPorts.revocations, { strict: false });
  }
  return local;
}

/** The keys of quotes, where the service that signs them is hosted. */
export function localQuoteKeys(app: Pick<INestApplicationContext, 'get'>, services: readonly ServiceDefinition[]): KeySource | null {
  const token = services.find(({ quoteKeys }) => quoteKeys !== undefined)?.quoteKeys;
  return token === undefined ? null : app.get<KeySource>(token, { strict: false });
}
