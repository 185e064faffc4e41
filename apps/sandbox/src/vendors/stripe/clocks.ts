import type { Account } from './account';
import { invalid, missing } from './core/errors';
import { listRows } from './core/lists';
import { int, readParams, required, text } from './core/params';
import type { Call, Endpoint } from './core/routes';
import type { TestClock } from './objects';

const day = 86_400;
const keptFor = 30 * day;
const furthest = 2 * 366 * day;

const find = (account: Account, id: string): TestClock => {
  const found = account.clocks.get(id);
  if (found === undefined) throw missing('test clock', id, 'test_clock');
  return found;
};

const create = ({ account, raw }: Call): TestClock => {
  const given = readParams({ frozen_time: int({ min: 0 }), name: text(300), customer: text() }, raw);
  const frozen = required(given.frozen_time, 'frozen_time');
  const customer = given.customer === undefined ? undefined : account.customers.get(given.customer);
  if (given.customer !== undefined && customer === undefined) throw missing('customer', given.customer, 'customer', 400);
  const clock = account.clocks.put({ id: account.id('clock'), object: 'test_helpers.test_clock', created: account.now(), deletes_after: account.now() + keptFor, frozen_time: frozen, livemode: false, name: given.name ?? null, status: 'ready', status_details: {} });
  if (customer !== undefined) account.customers.put(Object.assign(customer, { test_clock: clock.id }));
  account.emit('test_helpers.test_clock.created', clock);
  return clock;
};

/** What was to happen to the clock's customers until then has happened once the clock is ready again; the answer still says that it is on its way, as Stripe's does. */
const advance = ({ account, params, raw }: Call): TestClock => {
  const clock = find(account, params['id'] ?? '');
  const to = required(readParams({ frozen_time: int({ min: 0 }) }, raw).frozen_time, 'frozen_time');
  if (to <= clock.frozen_time) throw invalid(`The time to advance to (${to}) must be after the clock's frozen time (${clock.frozen_time}).`, { param: 'frozen_time' });
  if (to > clock.frozen_time + furthest) throw invalid('A test clock can be advanced by two years at most.', { param: 'frozen_time' });
  const underway: TestClock = { ...clock, status: 'advancing', status_details: { advancing: { target_frozen_time: to } } };
  account.emit('test_helpers.test_clock.advancing', underway);
  clock.frozen_time = to;
  account.clocks.put(clock);
  account.hurry();
  account.emit('test_helpers.test_clock.ready', clock);
  return underway;
};

export const clockEndpoints: readonly Endpoint[] = [
  ['POST', '/v1/test_helpers/test_clocks', create],
  ['GET', '/v1/test_helpers/test_clocks', ({ account, raw }) => listRows({ table: account.clocks, url: '/v1/test_helpers/test_clocks', noun: 'test clock', filters: {}, fits: () => true }, raw)],
  ['GET', '/v1/test_helpers/test_clocks/:id', ({ account, params }) => find(account, params['id'] ?? '')],
  ['POST', '/v1/test_helpers/test_clocks/:id/advance', advance],
  ['DELETE', '/v1/test_helpers/test_clocks/:id', ({ account, params }) => {
    const clock = find(account, params['id'] ?? '');
    for (const customer of [...account.customers.oldestFirst()]) {
      if (customer.test_clock !== clock.id) continue;
      account.customers.remove(customer.id);
      account.gone.put({ id: customer.id, object: 'customer', created: customer.created, _deleted: true });
    }
    for (const job of [...account.jobs.oldestFirst()]) if (job.clock === clock.id) account.jobs.remove(job.id);
    account.clocks.remove(clock.id);
    account.emit('test_helpers.test_clock.deleted', clock);
    return { id: clock.id, object: 'test_helpers.test_clock', deleted: true };
  }],
];

/** Whose request it is: a customer whose clock may stand elsewhere. */
export const customerIn = ({ account, params, raw }: Call): string | null => {
  const id = params['id'] ?? '';
  if (account.customers.get(id) !== undefined) return id;
  const { customer, payment_intent: intent, charge } = raw;
  if (typeof customer === 'string') return customer;
  const about = account.intents.get(typeof intent === 'string' ? intent : id) ?? account.charges.get(typeof charge === 'string' ? charge : id) ?? account.setups.get(id);
  return about?.customer ?? account.charges.get(account.disputes.get(id)?.charge ?? account.refunds.get(id)?.charge ?? '')?.customer ?? null;
};
