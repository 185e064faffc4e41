import { Injectable } from '@nestjs/common';
import { ok, refuse, uuidv7, type Refusal, type Result } from '@autobroker/kernel';
import { type ContractTerms, type Handover, legStatuses, type LegStatus, type Order, type Registration, rewritten, type TransportLeg, withProgress } from '../domain/order';
import { notNow, type StepRefusal } from '../domain/step';
import { type Caller, onlyBuyer, onlyStaff } from './caller';
import type { Note } from './open-order';
import { type NotFound, OrderDesk } from './order-desk';

export type CarryOutRefusal = StepRefusal | NotFound | Refusal<'conflict' | 'precondition_failed' | 'validation_failed'>;

type Work = (order: Order, now: Date) => Result<Order, CarryOutRefusal>;

const open = ['contracted', 'balance_paid', 'titling', 'in_transit', 'disputed'];

export interface LegChange {
  readonly status: LegStatus | null;
  readonly insurance: string | null;
  readonly eta: string | null;
  readonly pickupPhotos: number | null;
}

/** What the broker's people do and write down between contract and handover. */
@Injectable()
export class CarryOut {
  constructor(private readonly desk: OrderDesk) {}

  terms(id: string, terms: Pick<ContractTerms, 'guaranteeMonths' | 'guaranteeNote' | 'delivery' | 'defects'> & { readonly withdrawalTold: boolean | null }, caller: Caller): Promise<Result<Order, CarryOutRefusal>> {
    return this.record(id, caller, 'contract_terms_set', (order, now) => {
      const { contract } = order.progress;
      const { withdrawalTold, ...rest } = terms;
      if (withdrawalTold === null && !['requested', 'reserved', 'deposit_held', 'inspection'].includes(order.state)) return notNow('The contract is signed');
      const signed = order.progress.contractedAt !== null;
      return ok(withProgress(order, now, { contract: { ...contract, ...(signed ? {} : rest), withdrawalTold: withdrawalTold ?? contract.withdrawalTold, ...rewritten(order, now) } }));
    });
  }

  registration(id: string, change: Partial<Registration>, caller: Caller): Promise<Result<Order, CarryOutRefusal>> {
    return this.record(id, caller, 'registration_noted', (order, now) => {
      if (!open.includes(order.state)) return notNow('Papers follow the contract');
      const { titleReceivedAt = null, poaReceivedAt = null, taxRemittedAt = null } = change;
      const early = stillToCome({ title_received_at: titleReceivedAt, poa_received_at: poaReceivedAt, tax_remitted_at: taxRemittedAt }, now);
      return early ?? ok(withProgress(order, now, { registration: { ...order.progress.registration, ...change } }));
    });
  }

  addLeg(id: string, leg: Pick<TransportLeg, 'carrier' | 'from' | 'to' | 'insurance' | 'eta'>, caller: Caller): Promise<Result<Order, CarryOutRefusal>> {
    return this.record(id, caller, 'transport_noted', (order, now) => {
      if (!open.includes(order.state) || order.state === 'contracted') return notNow('Transport follows the payment');
      return ok(withProgress(order, now, { legs: [...order.progress.legs, { ...leg, id: uuidv7(now), status: 'planned', pickupPhotos: 0 }] }));
    });
  }

  changeLeg(id: string, legId: string, change: LegChange, caller: Caller): Promise<Result<Order, CarryOutRefusal>> {
    return this.record(id, caller, 'transport_noted', (order, now) => {
      const leg = order.progress.legs.find((one) => one.id === legId);
      if (leg === undefined) return refuse('not_found', 'There is no such leg');
      if (order.state === 'disputed' && change.status === 'picked_up') return notNow('Transport waits while a dispute is open');
      if (change.status !== null && !mayBecome(leg.status, change.status)) return refuse('conflict', `A leg that is ${leg.status} does not become ${change.status}`);
      const after: TransportLeg = { ...leg, status: change.status ?? leg.status, insurance: change.insurance ?? leg.insurance, eta: change.eta ?? leg.eta, pickupPhotos: change.pickupPhotos ?? leg.pickupPhotos };
      return ok(withProgress(order, now, { legs: order.progress.legs.map((one) => (one.id === legId ? after : one)) }));
    });
  }

  handover(id: string, handover: Omit<Handover, 'acceptedAt'> & { readonly signedOnPaper: boolean }, caller: Caller): Promise<Result<Order, CarryOutRefusal>> {
    return this.record(id, caller, 'handover_recorded', (order, now) => {
      if (order.state !== 'titling' && order.state !== 'in_transit') return notNow('The car is handed over when its papers are here');
      const { signedOnPaper, ...rest } = handover;
      return stillToCome({ at: rest.at }, now) ?? ok(withProgress(order, now, { handover: { ...rest, acceptedAt: signedOnPaper ? now.toISOString() : null } }));
    });
  }

  /** The buyer puts a name under the handover: the car is theirs, and the time to withdraw runs. */
  acceptHandover(id: string, caller: Caller): Promise<Result<Order, CarryOutRefusal>> {
    return this.desk.change<Order, CarryOutRefusal>(id, caller, (locked) => {
      const { order, now } = locked;
      const allowed = onlyBuyer(order, caller);
      if (!allowed.ok) return allowed;
      const { handover } = order.progress;
      if (handover === null) return notNow('The handover is not recorded');
      if (handover.acceptedAt !== null) return refuse('conflict', 'It is accepted already');
      locked.note('handover_accepted', withProgress(order, now, { handover: { ...handover, acceptedAt: now.toISOString() } }));
      return ok(locked.order);
    });
  }

  private record(id: string, caller: Caller, what: Note, work: Work): Promise<Result<Order, CarryOutRefusal>> {
    return this.desk.change<Order, CarryOutRefusal>(id, caller, (locked) => {
      const allowed = onlyStaff(locked.order, caller);
      if (!allowed.ok) return allowed;
      const after = work(locked.order, locked.now);
      if (!after.ok) return after;
      locked.note(what, after.value);
      return ok(locked.order);
    });
  }
}

/** Whoever writes it down may live where it is tomorrow already. */
const aheadMs = 86_400_000;

/** What has happened lies behind us: a sale does not go on by what is still to come. Null where all of it does. */
function stillToCome(told: Readonly<Record<string, string | null>>, now: Date): Result<never, Refusal<'validation_failed'>> | null {
  const names = Object.keys(told).filter((name) => Date.parse(told[name] ?? '') > now.getTime() + aheadMs);
  return names.length === 0 ? null : refuse('validation_failed', 'It is still to come', { errors: names.map((name) => ({ pointer: `/${name}`, code: 'in_future', detail: 'is still to come' })) });
}

const mayBecome = (from: LegStatus, to: LegStatus): boolean => (to === 'stopped' ? from !== 'arrived' : from !== 'stopped' && legStatuses.indexOf(to) >= legStatuses.indexOf(from));
