import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Account } from './account';
import { PaypalError } from './core/errors';

export interface Credentials {
  readonly clientId: string;
  readonly clientSecret: string;
}

const scope = ['https://uri.paypal.com/services/payments/realtimepayment', 'https://uri.paypal.com/services/payments/refund', 'https://uri.paypal.com/services/payments/payment/authcapture', 'https://uri.paypal.com/services/disputes/read-seller', 'https://uri.paypal.com/services/disputes/update-seller', 'https://uri.paypal.com/services/reporting/search/read', 'https://uri.paypal.com/services/applications/webhooks', 'openid'].join(' ');

export interface TokenAnswer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

const same = (one: string, other: string): boolean => {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
};

/** A token for whoever knows the secret. It holds for some time of the real clock, since that is how clients reckon. */
export function grant(account: Account, { clientId, clientSecret }: Credentials, headers: IncomingHttpHeaders, body: Buffer): TokenAnswer {
  const basic = /^Basic (\S+)$/u.exec(headers.authorization ?? '')?.[1];
  const [id = '', ...rest] = Buffer.from(basic ?? '', 'base64').toString('utf8').split(':');
  if (basic === undefined || !same(id, clientId) || !same(rest.join(':'), clientSecret)) return { status: 401, body: { error: 'invalid_client', error_description: 'Client Authentication failed' } };
  const type = new URLSearchParams(body.toString('utf8')).get('grant_type');
  if (type === null || type === '') return { status: 400, body: { error: 'invalid_request', error_description: 'Grant Type is NULL' } };
  if (type !== 'client_credentials') return { status: 400, body: { error: 'unsupported_grant_type', error_description: 'unsupported grant_type' } };
  const seconds = account.settings.token_seconds;
  const token = `A21AA${randomBytes(60).toString('base64url')}`;
  account.tokens.put({ id: token, object: 'token', created: account.now(), until: Date.now() + seconds * 1_000 });
  return { status: 200, body: { scope, access_token: token, token_type: 'Bearer', app_id: 'APP-80W284485P519543T', expires_in: seconds, nonce: `${new Date().toISOString().slice(0, 19)}Z${randomBytes(16).toString('base64url')}` } };
}

/** Refuses whoever has no token that holds. */
export function admit(account: Account, headers: IncomingHttpHeaders): void {
  const token = /^Bearer (\S+)$/u.exec(headers.authorization ?? '')?.[1];
  if (token === undefined) throw new PaypalError(401);
  const known = account.tokens.get(token);
  if (known === undefined) throw new PaypalError(401, [], [], 'invalid_token', 'Token signature verification failed');
  if (Date.now() < known.until) return;
  account.tokens.remove(token);
  throw new PaypalError(401, [], [], 'invalid_token', 'The token has expired');
}
