// What buyers, their banks and the providers' own people do; and, afterwards, what the providers' books say.
import { randomUUID } from 'node:crypto';
import { cardForm } from '../bootstrap/card-form.mjs';
import { sleep } from '../bootstrap/lib.mjs';
import { eventually } from './client.mjs';

/** A browser loads a page again that did not come. */
const load = async (url, init = {}) => {
  for (let tries = 0; ; tries += 1) {
    try {
      const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(8_000), ...init });
      const text = await answer.text();
      if (answer.status < 500 && answer.status !== 429 && (answer.status !== 200 || /<\/html>/u.test(text))) return { status: answer.status, text, location: answer.headers.get('location') };
    } catch {
      // It broke on the way.
    }
    if (init.method === 'POST') return { status: null, text: '', location: null };
    if (tries > 200) throw new Error(`the page ${url} does not come`);
    await sleep(300);
  }
};

/** Fills in a provider's page. What the provider has heard is seen by loading the page again, never by sending it twice. */
const submit = async (url, isForm, fill) => {
  for (let tries = 0; tries < 100; tries += 1) {
    const page = await load(url);
    if (page.status !== 200 || !isForm(page.text)) return { ...page, wasOver: true };
    const answer = await fill(page.text);
    if (answer.status !== null) return { ...answer, wasOver: false };
    await sleep(300);
  }
  throw new Error(`the form at ${url} can't be sent`);
};

export class StripeOutside {
  constructor(vendor) {
    this.url = vendor.base_url;
    this.key = vendor.key.secret_key;
  }

  /** Pays by card. 'paid', 'declined', 'failed' where the bank is not answered, or 'over' where the page is closed. */
  async payByCard(url, number, { passes = true } = {}) {
    const sent = await submit(url, (text) => text.includes('hosted-payment-submit-button'), (text) => {
      const { action, body } = cardForm(text, url, number);
      return load(action, { method: 'POST', body });
    });
    if (sent.status === 402) return 'declined';
    if (sent.location?.includes('/authenticate/')) return this.authenticate(sent.location, passes);
    return sent.status === 303 || sent.status === 302 ? 'paid' : 'over';
  }

  async authenticate(url, passes) {
    await submit(url, (text) => text.includes('test-source-authorize-3ds'), () => load(url, { method: 'POST', body: new URLSearchParams({ outcome: passes ? 'complete' : 'fail' }) }));
    return passes ? 'paid' : 'failed';
  }

  /** Sends money to the account that a payment waits at: once, however often the bank has to try. */
  async transfer(paymentId, amount, currency) {
    const customer = await eventually('Stripe to know the payment', async () => {
      const query = new URLSearchParams({ query: `metadata['payment_id']:'${paymentId}'` });
      return (await this.api('GET', `/v1/payment_intents/search?${query}`)).data[0]?.customer;
    });
    await this.api('POST', `/v1/test_helpers/customers/${customer}/fund_cash_balance`, { amount: String(amount), currency: currency.toLowerCase() });
  }

  async api(method, path, form) {
    const key = randomUUID();
    for (let tries = 0; ; tries += 1) {
      try {
        const answer = await fetch(`${this.url}${path}`, { method, headers: { authorization: `Bearer ${this.key}`, ...(method === 'POST' ? { 'idempotency-key': key } : {}) }, ...(form === undefined ? {} : { body: new URLSearchParams(form) }), signal: AbortSignal.timeout(8_000) });
        const text = await answer.text();
        if (answer.ok) return JSON.parse(text);
        if (answer.status < 500 && answer.status !== 429 && answer.status !== 409) throw new Error(`Stripe's ${path} answered ${answer.status}: ${text}`, { cause: 'final' });
      } catch (error) {
        if (error.cause === 'final' || tries > 300) throw error;
      }
      await sleep(300);
    }
  }

  async all(path) {
    const found = [];
    for (let after = ''; ; ) {
      const { data, has_more: more } = await this.api('GET', `${path}${path.includes('?') ? '&' : '?'}limit=100${after}`);
      found.push(...data);
      if (!more) return found;
      after = `&starting_after=${data.at(-1).id}`;
    }
  }

  /** By payment: what was really taken, given back and taken back, and what is still held. */
  async truth() {
    const [intents, charges, refunds, disputes, customers] = [await this.all('/v1/payment_intents'), await this.all('/v1/charges'), await this.all('/v1/refunds'), await this.all('/v1/disputes'), await this.all('/v1/customers')];
    const rows = new Map();
    const byIntent = new Map(intents.map((intent) => [intent.id, intent]));
    const row = (intentId) => {
      const intent = byIntent.get(intentId);
      const id = intent?.metadata.payment_id ?? `intent ${intentId}`;
      if (!rows.has(id)) rows.set(id, { paymentId: id, orderId: intent?.metadata.order_id ?? null, provider: 'stripe', captured: 0, refunded: 0, takenBack: 0, held: 0, captures: 0 });
      return rows.get(id);
    };
    for (const intent of intents) if (intent.status === 'requires_capture') row(intent.id).held += intent.amount_capturable;
    for (const charge of charges) {
      if (charge.status !== 'succeeded' || !charge.captured) continue;
      const one = row(charge.payment_intent);
      one.captured += charge.amount_captured;
      one.captures += 1;
    }
    // What lay on a customer's balance was never taken.
    for (const refund of refunds) if (refund.payment_intent !== null && (refund.status === 'succeeded' || refund.status === 'pending')) row(refund.payment_intent).refunded += refund.amount;
    for (const dispute of disputes) row(dispute.payment_intent).takenBack -= dispute.balance_transactions.reduce((sum, { amount }) => sum + amount, 0);
    const cash = [];
    for (const { id, metadata } of customers) {
      const { available } = await this.api('GET', `/v1/customers/${id}/cash_balance`);
      for (const [currency, amount] of Object.entries(available ?? {})) if (amount !== 0) cash.push({ orderId: metadata.order_id ?? null, customer: id, amount, currency });
    }
    return { rows: [...rows.values()], cash, events: (await this.all('/v1/events')).length };
  }
}

const minorOf = (value) => Math.round(Number(value) * 100);

export class PaypalOutside {
  constructor(vendor, now) {
    this.url = vendor.base_url;
    this.key = vendor.key;
    this.now = now;
  }

  /** Says yes or no at PayPal's page: 'agreed', or 'over' where nothing is to be agreed to. */
  async approve(url, funding = 'balance') {
    const sent = await submit(url, (text) => text.includes('id="approve"'), () => load(new URL('/checkoutnow', url), { method: 'POST', body: new URLSearchParams({ token: new URL(url).searchParams.get('token') ?? '', action: 'approve', funding }) }));
    return sent.wasOver && sent.status !== 303 ? 'over' : 'agreed';
  }

  async api(method, path, json) {
    for (let tries = 0; ; tries += 1) {
      try {
        const token = await this.token();
        const answer = await fetch(`${this.url}${path}`, { method, headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' }, ...(json === undefined ? {} : { body: JSON.stringify(json) }), signal: AbortSignal.timeout(8_000) });
        const text = await answer.text();
        if (answer.ok) return text === '' ? {} : JSON.parse(text);
        if (answer.status < 500 && answer.status !== 429 && answer.status !== 401) throw new Error(`PayPal's ${path} answered ${answer.status}: ${text}`, { cause: 'final' });
      } catch (error) {
        if (error.cause === 'final' || tries > 300) throw error;
      }
      await sleep(300);
    }
  }

  async token() {
    const answer = await fetch(`${this.url}/v1/oauth2/token`, { method: 'POST', headers: { authorization: `Basic ${Buffer.from(`${this.key.client_id}:${this.key.client_secret}`).toString('base64')}`, 'content-type': 'application/x-www-form-urlencoded' }, body: 'grant_type=client_credentials', signal: AbortSignal.timeout(8_000) });
    if (!answer.ok) throw new Error(`PayPal's token answered ${answer.status}`);
    return (await answer.json()).access_token;
  }

  async transactions() {
    const found = [];
    const now = (await this.now()).getTime();
    const day = 86_400_000;
    for (let to = now + 60_000; to > now - 150 * day; to -= 30 * day) {
      for (let page = 1; ; page += 1) {
        const query = new URLSearchParams({ start_date: new Date(to - 30 * day + 1_000).toISOString(), end_date: new Date(to).toISOString(), fields: 'transaction_info', page_size: '500', page: String(page), balance_affecting_records_only: 'Y' });
        const answer = await this.api('GET', `/v1/reporting/transactions?${query}`);
        found.push(...answer.transaction_details.map(({ transaction_info: info }) => info));
        if (page >= answer.total_pages) break;
      }
    }
    return found;
  }

  captureOf = (paymentId) => eventually('PayPal to have taken it', async () => (await this.transactions()).find((one) => one.custom_field === paymentId && minorOf(one.transaction_amount.value) > 0)?.transaction_id);

  /** A buyer complains; once, whatever is heard of it. */
  async dispute(paymentId, channel) {
    const capture = await this.captureOf(paymentId);
    const answer = await fetch(`${this.url}/sandbox/disputes`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ capture_id: capture, reason: 'MERCHANDISE_OR_SERVICE_NOT_AS_DESCRIBED', channel }) }).catch(() => null);
    if (answer === null || answer.status >= 500 || answer.status === 429) {
      await sleep(500);
      return this.dispute(paymentId, channel);
    }
    const text = await answer.text();
    if (!answer.ok && !text.includes('TRANSACTION_DISPUTED')) throw new Error(`PayPal's dispute answered ${answer.status}: ${text}`);
    return capture;
  }

  /** PayPal's own people decide. */
  async decide(capture, outcome) {
    await eventually('PayPal to have decided', async () => {
      const [one] = (await this.api('GET', `/v1/customer/disputes?disputed_transaction_id=${capture}`)).items;
      if (one?.status === 'RESOLVED') return true;
      if (one?.status === 'UNDER_REVIEW') await this.api('POST', `/v1/customer/disputes/${one.dispute_id}/adjudicate`, { adjudication_outcome: outcome }).catch((error) => { if (error.cause !== 'final') throw error; });
      return undefined;
    });
  }

  async truth() {
    const rows = new Map();
    const row = (id) => {
      if (!rows.has(id)) rows.set(id, { paymentId: id, orderId: null, provider: 'paypal', captured: 0, refunded: 0, takenBack: 0, held: 0, captures: 0 });
      return rows.get(id);
    };
    const moved = await this.transactions();
    const owners = new Map(moved.flatMap((one) => (one.custom_field === undefined ? [] : [[one.transaction_id, one.custom_field]])));
    // What refers to a capture is of whom the capture is, whatever it names itself.
    const captures = new Set(moved.filter((one) => one.transaction_event_code === 'T0006' || one.transaction_event_code === 'T0005').map(({ transaction_id: id }) => id));
    for (const one of moved) {
      const amount = minorOf(one.transaction_amount.value);
      const owner = captures.has(one.paypal_reference_id) ? owners.get(one.paypal_reference_id) : (one.custom_field ?? owners.get(one.paypal_reference_id));
      const it = row(owner ?? `transaction ${one.transaction_id}`);
      if (captures.has(one.transaction_id)) {
        it.captured += amount;
        it.captures += 1;
      } else if (one.transaction_event_code === 'T1107') it.refunded -= amount;
      else it.takenBack -= amount;
    }
    return { rows: [...rows.values()], codes: Object.fromEntries(Map.groupBy(moved, (one) => one.transaction_event_code).entries().map(([code, list]) => [code, list.length])) };
  }
}
