import { Module } from '@nestjs/common';
import { defineService } from '@autobroker/platform/app';
import type { ConfigOf } from '@autobroker/platform/config';
import { type Database, databaseOf, PersonVault, platformTables, vaultConfig, vaultSettings } from '@autobroker/platform/database';
import { collectRoutes } from '@autobroker/platform/http';
import { CarsConsumer, DocumentsConsumer, ForgetPeopleConsumer, OffersConsumer, PaymentsConsumer, VehiclesConsumer } from './api/consumers';
import { DeskController } from './api/desk.controller';
import { KeepOrdersProcessor, SweepOrdersProcessor } from './api/jobs';
import { OrderStreams } from './api/order-streams';
import { OrdersController } from './api/orders.controller';
import { ParticularsController } from './api/particulars.controller';
import { ProgressController } from './api/progress.controller';
import { ReturnsController } from './api/returns.controller';
import { StreamController } from './api/stream.controller';
import { AssessUse } from './application/assess-use';
import { CarryOut } from './application/carry-out';
import { ChangePrice } from './application/change-price';
import { ConfirmOffer } from './application/confirm-offer';
import { FollowCars } from './application/follow-cars';
import { ForgetPerson, HearDocuments } from './application/hear-others';
import { HearPayments } from './application/hear-payments';
import { IdentifyCar } from './application/identify-car';
import { InspectCar } from './application/inspect-car';
import { InspectReturn } from './application/inspect-return';
import { KeepPolicies } from './application/keep-policies';
import { NameParties } from './application/name-parties';
import { OfferChecks } from './application/offer-checks';
import { OrderDesk } from './application/order-desk';
import { PlaceOrder, PlacingTools } from './application/place-order';
import { Compensations, Deadlines, OpsQueue, OrderStore, Parties, Policies, Surroundings } from './application/ports';
import { Quotes } from './application/quotes';
import { ReadOrders } from './application/read-orders';
import { StepRefusals } from './application/step-refusals';
import { SweepOrders } from './application/sweep-orders';
import { TakeStep } from './application/take-step';
import { Sights } from './application/sights';
import { TellParties } from './application/tell-parties';
import { Withdraw } from './application/withdraw';
import { WorkOpsQueue } from './application/work-ops-queue';
import { orderEntities } from './infrastructure/entities';
import { orderMigrations } from './infrastructure/migrations';
import { OrderDemo } from './infrastructure/demo-seeder';
import { SqlOrderStore } from './infrastructure/order-store';
import { SealedParties } from './infrastructure/party-store';
import { SqlCompensations, SqlDeadlines, SqlOpsQueue, SqlPolicies } from './infrastructure/small-stores';
import { SqlSurroundings } from './infrastructure/surroundings-store';

const controllers = [DeskController, OrdersController, ParticularsController, ProgressController, ReturnsController, StreamController];

/** Of this service: who takes part in its orders. */
const orderVault = Symbol.for('orders:vault');

@Module({
  controllers,
  providers: [
    // use cases
    OrderDesk,
    Sights,
    Quotes,
    OfferChecks,
    PlacingTools,
    PlaceOrder,
    TakeStep,
    InspectCar,
    ChangePrice,
    AssessUse,
    InspectReturn,
    ConfirmOffer,
    IdentifyCar,
    CarryOut,
    Withdraw,
    NameParties,
    ReadOrders,
    TellParties,
    KeepPolicies,
    WorkOpsQueue,
    SweepOrders,
    StepRefusals,
    HearPayments,
    HearDocuments,
    ForgetPerson,
    FollowCars,
    // ports and what stands behind them
    { provide: OrderStore, useClass: SqlOrderStore },
    { provide: Surroundings, useClass: SqlSurroundings },
    { provide: Policies, useClass: SqlPolicies },
    { provide: Deadlines, useClass: SqlDeadlines },
    { provide: OpsQueue, useClass: SqlOpsQueue },
    { provide: Compensations, useClass: SqlCompensations },
    { provide: orderVault, inject: [databaseOf('orders'), vaultConfig.token], useFactory: (db: Database, config: ConfigOf<typeof vaultConfig>) => new PersonVault(db, vaultSettings(config)) },
    { provide: Parties, inject: [databaseOf('orders'), orderVault], useFactory: (db: Database, vault: PersonVault) => new SealedParties(db, vault) },
    // events, jobs and streams
    PaymentsConsumer,
    DocumentsConsumer,
    OffersConsumer,
    VehiclesConsumer,
    CarsConsumer,
    ForgetPeopleConsumer,
    SweepOrdersProcessor,
    KeepOrdersProcessor,
    OrderStreams,
    OrderDemo,
  ],
})
class OrderModule {}

/** The order service, for whichever process hosts it. */
export const orderService = defineService({
  name: 'orders',
  module: OrderModule,
  entities: orderEntities,
  migrations: [...platformTables('orders'), ...orderMigrations],
  routes: collectRoutes(controllers),
  seed: OrderDemo,
});
