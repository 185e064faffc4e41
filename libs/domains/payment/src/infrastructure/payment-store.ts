import { Injectable } from '@nestjs/common';
import { TenantRepository, type ManagerSource, type TenantScope, type Tx } from '@autobroker/platform/database';
import { PaymentStore } from '../application/ports';
import type { Payment } from '../domain/payment';
import { PaymentEntity } from './entities/payment.entity';

class PaymentRows extends TenantRepository<PaymentEntity> {
  constructor() {
    super(PaymentEntity);
  }
}

@Injectable()
export class SqlPaymentStore extends PaymentStore {
  private readonly rows = new PaymentRows();

  override insert(scope: TenantScope, tx: Tx, payment: Payment): Promise<void> {
    return this.rows.insert(scope, tx, payment);
  }

  override byId(scope: TenantScope, on: ManagerSource, id: string): Promise<Payment | null> {
    return this.rows.findById(scope, on, id);
  }
}
