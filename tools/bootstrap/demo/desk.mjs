// The people of one demo tenant at work on sales, over HTTP and nothing else; beside them a buyer's bank, played by the sandbox.
import { randomUUID } from 'node:crypto';
import { cardForm } from '../card-form.mjs';
import { askUntil, CommandError } from '../lib.mjs';

const tenant = 'aurora-motors';

export const eventually = (what, ask, withinMs = 60_000) => askUntil(what, ask, { withinMs, firstMs: 100 });

export const party = (name, city) => ({ name, kind: 'private', address: { line1: 'Heidestraße 17', postal_code: '51147', city, country: 'DE' } });

export const makeDesk = ({ urls, accounts }) => {
  const people = accounts.filter((account) => account.tenant === tenant);
  if (people.length === 0) throw new CommandError('The demo accounts are not there; they come with `npm start` without --no-demo.');
  let tokens = new Map();

  const login = async (role) => {
    const { email, password } = people.find((account) => account.role === role);
    const answer = await fetch(`${urls.api}/api/v1/auth/login`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-tenant': tenant }, body: JSON.stringify({ email, password }) });
    if (!answer.ok) throw new CommandError(`The ${role} could not sign in: ${await answer.text()}`);
    return (await answer.json()).data.access_token;
  };
  const tokenOf = (role) => {
    if (!tokens.has(role)) tokens.set(role, login(role));
    return tokens.get(role);
  };

  /** An answer, whatever it is. */
  const ask = async (role, method, path, json, more = {}) => {
    const headers = { authorization: `Bearer ${await tokenOf(role)}`, ...(method === 'POST' ? { 'idempotency-key': randomUUID() } : {}), ...(json === undefined ? {} : { 'content-type': 'application/json' }), ...more };
    const answer = await fetch(`${urls.api}/api/v1${path}`, { method, headers, ...(json === undefined ? {} : { body: JSON.stringify(json) }) });
    const { data, error } = await answer.json();
    return { status: answer.status, data, code: error?.code ?? null, detail: error?.detail ?? null, etag: answer.headers.get('etag') };
  };
  /** What has to be let in. */
  const does = async (role, method, path, json, more) => {
    const { status, data, code, detail } = await ask(role, method, path, json, more);
    if (status >= 300) throw new CommandError(`${method} ${path} of the ${role} answered ${status} ${code}: ${detail}`);
    return data;
  };
  const get = (role, path) => does(role, 'GET', path);
  const post = (role, path, json) => does(role, 'POST', path, json);
  const step = (role, id, to, more = {}) => post(role, `/orders/${id}/transitions`, { to, ...more });

  const becomes = (id, state) => eventually(`order ${id} to be ${state}`, async () => {
    const order = await get('agent', `/orders/${id}`);
    return order.state === state && order;
  });
  const paper = (id, kind) => eventually(`the ${kind} of order ${id}`, async () => {
    // Their service hears of a new order a moment later.
    const found = ((await ask('agent', 'GET', `/orders/${id}/documents`)).data ?? []).findLast((one) => one.kind === kind);
    return found?.state === 'issued' && found;
  });
  const signs = async (role, orderId, kind, as = 'buyer') => {
    const document = await paper(orderId, kind);
    const { sha256 } = await get(role, `/documents/${document.id}/signatures`);
    const by = as === 'buyer' ? { method: 'click', name: 'Erika Mustermann' } : { method: 'on_paper', name: 'Bernd Beispiel', note: 'Signed at the yard; the paper is in the order’s folder' };
    await post(role, `/documents/${document.id}/signatures`, { role: as, sha256, consent: true, ...by });
    return document;
  };
  const file = async (documentId, copy = 'best') => {
    const { url } = await get('agent', `/documents/${documentId}/link?copy=${copy}`);
    return Buffer.from(await (await fetch(url)).arrayBuffer());
  };

  const pays = async (id, leg, method) => {
    const { id: paymentId } = await post('buyer', `/orders/${id}/payments`, { leg, method });
    return eventually('the way to pay', async () => {
      const payment = await get('buyer', `/payments/${paymentId}`);
      return payment.next_action !== null && payment;
    });
  };
  const payment = (id, what, isSo) => eventually(what, async () => {
    const found = await get('buyer', `/payments/${id}`);
    return isSo(found) && found;
  });
  const closed = (id) => eventually('everything to be given back', async () => {
    const order = await get('agent', `/orders/${id}`);
    return order.cancellation?.closed_at != null && order;
  });
  const advance = async (length) => {
    await fetch(`${urls.sandbox}/control/clock`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ advance: length }) });
    // A session is over by then.
    tokens = new Map();
  };

  return { ask, does, get, post, step, becomes, paper, signs, file, pays, payment, closed, advance, stripe: makeStripe(urls.sandbox) };
};

/** What a buyer and their bank do at Stripe. */
const makeStripe = (sandbox) => {
  const api = async (method, path, form) => {
    const { vendors } = await (await fetch(`${sandbox}/control/vendors`)).json();
    const vendor = vendors.find(({ slug }) => slug === 'stripe');
    const answer = await fetch(`${vendor.base_url}${path}`, { method, headers: { authorization: `Bearer ${vendor.key.secret_key}` }, ...(form === undefined ? {} : { body: new URLSearchParams(form) }) });
    if (!answer.ok) throw new CommandError(`Stripe's stand-in answered ${answer.status}: ${await answer.text()}`);
    return answer.json();
  };
  return {
    /** Fills in the hosted page, as a browser would. */
    card: async (url, number) => {
      const { action, body } = cardForm(await (await fetch(url)).text(), url, number);
      return (await fetch(action, { method: 'POST', body, redirect: 'manual' })).status;
    },
    /** Sends money to the account that a payment waits at. */
    transfer: async (paymentId, { amount, currency }) => {
      const customer = await eventually('Stripe to know the payment', async () => (await api('GET', '/v1/payment_intents?limit=100')).data.find(({ metadata }) => metadata.payment_id === paymentId)?.customer);
      await api('POST', `/v1/test_helpers/customers/${customer}/fund_cash_balance`, { amount: String(amount), currency: currency.toLowerCase() });
    },
  };
};
