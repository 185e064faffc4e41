import { Module } from '@nestjs/common';
import { defineService } from '@autobroker/platform/app';
import { platformTables } from '@autobroker/platform/database';
import { collectRoutes } from '@autobroker/platform/http';
import { PaymentController } from './api/payment.controller';
import { OpenPayment } from './application/open-payment';
import { PaymentStore } from './application/ports';
import { ReadPayment } from './application/read-payment';
import { paymentEntities } from './infrastructure/entities';
import { paymentMigrations } from './infrastructure/migrations';
import { SqlPaymentStore } from './infrastructure/payment-store';

const controllers = [PaymentController];

@Module({
  controllers,
  providers: [OpenPayment, ReadPayment, { provide: PaymentStore, useClass: SqlPaymentStore }],
})
class PaymentModule {}

/** The payment service, for whichever process hosts it. */
export const paymentService = defineService({
  name: 'payment',
  module: PaymentModule,
  entities: paymentEntities,
  migrations: [...platformTables('payment'), ...paymentMigrations],
  routes: collectRoutes(controllers),
});
