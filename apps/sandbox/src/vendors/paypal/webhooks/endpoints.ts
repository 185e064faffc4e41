import { isRecord } from '../../../shared/records';
import type { Account } from '../account';
import { detail, PaypalError, type Detail, type Link } from '../core/errors';
import { Reading, type Hash } from '../core/reading';
import { nothing, ok, type Call, type Endpoint, type Outcome } from '../core/routes';
import type { PaypalEvent, Webhook } from '../objects';
import type { Deliverer } from './deliverer';
import { sampleEvent } from './samples';
import { isSigned, renderEvent, sliceOf, writeEvent } from './signature';

const mostWebhooks = 10;

/** What webhooks can be told of. */
export const eventTypes: Readonly<Record<string, string>> = {
  'CHECKOUT.ORDER.APPROVED': 'A buyer has approved an order.',
  'PAYMENT.AUTHORIZATION.CREATED': 'A payment authorization is created, approved, executed, or a future payment authorization is created.',
  'PAYMENT.AUTHORIZATION.VOIDED': 'A payment authorization is voided, or its time is over.',
  'PAYMENT.CAPTURE.COMPLETED': 'A payment capture completes.',
  'PAYMENT.CAPTURE.PENDING': 'The state of a payment capture changes to pending.',
  'PAYMENT.CAPTURE.DECLINED': 'A payment capture is declined.',
  'PAYMENT.CAPTURE.REFUNDED': 'A merchant refunds a payment capture.',
  'PAYMENT.CAPTURE.REVERSED': 'PayPal reverses a payment capture.',
  'CUSTOMER.DISPUTE.CREATED': 'A customer dispute is created.',
  'CUSTOMER.DISPUTE.UPDATED': 'A customer dispute is updated.',
  'CUSTOMER.DISPUTE.RESOLVED': 'A customer dispute is resolved.',
};

/** What PayPal tells of elsewhere: one may ask for it, and waits in vain. */
const elsewhere: ReadonlySet<string> = new Set([
  'BILLING.PLAN.ACTIVATED BILLING.PLAN.CREATED BILLING.PLAN.DEACTIVATED BILLING.PLAN.PRICING-CHANGE.ACTIVATED BILLING.PLAN.UPDATED BILLING.SUBSCRIPTION.ACTIVATED',
  'BILLING.SUBSCRIPTION.CANCELLED BILLING.SUBSCRIPTION.CREATED BILLING.SUBSCRIPTION.EXPIRED BILLING.SUBSCRIPTION.PAYMENT.FAILED BILLING.SUBSCRIPTION.RE-ACTIVATED',
  'BILLING.SUBSCRIPTION.SUSPENDED BILLING.SUBSCRIPTION.UPDATED CATALOG.PRODUCT.CREATED CATALOG.PRODUCT.UPDATED CHECKOUT.CHECKOUT.BUYER-APPROVED CHECKOUT.ORDER.COMPLETED',
  'CHECKOUT.ORDER.PROCESSED CHECKOUT.PAYMENT-APPROVAL.REVERSED CUSTOMER.ACCOUNT-LIMITATION.ADDED CUSTOMER.ACCOUNT-LIMITATION.ESCALATED CUSTOMER.ACCOUNT-LIMITATION.LIFTED',
  'CUSTOMER.ACCOUNT-LIMITATION.UPDATED CUSTOMER.MANAGED-ACCOUNT.ACCOUNT-CREATED CUSTOMER.MANAGED-ACCOUNT.ACCOUNT-STATUS-CHANGED CUSTOMER.MANAGED-ACCOUNT.ACCOUNT-UPDATED',
  'CUSTOMER.MANAGED-ACCOUNT.CREATION-FAILED CUSTOMER.MANAGED-ACCOUNT.NEGATIVE-BALANCE-DEBIT-INITIATED CUSTOMER.MANAGED-ACCOUNT.NEGATIVE-BALANCE-NOTIFIED',
  'CUSTOMER.MANAGED-ACCOUNT.RISK-ASSESSED CUSTOMER.MERCHANT-INTEGRATION.CAPABILITY-UPDATED CUSTOMER.MERCHANT-INTEGRATION.PRODUCT-SUBSCRIPTION-UPDATED',
  'CUSTOMER.MERCHANT-INTEGRATION.SELLER-ALREADY-INTEGRATED CUSTOMER.MERCHANT-INTEGRATION.SELLER-CONSENT-GRANTED CUSTOMER.MERCHANT-INTEGRATION.SELLER-EMAIL-CONFIRMED',
  'CUSTOMER.MERCHANT-INTEGRATION.SELLER-ONBOARDING-INITIATED IDENTITY.AUTHORIZATION-CONSENT.REVOKED INVOICING.INVOICE.CANCELLED INVOICING.INVOICE.CREATED',
  'INVOICING.INVOICE.PAID INVOICING.INVOICE.REFUNDED INVOICING.INVOICE.SCHEDULED INVOICING.INVOICE.UPDATED MERCHANT.ONBOARDING.COMPLETED MERCHANT.PARTNER-CONSENT.REVOKED',
  'PAYMENT.CAPTURE.DENIED PAYMENT.ORDER.CANCELLED PAYMENT.ORDER.CREATED PAYMENT.PAYOUTS-ITEM.BLOCKED PAYMENT.PAYOUTS-ITEM.CANCELED PAYMENT.PAYOUTS-ITEM.FAILED',
  'PAYMENT.PAYOUTS-ITEM.HELD PAYMENT.PAYOUTS-ITEM.REFUNDED PAYMENT.PAYOUTS-ITEM.RETURNED PAYMENT.PAYOUTS-ITEM.SUCCEEDED PAYMENT.PAYOUTS-ITEM.UNCLAIMED',
  'PAYMENT.PAYOUTSBATCH.DENIED PAYMENT.PAYOUTSBATCH.PROCESSING PAYMENT.PAYOUTSBATCH.SUCCESS PAYMENT.REFERENCED-PAYOUT-ITEM.COMPLETED PAYMENT.REFERENCED-PAYOUT-ITEM.FAILED',
  'PAYMENT.REFUND.FAILED PAYMENT.REFUND.PENDING PAYMENT.SALE.COMPLETED PAYMENT.SALE.DENIED PAYMENT.SALE.PENDING PAYMENT.SALE.REFUNDED PAYMENT.SALE.REVERSED',
  'PAYMENTS.PAYMENT.CREATED RISK.DISPUTE.CREATED VAULT.PAYMENT-TOKEN.CREATED VAULT.PAYMENT-TOKEN.DELETED VAULT.PAYMENT-TOKEN.DELETION-INITIATED',
].flatMap((line) => line.split(' ')));

const typeOf = (name: string): Hash => ({ name, description: eventTypes[name] ?? 'ALL', status: 'ENABLED', resource_versions: ['1.0', '2.0'] });

const refusal = (status: number, label: string, message: string, details: readonly Detail[] = []): PaypalError => new PaypalError(status, details, [], label, message);
const invalid = (details: readonly Detail[]): PaypalError => refusal(400, 'VALIDATION_ERROR', 'Invalid data provided', details);

function find<T>(row: T | undefined): T {
  if (row === undefined) throw refusal(404, 'INVALID_RESOURCE_ID', 'The requested resource ID was not found');
  return row;
}

function render(account: Account, { id, url, event_types: types }: Webhook): Hash {
  const self = `${account.baseUrl}/v1/notifications/webhooks/${id}`;
  const links: readonly Link[] = [
    { href: self, rel: 'self', method: 'GET' },
    { href: self, rel: 'update', method: 'PATCH' },
    { href: self, rel: 'delete', method: 'DELETE' },
  ];
  return { id, url, event_types: types.map(typeOf), links };
}

function readUrl(account: Account, value: unknown, self: string | null): string {
  const reading = new Reading();
  const url = reading.url(value, 'url');
  if (url === null) throw invalid([detail(value === undefined ? 'MISSING_REQUIRED_PARAMETER' : 'INVALID_PARAMETER_SYNTAX', { field: 'url', location: 'body' })]);
  for (const one of account.webhooks.oldestFirst()) if (one.url === url && one.id !== self) throw refusal(400, 'WEBHOOK_URL_ALREADY_EXISTS', 'Webhook URL already exists');
  return url;
}

function readTypes(value: unknown): readonly string[] {
  const list: readonly unknown[] = Array.isArray(value) ? value : [];
  const names = list.map((one) => (isRecord(one) ? one['name'] : undefined));
  if (names.length === 0) throw invalid([detail('MISSING_REQUIRED_PARAMETER', { field: 'event_types', location: 'body' })]);
  return names.map((name, at) => {
    if (typeof name === 'string' && (name === '*' || Object.hasOwn(eventTypes, name) || elsewhere.has(name))) return name;
    throw invalid([detail('INVALID_PARAMETER_VALUE', { field: `event_types[${at}].name`, location: 'body', value: String(name) })]);
  });
}

function create({ account, body }: Call): Outcome {
  if (account.webhooks.size >= mostWebhooks) throw refusal(400, 'WEBHOOK_NUMBER_LIMIT_EXCEEDED', 'You have exceeded the number of webhooks that you can have');
  const webhook: Webhook = { id: account.id(), object: 'webhook', created: account.now(), url: readUrl(account, body['url'], null), event_types: readTypes(body['event_types']) };
  account.webhooks.put(webhook);
  return { status: 201, body: render(account, webhook) };
}

function update({ account, params, list }: Call): Outcome {
  const webhook = find(account.webhooks.get(params['id'] ?? ''));
  let { url, event_types: types } = webhook;
  for (const one of list) {
    const { op, path, value } = isRecord(one) ? one : { op: null, path: null, value: null };
    if (op !== 'replace' || (path !== '/url' && path !== '/event_types')) throw refusal(400, 'INVALID_PATCH_REQUEST', 'Only /url and /event_types can be replaced');
    if (path === '/url') url = readUrl(account, value, webhook.id);
    else types = readTypes(value);
  }
  webhook.url = url;
  webhook.event_types = types;
  account.webhooks.put(webhook);
  return ok(render(account, webhook));
}

const names = ['auth_algo', 'cert_url', 'transmission_id', 'transmission_sig', 'transmission_time', 'webhook_id'] as const;

/** What it was sent may have been read and written anew meanwhile: that is forgiven here, though nowhere else. */
function verifySignature({ account, body, raw }: Call): Outcome {
  const given = Object.fromEntries(names.map((name) => [name, body[name]]));
  const absent = [...names, 'webhook_event'].filter((name) => body[name] === undefined || body[name] === null || body[name] === '');
  if (absent.length > 0) throw invalid(absent.map((name) => detail('MISSING_REQUIRED_PARAMETER', { field: name, location: 'body' })));
  const text = (name: (typeof names)[number]): string => String(given[name]);
  const prefix = `${account.baseUrl}/v1/notifications/certs/`;
  const certificate = text('cert_url').startsWith(prefix) ? account.certificates.get(text('cert_url').slice(prefix.length)) : undefined;
  const transmission = { id: text('transmission_id'), time: text('transmission_time'), webhook: text('webhook_id') };
  const bodies = [sliceOf(raw.toString('utf8'), 'webhook_event') ?? '', writeEvent(body['webhook_event'])];
  const good = certificate !== undefined && text('auth_algo') === 'SHA256withRSA' && account.webhooks.get(transmission.webhook) !== undefined && bodies.some((one) => isSigned(certificate, transmission, text('transmission_sig'), one));
  return ok({ verification_status: good ? 'SUCCESS' : 'FAILURE' });
}

function listEvents({ account, query }: Call): Outcome {
  const size = Number(query.get('page_size') ?? 10);
  if (!Number.isInteger(size) || size < 1 || size > 300) throw invalid([detail('INVALID_PARAMETER_VALUE', { field: 'page_size', location: 'query' })]);
  const [type, transaction, from, to] = [query.get('event_type'), query.get('transaction_id'), query.get('start_time'), query.get('end_time')];
  const fits = (one: PaypalEvent): boolean =>
    (type === null || one.event_type === type) && (transaction === null || (isRecord(one.resource) && one.resource['id'] === transaction)) && (from === null || one.created * 1_000 >= Date.parse(from)) && (to === null || one.created * 1_000 <= Date.parse(to));
  const events = [...account.events.newestFirst()].filter(fits).slice(0, size);
  return ok({ events: events.map((one) => renderEvent(account, one)), count: events.length, links: [] });
}

const simulate = (deliverer: Deliverer, { account, body }: Call): Outcome => {
  const [type] = readTypes([{ name: body['event_type'] }]);
  const webhook = typeof body['webhook_id'] === 'string' ? find(account.webhooks.get(body['webhook_id'])) : null;
  const url = webhook?.url ?? new Reading().url(body['url'], 'url');
  if (url === null || type === undefined) throw invalid([detail(body['url'] === undefined ? 'MISSING_REQUIRED_PARAMETER' : 'INVALID_PARAMETER_SYNTAX', { field: 'url', location: 'body' })]);
  const event = sampleEvent(account, type);
  deliverer.simulate(event, url);
  return { status: 202, body: renderEvent(account, event) };
};

export const webhookEndpoints = (deliverer: Deliverer): readonly Endpoint[] => [
  ['POST', '/v1/notifications/webhooks', create],
  ['GET', '/v1/notifications/webhooks', ({ account }) => ok({ webhooks: [...account.webhooks.oldestFirst()].map((one) => render(account, one)) })],
  ['GET', '/v1/notifications/webhooks/:id', ({ account, params }) => ok(render(account, find(account.webhooks.get(params['id'] ?? ''))))],
  ['PATCH', '/v1/notifications/webhooks/:id', update],
  ['DELETE', '/v1/notifications/webhooks/:id', ({ account, params }) => {
    account.webhooks.remove(find(account.webhooks.get(params['id'] ?? '')).id);
    return nothing;
  }],
  ['GET', '/v1/notifications/webhooks/:id/event-types', ({ account, params }) => ok({ event_types: find(account.webhooks.get(params['id'] ?? '')).event_types.map(typeOf) })],
  ['GET', '/v1/notifications/webhooks-event-types', () => ok({ event_types: Object.keys(eventTypes).map(typeOf) })],
  ['POST', '/v1/notifications/verify-webhook-signature', verifySignature],
  ['POST', '/v1/notifications/simulate-event', (call) => simulate(deliverer, call)],
  ['GET', '/v1/notifications/webhooks-events', listEvents],
  ['GET', '/v1/notifications/webhooks-events/:id', ({ account, params }) => ok(renderEvent(account, find(account.events.get(params['id'] ?? ''))))],
  ['POST', '/v1/notifications/webhooks-events/:id/resend', ({ account, params, body }) => {
    const event = find(account.events.get(params['id'] ?? ''));
    const to: readonly unknown[] = Array.isArray(body['webhook_ids']) ? body['webhook_ids'] : [];
    deliverer.resend(event, to.length === 0 ? undefined : to.map(String));
    return { status: 202, body: renderEvent(account, event) };
  }],
];
