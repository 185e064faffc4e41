import { isRecord } from '../../../shared/records';
import { refused } from '../core/errors';
import { Reading, type Hash } from '../core/reading';
import { nothing, type Call, type Outcome } from '../core/routes';
import type { Order, Unit } from '../objects';
import { findOrder, isOver } from './life';
import { readUnit, readUnits } from './units';

type Op = 'add' | 'replace' | 'remove';

/** What may be changed of a purchase unit, and how. */
const patchable: Readonly<Record<string, readonly Op[]>> = {
  amount: ['replace'],
  custom_id: ['add', 'replace', 'remove'],
  description: ['add', 'replace', 'remove'],
  invoice_id: ['add', 'replace', 'remove'],
  items: ['add', 'replace', 'remove'],
  payee: ['replace'],
  'payee/email_address': ['replace'],
  payment_instruction: ['replace'],
  'payment_instruction/disbursement_mode': ['replace'],
  shipping: ['add', 'replace'],
  'shipping/name': ['add', 'replace'],
  'shipping/address': ['add', 'replace'],
  'shipping/type': ['add', 'replace'],
  soft_descriptor: ['add', 'replace', 'remove'],
  supplementary_data: ['add', 'replace', 'remove'],
};

interface Change {
  readonly op: Op;
  readonly path: string;
  readonly value: unknown;
}

export function readChange(one: unknown, at: number): Change {
  if (!isRecord(one)) throw refused('INVALID_PARAMETER_SYNTAX', { location: 'body', field: `/${at}` });
  const { op, path, value } = one;
  if (op !== 'add' && op !== 'replace' && op !== 'remove') throw refused('INVALID_PARAMETER_VALUE', { location: 'body', field: `/${at}/op`, value: String(op) });
  if (typeof path !== 'string' || path === '') throw refused('PATCH_PATH_REQUIRED', { location: 'body', field: `/${at}/path` });
  if (!path.startsWith('/')) throw refused('INVALID_JSON_POINTER_FORMAT', { location: 'body', field: `/${at}/path`, value: path });
  if (op !== 'remove' && value === undefined) throw refused('PATCH_VALUE_REQUIRED', { location: 'body', field: `/${at}/value` });
  return { op, path, value };
}

/** The hash with one thing in it changed; what stands above it is made if need be. */
function changed(hash: Hash, [name = '', ...rest]: readonly string[], { op, path, value }: Change): Hash {
  if (rest.length > 0) {
    const inner = hash[name];
    return { ...hash, [name]: changed(isRecord(inner) ? inner : {}, rest, { op, path, value }) };
  }
  if ((op === 'add') === (hash[name] !== undefined)) throw refused('INVALID_PATCH_OPERATION', { location: 'body', field: path });
  const { [name]: _old, ...others } = hash;
  return op === 'remove' ? others : { ...others, [name]: value };
}

function patchUnit(units: readonly Unit[], change: Change): Unit[] {
  const [whole, reference = '', inside = ''] = /^\/purchase_units\/@reference_id=='([^']*)'(?:\/(.+))?$/u.exec(change.path) ?? [];
  const place = units.findIndex(({ wire }) => wire.reference_id === reference);
  const known = units[place];
  if (known === undefined) throw refused(whole === undefined ? 'INVALID_JSON_POINTER_FORMAT' : 'REFERENCE_ID_NOT_FOUND', { location: 'body', field: change.path });
  const allowed = inside === '' ? (['replace'] as const) : patchable[inside];
  if (allowed === undefined) throw refused('NOT_PATCHABLE', { location: 'body', field: change.path });
  if (!allowed.some((one) => one === change.op)) throw refused('INVALID_PATCH_OPERATION', { location: 'body', field: change.path });
  const wire = inside === '' ? change.value : changed(known.wire, inside.split('/'), change);
  const reading = new Reading();
  const unit = readUnit(reading, wire, `/purchase_units/${place}`);
  if (unit !== null && unit.currency !== known.currency && units.length > 1) reading.wrong('MULTI_CURRENCY_ORDER', `/purchase_units/${place}/amount/currency_code`, unit.currency);
  reading.done();
  return units.map((one, at) => (at === place && unit !== null ? unit : one));
}

function apply(order: Pick<Order, 'intent' | 'payer' | 'units'>, change: Change): void {
  const reading = new Reading();
  if (change.path === '/intent') {
    if (change.op !== 'replace') throw refused('INVALID_PATCH_OPERATION', { location: 'body', field: '/intent' });
    const intent = reading.choice(change.value, '/intent', ['CAPTURE', 'AUTHORIZE'], true);
    if (intent === 'AUTHORIZE' && order.units.length > 1) reading.wrong('UNSUPPORTED_INTENT', '/intent', intent);
    reading.done();
    order.intent = intent ?? order.intent;
  } else if (change.path === '/payer') {
    if (change.op === 'remove') throw refused('INVALID_PATCH_OPERATION', { location: 'body', field: '/payer' });
    order.payer = reading.hash(change.value, '/payer', true);
    reading.done();
  } else if (change.path === '/purchase_units') {
    if (change.op === 'remove') throw refused('INVALID_PATCH_OPERATION', { location: 'body', field: change.path });
    order.units = [...readUnits(reading, change.value, order.intent)];
    reading.done();
  } else if (change.path.startsWith('/purchase_units/')) {
    order.units = patchUnit(order.units, change);
  } else {
    throw refused('NOT_PATCHABLE', { location: 'body', field: change.path });
  }
}

/** All changes or none. */
export function patch({ account, params, list }: Call): Outcome {
  const order = findOrder(account, params['id'] ?? '');
  if (isOver(order)) throw refused('ORDER_ALREADY_COMPLETED', { location: 'path', field: 'order_id', value: order.id });
  if (list.length === 0) throw refused('MISSING_REQUIRED_PARAMETER', { location: 'body', field: '/' });
  const draft = { intent: order.intent, payer: order.payer, units: order.units };
  list.map(readChange).forEach((change) => apply(draft, change));
  account.change(account.orders, order, (one) => {
    one.intent = draft.intent;
    one.payer = draft.payer;
    one.units = draft.units;
  });
  return nothing;
}
