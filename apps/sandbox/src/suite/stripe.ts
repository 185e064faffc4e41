import Stripe from 'stripe';
import type { Sandbox } from '../sandbox';
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

export const typesOf = async (stripe: Stripe, id: string): Promise<string[]> => {
  const { data } = await stripe.events.list({ limit: 100 });
  return data.filter((event) => JSON.stringify(event.data.object).includes(id)).map((event) => event.type).reverse();
};
