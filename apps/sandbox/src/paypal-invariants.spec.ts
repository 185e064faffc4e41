import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Sandbox } from './sandbox';
import { close } from './shared/ports';
import { until } from './suite/asking';
import { receiver } from './suite/receiver';
import { raw, tokenOf, visit } from './suite/paypal';
import { control, smallSandbox, urlOf, type Parsed } from './suite/sandbox';

const eur = (cents: number) => ({ currency_code: 'EUR', value: `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}` });
const cents = (money: Parsed): number => Math.round(Number(money.value) * 100);

/** The same numbers every time. */
const dice = (seed: number): ((sides: number) => number) => {
  let state = seed;
  return (sides) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * sides);
  };
};

/** Whatever was begun ends, also when a test fails. */
const begun: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of begun.splice(0).reverse()) await end();
});
const begin = async (stateFile: string | null = null): Promise<Sandbox> => {
  const sandbox = await smallSandbox({ cars: 60, stateFile });
  begun.push(() => sandbox.close());
  return sandbox;
};

/** One client with one token: many requests. */
const client = async (sandbox: Sandbox) => {
  const [base, token] = [urlOf(sandbox, 'paypal'), await tokenOf(sandbox)];
  return async (method: string, path: string, body?: unknown, id?: string): Promise<{ status: number; body: Parsed }> => {
    const answer = await fetch(`${base}${path}`, { method, body: body === undefined ? null : JSON.stringify(body), headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', prefer: 'return=representation', ...(id === undefined ? {} : { 'paypal-request-id': id }) } });
    const text = await answer.text();
    return { status: answer.status, body: text === '' ? null : JSON.parse(text) };
  };
};

const statement = async (ask: Awaited<ReturnType<typeof client>>, sandbox: Sandbox): Promise<{ lines: Parsed[]; sum: number }> => {
  const now = new Date((await control(sandbox, 'clock')).now).getTime();
  const lines: Parsed[] = [];
  // From the market's first day on, a month at a time.
  for (let from = Date.parse('2026-03-01T00:00:00Z'); from <= now; from += 31 * 86_400_000) {
    const to = Math.min(from + 31 * 86_400_000 - 1_000, now + 60_000);
    for (let page = 1, pages = 1; page <= pages; page += 1) {
      const { body } = await ask('GET', `/v1/reporting/transactions?start_date=${new Date(from).toISOString()}&end_date=${new Date(to).toISOString()}&page=${page}&page_size=100`);
      pages = body.total_pages;
      lines.push(...body.transaction_details.map((one: Parsed) => one.transaction_info));
    }
  }
  const sum = lines.filter((one) => one.transaction_status === 'S' || one.transaction_status === 'V').reduce((all, one) => all + cents(one.transaction_amount) + (one.fee_amount === undefined ? 0 : cents(one.fee_amount)), 0);
  return { lines, sum };
};

describe('whatever is asked, in whatever order', () => {
  it.each([1, 2, 3])('never more is taken than may be, nor given back than was taken (%i)', async (seed) => {
    const sandbox = await begin();
    const ask = await client(sandbox);
    const roll = dice(seed);
    const authorizations: string[] = [];
    const captures: string[] = [];
    const held = new Map<string, number>();
    const fundings = ['balance', 'balance', 'echeck', 'echeck_bounces', 'review', 'gone_after_honor'];
    const answers = new Map<number, number>();
    for (let step = 0; step < 160; step += 1) {
      const [authorization, capture] = [authorizations[roll(Math.max(1, authorizations.length))] ?? 'NONE', captures[roll(Math.max(1, captures.length))] ?? 'NONE'];
      const amount = { amount: eur(1 + roll(20_000)) };
      let done: { status: number; body: Parsed };
      switch (roll(8)) {
        case 0: {
          const order = await ask('POST', '/v2/checkout/orders', { intent: 'AUTHORIZE', purchase_units: [amount] });
          await visit(sandbox, order.body.id, { funding: fundings[roll(fundings.length)] ?? 'balance' });
          done = await ask('POST', `/v2/checkout/orders/${order.body.id}/authorize`, {});
          const made = done.body.purchase_units[0].payments.authorizations[0];
          authorizations.push(made.id);
          held.set(made.id, cents(made.amount));
          break;
        }
        case 1:
        case 2:
        case 3:
          done = await ask('POST', `/v2/payments/authorizations/${authorization}/capture`, roll(3) === 0 ? {} : amount);
          if (done.status === 201) captures.push(done.body.id);
          break;
        case 4:
          done = await ask('POST', `/v2/payments/authorizations/${authorization}/${roll(3) === 0 ? 'void' : 'reauthorize'}`, {});
          if (done.status === 201) authorizations.push(done.body.id);
          break;
        case 5:
        case 6:
          done = await ask('POST', `/v2/payments/captures/${capture}/refund`, roll(3) === 0 ? {} : { amount: eur(1 + roll(6_000)) });
          break;
        default:
          await control(sandbox, 'clock', { advance: `${1 + roll(60)}h` });
          done = { status: 0, body: null };
      }
      answers.set(done.status, (answers.get(done.status) ?? 0) + 1);
    }
    // It was not all refusals.
    expect([answers.has(201), answers.has(422), answers.has(500), captures.length > 3]).toEqual([true, true, false, true]);

    let refunded = 0;
    const taken = new Map<string, number>();
    for (const id of captures) {
      const { body } = await ask('GET', `/v2/payments/captures/${id}`);
      const order = (await ask('GET', `/v2/checkout/orders/${body.supplementary_data.related_ids.order_id}`)).body;
      const given = (order.purchase_units[0].payments.refunds ?? []).filter((one: Parsed) => one.links[1].href.endsWith(id)).reduce((all: number, one: Parsed) => all + cents(one.amount), 0);
      expect(given).toBeLessThanOrEqual(cents(body.amount));
      expect(body.status === 'REFUNDED').toBe(given === cents(body.amount));
      refunded += given;
      const root = order.purchase_units[0].payments.authorizations[0].id;
      taken.set(root, (taken.get(root) ?? 0) + cents(body.amount));
    }
    for (const [root, sum] of taken) expect(sum).toBeLessThanOrEqual(Math.floor((held.get(root) ?? 0) * 1.15));
    const { lines, sum } = await statement(ask, sandbox);
    const balance = (await ask('GET', '/v1/reporting/balances?currency_code=EUR')).body.balances[0].total_balance;
    expect(cents(balance)).toBe(sum);
    expect(-lines.filter((one) => one.transaction_event_code === 'T1107').reduce((all, one) => all + cents(one.transaction_amount), 0)).toBe(refunded);
  });
});

describe('sixty payers at once, with everything going wrong', () => {
  it('each pays exactly once, over two restarts', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'autobroker-paypal-'));
    const stateFile = join(folder, 'sandbox.json');
    const at = await receiver([500, 503, 500]);
    begun.push(async () => rmSync(folder, { recursive: true }), () => close(at.server));
    const upset = (sandbox: Sandbox) => control(sandbox, 'chaos', { vendor: 'paypal', duplicate: 2, reorder: true, delay_ms: 5, fail_after_commit: true });
    const count = 60;
    const orders: string[] = [];

    const first = await begin(stateFile);
    await raw(first, 'POST', '/v1/notifications/webhooks', { url: at.url, event_types: [{ name: 'PAYMENT.CAPTURE.COMPLETED' }] });
    let ask = await client(first);
    await upset(first);
    /** Asks until it is told, as a client does that gets no answer. */
    const insist = async (path: string, body: unknown, id: string): Promise<Parsed> => {
      for (let attempt = 0; attempt < 5; attempt += 1) {
        const answer = await ask('POST', path, body, id);
        if (answer.status < 500 && answer.status !== 409) return answer.body;
        // It fails after it was done: the next one shows it.
        if (attempt === 1) await control(sandbox, 'chaos', { vendor: 'paypal', fail_after_commit: false });
      }
      throw new Error(`${path} was never answered`);
    };
    let sandbox = first;
    await Promise.all(Array.from({ length: count }, async (_, at_) => orders.push((await insist('/v2/checkout/orders', { intent: 'CAPTURE', purchase_units: [{ amount: eur(10_000 + at_), invoice_id: `INV-${at_}` }] }, `order:${at_}`)).id)));
    expect(new Set(orders).size).toBe(count);
    await Promise.all(orders.map((id) => visit(sandbox, id)));
    await upset(sandbox);
    // Half of them have asked to be charged, and have heard nothing, when the process goes.
    await Promise.all(orders.slice(0, count / 2).map((id) => ask('POST', `/v2/checkout/orders/${id}/capture`, {}, `capture:${id}`)));
    for (let restart = 0; restart < 2; restart += 1) {
      await sandbox.close();
      sandbox = await begin(stateFile);
      ask = await client(sandbox);
      await upset(sandbox);
    }
    await Promise.all(orders.map((id) => insist(`/v2/checkout/orders/${id}/capture`, {}, `capture:${id}`)));
    await control(sandbox, 'chaos', { vendor: 'paypal', reset: true });

    let sum = 0;
    for (const id of orders) {
      const { captures } = (await ask('GET', `/v2/checkout/orders/${id}`)).body.purchase_units[0].payments;
      expect(captures).toHaveLength(1);
      sum += cents(captures[0].amount);
    }
    expect(sum).toBe(Array.from({ length: count }, (_, at_) => 10_000 + at_).reduce((all, one) => all + one, 0));
    const { lines } = await statement(ask, sandbox);
    expect(new Set(lines.map((one) => one.invoice_id)).size).toBe(count);
    expect(lines.reduce((all, one) => all + cents(one.transaction_amount), 0)).toBe(sum);
    // Every one of them is told of, however often.
    await until(() => new Set(at.received.map((one) => one.event.resource.id)).size, (told) => told === count, 30_000);
  });
});
