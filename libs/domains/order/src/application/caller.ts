import { ok, refuse, type Refusal, type Result } from '@autobroker/kernel';
import type { AuditEntry } from '@autobroker/platform/database';
import type { Mover } from '../domain/life';
import type { Order } from '../domain/order';

/** On whose behalf, and from where: for history and audit log. */
export type By = Pick<AuditEntry, 'actor' | 'from'>;

/** Who asks for something of an order. */
export interface Caller extends By {
  readonly tenantId: string;
  readonly id: string;
  /** The broker's own people see every order of their tenant. */
  readonly isStaff: boolean;
  /** Those of them who may take the staff's steps. */
  readonly manages: boolean;
}

/** Of a caller, what history and audit log keep. */
export const byOf = ({ actor, from }: By): By => ({ actor, ...(from === undefined ? {} : { from }) });

/** Whoever is not named here is told that there is no such order. */
export const maySee = (order: Pick<Order, 'buyerId' | 'placedBy' | 'tenantId'>, caller: Caller): boolean =>
  order.tenantId === caller.tenantId && (caller.isStaff || order.buyerId === caller.id || order.placedBy === caller.id);

/** Who buys buys, whoever they are besides: what the broker does for the sale, a colleague does. */
export const actsAsStaff = (order: Pick<Order, 'buyerId'>, caller: Caller): boolean => caller.manages && order.buyerId !== caller.id;

/** As what somebody acts in a sale. */
export const moversOf = (order: Pick<Order, 'buyerId'>, caller: Caller): Mover[] => (order.buyerId === caller.id ? ['buyer'] : actsAsStaff(order, caller) ? ['staff'] : []);

type OnlyFor = Result<void, Refusal<'permission_denied'>>;
export const onlyStaff = (order: Pick<Order, 'buyerId'>, caller: Caller): OnlyFor => (actsAsStaff(order, caller) ? ok() : refuse('permission_denied', 'This is for the broker’s own people, and not for who buys'));
export const onlyBuyer = (order: Pick<Order, 'buyerId'>, caller: Caller): OnlyFor => (order.buyerId === caller.id ? ok() : refuse('permission_denied', 'This is for the buyer'));

export const systemBy = (id: string): By => ({ actor: { kind: 'system', id: `orders.${id}` } });
