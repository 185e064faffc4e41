import type { z } from 'zod';
import { priceJson } from '../application/events';
import type { HistoryEntry } from '../application/ports';
import type { StepChoice, Terms } from '../application/read-orders';
import type { OrderParties } from '../application/tell-parties';
import type { Order, PriceChange, UseAssessment, Withdrawal } from '../domain/order';
import type { UsageRule } from '../domain/policies/excess-use';
import { countsAlready, deductionOf } from '../domain/withdrawing';
import type { choicesSchema, entrySchema, orderSchema, termsSchema } from './schemas/order';
import { partyJson } from './schemas/party';

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

export function orderJson(order: Order): z.output<typeof orderSchema> {
  const { progress, car, price, deposit, cancellation, quote } = order;
  const { inspection, contract, change, registration, legs, handover, withdrawal } = progress;
  const money = (amount: number) => ({ amount, currency: price.currency });
  return {
    id: order.id,
    number: order.number,
    version: order.version,
    state: order.state,
    entered_at: order.enteredAt.toISOString(),
    due_at: iso(order.dueAt),
    holds_vehicle: order.holdsVehicle,
    buyer_id: order.buyerId,
    placed_by: order.placedBy,
    vehicle_id: order.vehicleId,
    listing_id: order.listingId,
    vehicle: car === null ? null : { make: car.make, model: car.model, trim: car.trim, year: car.year, vin: car.vin, mileage_km: car.mileageKm },
    quote_id: quote.id,
    quote_expires_at: quote.expiresAt,
    capacity: order.capacity,
    seller_kind: order.sellerKind,
    buyer_kind: order.buyerKind,
    jurisdiction: { country: order.jurisdiction.country, region: order.jurisdiction.region },
    locale: order.locale,
    price: priceJson(price),
    open: quote.open.map(({ code, least, most }) => ({ code, least: least === null ? null : money(least), most: most === null ? null : money(most) })),
    payment_method: order.payingBy,
    deposit: deposit === null ? null : { payment_id: deposit.paymentId, method: deposit.method, state: deposit.state, capture_before: deposit.captureBefore },
    settled_at: order.settledAt,
    resume_state: order.resumeState,
    inspection:
      inspection === null
        ? null
        : {
            id: inspection.id,
            ordered_at: inspection.orderedAt,
            inspector: inspection.inspector,
            appointment: inspection.appointment,
            waived_at: inspection.waivedAt,
            report: inspection.report === null ? null : { at: inspection.report.at, summary: inspection.report.summary, passed: inspection.report.passed, mileage_km: inspection.report.mileageKm, defects: [...inspection.report.defects] },
            decision: inspection.decision,
            decided_at: inspection.decidedAt,
          },
    contract: {
      guarantee_months: contract.guaranteeMonths,
      guarantee_note: contract.guaranteeNote,
      delivery: contract.delivery === null ? null : { ...contract.delivery },
      defects: [...contract.defects],
      informed_at: contract.informedAt,
      withdrawal_told: contract.withdrawalTold,
      ready_at: contract.readyAt,
    },
    price_change: change === null ? null : changeJson(change, price.total),
    registration: { title_received_at: registration.titleReceivedAt, poa_received_at: registration.poaReceivedAt, tax_remitted_at: registration.taxRemittedAt, plates: registration.plates },
    transport: legs.map(({ pickupPhotos, ...leg }) => ({ ...leg, pickup_photos: pickupPhotos })),
    handover:
      handover === null
        ? null
        : { place: handover.place, at: handover.at, odometer_km: handover.odometerKm, keys: handover.keys, papers: [...handover.papers], photos: handover.photos, defects: [...handover.defects], accepted_at: handover.acceptedAt },
    delivered_at: progress.deliveredAt,
    withdrawal: withdrawal === null ? null : withdrawalJson(withdrawal, money),
    disputes: progress.disputes.map(({ id, kind, reason, status, dueBy, openedAt }) => ({ id, kind, reason, status, due_by: dueBy, opened_at: openedAt })),
    cancellation: cancellation === null ? null : { reason: cancellation.reason, fault: cancellation.fault, retain: money(cancellation.retain), refund_due_at: cancellation.refundDueAt, awaits_return: cancellation.awaitsReturn, closed_at: cancellation.closedAt },
    created_at: order.createdAt.toISOString(),
    updated_at: order.updatedAt.toISOString(),
  };
}

type MoneyJson = (amount: number) => { readonly amount: number; readonly currency: Order['price']['currency'] };

const withdrawalJson = (withdrawal: Withdrawal, money: MoneyJson) => {
  const { id, declaredAt, confirmedAt, odometerKm, use, assessment, returned } = withdrawal;
  const assessed = (one: UseAssessment | null) => (one === null ? null : { amount: money(one.amount), reason: one.reason, counts: countsAlready(one) });
  return {
    id,
    declared_at: declaredAt,
    confirmed_at: confirmedAt,
    odometer_km: odometerKm,
    deduction: money(deductionOf(withdrawal)),
    use: { km: use.km, amount: money(use.amount) },
    assessment: assessed(assessment),
    returned: returned === null ? null : { at: returned.at, odometer_km: returned.odometerKm, photos: returned.photos, defects: [...returned.defects], loss: assessed(returned.loss) },
  };
};

const changeJson = ({ id, reason, proposedAt, expiresAt, price }: PriceChange, total: number) => ({ id, reason, proposed_at: proposedAt, expires_at: expiresAt, price: priceJson(price), difference: price.total - total });

export const choicesJson = ({ state, version, dueAt }: Order, choices: readonly StepChoice[]): z.output<typeof choicesSchema> => ({
  state,
  version,
  due_at: iso(dueAt),
  transitions: choices.map(({ who, reasons, ...choice }) => ({ ...choice, who: [...who], reasons: [...reasons] })),
});

export const entryJson = (entry: HistoryEntry): z.output<typeof entrySchema> => ({
  id: entry.id,
  at: entry.at.toISOString(),
  version: entry.version,
  what: entry.what,
  from_state: entry.fromState,
  to_state: entry.toState,
  actor: { kind: entry.actor.kind, id: entry.actor.id },
  reason: entry.reason,
  before: { ...entry.before },
  after: { ...entry.after },
});

const usageJson = (rule: UsageRule | null) => (rule === null ? null : { free_km: rule.freeKm, life_km: rule.lifeKm, least_km_left: rule.leastKmLeft, basis: rule.basis, confidence: rule.confidence });

export function termsJson(order: Order, { withdrawal, refunds, stage, use }: Terms): z.output<typeof termsSchema> {
  return {
    order_id: order.id,
    stage,
    withdrawal:
      withdrawal === null
        ? null
        : {
            right: withdrawal.rule.key,
            object: withdrawal.rule.object,
            days: withdrawal.rule.days,
            from: withdrawal.rule.from,
            until: iso(withdrawal.until),
            possible: withdrawal.mayDeclare,
            why_not: withdrawal.why,
            two_steps: withdrawal.rule.twoSteps,
            most_km: withdrawal.rule.mostKm,
            use: usageJson(use),
            return_paid_by: withdrawal.rule.returnPaidBy,
            basis: withdrawal.rule.basis,
            confidence: withdrawal.rule.confidence,
          },
    refunds: refunds.map((row) => ({
      stage: row.stage,
      fault: row.fault,
      area: row.area,
      keeps: row.keeps,
      refund_percent: row.refundPercent,
      most_kept: { amount: row.mostKept, currency: order.price.currency },
      return_paid_by: row.returnPaidBy,
      days: row.days,
      note: row.note,
      source: row.source,
    })),
  };
}

/** What other services of the installation ask for; see the internal route. */
export function partiesJson({ order, buyer, seller, broker, car, withdrawal, refunds }: OrderParties) {
  const { inspection, contract, handover } = order.progress;
  return {
    order_id: order.id,
    number: order.number,
    capacity: order.capacity,
    locale: order.locale,
    buyer: partyJson(buyer),
    seller: seller === null ? null : partyJson(seller),
    broker: partyJson(broker),
    vehicle: {
      make: car.make,
      model: car.model,
      trim: car.trim,
      year: car.year,
      vin: car.vin,
      first_registration: car.firstRegistration,
      mileage_km: inspection?.report?.mileageKm ?? car.mileageKm,
      colour: car.colour,
      damage_type: car.damageType,
      title_status: car.titleStatus,
      condition: car.condition,
      features: car.features,
      owners_count: car.ownersCount,
    },
    contract: contract.readyAt === null ? null : { guarantee_months: contract.guaranteeMonths, guarantee_note: contract.guaranteeNote, delivery: contract.delivery, defects: contract.defects },
    inspection: inspection === null ? null : { summary: inspection.report?.summary ?? null, at: inspection.report?.at ?? inspection.waivedAt, waived: inspection.waivedAt !== null, passed: inspection.report?.passed ?? null },
    handover: handover === null ? null : { place: handover.place, at: handover.at, odometer_km: handover.odometerKm, keys: handover.keys, papers: handover.papers, photos: handover.photos, defects: handover.defects },
    cancellation: order.cancellation === null ? null : { fault: order.cancellation.fault, retain: order.cancellation.retain },
    policies: {
      withdrawal: withdrawal === null ? null : { days: withdrawal.days, basis: withdrawal.basis, object: withdrawal.object, two_steps: withdrawal.twoSteps },
      refund_matrix: refunds.map(({ stage, fault, keeps, refundPercent, returnPaidBy, days, note, source }) => ({ stage, fault, keeps, refund_percent: refundPercent, return_paid_by: returnPaidBy, days, note, source })),
    },
  };
}
