import { Duration } from '@autobroker/kernel';
import { addBusinessDays } from './business-days';
import { etaOf, type Order } from './order';
import type { DeadlinePolicy } from './tenant-policy';
import { goodsWindowEnd } from './withdrawing';

/** What time does when nobody does anything: end it, remind, end it for the buyer’s default, complete it, or call somebody. */
export type DeadlineKind = 'expire' | 'dun' | 'default' | 'complete' | 'alarm';

export interface DeadlineAt {
  readonly kind: DeadlineKind;
  readonly due: Date;
}

const after = (from: Date, ...lengths: readonly string[]): Date => lengths.reduce((date, length) => Duration.parse(length).addTo(date), from);
const latest = (...dates: readonly (Date | null)[]): Date => new Date(Math.max(...dates.map((date) => date?.getTime() ?? 0)));

/** Where a carrier names no arrival. */
const usualTransit = 'P14D';
/** Where a dispute names no end. */
const usualDispute = 'P14D';

/** Everything that falls due in the state that a sale is in, at a tenant. The same sale always gives the same rows. */
export function deadlinesOf(order: Order, policy: DeadlinePolicy): readonly DeadlineAt[] {
  const { enteredAt, progress, jurisdiction } = order;
  const businessDays = (from: Date, days: number): Date => addBusinessDays(from, days, jurisdiction.country);
  switch (order.state) {
    case 'requested':
      return [{ kind: 'expire', due: after(enteredAt, policy.requested) }];
    case 'reserved':
      return [{ kind: 'expire', due: after(enteredAt, order.payingBy === 'bank_transfer' ? policy.reservedByTransfer : policy.reservedByCard) }];
    case 'deposit_held': {
      const before = order.deposit?.state === 'authorized' ? order.deposit.captureBefore : null;
      return [{ kind: 'expire', due: before === null ? after(enteredAt, policy.depositHeld) : Duration.parse(policy.beforeCapture).subtractFrom(new Date(before)) }];
    }
    case 'inspection':
      return [{ kind: 'expire', due: after(enteredAt, policy.inspection, policy.decision) }];
    case 'contracted': {
      const dunned = progress.dunnedAt === null ? null : new Date(progress.dunnedAt);
      return [dunned === null ? { kind: 'dun', due: businessDays(enteredAt, policy.balanceBusinessDays) } : { kind: 'default', due: businessDays(dunned, policy.dunningBusinessDays) }];
    }
    case 'balance_paid':
      return [{ kind: 'alarm', due: businessDays(enteredAt, policy.titleRequestBusinessDays) }];
    case 'titling':
      return [{ kind: 'alarm', due: after(enteredAt, policy.titling) }];
    case 'in_transit': {
      const eta = etaOf(progress);
      return [{ kind: 'alarm', due: after(eta === null ? after(enteredAt, usualTransit) : new Date(eta), policy.transitGrace) }];
    }
    case 'delivered': {
      const delivered = new Date(progress.deliveredAt ?? enteredAt.toISOString());
      return [{ kind: 'complete', due: latest(goodsWindowEnd(order), after(delivered, policy.acceptance)) }];
    }
    case 'disputed': {
      const dues = progress.disputes.flatMap(({ status, dueBy }) => (status === 'open' && dueBy !== null ? [Duration.parse(policy.disputeLead).subtractFrom(new Date(dueBy))] : []));
      return [{ kind: 'alarm', due: dues.toSorted((a, b) => a.getTime() - b.getTime())[0] ?? after(enteredAt, usualDispute) }];
    }
    case 'completed':
    case 'cancelled':
      return [];
  }
}

/** When the state ends by itself, or the buyer is reminded; null where only people move it on. */
export const dueOf = (order: Order, policy: DeadlinePolicy): Date | null => deadlinesOf(order, policy).find(({ kind }) => kind !== 'alarm')?.due ?? null;

/** When the buyer’s time for this is over and the sale may be completed. */
export const windowEnds = (order: Order, policy: DeadlinePolicy): Date | null => deadlinesOf({ ...order, state: 'delivered' }, policy)[0]?.due ?? null;
