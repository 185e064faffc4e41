import { isoTime, type Account } from '../account';
import { refused } from '../core/errors';
import { isRecord } from '../../../shared/records';
import { Reading, type Hash } from '../core/reading';
import { nothing, type Call, type Endpoint, type Outcome } from '../core/routes';
import type { Order, Unit } from '../objects';
import { findOrder } from './life';
import { readChange } from './patching';
import { renderOrder } from './render';

const shippingOf = (unit: Unit): Hash => (isRecord(unit.wire['shipping']) ? unit.wire['shipping'] : {});

const trackersOf = (unit: Unit): readonly Hash[] => {
  const { trackers } = shippingOf(unit);
  return Array.isArray(trackers) ? trackers.filter(isRecord) : [];
};

function keep(account: Account, order: Order, unit: Unit, trackers: readonly Hash[]): void {
  account.change(account.orders, order, () => {
    unit.wire = { ...unit.wire, shipping: { ...shippingOf(unit), trackers } };
  });
}

function readItems(reading: Reading, value: unknown): readonly Hash[] {
  return reading.list(value, '/items').flatMap((one, at): readonly Hash[] => {
    const item = reading.hash(one, `/items/${at}`, true);
    if (item === null) return [];
    const [name, quantity, sku] = [reading.text(item['name'], `/items/${at}/name`, { max: 127 }), reading.text(item['quantity'], `/items/${at}/quantity`, { max: 10 }), reading.text(item['sku'], `/items/${at}/sku`, { max: 127 })];
    return [{ ...(name === null ? {} : { name }), ...(quantity === null ? {} : { quantity }), ...(sku === null ? {} : { sku }) }];
  });
}

/** What was paid for is on its way. */
function track({ account, params, body, whole }: Call): Outcome {
  const order = findOrder(account, params['id'] ?? '');
  const reading = new Reading();
  const capture = reading.text(body['capture_id'], '/capture_id', { max: 50, needed: true });
  const number = reading.text(body['tracking_number'], '/tracking_number', { max: 64 });
  const carrier = reading.text(body['carrier'], '/carrier', { max: 64 });
  if (carrier === 'OTHER') reading.text(body['carrier_name_other'], '/carrier_name_other', { max: 64, needed: true });
  reading.flag(body['notify_payer'], '/notify_payer');
  const items = readItems(reading, body['items']);
  reading.done();
  const unit = order.units.find(({ captures }) => captures.includes(capture ?? ''));
  const taken = account.captures.get(capture ?? '');
  if (unit === undefined || taken === undefined) throw refused('CAPTURE_ID_NOT_FOUND', { field: '/capture_id', location: 'body', value: capture ?? '' });
  if (taken.status !== 'COMPLETED' && taken.status !== 'PARTIALLY_REFUNDED') throw refused('CAPTURE_STATUS_NOT_VALID', { field: '/capture_id', location: 'body', value: taken.id });
  const id = `${taken.id}-${number ?? 'NOTRACKER'}`;
  const self = `${account.baseUrl}/v2/checkout/orders/${order.id}`;
  const at = isoTime(account.now());
  const tracker = { id, status: 'SHIPPED', ...(items.length === 0 ? {} : { items }), links: [{ href: self, rel: 'up', method: 'GET' }, { href: `${self}/trackers/${id}`, rel: 'update', method: 'PATCH' }], create_time: at, update_time: at };
  keep(account, order, unit, [...trackersOf(unit).filter((one) => one['id'] !== id), tracker]);
  const shown = { id: order.id, status: order.status, purchase_units: order.units.map((one) => ({ reference_id: one.wire.reference_id, shipping: shippingOf(one) })), links: [{ href: self, rel: 'self', method: 'GET' }] };
  return { status: 201, body: whole ? renderOrder(account, order) : shown, view: ['order', order.id] };
}

function change({ account, params, list }: Call): Outcome {
  const order = findOrder(account, params['id'] ?? '');
  const id = params['tracker'] ?? '';
  const unit = order.units.find((one) => trackersOf(one).some((tracker) => tracker['id'] === id));
  if (unit === undefined) throw refused('TRACKER_ID_NOT_FOUND', { location: 'path', field: 'tracker_id', value: id });
  let tracker = trackersOf(unit).find((one) => one['id'] === id) ?? {};
  const reading = new Reading();
  for (const { op, path, value } of list.map(readChange)) {
    if (op === 'remove') throw refused('INVALID_PATCH_OPERATION', { location: 'body', field: path });
    if (path === '/status') tracker = { ...tracker, status: reading.choice(value, '/status', ['CANCELLED'], true) };
    else if (path === '/items') tracker = { ...tracker, items: readItems(reading, value) };
    else if (path !== '/notify_payer') throw refused('NOT_PATCHABLE', { location: 'body', field: path });
  }
  reading.done();
  keep(account, order, unit, trackersOf(unit).map((one) => (one['id'] === id ? { ...tracker, update_time: isoTime(account.now()) } : one)));
  return nothing;
}

export const trackingEndpoints: readonly Endpoint[] = [
  ['POST', '/v2/checkout/orders/:id/track', track],
  ['PATCH', '/v2/checkout/orders/:id/trackers/:tracker', change],
];
