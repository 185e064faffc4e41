import { Module, type Type } from '@nestjs/common';
import { defineService } from '@autobroker/platform/app';
import { platformTables } from '@autobroker/platform/database';
import { collectRoutes } from '@autobroker/platform/http';
import { DisputesController, ReconciliationController } from './api/back-office.controller';
import { LedgerController } from './api/ledger.controller';
import { OrderConsumer } from './api/order.consumer';
import { OrderNewsBroadcast } from './api/order-news.broadcast';
import { CheckLedgerProcessor, ProcessEventsProcessor, ReconcileProcessor, RunOperationProcessor, SweepPaymentsProcessor, WatchHoldsProcessor } from './api/payment.jobs';
import { PaymentsController } from './api/payments.controller';
import { ForgetPeopleConsumer } from './api/people.consumer';
import { RefundsController } from './api/refunds.controller';
import { SavedCardsController } from './api/saved-cards.controller';
import { WebhooksController } from './api/webhooks.controller';
import { CancelPayment } from './application/cancel-payment';
import { CheckLedger } from './application/check-ledger';
import { PaymentsFollowClock } from './application/clock-follower';
import { paymentConfig } from './application/config';
import { Desks } from './application/desks';
import { Disputes } from './application/disputes';
import { EventNudge } from './application/event-nudge';
import { ListenToProviders } from './application/listen-to-providers';
import { LookAtPayment } from './application/look-at-payment';
import { OrderNewsBoard } from './application/order-news-board';
import { Payouts } from './application/payouts';
import { DeskStore, OperationStore, PaymentReader, ProviderEventStore, RefundLimitStore } from './application/ports';
import { CardVault, SavedCardStore } from './application/ports-cards';
import { ReconciliationStore } from './application/ports-reconciliation';
import { ProcessEvents } from './application/process-events';
import { PaymentGateways } from './application/provider';
import { Reconcile } from './application/reconcile';
import { RefundLimits } from './application/refund-limits';
import { Refunds } from './application/refunds';
import { ResolveBreak } from './application/resolve-break';
import { RunOperation } from './application/run-operation';
import { SavedCards } from './application/saved-cards';
import { StartPayment } from './application/start-payment';
import { SweepPayments } from './application/sweep-payments';
import { TakeEvent } from './application/take-event';
import { WatchHolds } from './application/watch-holds';
import { SqlDeskStore } from './infrastructure/desk-store';
import { paymentEntities } from './infrastructure/entities';
import { SqlProviderEventStore } from './infrastructure/event-store';
import { ConfiguredGateways } from './infrastructure/gateways';
import { paymentMigrations } from './infrastructure/migrations';
import { SqlOperationStore } from './infrastructure/operation-store';
import { PaypalBooks } from './infrastructure/paypal/paypal-books';
import { PaypalConnection } from './infrastructure/paypal/paypal-connection';
import { PaypalEvents } from './infrastructure/paypal/paypal-events';
import { PaypalGateway } from './infrastructure/paypal/paypal-gateway';
import { SqlPaymentReader } from './infrastructure/payment-reader';
import { SqlReconciliationStore } from './infrastructure/reconciliation-store';
import { SqlRefundLimitStore } from './infrastructure/refund-limit-store';
import { SqlSavedCardStore } from './infrastructure/saved-card-store';
import { StripeBooks } from './infrastructure/stripe/stripe-books';
import { StripeCards } from './infrastructure/stripe/stripe-cards';
import { StripeConnection } from './infrastructure/stripe/stripe-connection';
import { StripeEvents } from './infrastructure/stripe/stripe-events';
import { StripeGateway } from './infrastructure/stripe/stripe-gateway';
import { WebhookSecrets } from './infrastructure/webhook-secrets';

const controllers: Type[] = [PaymentsController, SavedCardsController, WebhooksController, RefundsController, LedgerController, DisputesController, ReconciliationController];

@Module({
  controllers,
  providers: [
    // use cases
    ...[Desks, OrderNewsBoard, StartPayment, CancelPayment, RunOperation, LookAtPayment, SavedCards],
    ...[TakeEvent, EventNudge, ProcessEvents, SweepPayments, WatchHolds, ListenToProviders, PaymentsFollowClock],
    ...[Refunds, RefundLimits, Disputes, Payouts, Reconcile, ResolveBreak, CheckLedger],
    // ports and what stands behind them
    { provide: DeskStore, useClass: SqlDeskStore },
    { provide: OperationStore, useClass: SqlOperationStore },
    { provide: ProviderEventStore, useClass: SqlProviderEventStore },
    { provide: PaymentReader, useClass: SqlPaymentReader },
    { provide: RefundLimitStore, useClass: SqlRefundLimitStore },
    { provide: ReconciliationStore, useClass: SqlReconciliationStore },
    { provide: SavedCardStore, useClass: SqlSavedCardStore },
    { provide: CardVault, useClass: StripeCards },
    { provide: PaymentGateways, useClass: ConfiguredGateways },
    ...[PaypalConnection, PaypalEvents, PaypalBooks, PaypalGateway],
    ...[WebhookSecrets, StripeConnection, StripeEvents, StripeBooks, StripeGateway],
    // jobs and consumers
    ...[OrderConsumer, OrderNewsBroadcast, ForgetPeopleConsumer],
    ...[RunOperationProcessor, ProcessEventsProcessor, SweepPaymentsProcessor, WatchHoldsProcessor, ReconcileProcessor, CheckLedgerProcessor],
  ],
})
export class PaymentModule {}

/** The payment service, for whichever process hosts it. */
export const paymentService = defineService({
  name: 'payment',
  module: PaymentModule,
  entities: paymentEntities,
  migrations: [...platformTables('payment'), ...paymentMigrations],
  config: [paymentConfig],
  routes: collectRoutes(controllers),
});
