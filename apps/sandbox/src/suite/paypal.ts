import { request as plainRequest } from 'node:http';
import { Client, Environment, OrdersController, PaymentsController, TransactionSearchController } from '@paypal/paypal-server-sdk';
import type { Sandbox } from '../sandbox';
import { control, urlOf, type Parsed } from './sandbox';

export const keyOf = async (sandbox: Sandbox): Promise<{ client_id: string; client_secret: string }> => (await control(sandbox, 'vendors')).vendors.find((vendor: Parsed) => vendor.slug === 'paypal').key;

/** The SDK's addresses stand in its code: its requests are led elsewhere one step below it. */
const ledTo =
  (base: string) =>
  (config: Parsed): Promise<Parsed> =>
    new Promise((done, failed) => {
      const asked = new URL(config.url);
      const url = new URL(asked.pathname + asked.search, base);
      const body = typeof config.data === 'string' || Buffer.isBuffer(config.data) ? config.data : config.data === undefined || config.data === null ? '' : String(config.data);
      const headers = { ...(typeof config.headers.toJSON === 'function' ? config.headers.toJSON() : config.headers), 'content-length': Buffer.byteLength(body) };
      const sent = plainRequest(url, { method: String(config.method).toUpperCase(), headers, agent: false }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('end', () => done({ data: Buffer.concat(parts).toString('utf8'), status: answer.statusCode, statusText: answer.statusMessage, headers: answer.headers, config, request: sent }));
        answer.on('error', failed);
      });
      sent.on('error', failed);
      sent.end(body);
    });

export interface Sdk {
  readonly client: Client;
  readonly orders: OrdersController;
  readonly payments: PaymentsController;
  readonly reports: TransactionSearchController;
}

/** The official SDK with its own ways of asking for tokens, of naming things and of failing. */
export const sdk = async (sandbox: Sandbox, more: object = {}): Promise<Sdk> => {
  const { client_id: oAuthClientId, client_secret: oAuthClientSecret } = await keyOf(sandbox);
  const client = new Client({ environment: Environment.Sandbox, timeout: 20_000, clientCredentialsAuthCredentials: { oAuthClientId, oAuthClientSecret }, unstable_httpClientOptions: { adapter: ledTo(urlOf(sandbox, 'paypal')) }, ...more });
  return { client, orders: new OrdersController(client), payments: new PaymentsController(client), reports: new TransactionSearchController(client) };
};

export const tokenOf = async (sandbox: Sandbox): Promise<string> => {
  const { client_id: id, client_secret: secret } = await keyOf(sandbox);
  const answer = await fetch(`${urlOf(sandbox, 'paypal')}/v1/oauth2/token`, { method: 'POST', body: new URLSearchParams({ grant_type: 'client_credentials' }), headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` } });
  return ((await answer.json()) as Parsed).access_token;
};

/** The API without an SDK in between. */
export const raw = async (sandbox: Sandbox, method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<{ status: number; headers: Headers; body: Parsed }> => {
  const answer = await fetch(`${urlOf(sandbox, 'paypal')}${path}`, { method, body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body), headers: { authorization: `Bearer ${await tokenOf(sandbox)}`, 'content-type': 'application/json', ...headers } });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text === '' ? null : JSON.parse(text) };
};

/** What the sandbox lets a test do that PayPal has on its pages alone. */
export const played = async (sandbox: Sandbox, path: string, body: unknown = {}): Promise<Parsed> => {
  const answer = await fetch(`${urlOf(sandbox, 'paypal')}/sandbox/${path}`, { method: 'POST', body: JSON.stringify(body) });
  return answer.json();
};

/** The payer on PayPal's page; gives where the browser is sent. */
export const visit = async (sandbox: Sandbox, token: string, form: Record<string, string> = {}): Promise<string | null> => {
  const answer = await fetch(`${urlOf(sandbox, 'paypal')}/checkoutnow`, { method: 'POST', redirect: 'manual', body: new URLSearchParams({ token, action: 'approve', ...form }) });
  return answer.headers.get('location');
};

/** Of what the SDK throws: the status, the error's name and its issues. */
export const problemOf = (error: Parsed): { status: number; name: string; issues: string[] } => {
  const body = JSON.parse(error.body);
  return { status: error.statusCode, name: body.name ?? body.error, issues: (body.details ?? []).map((one: Parsed) => one.issue) };
};
