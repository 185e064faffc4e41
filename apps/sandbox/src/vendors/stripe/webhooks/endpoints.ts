import type { Account } from '../account';
import { invalid, missing } from '../core/errors';
import { listRows } from '../core/lists';
import { flag, int, list, mergeMetadata, metadata, readParams, required, text, unsettable, type Reader } from '../core/params';
import { render, type Sent } from '../core/render';
import type { Call, Endpoint } from '../core/routes';
import type { WebhookEndpoint } from '../objects';
import { eventTypes } from './event-types';

const longestOverlap = 24 * 3_600;

const address: Reader<string> = (raw, name) => {
  const value = text()(raw, name);
  if (!URL.canParse(value) || !/^https?:$/u.test(new URL(value).protocol)) throw invalid('Invalid URL: An explicit scheme (such as https) must be provided.', { code: 'url_invalid', param: name });
  return value;
};

const types: Reader<readonly string[]> = (raw, name) => {
  const given = list(text())(raw, name);
  if (given.length === 0) throw invalid('You must specify at least one event.', { code: 'parameter_invalid_empty', param: name });
  const odd = given.findIndex((one) => one !== '*' && !eventTypes.has(one));
  if (odd >= 0) throw invalid(`Invalid ${name}[${odd}]: must be one of *, ${[...eventTypes].join(', ')}`, { param: `${name}[${odd}]` });
  return given;
};

const find = (account: Account, id: string): WebhookEndpoint => {
  const found = account.endpoints.get(id);
  if (found === undefined) throw missing('webhook endpoint', id, 'webhook_endpoint');
  return found;
};

const newSecret = (account: Account): string => account.id('whsec', 32);

/** The secret is shown when it is made and never again. */
const withSecret = (endpoint: WebhookEndpoint): Sent => ({ ...render(endpoint), secret: endpoint._secrets[0]?.secret ?? '' });

const create = ({ account, raw }: Call): Sent => {
  const given = readParams({ api_version: text(), connect: flag, description: unsettable(text()), enabled_events: types, metadata, url: address }, raw);
  const url = required(given.url, 'url');
  return withSecret(
    account.endpoints.put({
      id: account.id('we'),
      object: 'webhook_endpoint',
      created: account.now(),
      api_version: given.api_version ?? null,
      application: null,
      description: given.description ?? null,
      enabled_events: required(given.enabled_events, 'enabled_events'),
      livemode: false,
      metadata: mergeMetadata({}, given.metadata),
      status: 'enabled',
      url,
      _secrets: [{ secret: newSecret(account), until: null }],
    }),
  );
};

const eventFilters = { type: text(), types: list(text()), delivery_success: flag } as const;

/** What the dashboard's "roll secret" does: for a while both sign. */
export function roll(account: Account, endpoint: WebhookEndpoint, overlapSeconds: number): string {
  const now = Date.now();
  const secret = newSecret(account);
  const older = endpoint._secrets.filter(({ until }) => until === null || until > now).map((one) => ({ secret: one.secret, until: Math.min(one.until ?? Number.MAX_SAFE_INTEGER, now + overlapSeconds * 1_000) }));
  endpoint._secrets = [{ secret, until: null }, ...(overlapSeconds > 0 ? older : [])];
  account.endpoints.put(endpoint);
  return secret;
}

const rollByApi = ({ account, params, raw }: Call): Sent => {
  const endpoint = find(account, params['id'] ?? '');
  const given = readParams({ expires_in: int({ min: 0, max: longestOverlap }) }, raw);
  roll(account, endpoint, given.expires_in ?? longestOverlap);
  return withSecret(endpoint);
};

export const webhookEndpoints: readonly Endpoint[] = [
  ['POST', '/v1/webhook_endpoints', create],
  ['GET', '/v1/webhook_endpoints', ({ account, raw }) => listRows({ table: account.endpoints, url: '/v1/webhook_endpoints', noun: 'webhook endpoint', filters: {}, fits: () => true }, raw)],
  ['GET', '/v1/webhook_endpoints/:id', ({ account, params }) => find(account, params['id'] ?? '')],
  ['POST', '/v1/webhook_endpoints/:id', ({ account, params, raw }) => {
    const endpoint = find(account, params['id'] ?? '');
    const given = readParams({ description: unsettable(text()), disabled: flag, enabled_events: types, metadata, url: address }, raw);
    endpoint.url = given.url ?? endpoint.url;
    endpoint.enabled_events = given.enabled_events ?? endpoint.enabled_events;
    endpoint.metadata = mergeMetadata(endpoint.metadata, given.metadata);
    if (given.description !== undefined) endpoint.description = given.description;
    if (given.disabled !== undefined) endpoint.status = given.disabled ? 'disabled' : 'enabled';
    return account.endpoints.put(endpoint);
  }],
  ['DELETE', '/v1/webhook_endpoints/:id', ({ account, params }) => {
    const { id } = find(account, params['id'] ?? '');
    account.endpoints.remove(id);
    return { id, object: 'webhook_endpoint', deleted: true };
  }],
  // Stripe has these in its dashboard alone.
  ['POST', '/v1/test_helpers/webhook_endpoints/:id/roll_secret', rollByApi],
  ['POST', '/v1/webhook_endpoints/:id/roll_secret', rollByApi],
  ['GET', '/v1/events', ({ account, raw }) => {
    if (raw['type'] !== undefined && raw['types'] !== undefined) throw invalid('You may only specify one of these parameters: type, types.', { code: 'parameters_exclusive', param: 'types' });
    return listRows({ table: account.events, url: '/v1/events', noun: 'event', filters: eventFilters, fits: (row, given) => (given.type === undefined || matches(row.type, given.type)) && (given.types === undefined || given.types.includes(row.type)) && (given.delivery_success === undefined || (row.pending_webhooks === 0) === given.delivery_success) }, raw);
  }],
  ['GET', '/v1/events/:id', ({ account, params }) => {
    const found = account.events.get(params['id'] ?? '');
    if (found === undefined) throw missing('event', params['id'] ?? '', 'id');
    return found;
  }],
];

/** `charge.*` is every event of charges. */
const matches = (type: string, wanted: string): boolean => (wanted.endsWith('*') ? type.startsWith(wanted.slice(0, -1)) : type === wanted);
