import type { Account } from '../account';
import { notFound, refused } from '../core/errors';
import { mostOf } from '../core/money';
import { Reading, type Amount } from '../core/reading';
import { nothing, ok, type Call, type Endpoint, type Outcome } from '../core/routes';
import type { Authorization, Order, Unit } from '../objects';
import { familyOf, hold, release, take } from './charging';
import { checkOwnInvoice } from './invoices';
import { renderAlone, sketch } from './render';

const mostCaptures = 10;

export const findAuthorization = (account: Account, id: string): Authorization => {
  const found = account.authorizations.get(id);
  if (found === undefined) throw notFound('authorization_id', id);
  return found;
};

/** The original, which knows what was captured of it under whatever id. */
const rootOf = (account: Account, one: Authorization): Authorization => (one.parent === null ? one : findAuthorization(account, one.parent));

const placeOf = (account: Account, one: Authorization): { readonly order: Order; readonly unit: Unit } => {
  const order = account.orders.get(one.order);
  const unit = order?.units.find(({ wire }) => wire.reference_id === one.unit);
  if (order === undefined || unit === undefined) throw notFound('authorization_id', one.id);
  return { order, unit };
};

/** Nothing can be done with what is over. */
function checkOpen(one: Authorization): void {
  const at = { location: 'path', field: 'authorization_id', value: one.id } as const;
  if (one.expired) throw refused('AUTHORIZATION_EXPIRED', at);
  switch (one.status) {
    case 'VOIDED':
      throw refused('AUTHORIZATION_VOIDED', at);
    case 'DENIED':
      throw refused('AUTHORIZATION_DENIED', at);
    case 'CAPTURED':
      throw refused('AUTHORIZATION_ALREADY_CAPTURED', at);
    case 'PENDING':
      throw refused('TRANSACTION_REFUSED', at);
    case 'CREATED':
    case 'PARTIALLY_CAPTURED':
  }
}

function capture({ account, params, body, whole }: Call): Outcome {
  const one = findAuthorization(account, params['id'] ?? '');
  const reading = new Reading();
  const amount = reading.money(body['amount'], '/amount');
  const invoice = reading.text(body['invoice_id'], '/invoice_id', { max: 127 });
  const final = reading.flag(body['final_capture'], '/final_capture') ?? false;
  const note = reading.text(body['note_to_payer'], '/note_to_payer', { max: 255 });
  reading.text(body['soft_descriptor'], '/soft_descriptor', { max: 22 });
  reading.done();
  checkOpen(one);
  const root = rootOf(account, one);
  const minor = wanted(one, root, amount);
  if (root.captures >= mostCaptures) throw refused('MAX_CAPTURE_COUNT_EXCEEDED');
  if (root.captured + minor > mostOf(root.minor, root.currency)) throw refused('MAX_CAPTURE_AMOUNT_EXCEEDED', { location: 'body', field: '/amount/value' });
  const { order, unit } = placeOf(account, one);
  checkOwnInvoice(account, 'captured', order.id, invoice);
  checkFunds(account, one);
  const taken = take(account, { order, unit, authorization: one, minor, final, funding: one.funding, invoice_id: invoice ?? unit.invoice_id, note });
  account.change(account.authorizations, root, (it) => {
    it.captured += minor;
    it.captures += 1;
  });
  for (const member of familyOf(account, one)) {
    if (member.status === 'CREATED' || member.status === 'PARTIALLY_CAPTURED') account.change(account.authorizations, member, (it) => (it.status = final || root.captured >= one.minor ? 'CAPTURED' : 'PARTIALLY_CAPTURED'));
  }
  const shown = renderAlone.capture(account, taken);
  return { status: 201, body: whole ? shown : sketch(shown), view: ['capture', taken.id] };
}

/** Whatever is left, if nothing is said. */
function wanted(one: Authorization, root: Authorization, amount: Amount | null): number {
  if (amount === null) return Math.max(1, one.minor - root.captured);
  if (amount.currency !== one.currency) throw refused('AUTH_CAPTURE_CURRENCY_MISMATCH', { location: 'body', field: '/amount/currency_code', value: amount.currency });
  return amount.minor;
}

/** For three days PayPal answers for the money, after that the payer. */
function checkFunds(account: Account, one: Authorization): void {
  const honored = Math.max(...familyOf(account, one).map((member) => member.honored));
  if (one.funding === 'gone_after_honor' && account.now() >= honored) throw refused('PAYER_CANNOT_PAY');
}

function reauthorize({ account, params, body, whole }: Call): Outcome {
  const one = findAuthorization(account, params['id'] ?? '');
  const reading = new Reading();
  const amount = reading.money(body['amount'], '/amount');
  reading.done();
  checkOpen(one);
  const root = rootOf(account, one);
  const once = account.settings.reauthorize === 'once';
  if (once && (one.parent !== null || root.reauthorizations > 0)) throw refused('REAUTHORIZATION_NOT_SUPPORTED', { location: 'path', field: 'authorization_id', value: one.id });
  if (amount !== null && amount.currency !== one.currency) throw refused('AUTH_CURRENCY_MISMATCH', { location: 'body', field: '/amount/currency_code', value: amount.currency });
  if (account.now() < Math.max(...familyOf(account, one).map(({ honored }) => honored))) throw refused('REAUTHORIZATION_TOO_SOON', { location: 'path', field: 'authorization_id', value: one.id });
  const minor = amount?.minor ?? root.minor - root.captured;
  if (root.captured + minor > mostOf(root.minor, root.currency)) throw refused('AUTHORIZATION_AMOUNT_EXCEEDED', { location: 'body', field: '/amount/value' });
  checkFunds(account, one);
  const { order, unit } = placeOf(account, one);
  account.change(account.authorizations, root, (it) => (it.reauthorizations += 1));
  const again = hold(account, { order, unit, minor, parent: root });
  const shown = renderAlone.authorization(account, again);
  return { status: 201, body: whole ? shown : sketch(shown), view: ['authorization', again.id] };
}

function voidIt({ account, params, whole }: Call): Outcome {
  const one = findAuthorization(account, params['id'] ?? '');
  const at = { location: 'path', field: 'authorization_id', value: one.id } as const;
  if (one.parent !== null) throw refused('CANNOT_BE_VOIDED', at);
  if (one.status === 'VOIDED') throw refused('PREVIOUSLY_VOIDED', at);
  if (one.status === 'CAPTURED') throw refused('PREVIOUSLY_CAPTURED', at);
  if (one.status === 'DENIED') throw refused('AUTHORIZATION_DENIED', at);
  release(account, one, false);
  return whole ? { ...ok(renderAlone.authorization(account, one)), view: ['void', one.id] } : { ...nothing, view: ['void', one.id] };
}

export const authorizationEndpoints: readonly Endpoint[] = [
  ['GET', '/v2/payments/authorizations/:id', ({ account, params }) => ok(renderAlone.authorization(account, findAuthorization(account, params['id'] ?? '')))],
  ['POST', '/v2/payments/authorizations/:id/capture', capture],
  ['POST', '/v2/payments/authorizations/:id/reauthorize', reauthorize],
  ['POST', '/v2/payments/authorizations/:id/void', voidIt],
];
