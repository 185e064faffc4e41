import type { ManagerSource, TenantScope, Tx } from '@autobroker/platform/database';
import type { Payment } from '../domain/payment';

export abstract class PaymentStore {
  abstract insert(scope: TenantScope, tx: Tx, payment: Payment): Promise<void>;
  abstract byId(scope: TenantScope, on: ManagerSource, id: string): Promise<Payment | null>;
}
