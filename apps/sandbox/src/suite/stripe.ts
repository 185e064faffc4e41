import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import Stripe from 'stripe';
import type { Sandbox } from '../sandbox';
import { listenFrom } from '../shared/ports';
import { control, urlOf, type Parsed } from './sandbox';

export const keyOf = async (sandbox: Sandbox): Promise<string> => (await control(sandbox, 'vendors')).vendors.find((vendor: Parsed) => vendor.slug === 'stripe').key.secret_key;

/** The official SDK, told where to go and nothing else. */
export const sdk = async (sandbox: Sandbox, more: object = {}): Promise<Stripe> => {
  const { hostname, port } = new URL(urlOf(sandbox, 'stripe'));
  return new Stripe(await keyOf(sandbox), { host: hostname, port: Number(port), protocol: 'http', telemetry: false, ...more });
};

/** The API without an SDK in between. */
export const raw = async (sandbox: Sandbox, method: string, path: string, form: string | null = null, headers: Record<string, string> = {}): Promise<{ status: number; headers: Headers; body: Parsed }> => {
  const answer = await fetch(`${urlOf(sandbox, 'stripe')}${path}`, { method, body: form, headers: { authorization: `Bearer ${await keyOf(sandbox)}`, ...(form === null ? {} : { 'content-type': 'application/x-www-form-urlencoded' }), ...headers } });
  return { status: answer.status, headers: answer.headers, body: await answer.json() };
};

/** What the SDK throws. */
export const refused = async (attempt: Promise<unknown>): Promise<Parsed> => {
  try {
    await attempt;
  } catch (error) {
    return error;
  }
  throw new Error('it was not refused');
};

export const until = async <T>(look: () => Promise<T> | T, good: (value: T) => boolean, withinMs = 10_000): Promise<T> => {
  const end = performance.now() + withinMs;
  for (;;) {
    const value = await look();
    if (good(value)) return value;
    if (performance.now() > end) throw new Error(`still ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

export interface Received {
  readonly body: string;
  readonly signature: string;
  readonly headers: IncomingHttpHeaders;
  readonly event: Parsed;
}

/** Somebody who takes webhooks; `answers` are the codes of the next ones, 200 after them. */
export const receiver = async (answers: number[] = []): Promise<{ url: string; received: Received[]; server: Server }> => {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = Buffer.concat(parts).toString('utf8');
      received.push({ body, signature: String(request.headers['stripe-signature']), headers: request.headers, event: JSON.parse(body) });
      response.writeHead(answers.shift() ?? 200).end();
    });
  });
  const port = await listenFrom(server, 0);
  return { url: `http://127.0.0.1:${port}/hook`, received, server };
};

export const typesOf = async (stripe: Stripe, id: string): Promise<string[]> => {
  const { data } = await stripe.events.list({ limit: 100 });
  return data.filter((event) => JSON.stringify(event.data.object).includes(id)).map((event) => event.type).reverse();
};
