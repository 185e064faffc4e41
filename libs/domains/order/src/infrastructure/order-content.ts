import { localeSchema } from '@autobroker/contracts';
import { buyerKinds, cancelFaults, capacities, currencyCodes, orderStates, payees, paymentMethods, sellerKinds, vatTreatments } from '@autobroker/kernel';
import { z } from 'zod';
import { legStatuses, type Order } from '../domain/order';

const moment = z.string();
const text = z.string().nullable();
const currency = z.enum(currencyCodes);
const price = z.object({ currency, total: z.number(), deposit: z.number(), lines: z.array(z.object({ code: z.string(), amount: z.number(), payee: z.enum(payees), rule: text })) });
const quote = z.object({
  id: z.string(),
  expiresAt: moment,
  askedPrice: z.number(),
  priceVersion: z.number(),
  rules: z.array(z.string()),
  open: z.array(z.object({ code: z.string(), least: z.number().nullable(), most: z.number().nullable(), rule: text })),
});
const inspection = z.object({
  id: z.string(),
  orderedAt: moment,
  inspector: text,
  appointment: moment.nullable(),
  waivedAt: moment.nullable(),
  report: z.object({ at: moment, summary: z.string(), passed: z.boolean(), mileageKm: z.number().nullable(), defects: z.array(z.string()) }).nullable(),
  decision: z.enum(['accepted', 'declined']).nullable(),
  decidedAt: moment.nullable(),
});
const assessment = z.object({ amount: z.number(), reason: z.string(), by: z.string(), needsSecond: z.boolean(), approvedBy: text });
const withdrawal = z.object({
  id: z.string(),
  declaredAt: moment,
  odometerKm: z.number().nullable(),
  // Of before use was counted: nothing is kept for it.
  use: z.object({ km: z.number().nullable(), amount: z.number() }).default({ km: null, amount: 0 }),
  assessment: assessment.nullable().default(null),
  confirmedAt: moment.nullable(),
  // Of before a refund waited for its car.
  returned: z.object({ at: moment, odometerKm: z.number().nullable(), photos: z.number(), defects: z.array(z.string()), loss: assessment.nullable() }).nullable().default(null),
});
const progress = z.object({
  // Orders of before this was written down have none.
  offerWord: z.object({ at: moment, askedPrice: z.number(), reason: z.string() }).nullable().default(null),
  inspection: inspection.nullable(),
  contract: z.object({
    guaranteeMonths: z.number(),
    guaranteeNote: text,
    delivery: z.object({ place: z.string(), date: z.string() }).nullable(),
    defects: z.array(z.string()),
    informedAt: moment.nullable(),
    withdrawalTold: z.boolean(),
    readyAt: moment.nullable(),
    readyVersion: z.number().nullable(),
  }),
  registration: z.object({ titleReceivedAt: moment.nullable(), poaReceivedAt: moment.nullable(), taxRemittedAt: moment.nullable(), plates: text }),
  legs: z.array(
    z.object({ id: z.string(), carrier: z.string(), from: z.string(), to: z.string(), insurance: text, eta: moment.nullable(), status: z.enum(legStatuses), pickupPhotos: z.number() }),
  ),
  handover: z.object({ place: z.string(), at: moment, odometerKm: z.number(), keys: z.number(), papers: z.array(z.string()), photos: z.number(), defects: z.array(z.string()), acceptedAt: moment.nullable() }).nullable(),
  deliveredAt: moment.nullable(),
  withdrawal: withdrawal.nullable(),
  disputes: z.array(z.object({ id: z.string(), kind: z.enum(['bank', 'claim']), reason: z.string(), status: z.enum(['open', 'lost', 'closed']), dueBy: moment.nullable(), openedAt: moment })),
  dunnedAt: moment.nullable(),
  contractedAt: moment.nullable(),
  // Orders of before these two were written down have neither.
  tax: z.object({ treatment: z.enum(vatTreatments), rate: z.number() }).nullable().default(null),
  buyerTaxed: z.object({ country: z.string(), hasVatId: z.boolean() }).nullable().default(null),
  change: z.object({ id: z.string(), reason: z.string(), proposedAt: moment, price, quote: quote.nullable(), token: text, expiresAt: moment.nullable() }).nullable(),
});
export const carSchema = z.object({
  make: z.string(),
  model: z.string(),
  trim: text,
  year: z.number(),
  vin: text,
  firstRegistration: text,
  mileageKm: z.number().nullable(),
  colour: text,
  damageType: z.string(),
  titleStatus: z.string(),
  condition: z.string(),
  features: z.array(z.string()),
  ownersCount: z.number().nullable(),
});

/** What of an order stands in `content`; a row that does not read back as an order is not taken for one. */
const content = z.object({
  // Orders of before this was written down have none.
  formerly: z.array(z.string()).default([]),
  capacity: z.enum(capacities),
  sellerKind: z.enum(sellerKinds),
  buyerKind: z.enum(buyerKinds),
  jurisdiction: z.object({ country: z.string(), region: text }),
  locale: localeSchema,
  car: carSchema.nullable(),
  quote,
  price,
  priceAgreedAt: moment,
  payingBy: z.enum(paymentMethods),
  deposit: z.object({ paymentId: z.string(), method: z.enum(paymentMethods), state: z.enum(['authorized', 'captured']), captureBefore: moment.nullable() }).nullable(),
  settledAt: moment.nullable(),
  resumeState: z.enum(orderStates).nullable(),
  progress,
  cancellation: z.object({ reason: z.string(), fault: z.enum(cancelFaults), retain: z.number(), refundDueAt: moment, awaitsReturn: z.boolean().default(false), closedAt: moment.nullable() }).nullable(),
});

export const orderColumns = 'id, tenant_id, number, buyer_id, placed_by, vehicle_id, listing_id, version, state, holds_vehicle, entered_at, due_at, content, created_at, updated_at';

export interface OrderRow {
  readonly id: string;
  readonly tenant_id: string;
  readonly number: string;
  readonly buyer_id: string;
  readonly placed_by: string;
  readonly vehicle_id: string;
  readonly listing_id: string | null;
  readonly version: number;
  readonly state: string;
  readonly holds_vehicle: boolean;
  readonly entered_at: Date;
  readonly due_at: Date | null;
  readonly content: unknown;
  readonly created_at: Date;
  readonly updated_at: Date;
}

const state = z.enum(orderStates);

export const orderOf = (row: OrderRow): Order => ({
  id: row.id,
  tenantId: row.tenant_id,
  number: row.number,
  buyerId: row.buyer_id,
  placedBy: row.placed_by,
  vehicleId: row.vehicle_id,
  listingId: row.listing_id,
  version: row.version,
  state: state.parse(row.state),
  holdsVehicle: row.holds_vehicle,
  enteredAt: row.entered_at,
  dueAt: row.due_at,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  ...content.parse(row.content),
});

export function contentJson(order: Order): string {
  const { formerly, capacity, sellerKind, buyerKind, jurisdiction, locale, car, quote: from, price: agreed, priceAgreedAt, payingBy, deposit, settledAt, resumeState, progress: done, cancellation } = order;
  const kept = { formerly, capacity, sellerKind, buyerKind, jurisdiction, locale, car, quote: from, price: agreed, priceAgreedAt, payingBy, deposit, settledAt, resumeState, progress: done, cancellation };
  return JSON.stringify(kept satisfies Record<keyof z.output<typeof content>, unknown>);
}
