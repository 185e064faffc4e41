// Orders at once through the sandbox while everything goes wrong and the platform is killed again and again; then, when
// all is calm and every clock has run out, whether each order has ended and each buyer paid what the papers say.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { random } from '../bench/random.mjs';
import { sleep } from '../bootstrap/lib.mjs';
import { faultsOf, numberFaults, sheetOf } from './checks.mjs';
import { Client, eventually, tenant } from './client.mjs';
import { Desk, Ended } from './desk.mjs';
import { PaypalOutside, StripeOutside } from './outside.mjs';
import { World } from './platform.mjs';
import { cast, stories } from './stories.mjs';
import { Killer, Weather } from './weather.mjs';

const began = performance.now();
const say = (line) => process.stderr.write(`[${((performance.now() - began) / 1_000).toFixed(0).padStart(4)} s] ${line}\n`);
const over = (state) => state === 'completed' || state === 'cancelled';

export const chaos = async (args) => {
  const { values } = parseArgs({
    args,
    options: { orders: { type: 'string', default: '200' }, kills: { type: 'string', default: '10' }, seed: { type: 'string', default: '1' }, every: { type: 'string', default: '20' }, only: { type: 'string' }, json: { type: 'string' }, keep: { type: 'boolean' }, calm: { type: 'boolean' } },
  });
  const [orders, kills, seed, every] = [values.orders, values.kills, values.seed, values.every].map(Number);
  const next = random(seed);
  const folder = mkdtempSync(join(tmpdir(), 'autobroker-chaos-'));
  const world = new World(folder);
  let sound = false;
  process.once('SIGINT', () => void world.close().finally(() => process.exit(130)));
  process.once('SIGTERM', () => void world.close().finally(() => process.exit(143)));
  try {
    say(`${orders} orders, ${kills} kills, seed ${seed}; data in ${folder}`);
    await world.open({ seed });
    const run = new Run(world, { orders, kills, next, every: every * 1_000, only: values.only?.split(','), isCalm: values.calm === true });
    const result = await run.all();
    sound = result.faults.length === 0;
    report(result, { orders, kills, seed });
    if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(result, null, 2)}\n`);
    return sound ? 0 : 1;
  } finally {
    await world.close();
    if (values.keep === true || !sound) say(`The data and the log are kept: ${folder}`);
    else rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
  }
};

class Run {
  faults = [];
  explained = [];
  ended = [];

  constructor(world, plan) {
    Object.assign(this, { world, plan });
    this.weather = new Weather(world, plan.next, say);
    this.killer = new Killer(world, { kills: plan.kills, next: plan.next, say, every: plan.every });
  }

  async all() {
    const { world, plan } = this;
    this.began = await world.now();
    this.client = new Client(world.run.urls.api);
    const staff = (role) => world.run.accounts.find((one) => one.role === role && (one.tenant === tenant || role === 'operator'));
    this.staff = { agent: staff('agent'), ops: staff('ops'), finance: staff('finance'), operator: staff('operator') };
    const stripe = new StripeOutside(await world.vendor('stripe'));
    const paypal = new PaypalOutside(await world.vendor('paypal'), world.now);
    this.desk = new Desk({ client: this.client, staff: this.staff, stripe, paypal, now: world.now });

    const names = plan.only === undefined ? cast(plan.orders, plan.next) : Array.from({ length: plan.orders }, (_, n) => plan.only[n % plan.only.length]);
    const buyers = await this.register(names.length);
    const cars = await this.cars(names);
    say(`${buyers.length} buyers have registered, ${new Set(cars).size} cars stand in the yard`);
    await this.listening(stripe);

    if (!plan.isCalm) await this.weather.storm();
    this.killer.start();
    const audits = this.audit();
    const told = await Promise.race([this.killer.trouble, Promise.all(names.map((name, n) => this.tell(name, buyers[n], cars[n])))]);
    say(`every buyer has done what they will: ${told.filter(({ error }) => error !== undefined).length} were stopped`);
    await this.time(told);
    this.auditing = false;
    await audits;
    while (this.killer.done < plan.kills && this.killer.failure === undefined) {
      await this.killer.once();
      await this.pass('1d', 4_000);
    }
    await this.killer.stop();
    if (this.killer.failure !== undefined) throw this.killer.failure;
    if (!plan.isCalm) await this.weather.calm();
    say('calm; the clocks run on until everything is settled');
    await this.settle(told);
    return this.judge(told, { stripe, paypal });
  }

  async register(count) {
    const people = Array.from({ length: count }, (_, n) => ({ email: `buyer-${n}@chaos.example`, password: 'seven quiet herons 42', tenant }));
    const post = (path, json) => eventually(`${path} to be answered`, async () => {
      const answer = await fetch(`${this.world.run.urls.api}/api/v1${path}`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-tenant': tenant }, body: JSON.stringify(json) });
      return answer.ok ? true : answer.status < 500 && answer.status !== 429 ? Promise.reject(new Error(`${path} answered ${answer.status}: ${await answer.text()}`)) : undefined;
    });
    await atMost(8, people, ({ email, password }) => post('/auth/register', { email, password }));
    const mail = join(this.world.data, 'mail');
    const tokens = await eventually('the mails to the buyers', () => {
      const found = new Map();
      for (const name of existsSync(mail) ? readdirSync(mail) : []) {
        const source = readFileSync(join(mail, name), 'utf8');
        const to = /^To: .*?(buyer-\d+@chaos\.example)/mu.exec(source)?.[1];
        const token = /verify-email#token=([\w.~%-]+)/u.exec(source.replace(/=\r?\n/gu, '').replace(/=3D/gu, '='))?.[1];
        if (to !== undefined && token !== undefined) found.set(to, decodeURIComponent(token));
      }
      return found.size >= count ? found : undefined;
    });
    await atMost(8, people, ({ email }) => post('/auth/verify-email', { token: tokens.get(email) }));
    await atMost(8, people, async (one) => {
      one.id = (await this.client.get(one, '/me')).id;
    });
    return people;
  }

  /** One for each buyer, but for rivals, who want the same. */
  async cars(names) {
    const numbers = names.map((_, n) => n);
    const rivals = numbers.filter((n) => stories[names[n]].rival);
    const shared = new Map(rivals.flatMap((n, at) => (at % 2 === 1 ? [[n, rivals[at - 1]]] : [])));
    const made = new Map();
    await atMost(8, numbers.filter((n) => !shared.has(n)), async (n) => {
      made.set(n, await this.desk.car(n));
    });
    return numbers.map((n) => made.get(shared.get(n) ?? n));
  }

  /** Until the providers know where to tell of what happens. */
  listening = (stripe) => eventually('the platform to listen to Stripe', async () => (await stripe.api('GET', '/v1/webhook_endpoints')).data.length > 0);

  async tell(name, buyer, car) {
    // Not in the same millisecond: people do not come so either. Rivals do nearly: the later one would find the car reserved, and no quote.
    await sleep(this.plan.next() * (stories[name].rival === true ? 200 : 5_000));
    const order = { name, buyer, car, id: null, meant: null };
    const desk = Object.create(this.desk, { place: { value: async (...more) => {
      const placed = await this.desk.place(...more);
      order.id = placed.id;
      return placed;
    } } });
    try {
      const { id, late, ...meant } = await stories[name].tell(desk, buyer, car);
      Object.assign(order, { id, meant, late });
    } catch (error) {
      order.error = error;
      this.ended.push({ name, id: order.id, why: String(error.message ?? error) });
      if (!(error instanceof Ended)) say(`${name} (${order.id}): ${error.stack}`);
    }
    this.doneCount = (this.doneCount ?? 0) + 1;
    if (this.doneCount % 20 === 0) say(`${this.doneCount} buyers are through`);
    return order;
  }

  /** While it still storms, time goes on: reservations, requests, holds and reminders run out. */
  async time(told) {
    await this.pass('32m');
    await Promise.all(told.flatMap(({ late }) => (late === undefined ? [] : [late()])));
    await this.pass('40m');
    for (const length of ['6h', '18h', '1d', '1d', '1d', '1d']) await this.pass(length);
  }

  /** What the platform does at night, more often: what no message has told is found in the providers' books. */
  async audit() {
    this.auditing = true;
    while (this.auditing) {
      const day = (await this.world.now()).toISOString().slice(0, 10);
      await this.client.ask(this.staff.finance, 'POST', '/reconciliation/runs', { day });
      for (let waited = 0; waited < 45_000 && this.auditing; waited += 500) await sleep(500);
    }
  }

  async pass(length, restMs = 6_000) {
    await this.world.advance(length);
    await sleep(restMs);
  }

  /** A day at a time, until no order waits any more. */
  async settle(told) {
    const { client, staff } = this;
    for (let day = 0; day < 75; day += 1) {
      const left = (await client.all(staff.agent, '/orders')).filter(({ state, cancellation }) => !over(state) || (state === 'cancelled' && cancellation.closed_at === null));
      if (day % 5 === 0) say(`day ${day}: ${left.length} orders are not settled`);
      if (left.length === 0 && day > 35) break;
      await this.pass('1d', left.length === 0 ? 500 : 1_500);
    }
    // The last of them has its papers and its events a moment later.
    await eventually('every event to be consumed', async () => (await client.get(staff.operator, '/monitoring/consumers')).every(({ sources, deferred }) => deferred === 0 && sources.every(({ behind }) => behind === 0)), 60_000).catch((error) => this.faults.push(String(error)));
    await this.paySellers();
    const planned = async () => (await atMost(8, told.filter(({ id }) => id !== null), async ({ id }) => (await this.desk.papers(id)).filter(({ state, problem }) => (state === 'planned' || state === 'numbered') && problem === null).length)).reduce((sum, one) => sum + one, 0);
    await eventually('every paper to be written', async () => (await planned()) === 0, 180_000).catch((error) => this.faults.push(String(error)));
  }

  async paySellers() {
    const { client, staff } = this;
    for (const { id } of await client.all(staff.finance, '/payouts?state=due')) await client.ask(staff.finance, 'POST', `/payouts/${id}/pay`, { bank_reference: `SEPA ${id.slice(0, 8)}` });
  }

  /** Each day against the providers' books. */
  async reconcile() {
    const { client, staff } = this;
    const until = await this.world.now();
    const since = until.toISOString();
    const days = [];
    for (let day = new Date(this.began.toISOString().slice(0, 10)); day <= until; day = new Date(day.getTime() + 86_400_000)) days.push(day.toISOString().slice(0, 10));
    for (const day of days) await client.does(staff.finance, 'POST', '/reconciliation/runs', { day });
    return eventually('the days to be compared', async () => {
      // Latest first: of a day that was compared before, only what is found now counts.
      const runs = (await client.all(staff.finance, '/reconciliation/runs')).filter((one) => one.finished_at >= since);
      return days.every((day) => ['stripe', 'paypal'].every((provider) => runs.some((one) => one.day === day && one.provider === provider))) ? runs : undefined;
    }, 300_000);
  }

  async judge(told, { stripe, paypal }) {
    const { client, staff, faults } = this;
    const runs = await this.reconcile();
    say('reading the books of the providers and of the platform');
    const [ofStripe, ofPaypal] = [await stripe.truth(), await paypal.truth()];
    const truth = [...ofStripe.rows, ...ofPaypal.rows];
    const sheets = new Map();
    for (const one of told) if (one.id === null) faults.push(`${one.name}: no order came of it: ${one.error?.message}`);
    const all = await client.all(staff.agent, '/orders');
    await atMost(6, all, async ({ id }) => sheets.set(id, await sheetOf(this.desk, id)));

    // Whose each payment is: as the provider was told, and as we say.
    const ownerOf = new Map([...sheets].flatMap(([id, { payments }]) => payments.map((one) => [one.id, id])));
    for (const one of truth) {
      if (!ownerOf.has(one.paymentId)) faults.push(`${one.provider} has taken ${one.captured} of ${one.paymentId}, which is nobody's here`);
      else if (one.orderId !== null && one.orderId !== ownerOf.get(one.paymentId)) faults.push(`payment ${one.paymentId} is of another order at ${one.provider}`);
    }
    for (const one of ofStripe.cash) this.explain('money that a buyer sent and that no payment has taken is left at Stripe', one, false);
    for (const order of all) if (!told.some(({ id }) => id === order.id)) faults.push(`order ${order.id} is nobody's`);
    for (const one of told) {
      const sheet = sheets.get(one.id);
      if (sheet === undefined) continue;
      if (sheet.order.buyer_id !== one.buyer.id) faults.push(`${one.name} (${one.id}): it is another buyer's`);
      for (const fault of faultsOf(sheet, truth.filter(({ paymentId }) => ownerOf.get(paymentId) === one.id), one.error === undefined ? one.meant : null)) faults.push(`${one.name} (${one.id}): ${fault}`);
    }
    // Who was stopped on the way was stopped by a fault of somebody's: a kill or a late answer ends no sale.
    for (const { name, id, why } of this.ended) faults.push(`${name} (${id}): its buyer was stopped: ${why}`);
    faults.push(...numberFaults([...sheets.values()].flatMap(({ papers }) => papers)));
    await this.carFaults(told, sheets);
    await this.queues(told);
    const unbalanced = runs.filter(({ breaks }) => breaks > 0);
    for (const { provider, day, breaks } of unbalanced) faults.push(`the reconciliation of ${day} with ${provider} found ${breaks} breaks`);
    return { ...this.figures(told, sheets, { truth, runs, ofStripe, ofPaypal }), faults, explained: this.explained };
  }

  async carFaults(told, sheets) {
    const byCar = Map.groupBy(told.filter(({ id }) => sheets.has(id)), ({ car }) => car);
    for (const [car, theirs] of byCar) {
      const states = theirs.map(({ id }) => sheets.get(id).order.state);
      const sold = states.filter((state) => state === 'completed').length;
      if (sold > 1) this.faults.push(`car ${car} was sold ${sold} times`);
      const { status } = await this.client.get(this.staff.agent, `/vehicles/${car}`);
      const wanted = sold === 1 ? 'sold' : 'available';
      if (status !== wanted) this.faults.push(`car ${car} is ${status}, and should be ${wanted} (${states.join(', ')})`);
    }
  }

  explain(what, of, isExpected) {
    if (isExpected) this.explained.push(what);
    else this.faults.push(`${what}: ${JSON.stringify(of)}`);
  }

  /** Everything that waits for people: what the story of an order explains, and what nothing does. */
  async queues(told) {
    const { client, staff } = this;
    const storyOf = new Map(told.map((one) => [one.id, one]));
    const disputed = new Set(['dispute_won', 'dispute_lost', 'paypal_dispute_won', 'paypal_dispute_lost']);
    const paidOff = new Set(['seller_has_no_title', 'withdrawn_after_delivery']);
    for (const one of await client.all(staff.finance, '/reconciliation/breaks?state=open')) {
      this.explain(`break: ${one.kind}`, one, one.kind === 'dispute_opened' && disputed.has(storyOf.get(one.order_id)?.name));
    }
    for (const item of await client.all(staff.ops, '/orders/ops-queue?status=open')) {
      const { name } = storyOf.get(item.order_id) ?? {};
      const isOf = (kind, pattern, names) => item.kind === kind && pattern.test(item.detail) && names.has(name);
      const expected = isOf('compensation', /^recall_seller_payment/u, paidOff) || isOf('dispute_lost', /./u, disputed) || isOf('deadline', /^disputed takes too long/u, disputed);
      this.explain(`ops queue: ${item.kind}: ${item.detail.replace(/\d{3,}/gu, '…')}`, { ...item, name }, expected);
    }
    for (const letter of await client.all(staff.operator, '/monitoring/dead-letters')) this.faults.push(`dead letter: ${JSON.stringify(letter)}`);
    const queues = await client.get(staff.operator, '/monitoring/jobs');
    for (const queue of queues) {
      if (queue.dead === 0) continue;
      const dead = await client.ask(staff.operator, 'GET', `/monitoring/jobs/${queue.name}/dead?per_page=100`);
      if (dead.status !== 200) continue;
      for (const job of dead.data) this.dead = [...(this.dead ?? []), `${job.name}: ${job.reason.slice(0, 80)}`];
    }
  }

  figures(told, sheets, { truth, runs, ofStripe, ofPaypal }) {
    const states = {};
    for (const { order } of sheets.values()) {
      const name = order.state === 'cancelled' ? `cancelled: ${order.cancellation.reason}` : order.state;
      states[name] = (states[name] ?? 0) + 1;
    }
    const sum = (rows, of) => rows.reduce((total, one) => total + one[of], 0);
    const money = Object.fromEntries(['stripe', 'paypal'].map((provider) => {
      const rows = truth.filter((one) => one.provider === provider);
      return [provider, { payments: rows.filter(({ captured }) => captured > 0).length, captured: sum(rows, 'captured'), refunded: sum(rows, 'refunded'), takenBack: sum(rows, 'takenBack') }];
    }));
    const papers = [...sheets.values()].flatMap(({ papers: list }) => list).filter(({ state }) => state === 'issued');
    return {
      seconds: Math.round((performance.now() - began) / 1_000),
      orders: told.length,
      states,
      stories: Object.fromEntries(Map.groupBy(told, ({ name }) => name).entries().map(([name, list]) => [name, list.length])),
      kills: { ...this.world.kills, downSeconds: Math.round(this.killer.downMs / 1_000) },
      weather: Object.fromEntries(this.weather.seen),
      client: { retries: this.client.retries, brokenConnections: this.client.brokenConnections, replays: this.client.replays, lostAnswers: this.client.lostAnswers },
      refusals: Object.fromEntries(this.desk.refusals),
      money,
      events: { stripe: ofStripe.events, paypal: ofPaypal.codes },
      webhooks: this.world.road.figures,
      papers: Object.fromEntries(Map.groupBy(papers, ({ kind }) => kind).entries().map(([kind, list]) => [kind, list.length])),
      journals: [...sheets.values()].reduce((total, { journals }) => total + journals.length, 0),
      reconciled: { runs: runs.length, breaks: runs.reduce((total, { breaks }) => total + breaks, 0), movements: runs.reduce((total, { movements }) => total + movements, 0) },
      deadJobs: this.dead ?? [],
    };
  }
}

const atMost = async (count, list, work) => {
  const results = [];
  const places = list.map((_, place) => place);
  await Promise.all(Array.from({ length: count }, async () => {
    for (let place = places.shift(); place !== undefined; place = places.shift()) results[place] = await work(list[place]);
  }));
  return results;
};

const euros = (minor) => `€${(minor / 100).toLocaleString('en', { minimumFractionDigits: 2 })}`;
const counted = (map) => Object.entries(map).sort(([, a], [, b]) => b - a).map(([name, count]) => `${count} × ${name}`).join(', ');
const tallied = (list) => Object.fromEntries(Map.groupBy(list, (one) => one).entries().map(([one, all]) => [one, all.length]));

function report(result, { orders, kills, seed }) {
  const rows = [
    ['orders', `${result.orders} (seed ${seed}), ${new Set(Object.keys(result.stories)).size} stories`],
    ['how they ended', counted(result.states)],
    ['kills', `${result.kills.whole + result.kills.process} of ${kills}: ${result.kills.whole} with the database, ${result.kills.process} of the process alone; ${result.kills.downSeconds} s down`],
    ['squalls', counted(result.weather)],
    ['webhooks', `${result.webhooks.events} events in ${result.webhooks.deliveries} deliveries: ${result.webhooks.lost} events lost for good, ${result.webhooks.doubled} taken more than once, ${result.webhooks.refused} deliveries refused or to nobody`],
    ['clients', `${result.client.retries} retries, ${result.client.brokenConnections} broken connections, ${result.client.lostAnswers} answers lost for good`],
    ...['stripe', 'paypal'].map((name) => [`money at ${name}`, `${result.money[name].payments} payments: taken ${euros(result.money[name].captured)}, given back ${euros(result.money[name].refunded)}, taken back by banks ${euros(result.money[name].takenBack)}`]),
    ['papers', counted(result.papers)],
    ['ledger', `${result.journals} journals`],
    ['reconciliation', `${result.reconciled.runs} days and providers, ${result.reconciled.movements} movements, ${result.reconciled.breaks} breaks`],
    ['waits for people', counted(tallied(result.explained)) || 'nothing'],
    ['jobs given up', counted(tallied(result.deadJobs)) || 'none'],
    ['duration', `${result.seconds} s`],
    ['faults', String(result.faults.length)],
  ];
  process.stdout.write(`\n${rows.map(([name, text]) => `  ${name.padEnd(18)} ${text}`).join('\n')}\n`);
  for (const fault of result.faults) process.stdout.write(`  ✗ ${fault}\n`);
  process.stdout.write(result.faults.length === 0 ? `\n  ${orders} orders have ended, each buyer was charged what the papers say, and nothing is left open.\n` : '\n');
}
