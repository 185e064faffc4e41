import { countrySchema, idSchema, lineSchema, localeSchema, moneySchema, orderPriceSchema, timestampSchema, toldDaySchema, toldTimeSchema } from '@autobroker/contracts';
import { buyerKinds, cancelFaults, capacities, orderStates, paymentMethods, sellerKinds } from '@autobroker/kernel';
import { z } from 'zod';
import { legStatuses } from '../../domain/order';
import { keepsKinds } from '../../domain/policies/refunds';
import { buyerBody } from './party';

const text = z.string().nullable();
const at = timestampSchema;
const count = z.int().nonnegative();
export const idParams = z.strictObject({ id: idSchema });
const words = z.string().trim().min(1).max(500);
export const reason = words;

export const placeBody = z.strictObject({
  quote: z.string().min(1).max(65_536).meta({ description: 'The token of a quote, as it was given' }),
  locale: z.enum(localeSchema.options).default('en').meta({ description: 'In which its papers are written' }),
  payment_method: z.enum(paymentMethods).default('card').meta({ description: 'How the deposit will be paid: a transfer has 48 hours once the car is reserved' }),
  buyer_id: idSchema.optional().meta({ description: 'For whom, where a partner or the broker’s people place it' }),
  buyer: buyerBody.optional().meta({ description: 'Who buys, for the papers; can be told later' }),
});

export const stepBody = z.strictObject({
  to: z.enum(orderStates),
  reason: words.optional(),
  fault: z.enum(cancelFaults).exclude(['withdrawal']).optional().meta({ description: 'Of a cancellation by the broker’s people: on whose side it lies' }),
  proven_cost: count.optional().meta({ description: 'What it has provably cost, in minor units of the price: kept at most up to the deposit where the buyer defaults' }),
  payment_method: z.enum(paymentMethods).optional(),
  version: z.int().positive().optional().meta({ description: 'Of the order as the caller has seen it' }),
});

const inspection = z.strictObject({
  id: idSchema,
  ordered_at: at,
  inspector: text,
  appointment: at.nullable(),
  waived_at: at.nullable(),
  report: z.strictObject({ at, summary: z.string(), passed: z.boolean(), mileage_km: count.nullable(), defects: z.array(z.string()) }).nullable(),
  decision: z.enum(['accepted', 'declined']).nullable(),
  decided_at: at.nullable(),
});
const leg = z.strictObject({ id: idSchema, carrier: z.string(), from: z.string(), to: z.string(), insurance: text, eta: at.nullable(), status: z.enum(legStatuses), pickup_photos: count });

const assessed = z.strictObject({ amount: moneySchema, reason: z.string(), counts: z.boolean().meta({ description: 'Not before a second person has agreed, where one is needed' }) });
const withdrawal = z.strictObject({
  id: idSchema,
  declared_at: at,
  confirmed_at: at.nullable(),
  odometer_km: count.nullable(),
  deduction: moneySchema.meta({ description: 'What is kept for the use of the car beyond a look, when it is confirmed now' }),
  use: z.strictObject({ km: count.nullable(), amount: moneySchema }).meta({ description: 'Beyond a look, by the odometer' }),
  assessment: assessed.nullable().meta({ description: 'As the broker’s people have seen the car' }),
  returned: z.strictObject({ at, odometer_km: count.nullable(), photos: count, defects: z.array(z.string()), loss: assessed.nullable() }).nullable().meta({ description: 'The car as it was when it was back' }),
});

export const orderSchema = z
  .strictObject({
    id: idSchema,
    number: z.string(),
    version: z.int().positive(),
    state: z.enum(orderStates),
    entered_at: at,
    due_at: at.nullable(),
    holds_vehicle: z.boolean(),
    buyer_id: idSchema,
    placed_by: idSchema,
    vehicle_id: idSchema,
    listing_id: idSchema.nullable(),
    vehicle: z.strictObject({ make: z.string(), model: z.string(), trim: text, year: z.int(), vin: text, mileage_km: z.int().nullable() }).nullable(),
    quote_id: idSchema,
    quote_expires_at: at,
    capacity: z.enum(capacities),
    seller_kind: z.enum(sellerKinds),
    buyer_kind: z.enum(buyerKinds),
    jurisdiction: z.strictObject({ country: countrySchema, region: text }),
    locale: localeSchema,
    price: orderPriceSchema,
    open: z.array(z.strictObject({ code: z.string(), least: moneySchema.nullable(), most: moneySchema.nullable() })).meta({ description: 'Settled at cost, and not in the total' }),
    payment_method: z.enum(paymentMethods),
    deposit: z.strictObject({ payment_id: idSchema, method: z.enum(paymentMethods), state: z.enum(['authorized', 'captured']), capture_before: at.nullable() }).nullable(),
    settled_at: at.nullable(),
    resume_state: z.enum(orderStates).nullable(),
    inspection: inspection.nullable(),
    contract: z.strictObject({
      guarantee_months: count,
      guarantee_note: text,
      delivery: z.strictObject({ place: z.string(), date: z.iso.date() }).nullable(),
      defects: z.array(z.string()),
      informed_at: at.nullable(),
      withdrawal_told: z.boolean(),
      ready_at: at.nullable(),
    }),
    price_change: z.strictObject({ id: idSchema, reason: z.string(), proposed_at: at, expires_at: at.nullable(), price: orderPriceSchema, difference: z.int() }).nullable(),
    registration: z.strictObject({ title_received_at: at.nullable(), poa_received_at: at.nullable(), tax_remitted_at: at.nullable(), plates: text }),
    transport: z.array(leg),
    handover: z.strictObject({ place: z.string(), at, odometer_km: count, keys: count, papers: z.array(z.string()), photos: count, defects: z.array(z.string()), accepted_at: at.nullable() }).nullable(),
    delivered_at: at.nullable(),
    withdrawal: withdrawal.nullable(),
    disputes: z.array(z.strictObject({ id: idSchema, kind: z.enum(['bank', 'claim']), reason: z.string(), status: z.enum(['open', 'lost', 'closed']), due_by: at.nullable(), opened_at: at })),
    cancellation: z.strictObject({ reason: z.string(), fault: z.enum(cancelFaults), retain: moneySchema, refund_due_at: at, awaits_return: z.boolean().meta({ description: 'Nothing goes back before the car is back and was looked at' }), closed_at: at.nullable() }).nullable(),
    created_at: at,
    updated_at: at,
  })
  .meta({ id: 'Order' });

export const choicesSchema = z
  .strictObject({
    state: z.enum(orderStates),
    version: z.int().positive(),
    due_at: at.nullable(),
    transitions: z.array(
      z.strictObject({
        to: z.enum(orderStates),
        trigger: text,
        allowed: z.boolean(),
        automatic: z.boolean().meta({ description: 'Happens by itself when its conditions hold' }),
        who: z.array(z.string()),
        code: text.meta({ description: 'Why not' }),
        detail: text,
        reasons: z.array(z.strictObject({ code: z.string(), detail: z.string() })),
      }),
    ),
  })
  .meta({ id: 'OrderTransitions' });

export const entrySchema = z
  .strictObject({
    id: idSchema,
    at,
    version: z.int().positive(),
    what: z.string(),
    from_state: z.enum(orderStates).nullable(),
    to_state: z.enum(orderStates),
    actor: z.strictObject({ kind: z.string(), id: text }),
    reason: text,
    before: z.record(z.string(), z.unknown()),
    after: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'OrderHistoryEntry' });

const refundRow = z.strictObject({
  stage: z.string(),
  fault: z.enum(cancelFaults),
  area: z.string(),
  keeps: z.enum(keepsKinds),
  refund_percent: z.literal(100).nullable(),
  most_kept: moneySchema,
  return_paid_by: z.enum(['buyer', 'seller']).nullable(),
  days: count,
  note: z.string(),
  source: z.string(),
});
export const termsSchema = z
  .strictObject({
    order_id: idSchema,
    stage: z.string().meta({ description: 'How far money has gone: the rows of this stage hold now' }),
    withdrawal: z
      .strictObject({
        right: z.string(),
        object: z.enum(['goods', 'service']),
        days: count,
        from: z.enum(['delivery', 'mandate']),
        until: at.nullable(),
        possible: z.boolean(),
        why_not: text,
        two_steps: z.boolean(),
        most_km: count.nullable(),
        use: z.strictObject({ free_km: count, life_km: count, least_km_left: count, basis: z.string(), confidence: z.string() }).nullable().meta({ description: 'How the use of a car that comes back is counted: price × kilometres beyond the free ones ÷ kilometres that it had still to run' }),
        return_paid_by: z.enum(['buyer', 'seller']).nullable(),
        basis: z.string(),
        confidence: z.string(),
      })
      .nullable(),
    refunds: z.array(refundRow),
  })
  .meta({ id: 'OrderTerms' });

export const changeBody = z.strictObject({
  quote: z.string().min(1).max(65_536).optional(),
  lines: z.array(z.strictObject({ code: z.string().min(1).max(80), amount: count })).max(50).default([]).meta({ description: 'Lines of the price at other amounts, in minor units' }),
  reason: words,
});
export const arrangeBody = z.strictObject({ inspector: lineSchema(200).optional().meta({ description: 'The firm or station; no person' }), appointment: toldTimeSchema.optional() });
export const reportBody = z.strictObject({ summary: z.string().trim().min(1).max(4_000), passed: z.boolean(), mileage_km: count.max(5_000_000).nullable().default(null), defects: z.array(words).max(100).default([]) });
export const waiverBody = z.strictObject({ information_received: z.boolean().meta({ description: 'What has to be told before a contract was received' }) });
export const decisionBody = z.strictObject({ decision: z.enum(['accept', 'decline']), information_received: z.boolean().default(false), reason: words.optional() });
export const termsBody = z.strictObject({
  guarantee_months: count.max(120),
  guarantee_note: z.string().trim().max(2_000).nullable().default(null),
  delivery: z.strictObject({ place: lineSchema(300), date: toldDaySchema }).nullable().default(null),
  defects: z.array(words).max(100).default([]),
  withdrawal_told: z.boolean().optional().meta({ description: 'Whether the buyer was told of the right to withdraw as the law asks; where not, it lasts twelve months longer' }),
});
export const registrationBody = z.strictObject({ title_received_at: toldTimeSchema.optional(), poa_received_at: toldTimeSchema.optional(), tax_remitted_at: toldTimeSchema.optional(), plates: lineSchema(20).optional() });
export const legBody = z.strictObject({ carrier: lineSchema(500), from: lineSchema(500), to: lineSchema(500), insurance: lineSchema(500).nullable().default(null), eta: toldTimeSchema.nullable().default(null) });
export const legChangeBody = z.strictObject({ status: z.enum(legStatuses).exclude(['planned']).optional(), insurance: lineSchema(500).optional(), eta: toldTimeSchema.optional(), pickup_photos: count.max(500).optional() });
export const handoverBody = z.strictObject({
  place: lineSchema(500),
  at: toldTimeSchema,
  odometer_km: count.max(5_000_000),
  keys: count.max(20),
  papers: z.array(words).max(50).default([]),
  photos: count.max(500).default(0),
  defects: z.array(words).max(100).default([]),
  signed_on_paper: z.boolean().default(false),
});
export const assessmentBody = z.strictObject({ amount: count.meta({ description: 'In minor units of the price' }), reason: words });
export const returnBody = z.strictObject({
  odometer_km: count.max(5_000_000).nullable().meta({ description: 'Null where it can’t be read' }),
  photos: count.max(500).default(0),
  defects: z.array(words).max(100).default([]),
  loss: assessmentBody.nullable().default(null).meta({ description: 'What the car has lost by its use, where the odometer does not say it all; with pictures and defects that show it' }),
});
export const withdrawalBody = z.strictObject({ odometer_km: count.max(5_000_000).nullable().default(null) });
