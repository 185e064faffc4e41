// Selling cars: orders placed, whole sales until the deposit is held, what a provider tells, the ledger, and papers.
import { spawn } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { root, sleep } from '../bootstrap/lib.mjs';
import { startApp, stopApp } from '../bootstrap/local.mjs';
import { freePort } from '../engines/support.mjs';
import { buyer, deskOf, quote, sale, stock, stretches, stripeOf } from './sales.mjs';
import { cpuOf, measure, startServer } from './server.mjs';

const { Client } = createRequire(import.meta.url)('pg');

const tenant = 'aurora-motors';
export const orderRows = ['order_placed', 'order_flow', 'webhook_accepted', 'ledger_balance', 'invoice_pdf', 'facturx'];

const clients = 10;
const warmFlows = 60;
const journals = 10_000;

const shareOf = (sorted, share) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
const percentiles = (times) => {
  const sorted = [...times].sort((a, b) => a - b);
  return { p50_ms: shareOf(sorted, 0.5), p95_ms: shareOf(sorted, 0.95), p99_ms: shareOf(sorted, 0.99) };
};

/** The outside world in a process of its own, with a webhook endpoint whose secret we know, as an account at Stripe has one. */
const outside = async (endpoint) => {
  const { child, message } = await startApp(join(root, 'apps/sandbox/dist/main.js'), { SANDBOX_PORT: String(await freePort()), SANDBOX_CARS: '20', AUTOBROKER_DATA: '' }, { label: 'The sandbox' });
  const { vendors } = await (await fetch(`${message.url}/control/vendors`)).json();
  const { base_url: url, key } = vendors.find(({ slug }) => slug === 'stripe');
  const api = async (method, path, form) => {
    const answer = await fetch(`${url}${path}`, { method, headers: { authorization: `Bearer ${key.secret_key}` }, ...(form === undefined ? {} : { body: new URLSearchParams(form) }) });
    if (!answer.ok) throw new Error(`Stripe's stand-in answered ${answer.status}: ${await answer.text()}`);
    return answer.json();
  };
  const heard = ['checkout.session.completed', 'checkout.session.expired', 'payment_intent.amount_capturable_updated', 'payment_intent.succeeded', 'payment_intent.payment_failed', 'payment_intent.canceled', 'charge.refunded', 'charge.dispute.created'];
  const { secret } = await api('POST', '/v1/webhook_endpoints', [['url', endpoint], ...heard.map((type) => ['enabled_events[]', type])]);
  return { url, api, secret, pid: child.pid, stop: () => stopApp(child), env: { STRIPE_API_URL: url, STRIPE_SECRET_KEY: key.secret_key, STRIPE_WEBHOOK_SECRETS: secret } };
};

const numberOf = async (client, sql, params) => (await client.query(sql, params)).rows[0].n;
const mustBe = (what, is, should) => {
  if (is !== should) throw new Error(`${what}: ${is} instead of ${should}`);
};

const unwritten = `select count(*)::integer as n from documents.documents
  where state in ('planned', 'numbered') or (state = 'issued' and cardinality(signers) > 0 and signed_by @> signers and signed_sha256 is null)`;

/** Papers that nobody waits for are written when there is time. Says how many were left, and how long they took. */
const papersWritten = async ({ client, settled }) => {
  const began = performance.now();
  const first = await numberOf(client, unwritten);
  for (let left = first; left > 0; left = await numberOf(client, unwritten)) {
    if (performance.now() - began > 600_000) throw new Error(`${left} papers are left`);
    await sleep(100);
  }
  const seconds = (performance.now() - began) / 1_000;
  await settled();
  return { first, seconds };
};

/** All that the machine's processors have done, in microseconds. */
const machineCpu = () => {
  const [, user, nice, system, , , irq, soft] = readFileSync('/proc/stat', 'latin1').split('\n')[0].split(/\s+/u).map(Number);
  return (user + nice + system + irq + soft) * 10_000;
};

const orderPlaced = async ({ world, ids, seconds, record, say }) => {
  const { desk, tokens, platform, client } = world;
  const most = Math.round(seconds * 500);
  const quotes = [];
  let next = 0;
  await Promise.all(Array.from({ length: 8 }, async () => {
    while (next < most) {
      const place = next++;
      quotes[place] = await quote(desk, tokens.buyer, ids[place % ids.length]);
    }
  }));
  await world.settled();
  const before = await numberOf(client, 'select count(*)::integer as n from orders.orders');
  const requests = quotes.map((token) => ({ method: 'POST', path: '/api/v1/orders', headers: { Authorization: `Bearer ${tokens.buyer}`, 'Idempotency-Key': randomUUID() }, body: { quote: token, locale: 'de', buyer } }));
  const warm = requests.splice(0, Math.min(200, Math.round(most / 5)));
  await measure({ server: platform, port: platform.port, requests: warm, connections: 16, warmup: 0, once: true });
  const result = await measure({ server: platform, port: platform.port, requests, connections: 16, warmup: 0, once: true });
  record('order_placed', result);
  mustBe('orders placed', (await numberOf(client, 'select count(*)::integer as n from orders.orders')) - before, most);
  mustBe('events of orders placed', await numberOf(client, `select count(*)::integer as n from orders.outbox o where o.type = 'order.requested.v1'`), before + most);
  mustBe('answers 201', result.statuses['201'] ?? 0, requests.length);
  const { first, seconds: after } = await papersWritten(world);
  say(`  of their ${most * 2} papers ${first} were still to be written: done ${after.toFixed(1)} s later`);
};

const orderFlow = async ({ world, ids, seconds, record, say }) => {
  const { desk, tokens, platform, sandbox } = world;
  const stripe = stripeOf(sandbox.url, clients);
  const left = [...ids];
  const done = [];
  const run = async (goesOn) => {
    const some = [];
    await Promise.all(Array.from({ length: clients }, async () => {
      while (goesOn(some.length)) {
        const vehicleId = left.pop();
        if (vehicleId === undefined) throw new Error('there are no cars left: the sales went faster than was thought possible');
        some.push(await sale({ desk, stripe, token: tokens.buyer, vehicleId }));
      }
    }));
    done.push(...some);
    return some;
  };
  await run((count) => count < warmFlows);
  await world.settled();
  const cpu = { platform: cpuOf(platform.pid), sandbox: cpuOf(sandbox.pid), machine: machineCpu(), ours: process.cpuUsage() };
  const asked = desk.requests;
  const began = performance.now();
  const flows = await run(() => performance.now() - began < seconds * 1_000);
  const elapsed = (performance.now() - began) / 1_000;
  const each = (us) => Math.round(us / flows.length) / 1_000;
  const ours = Object.values(process.cpuUsage(cpu.ours)).reduce((a, b) => a + b);
  const perFlow = { platform: each(cpuOf(platform.pid) - cpu.platform), sandbox: each(cpuOf(sandbox.pid) - cpu.sandbox), client: each(ours), machine: each(machineCpu() - cpu.machine) };
  record('order_flow', { req_s: flows.length / elapsed, ...percentiles(flows.map(({ ms }) => ms)), server_us: perFlow.platform * 1_000, client_busy: ours / 1e6 / elapsed });
  const medians = stretches.map((name, index) => `${name} ${Math.round(percentiles(flows.map(({ laps }) => laps[index])).p50_ms)}`);
  say(`  of a sale's ms, at the median: ${medians.join(', ')}`);
  say(`  of a sale, ms of processor: platform ${perFlow.platform}, sandbox ${perFlow.sandbox}, client ${perFlow.client}, all of the machine ${perFlow.machine}; ${Math.round((desk.requests - asked) / flows.length)} requests`);
  const papers = await papersWritten(world);
  say(`  of their papers ${papers.first} were still to be written: done ${papers.seconds.toFixed(1)} s later`);
  await checkFlows(world, done);
  await stripe.close();
  return done;
};

/** In the end: every sale's order, payment, hold at Stripe and papers are there, once, and its books add up. */
const checkFlows = async ({ client, sandbox }, flows) => {
  const orders = flows.map(({ orderId }) => orderId);
  const of = (sql) => numberOf(client, sql, [orders]);
  mustBe('orders with a deposit', await of(`select count(*)::integer as n from orders.orders where id = any($1) and state = 'deposit_held' and holds_vehicle`), flows.length);
  mustBe('payments that are held', await of(`select count(*)::integer as n from payment.payments where order_id = any($1) and state = 'authorized' and authorized = amount and captured = 0`), flows.length);
  mustBe('mandates signed', await of(`select count(*)::integer as n from documents.documents where order_id = any($1) and kind = 'mandate' and signed_by = '{buyer}' and signed_sha256 is not null`), flows.length);
  mustBe('receipts', await of(`select count(*)::integer as n from documents.documents where order_id = any($1) and kind = 'deposit_receipt' and state = 'issued'`), flows.length);
  mustBe('journals that do not add up', await numberOf(client, 'select count(*)::integer as n from (select 1 from payment.ledger_entries group by journal_id having sum(amount) <> 0) odd'), 0);
  mustBe('events given up', await numberOf(client, 'select (select count(*) from orders.dead_letter)::integer + (select count(*) from payment.dead_letter)::integer + (select count(*) from documents.dead_letter)::integer as n'), 0);
  let held = 0;
  for (let after; ; ) {
    const { data, has_more: more } = await sandbox.api('GET', `/v1/payment_intents?limit=100${after === undefined ? '' : `&starting_after=${after}`}`);
    held += data.reduce((sum, intent) => sum + intent.amount_capturable, 0);
    after = data.at(-1)?.id;
    if (!more) break;
  }
  mustBe('cents held at Stripe', held, flows.reduce((sum, { deposit }) => sum + deposit.amount, 0));
};

const eventOf = ({ paymentId }, number) => ({
  id: `evt_bench${String(number).padStart(12, '0')}`,
  object: 'event',
  api_version: '2026-10-28.endive',
  created: Math.floor(Date.now() / 1_000),
  type: ['payment_intent.amount_capturable_updated', 'checkout.session.completed', 'charge.succeeded', 'payment_intent.created', 'charge.updated'][number % 5],
  data: { object: { id: `pi_bench${Math.floor(number / 5)}`, object: 'payment_intent', amount: 150_000, currency: 'eur', status: 'requires_capture', metadata: { payment_id: paymentId } } },
  livemode: false,
  pending_webhooks: 1,
  request: { id: null, idempotency_key: null },
});

/** Of payments that there are, five events of each as a card payment has them; each is about something that is looked at afterwards. */
const webhookAccepted = async ({ world, flows, seconds, record, say }) => {
  const { platform, client, sandbox } = world;
  const count = Math.round(seconds * 1_500);
  const signed = Array.from({ length: count }, (_, number) => {
    const body = JSON.stringify(eventOf(flows[Math.floor(number / 5) % flows.length], number), null, 2);
    const at = Math.floor(Date.now() / 1_000);
    return { method: 'POST', path: '/api/v1/webhooks/stripe', headers: { 'Stripe-Signature': `t=${at},v1=${createHmac('sha256', sandbox.secret).update(`${at}.${body}`).digest('hex')}` }, body };
  });
  const before = await numberOf(client, 'select count(*)::integer as n from payment.provider_events');
  const result = await measure({ server: platform, port: platform.port, requests: signed, connections: 32, warmup: 0, once: true });
  record('webhook_accepted', result);
  mustBe('events accepted', result.statuses['200'] ?? 0, count);
  mustBe('events noted', (await numberOf(client, 'select count(*)::integer as n from payment.provider_events')) - before, count);
  const began = performance.now();
  const waiting = () => numberOf(client, 'select count(*)::integer as n from payment.provider_events where processed_at is null');
  const first = await waiting();
  while ((await waiting()) > 0) {
    if (performance.now() - began > 120_000) throw new Error(`${await waiting()} events are left`);
    await sleep(100);
  }
  say(`  ${first} of ${count} were still to be looked after, done ${((performance.now() - began) / 1_000).toFixed(1)} s later`);
  mustBe('events that were no payment of ours', await numberOf(client, `select count(*)::integer as n from payment.provider_events where event_id like 'evt_bench%' and outcome <> 'applied'`), 0);
};

/** As the ledger itself would have them: its own triggers keep the balances. */
const ledgerBalance = async ({ world, flows, seconds, record }) => {
  const { platform, client, tokens } = world;
  const [{ orderId, paymentId }] = flows;
  await client.query(
    `with j as (
       insert into payment.ledger_journals (id, key, kind, tenant_id, order_id, payment_id, currency, provider, provider_ref, memo, posted_at)
       select gen_random_uuid(), 'bench:' || n, 'provider_fee', o.tenant_id, o.id, $2, o.currency, 'stripe', 'txn_bench' || n, 0, now() from payment.orders o, generate_series(1, $3) n where o.id = $1 returning id, order_id, currency, key
     )
     select count(*) from j`,
    [orderId, paymentId, journals],
  );
  await client.query(
    `insert into payment.ledger_entries (journal_id, seq, order_id, account, payee, currency, amount)
     select j.id, s.seq, j.order_id, s.account, null, j.currency, s.sign * (1 + substr(j.key, 7)::bigint % 97)
     from payment.ledger_journals j, (values (1, 'psp_fees', 1), (2, 'psp_clearing:stripe', -1)) as s (seq, account, sign) where j.order_id = $1 and j.key like 'bench:%'`,
    [orderId],
  );
  await client.query('analyze payment.ledger_journals, payment.ledger_entries, payment.ledger_balances');
  const path = `/api/v1/ledger/orders/${orderId}`;
  const result = await measure({ server: platform, port: platform.port, requests: [{ method: 'GET', path, headers: { Authorization: `Bearer ${tokens.finance}` } }], connections: 4, seconds: Math.min(seconds, 4), warmup: 1 });
  record('ledger_balance', result);
  const { data } = await (await fetch(`http://127.0.0.1:${platform.port}${path}`, { headers: { authorization: `Bearer ${tokens.finance}` } })).json();
  const shown = data.balances.find(({ account }) => account === 'psp_fees')?.balance.amount;
  mustBe('the balance of fees', shown, await numberOf(client, `select sum(amount)::integer as n from payment.ledger_entries where order_id = $1 and account = 'psp_fees'`, [orderId]));
};

/** In a process of its own, as the service has a thread for it. */
const papers = async (rows, record, say) => {
  const child = spawn(process.execPath, ['--conditions=@autobroker/source', '-r', '@swc-node/register', join(import.meta.dirname, 'papers.cjs')], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, TS_NODE_PROJECT: join(root, 'tsconfig.base.json') } });
  for (const { name, pages, bytes, times } of JSON.parse(await text(child.stdout))) {
    if (!rows.includes(name)) continue;
    record(name, { req_s: (times.length * 1_000) / times.reduce((a, b) => a + b, 0), ...percentiles(times) });
    say(`  ${pages} pages, ${bytes.toLocaleString('en')} bytes`);
  }
};

/** `asked` tells which rows; signing in and waiting until the platform has nothing to do are the benchmark's own. */
export const ordersBench = async ({ postgres, env, folder, seconds, asked, record, say, signIn, caughtUp }) => {
  const rows = orderRows.filter((name) => asked('orders', name));
  say(`Selling cars (load of the machine before: ${loadavg().map((one) => one.toFixed(1)).join(', ')}) …`);
  if (asked('orders', 'invoice_pdf', 'facturx')) await papers(rows, record, say);
  if (!rows.some((name) => name !== 'invoice_pdf' && name !== 'facturx')) return;

  const closing = [];
  try {
    const port = await freePort();
    const base = `http://127.0.0.1:${port}`;
    const sandbox = await outside(`${base}/api/v1/webhooks/stripe`);
    closing.push(sandbox.stop);
    // The sandbox is no part of production, and refused there.
    const platform = await startServer(join(root, 'apps/platform/dist/main.js'), { ...env, ...sandbox.env, NODE_ENV: 'development', PORT: String(port), PUBLIC_URL: base });
    closing.push(platform.stop);
    const client = new Client({ connectionString: postgres.superUrl ?? postgres.url });
    await client.connect();
    closing.push(() => client.end());
    const { accounts } = JSON.parse(readFileSync(join(folder, 'installation.json'), 'utf8'));
    const tokens = { operator: await signIn(base, accounts.find(({ role }) => role === 'operator')) };
    for (const role of ['agent', 'buyer', 'finance']) tokens[role] = await signIn(base, accounts.find((one) => one.tenant === tenant && one.role === role));
    const desk = deskOf(base, clients + 2);
    closing.push(desk.close);
    const settled = () => caughtUp(base, tokens.operator);
    const world = { desk, tokens, platform, client, sandbox, settled };

    const wantsFlows = asked('orders', 'order_flow', 'webhook_accepted', 'ledger_balance');
    const length = asked('orders', 'order_flow') ? seconds : 1;
    // A car that is sold gets no quote any more: those of the orders that are only placed stand apart.
    const ids = await stock(desk, tokens, Math.round(length * 150) + warmFlows + 100);
    const [quoted, sold] = [ids.slice(0, 100), ids.slice(100)];
    await settled();
    await client.query('vacuum analyze');
    const flows = wantsFlows ? await orderFlow({ world, ids: sold, seconds: length, record: asked('orders', 'order_flow') ? record : () => {}, say }) : [];
    if (asked('orders', 'order_placed')) await orderPlaced({ world, ids: quoted, seconds, record, say });
    if (asked('orders', 'webhook_accepted')) await webhookAccepted({ world, flows, seconds, record, say });
    if (asked('orders', 'ledger_balance')) await ledgerBalance({ world, flows, seconds, record });
  } finally {
    for (const close of closing.reverse()) await close();
  }
};
