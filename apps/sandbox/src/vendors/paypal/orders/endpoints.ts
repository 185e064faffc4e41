import type { Account } from '../account';
import { refused } from '../core/errors';
import { Reading, type Hash } from '../core/reading';
import { ok, type Call, type Endpoint, type Outcome } from '../core/routes';
import type { Order } from '../objects';
import { checkInvoice } from '../payments/invoices';
import { choose } from './choosing';
import { findOrder, isOver, watchOrder } from './life';
import { patch } from './patching';
import { pay, payBy } from './paying';
import { renderOrder, sketchOrder } from './render';
import { plainExperience, readExperience, readSource, type Source } from './sources';
import { readUnits } from './units';

const instructions = ['NO_INSTRUCTION', 'ORDER_SAVED_ON_BUYER_APPROVAL', 'ORDER_SAVED_EXPLICITLY', 'ORDER_COMPLETE_ON_PAYMENT_APPROVAL'] as const;

/** The form of the request, before anything is made of it. */
function read(account: Account, body: Hash): { readonly order: Omit<Order, 'id'>; readonly source: Source | null } {
  const reading = new Reading();
  const intent = reading.choice(body['intent'], '/intent', ['CAPTURE', 'AUTHORIZE'], true);
  const instruction = reading.choice(body['processing_instruction'], '/processing_instruction', instructions);
  if (instruction === 'ORDER_COMPLETE_ON_PAYMENT_APPROVAL' || instruction === 'ORDER_SAVED_EXPLICITLY') reading.wrong('UNSUPPORTED_PROCESSING_INSTRUCTION', '/processing_instruction', instruction);
  const units = [...readUnits(reading, body['purchase_units'], intent)];
  const payer = reading.hash(body['payer'], '/payer');
  const experience = readExperience(reading, reading.hash(body['application_context'], '/application_context'), '/application_context', plainExperience);
  const source = readSource(account, reading, body['payment_source'], experience);
  reading.done();
  const now = account.now();
  const known = payer === null && source?.payer === null ? null : { ...payer, ...source?.payer };
  return {
    source,
    order: { object: 'order', created: now, updated: now, intent: intent ?? 'CAPTURE', status: source?.kind === 'paypal' ? 'PAYER_ACTION_REQUIRED' : 'CREATED', processing_instruction: instruction, units, payer: known !== null && Object.keys(known).length > 0 ? known : null, payment_source: source?.shown ?? null, experience: source?.experience ?? experience, funding: source?.funding ?? 'balance', attempts: 0, approved: null },
  };
}

function create({ account, headers, body, whole }: Call): Outcome {
  const { order: draft, source } = read(account, body);
  if (source !== null && headers['paypal-request-id'] === undefined) throw refused('PAYPAL_REQUEST_ID_REQUIRED', { location: 'header', field: 'PayPal-Request-Id' });
  const order: Order = { id: account.id(), ...draft };
  if (source?.kind === 'card') for (const unit of order.units) checkInvoice(account, order.id, unit.invoice_id);
  account.orders.put(order);
  // A card needs nobody's word: it is charged here and now.
  if (source?.kind === 'card') pay(account, order);
  else watchOrder(account, order);
  return { status: 201, body: whole ? renderOrder(account, order) : sketchOrder(account, order), view: ['order', order.id] };
}

function confirm({ account, params, body, whole }: Call): Outcome {
  const order = findOrder(account, params['id'] ?? '');
  if (isOver(order)) throw refused(order.status === 'COMPLETED' && order.intent === 'CAPTURE' ? 'ORDER_ALREADY_CAPTURED' : 'ORDER_CANNOT_BE_CONFIRMED', { location: 'path', field: 'order_id', value: order.id });
  if (order.status === 'APPROVED' || order.status === 'SAVED') throw refused('PAYMENT_ALREADY_APPROVED', { location: 'path', field: 'order_id', value: order.id });
  choose(account, order, body);
  return { status: 200, body: whole ? renderOrder(account, order) : sketchOrder(account, order), view: ['order', order.id] };
}

export const orderEndpoints: readonly Endpoint[] = [
  ['POST', '/v2/checkout/orders', create],
  ['GET', '/v2/checkout/orders/:id', ({ account, params }) => ok(renderOrder(account, findOrder(account, params['id'] ?? '')))],
  ['PATCH', '/v2/checkout/orders/:id', patch],
  ['POST', '/v2/checkout/orders/:id/confirm-payment-source', confirm],
  ['POST', '/v2/checkout/orders/:id/authorize', payBy('AUTHORIZE')],
  ['POST', '/v2/checkout/orders/:id/capture', payBy('CAPTURE')],
];
