import { Inject, Injectable } from '@nestjs/common';
import { orderContractReady, orderEvents, orderNoted, orderPriceChanged, orderResumed, paymentCaptured, userErased } from '@autobroker/contracts';
import type { OrderState } from '@autobroker/kernel';
import { type Database, databaseOf, type Tx } from '@autobroker/platform/database';
import { defineConsumer, EventConsumer, type EventFor } from '@autobroker/platform/messaging';
import { FollowSales } from '../application/follow-sales';
import { ForgetPerson } from '../application/forget-person';
import type { Sale } from '../application/sale';
import type { DocumentContext } from '../domain/document';

const states = Object.values(orderEvents);
export const followSales = defineConsumer({ name: 'documents.follow-sales', on: [...states, orderPriceChanged, orderContractReady, orderResumed] });
export const followNames = defineConsumer({ name: 'documents.follow-names', on: [orderNoted] });
export const followDeposits = defineConsumer({ name: 'documents.follow-deposits', on: [paymentCaptured] });
export const forgetPeople = defineConsumer({ name: 'documents.forget-people', on: [userErased] });

type Heard = EventFor<typeof followSales>;
type Entered = Exclude<Heard, { readonly type: 'order.price_changed.v1' | 'order.contract_ready.v1' | 'order.resumed.v1' }>;

const stateByType = new Map<string, OrderState>(Object.entries(orderEvents).map(([state, { type }]) => [type, state as OrderState]));

@Injectable()
@EventConsumer(followSales)
export class FollowSalesConsumer {
  constructor(
    @Inject(databaseOf('documents')) private readonly db: Database,
    private readonly sales: FollowSales,
  ) {}

  async handle(event: Heard, tx: Tx): Promise<void> {
    const now = this.db.clock.now();
    const { order_id: orderId, version } = event.data;
    switch (event.type) {
      case 'order.price_changed.v1':
        return this.sales.priceChanged(tx, orderId, version, event.data.price, now);
      case 'order.contract_ready.v1':
        return this.sales.contractReady(tx, orderId, version, event.data.price, now);
      case 'order.resumed.v1':
        return this.sales.resumed(tx, orderId, version, event.data.state, now);
      default: {
        const sale = saleOf(event);
        if (sale !== null) await this.sales.entered(tx, sale, contextOf(event), now);
      }
    }
  }
}

/** Null for what belongs to no tenant, which no order does. */
function saleOf(event: Entered): Sale | null {
  const { data, tenant_id: tenantId } = event;
  const state = stateByType.get(event.type);
  if (tenantId === null || state === undefined) return null;
  return {
    orderId: data.order_id,
    tenantId,
    buyerId: data.buyer_id,
    version: data.version,
    state,
    locale: 'locale' in data ? data.locale : null,
    facts: {
      number: data.number,
      capacity: data.capacity,
      sellerKind: data.seller_kind,
      buyerKind: data.buyer_kind,
      country: data.jurisdiction.country,
      region: data.jurisdiction.region,
      price: data.price,
      tax: data.vat ?? null,
      dueAt: data.due_at,
      cancelReason: 'reason' in data ? data.reason : null,
    },
    requestedAt: state === 'requested' ? new Date(data.entered_at) : null,
    deliveredAt: state === 'delivered' ? new Date(data.entered_at) : null,
  };
}

function contextOf({ data, type }: Entered): DocumentContext {
  if (stateByType.get(type) === 'requested') return { dueAt: data.due_at };
  if (!('payment_id' in data)) return {};
  return { paymentId: data.payment_id, method: data.method, amount: data.price.deposit.amount, captureBefore: data.capture_before, at: data.entered_at };
}

@Injectable()
@EventConsumer(followNames)
export class FollowNamesConsumer {
  constructor(
    @Inject(databaseOf('documents')) private readonly db: Database,
    private readonly sales: FollowSales,
  ) {}

  async handle({ data, tenant_id: tenantId }: EventFor<typeof followNames>, tx: Tx): Promise<void> {
    if (data.what === 'parties_named' && tenantId !== null) await this.sales.partiesNamed(tx, tenantId, data.order_id, data.version, this.db.clock.now());
  }
}

@Injectable()
@EventConsumer(followDeposits)
export class FollowDepositsConsumer {
  constructor(
    @Inject(databaseOf('documents')) private readonly db: Database,
    private readonly sales: FollowSales,
  ) {}

  async handle({ data, tenant_id: tenantId }: EventFor<typeof followDeposits>, tx: Tx): Promise<void> {
    if (data.leg !== 'deposit' || tenantId === null) return;
    await this.sales.depositTaken(tx, tenantId, data.order_id, { paymentId: data.payment_id, method: data.method, amount: data.amount.amount, at: data.captured_at }, this.db.clock.now());
  }
}

@Injectable()
@EventConsumer(forgetPeople)
export class ForgetPeopleConsumer {
  constructor(private readonly forgetting: ForgetPerson) {}

  handle({ data }: EventFor<typeof forgetPeople>, tx: Tx): Promise<void> {
    return this.forgetting.run(tx, data.user_id);
  }
}
