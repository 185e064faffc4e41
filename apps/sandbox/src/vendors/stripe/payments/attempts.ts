import type { Account } from '../account';
import type { ErrorBody } from '../core/errors';
import { checkOwner, listRows } from '../core/lists';
import { text } from '../core/params';
import type { Endpoint } from '../core/routes';
import type { PaymentMethod, SetupAttempt, SetupIntent } from '../objects';

/** The bank was, or is being, asked to let a method be kept. */
export function attempt(account: Account, setup: SetupIntent, method: PaymentMethod, status: SetupAttempt['status'], error: ErrorBody | null = null): SetupAttempt {
  const card = method.card === undefined ? undefined : { brand: method.card.brand, checks: method.card.checks, country: method.card.country, exp_month: method.card.exp_month, exp_year: method.card.exp_year, fingerprint: method.card.fingerprint, funding: method.card.funding, last4: method.card.last4, network: method.card.brand, three_d_secure: null, wallet: null };
  const before = account.attempts.get(setup.latest_attempt ?? '');
  // An attempt that waited for the customer goes on.
  if (before?.status === 'requires_action' && before.payment_method === method.id) return account.attempts.put(Object.assign(before, { status, setup_error: error }));
  const made = account.attempts.put({ id: account.id('setatt'), object: 'setup_attempt', created: account.now(), application: null, attach_to_self: false, customer: setup.customer, customer_account: null, flow_directions: null, livemode: false, on_behalf_of: null, payment_method: method.id, payment_method_details: card === undefined ? { type: method.type } : { card, type: 'card' }, setup_error: error, setup_intent: setup.id, status, usage: setup.usage });
  setup.latest_attempt = made.id;
  return made;
}

export const attemptEndpoints: readonly Endpoint[] = [
  ['GET', '/v1/setup_attempts', ({ account, raw }) => {
    checkOwner(raw, 'setup_intent', 'setupintent', (id) => account.setups.get(id));
    return listRows({ table: account.attempts, url: '/v1/setup_attempts', noun: 'setup attempt', filters: { setup_intent: text() }, fits: (row, given) => given.setup_intent === undefined || row.setup_intent === given.setup_intent }, raw);
  }],
];
