import { buyerKinds, cancelFaults, capacities, orderStates, payees, paymentMethods, sellerKinds, vatTreatments } from '@autobroker/kernel';
import { z } from 'zod';
import { defineEvent, type EventDef } from '../event';
import { countrySchema, idSchema, localeSchema, moneySchema, timestampSchema } from '../schemas';

/** What the buyer pays and to whom it goes in the end: the quote, as changes that the buyer agreed to have left it. */
export const orderPriceSchema = z
  .strictObject({
    total: moneySchema,
    /** Part of the total: what is held while the car is looked at. */
    deposit: moneySchema,
    /** The rest of the total. */
    balance: moneySchema,
    lines: z.array(z.strictObject({ code: z.string(), amount: moneySchema, payee: z.enum(payees), rule: z.string().nullable() })).min(1),
  })
  .meta({ id: 'OrderPrice' });

export type OrderPriceJson = z.output<typeof orderPriceSchema>;

/**
 * How the price is taxed, as it was agreed by the contract, and at the rate of the handover's day from then on: what of it is tax follows
 * from this, whether it has a line of tax or not. Ledger and invoice both go by it.
 */
export const orderVatSchema = z.strictObject({ treatment: z.enum(vatTreatments), rate: z.int().min(0).meta({ description: 'In hundredths of a percent; 0 where no tax is shown' }) }).meta({ id: 'OrderVat' });

export type OrderVatJson = z.output<typeof orderVatSchema>;

/** What every event of an order tells. People are ids; who they are is asked of the service that keeps it. */
const facts = {
  order_id: idSchema,
  /** For people: `AB-2026-000123`, without gaps for nobody. */
  number: z.string(),
  /** Of the order; each of its events has a higher one. */
  version: z.int().positive(),
  buyer_id: idSchema,
  vehicle_id: idSchema,
  listing_id: idSchema.nullable(),
  quote_id: idSchema,
  capacity: z.enum(capacities),
  seller_kind: z.enum(sellerKinds),
  buyer_kind: z.enum(buyerKinds),
  /** Where the buyer has the car registered. */
  jurisdiction: z.strictObject({ country: countrySchema, region: z.string().nullable() }),
  price: orderPriceSchema,
  /** From the contract on. Null where the tax in the price is not the tax that is due: somebody has to look. Events of before have none. */
  vat: orderVatSchema.nullable().optional(),
  previous_state: z.enum(orderStates).nullable(),
  entered_at: timestampSchema,
  /** When the state ends by itself. */
  due_at: timestampSchema.nullable(),
};

const eur = (amount: number) => ({ amount, currency: 'EUR' as const });
const fixture = {
  order_id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b90',
  number: 'AB-2026-000123',
  version: 2,
  buyer_id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b5a',
  vehicle_id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b60',
  listing_id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b61',
  quote_id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b71',
  capacity: 'buyer_agent' as const,
  seller_kind: 'dealer_margin' as const,
  buyer_kind: 'private' as const,
  jurisdiction: { country: 'DE', region: null },
  price: {
    total: eur(1_966_794),
    deposit: eur(196_679),
    balance: eur(1_770_115),
    lines: [
      { code: 'price', amount: eur(1_899_000), payee: 'seller' as const, rule: null },
      { code: 'broker_fee', amount: eur(56_970), payee: 'broker' as const, rule: 'broker-fee@2026-01-01#00000000' },
      { code: 'broker_fee_vat', amount: eur(10_824), payee: 'authority' as const, rule: 'vat-de@2021-01-01#00000000' },
    ],
  },
  previous_state: 'requested' as const,
  entered_at: '2026-11-20T12:00:00.000Z',
  due_at: '2026-11-20T12:30:00.000Z',
};

type Facts = typeof facts;
const vat = { treatment: 'standard' as const, rate: 1_900 };
const sold: ReadonlySet<string> = new Set(['contracted', 'balance_paid', 'titling', 'in_transit', 'delivered', 'completed'].map((state) => `order.${state}.v1`));

/** An order came into a state. */
function stateEvent<S extends z.ZodRawShape, T extends `order.${string}.v1`>(
  type: T,
  summary: string,
  more: { readonly shape: S; readonly fixture: z.output<z.ZodObject<S>> },
  previous: (typeof orderStates)[number] | null,
): EventDef<z.ZodObject<Facts & S>, T> {
  const data = z.strictObject({ ...facts, ...more.shape });
  // The fixture is held against the schema by a spec of every event.
  return defineEvent({ type, service: 'orders', summary, data, fixture: data.parse({ ...fixture, ...(sold.has(type) ? { vat } : {}), previous_state: previous, ...more.fixture }) });
}
const plain = { shape: {}, fixture: {} };

export const orderRequested = stateEvent('order.requested.v1', 'A buyer asked for a car at the price of a quote. Nothing is held yet; the offer is to be looked at again.', {
  shape: { locale: z.enum(localeSchema.options) },
  fixture: { locale: 'de' as const },
}, null);
export const orderReserved = stateEvent('order.reserved.v1', 'The car is held for the buyer, who now pays the deposit.', plain, 'requested');
export const orderDepositHeld = stateEvent('order.deposit_held.v1', 'The deposit is authorised or here.', {
  shape: { payment_id: idSchema, method: z.enum(paymentMethods), capture_before: timestampSchema.nullable() },
  fixture: { payment_id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b91', method: 'card' as const, capture_before: '2026-11-27T12:00:00.000Z' },
}, 'reserved');
export const orderInspection = stateEvent('order.inspection.v1', 'The car is looked at, or the buyer does without.', {
  shape: { inspection_id: idSchema.nullable(), waived: z.boolean() },
  fixture: { inspection_id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b92', waived: false },
}, 'deposit_held');
export const orderContracted = stateEvent('order.contracted.v1', 'Both sides have signed: the car is sold at this price. The deposit may be taken, the balance is due.', plain, 'inspection');
export const orderBalancePaid = stateEvent('order.balance_paid.v1', 'Everything is paid.', plain, 'contracted');
export const orderTitling = stateEvent('order.titling.v1', 'The papers are here, and the car is being registered.', plain, 'balance_paid');
export const orderInTransit = stateEvent('order.in_transit.v1', 'A carrier has the car.', { shape: { eta: timestampSchema.nullable() }, fixture: { eta: '2026-12-04T16:00:00.000Z' } }, 'titling');
export const orderDelivered = stateEvent('order.delivered.v1', 'The buyer has the car. The time to withdraw runs.', {
  shape: { odometer_km: z.int().nonnegative().nullable(), withdrawal_until: timestampSchema.nullable() },
  fixture: { odometer_km: 48_230, withdrawal_until: '2026-12-18T16:00:00.000Z' },
}, 'in_transit');
export const orderCompleted = stateEvent('order.completed.v1', 'The sale is over and can’t be withdrawn from. What others are owed may be paid out.', plain, 'delivered');
export const orderCancelled = stateEvent('order.cancelled.v1', 'The sale came to nothing. What the buyer paid goes back, but for what may be kept.', {
  shape: {
    reason: z.string(),
    fault: z.enum(cancelFaults),
    /** At most so much of what was paid is kept. */
    retain: moneySchema,
    /** By when the rest has to be back. */
    refund_due_at: timestampSchema,
    /** The car is to come back and be looked at first: until `order.return_settled` nothing goes back. Absent in older events. */
    awaits_return: z.boolean().optional(),
  },
  fixture: { reason: 'inspection_failed', fault: 'inspection' as const, retain: eur(0), refund_due_at: '2026-12-04T12:00:00.000Z' },
}, 'inspection');
export const orderDisputed = stateEvent('order.disputed.v1', 'The buyer’s bank, or a party, says that something is wrong. Payouts and transport wait.', {
  shape: { dispute_id: idSchema.nullable(), resume_state: z.enum(orderStates) },
  fixture: { dispute_id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b93', resume_state: 'contracted' as const },
}, 'contracted');

/** By the state that an order came into. */
export const orderEvents = {
  requested: orderRequested,
  reserved: orderReserved,
  deposit_held: orderDepositHeld,
  inspection: orderInspection,
  contracted: orderContracted,
  balance_paid: orderBalancePaid,
  titling: orderTitling,
  in_transit: orderInTransit,
  delivered: orderDelivered,
  completed: orderCompleted,
  cancelled: orderCancelled,
  disputed: orderDisputed,
} as const satisfies Record<(typeof orderStates)[number], EventDef>;

export const orderPriceChanged = defineEvent({
  type: 'order.price_changed.v1',
  service: 'orders',
  summary: 'The buyer agreed to another price.',
  data: z.strictObject({ order_id: idSchema, version: z.int().positive(), price: orderPriceSchema, quote_id: idSchema, reason: z.string(), changed_at: timestampSchema }),
  fixture: { order_id: fixture.order_id, version: 5, price: fixture.price, quote_id: fixture.quote_id, reason: 'inspection', changed_at: '2026-11-22T09:00:00.000Z' },
});

export const orderContractReady = defineEvent({
  type: 'order.contract_ready.v1',
  service: 'orders',
  summary: 'The buyer accepts the car as it was found, at this price: the purchase contract is issued for signature. Again with a higher version when its terms change before everybody has signed.',
  data: z.strictObject({ order_id: idSchema, version: z.int().positive(), quote_id: idSchema, price: orderPriceSchema, accepted_at: timestampSchema }),
  fixture: { order_id: fixture.order_id, version: 6, quote_id: fixture.quote_id, price: fixture.price, accepted_at: '2026-11-23T09:00:00.000Z' },
});

export const orderReturnSettled = defineEvent({
  type: 'order.return_settled.v1',
  service: 'orders',
  summary: 'A car that was withdrawn from is back and was looked at: so much is kept for what it has lost, and the rest goes back.',
  data: z.strictObject({ order_id: idSchema, version: z.int().positive(), retain: moneySchema, settled_at: timestampSchema }),
  fixture: { order_id: fixture.order_id, version: 14, retain: eur(42_000), settled_at: '2026-12-20T10:00:00.000Z' },
});

export const orderNoted = defineEvent({
  type: 'order.noted.v1',
  service: 'orders',
  summary: 'Something was recorded of an order that is no new state: who looks at the car, what was found, a reminder, a step of the papers or of the way.',
  data: z.strictObject({ order_id: idSchema, version: z.int().positive(), buyer_id: idSchema, what: z.string(), state: z.enum(orderStates), noted_at: timestampSchema }),
  fixture: { order_id: fixture.order_id, version: 5, buyer_id: fixture.buyer_id, what: 'inspection_reported', state: 'inspection', noted_at: '2026-11-22T09:00:00.000Z' },
});

export const orderResumed = defineEvent({
  type: 'order.resumed.v1',
  service: 'orders',
  summary: 'A dispute is over, and the order stands where it stood before.',
  data: z.strictObject({ order_id: idSchema, version: z.int().positive(), state: z.enum(orderStates), resumed_at: timestampSchema }),
  fixture: { order_id: fixture.order_id, version: 8, state: 'contracted', resumed_at: '2026-12-24T09:00:00.000Z' },
});

export const offerCheckAsked = defineEvent({
  type: 'order.offer_check_asked.v1',
  service: 'orders',
  summary: 'Whether the offer still stands is to be looked at now; `listing.checked` answers.',
  data: z.strictObject({ order_id: idSchema, vehicle_id: idSchema, source: z.string(), external_id: z.string(), url: z.string().nullable(), asked_at: timestampSchema }),
  fixture: { order_id: fixture.order_id, vehicle_id: fixture.vehicle_id, source: 'autoscout24', external_id: 'as-100042', url: null, asked_at: '2026-11-20T12:00:00.000Z' },
});
