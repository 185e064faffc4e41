import type { SignerRole, VehicleStatus, OrderState } from '@autobroker/kernel';
import type { Actor, Database, TenantScope, Tx } from '@autobroker/platform/database';
import type { DeadlineAt, DeadlineKind } from '../domain/deadlines';
import type { Sight } from '../domain/facts';
import type { CarSnapshot, Order } from '../domain/order';
import type { Compensation, CompensationKind } from '../domain/saga';
import type { TenantPolicy } from '../domain/tenant-policy';
import type { Party, PartyRole } from './party';

export type Reader = Tx | Database;

/** One line of what happened to an order; never changed. */
export interface HistoryEntry {
  readonly id: string;
  readonly at: Date;
  readonly orderId: string;
  readonly tenantId: string;
  readonly version: number;
  /** A trigger of the state machine, or what was recorded. */
  readonly what: string;
  readonly fromState: OrderState | null;
  readonly toState: OrderState;
  readonly actor: Actor;
  readonly reason: string | null;
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
}

export interface OrderFilter {
  readonly states: readonly OrderState[];
  readonly vehicleId: string | null;
  /** Only of this person: as buyer, or as the one who asked for a buyer. */
  readonly personId: string | null;
}

export interface ListWindow {
  readonly limit: number;
  readonly offset: number;
  readonly after: string | null;
}

export interface OrderPage {
  readonly orders: readonly Order[];
  readonly total: number;
  readonly next: string | null;
}

export interface Written {
  readonly order: Order;
  readonly entries: readonly HistoryEntry[];
  readonly deadlines: readonly DeadlineAt[];
}

export interface OrderedOffer {
  readonly id: string;
  readonly listingId: string | null;
}

export abstract class OrderStore {
  /** For people, e.g. `AB-2026-000123`; some are never used. */
  abstract nextNumber(at: Date): Promise<string>;
  /** False where the quote has an order already. */
  abstract insert(scope: TenantScope, tx: Tx, written: Written, token: string): Promise<boolean>;
  /** Its row is locked until the transaction ends; what is around it is read after that. */
  abstract open(scope: TenantScope, tx: Tx, id: string): Promise<Found | null>;
  abstract find(scope: TenantScope, id: string): Promise<Order | null>;
  /** Of an order that was locked. Throws `VehicleHeldError` where another order holds the car. */
  abstract save(tx: Tx, written: Written): Promise<void>;
  /** A further quote of an order is good for one order as well. False where it was used. */
  abstract useQuote(tx: Tx, orderId: string, quoteId: string, token: string): Promise<boolean>;
  /** The token of the quote that an order stands on. */
  abstract quoteOf(order: Order): Promise<string | null>;
  abstract list(scope: TenantScope, filter: OrderFilter, window: ListWindow): Promise<OrderPage>;
  abstract history(scope: TenantScope, orderId: string, afterVersion: number, limit: number): Promise<readonly HistoryEntry[]>;
  /** Orders that are not over: of the car, with the offer they were placed by; of every tenant. */
  abstract openOfVehicle(tx: Tx, vehicleId: string): Promise<readonly OrderedOffer[]>;
  abstract isHeldByAnother(tx: Tx, vehicleId: string, orderId: string): Promise<boolean>;
  /** Orders of a person that are not over, of every tenant. */
  abstract openOf(tx: Tx, buyerId: string): Promise<readonly string[]>;
}

/** Another order holds the car: the database has refused a second one. */
export class VehicleHeldError extends Error {
  override readonly name = 'VehicleHeldError';
}

export interface KnownVehicle {
  readonly status: VehicleStatus | 'deleted';
  readonly ownerTenantId: string | null;
  readonly car: CarSnapshot;
  readonly offers: readonly KnownOffer[];
}

export interface KnownOffer {
  readonly listingId: string;
  readonly source: string;
  readonly externalId: string;
  readonly url: string | null;
}

export interface HeardVehicle {
  readonly vehicleId: string;
  readonly version: number;
  readonly ownerTenantId: string | null;
  readonly at: Date;
  readonly status: VehicleStatus | 'deleted' | null;
  readonly price: { readonly amount: number; readonly currency: string } | null | undefined;
  readonly car: CarSnapshot | null;
  readonly offers: readonly KnownOffer[] | null;
}

export interface Around extends Omit<Sight, 'now' | 'policy' | 'broker' | 'buyer'> {
  readonly set: StoredPolicy;
}

/** An order with what is around it. */
export interface Found {
  readonly order: Order;
  readonly around: Around;
}

/** What other services have told, as far as orders need it. */
export abstract class Surroundings {
  abstract vehicle(on: Reader, vehicleId: string): Promise<KnownVehicle | null>;
  /** Papers, car and offer of an order, and what its tenant has set, in one look. */
  abstract around(on: Reader, order: Order): Promise<Around>;
  /** Offers belong to another car. Answers where each is by the latest that was told of it. */
  abstract offersMoved(tx: Tx, listingIds: readonly string[], vehicleId: string, at: Date): Promise<ReadonlyMap<string, string>>;
  /** The car that an offer was moved to after this moment; null where it was not. */
  abstract movedSince(on: Reader, listingId: string, since: Date): Promise<string | null>;
  /** What nobody asks for any more: quotes live for three days. */
  abstract forgetMoved(before: Date): Promise<void>;
  abstract hearVehicles(tx: Tx, heard: readonly HeardVehicle[]): Promise<void>;
  /** From now on what is heard of this offer is kept; false where somebody asked for it a moment ago. */
  abstract watchOffer(tx: Tx, offer: KnownOffer, at: Date, since: Date): Promise<boolean>;
  /** Somebody looked at the offer in vain. */
  abstract offerUnreadable(tx: Tx, offer: { readonly source: string; readonly externalId: string; readonly at: Date }): Promise<void>;
  abstract hearOffer(tx: Tx, offer: { readonly source: string; readonly externalId: string; readonly status: string; readonly price: { readonly amount: number; readonly currency: string } | null; readonly checkedAt: Date }): Promise<void>;
  abstract paperIssued(tx: Tx, paper: { readonly documentId: string; readonly orderId: string; readonly kind: string; readonly version: number; readonly issuedAt: Date; readonly timeZone: string | null }): Promise<void>;
  abstract paperSigned(tx: Tx, paper: { readonly documentId: string; readonly orderId: string; readonly kind: string; readonly version: number; readonly role: SignerRole; readonly complete: boolean; readonly signedAt: Date }): Promise<void>;
}

export interface DueDeadline {
  readonly orderId: string;
  readonly kind: DeadlineKind;
}

export abstract class Deadlines {
  abstract due(now: Date, limit: number): Promise<readonly DueDeadline[]>;
  /** Whether it is still to be done, now that its order is locked. */
  abstract isDue(tx: Tx, deadline: DueDeadline, now: Date): Promise<boolean>;
  abstract done(tx: Tx, deadline: DueDeadline, now: Date): Promise<void>;
}

export const opsKinds = ['deadline', 'compensation', 'deposit_mismatch', 'payment_unmatched', 'dispute_lost', 'buyer_erased', 'offer_unreadable', 'vin_missing', 'use_unknown', 'car_moved', 'car_returning'] as const;
export type OpsKind = (typeof opsKinds)[number];

/** Something that only people can settle. */
export interface OpsItem {
  readonly id: string;
  readonly tenantId: string;
  readonly orderId: string;
  readonly kind: OpsKind;
  readonly detail: string;
  /** The same thing is put there once. */
  readonly dedupe: string;
  readonly createdAt: Date;
  readonly resolvedAt: Date | null;
  readonly resolvedBy: string | null;
  readonly note: string | null;
}

export abstract class OpsQueue {
  abstract add(tx: Tx, order: Pick<Order, 'id' | 'tenantId'>, what: Pick<OpsItem, 'kind' | 'detail' | 'dedupe'>, at: Date): Promise<void>;
  abstract list(scope: TenantScope, open: boolean, window: ListWindow): Promise<{ readonly items: readonly OpsItem[]; readonly total: number; readonly next: string | null }>;
  abstract lock(scope: TenantScope, tx: Tx, id: string): Promise<OpsItem | null>;
  abstract resolve(tx: Tx, id: string, by: string | null, note: string, at: Date): Promise<void>;
  /** What it waited for was done elsewhere: it is settled with it, if it is there. */
  abstract settle(tx: Tx, orderId: string, kind: OpsKind, by: string | null, note: string, at: Date): Promise<void>;
}

export interface CompensationRow {
  readonly orderId: string;
  readonly tenantId: string;
  readonly kind: CompensationKind;
  readonly why: string;
}

export abstract class Compensations {
  abstract begin(tx: Tx, order: Pick<Order, 'id' | 'tenantId'>, list: readonly Compensation[], at: Date): Promise<void>;
  abstract done(tx: Tx, orderId: string, kind: CompensationKind, at: Date): Promise<void>;
  abstract park(tx: Tx, orderId: string, kind: CompensationKind, error: string): Promise<void>;
  abstract overdue(now: Date, limit: number): Promise<readonly CompensationRow[]>;
}

export interface StoredPolicy {
  readonly policy: TenantPolicy;
  /** Who the broker is, for papers; null until the tenant has said it. */
  readonly broker: Party | null;
  /** 0 where the tenant has changed nothing. */
  readonly version: number;
}

export abstract class Policies {
  abstract of(on: Reader, tenantId: string): Promise<StoredPolicy>;
  /** False where somebody else was faster. */
  abstract save(tx: Tx, tenantId: string, policy: Omit<StoredPolicy, 'version'>, expected: number, at: Date): Promise<boolean>;
}

export interface NamedSale {
  readonly order: Order;
  readonly buyer: Party | null;
  readonly seller: Party | null;
  readonly broker: StoredPolicy['broker'];
  readonly vehicle: KnownVehicle | null;
}

export abstract class Parties {
  abstract save(tx: Tx, order: Pick<Order, 'id' | 'tenantId'>, role: PartyRole, personId: string, party: Party, at: Date): Promise<void>;
  /** Null for one that nobody has named, or whose person was erased. */
  abstract find(orderId: string, role: PartyRole, on?: Reader): Promise<Party | null>;
  /** All that papers name of a sale, in one look. */
  abstract forPapers(scope: TenantScope, orderId: string): Promise<NamedSale | null>;
  abstract personOf(on: Reader, orderId: string, role: PartyRole): Promise<string | null>;
  abstract forget(tx: Tx, personId: string): Promise<number>;
}
