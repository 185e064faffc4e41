import { Module } from '@nestjs/common';
import { defineService } from '@autobroker/platform/app';
import { platformTables } from '@autobroker/platform/database';
import { collectRoutes } from '@autobroker/platform/http';
import { OrderController } from './api/order.controller';
import { OpenOrder } from './application/open-order';
import { OrderStore } from './application/ports';
import { ReadOrder } from './application/read-order';
import { orderEntities } from './infrastructure/entities';
import { orderMigrations } from './infrastructure/migrations';
import { SqlOrderStore } from './infrastructure/order-store';

const controllers = [OrderController];

@Module({
  controllers,
  providers: [OpenOrder, ReadOrder, { provide: OrderStore, useClass: SqlOrderStore }],
})
class OrderModule {}

/** The order service, for whichever process hosts it. */
export const orderService = defineService({
  name: 'orders',
  module: OrderModule,
  entities: orderEntities,
  migrations: [...platformTables('orders'), ...orderMigrations],
  routes: collectRoutes(controllers),
});
