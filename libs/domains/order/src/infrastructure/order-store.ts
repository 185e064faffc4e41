import { Injectable } from '@nestjs/common';
import { TenantRepository, type ManagerSource, type TenantScope, type Tx } from '@autobroker/platform/database';
import { OrderStore } from '../application/ports';
import type { Order } from '../domain/order';
import { OrderEntity } from './entities/order.entity';

class OrderRows extends TenantRepository<OrderEntity> {
  constructor() {
    super(OrderEntity);
  }
}

@Injectable()
export class SqlOrderStore extends OrderStore {
  private readonly rows = new OrderRows();

  override insert(scope: TenantScope, tx: Tx, order: Order): Promise<void> {
    return this.rows.insert(scope, tx, order);
  }

  override byId(scope: TenantScope, on: ManagerSource, id: string): Promise<Order | null> {
    return this.rows.findById(scope, on, id);
  }
}
