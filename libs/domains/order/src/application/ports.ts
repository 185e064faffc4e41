import type { ManagerSource, TenantScope, Tx } from '@autobroker/platform/database';
import type { Order } from '../domain/order';

export abstract class OrderStore {
  abstract insert(scope: TenantScope, tx: Tx, order: Order): Promise<void>;
  abstract byId(scope: TenantScope, on: ManagerSource, id: string): Promise<Order | null>;
}
