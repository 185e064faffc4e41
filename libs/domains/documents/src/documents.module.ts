import { Module, type Type } from '@nestjs/common';
import { defineService } from '@autobroker/platform/app';
import type { ConfigOf } from '@autobroker/platform/config';
import { type Database, databaseOf, PersonVault, platformTables, vaultConfig, vaultSettings } from '@autobroker/platform/database';
import { collectRoutes } from '@autobroker/platform/http';
import { FollowSignatureProcessor, IssueDocumentProcessor, SealDocumentProcessor, SweepDocumentsProcessor } from './api/document.jobs';
import { DocumentsController } from './api/documents.controller';
import { FollowDepositsConsumer, FollowNamesConsumer, FollowSalesConsumer, ForgetPeopleConsumer } from './api/sale.consumers';
import { SignatureRequestsController } from './api/signature-requests.controller';
import { TemplatesController } from './api/templates.controller';
import { AskForDocument } from './application/ask-for-document';
import { documentsConfig, sealConfig, signatureConfig } from './application/config';
import { SealedContent, VAULT } from './application/content';
import { DocumentFiles } from './application/document-files';
import { DrawnImages } from './application/drawn-images';
import { FollowSales } from './application/follow-sales';
import { ForgetPerson } from './application/forget-person';
import { DocumentSources, IssueDocument } from './application/issue-document';
import { KnownParties } from './application/known-parties';
import { PlanDocuments } from './application/plan-documents';
import { DocumentLists, DocumentStore, Orders, PeopleToForget, PlatformSeal, Printer, SaleStore, SignatureStore, TemplateStore, WritingDesk } from './application/ports';
import { ReadDocuments } from './application/read-documents';
import { RequestSignatures, SignatureStores } from './application/request-signatures';
import { SealDocument } from './application/seal-document';
import { SignatureProvider, SignatureRequestStore } from './application/signature-ports';
import { SignDocument } from './application/sign-document';
import { SweepDocuments } from './application/sweep-documents';
import { TemplateShelf } from './application/template-shelf';
import { WatchOverdue } from './application/watch-overdue';
import { WritePaper } from './application/write-paper';
import { SqlDocumentLists } from './infrastructure/document-lists';
import { SqlDocumentStore } from './infrastructure/document-store';
import { SharpDrawnImages } from './infrastructure/drawn-images';
import { documentsEntities } from './infrastructure/entities';
import { documentsMigrations } from './infrastructure/migrations';
import { PadesSeal } from './infrastructure/pades/pades-seal';
import { SqlPeopleToForget } from './infrastructure/people-to-forget';
import { RemoteOrders } from './infrastructure/remote-orders';
import { SqlSignatureRequestStore } from './infrastructure/signature-request-store';
import { SkribbleProvider } from './infrastructure/skribble';
import { SqlSaleStore, SqlSignatureStore, SqlTemplateStore } from './infrastructure/small-stores';
import { ThreadPrinter } from './infrastructure/thread-printer';
import { SqlWritingDesk } from './infrastructure/writing-desk';

const controllers: Type[] = [DocumentsController, SignatureRequestsController, TemplatesController];

@Module({
  controllers,
  providers: [
    // use cases
    ...[FollowSales, PlanDocuments, IssueDocument, DocumentSources, KnownParties, WritePaper, TemplateShelf],
    ...[DocumentFiles, AskForDocument, ReadDocuments, SignDocument, SealDocument, ForgetPerson, SweepDocuments, RequestSignatures, SignatureStores, WatchOverdue],
    // ports and what stands behind them
    { provide: DocumentStore, useClass: SqlDocumentStore },
    { provide: DocumentLists, useClass: SqlDocumentLists },
    { provide: PeopleToForget, useClass: SqlPeopleToForget },
    { provide: SaleStore, useClass: SqlSaleStore },
    { provide: WritingDesk, useClass: SqlWritingDesk },
    { provide: SignatureStore, useClass: SqlSignatureStore },
    { provide: SignatureRequestStore, useClass: SqlSignatureRequestStore },
    { provide: SignatureProvider, useClass: SkribbleProvider },
    { provide: TemplateStore, useClass: SqlTemplateStore },
    { provide: Orders, useClass: RemoteOrders },
    { provide: Printer, useClass: ThreadPrinter },
    { provide: PlatformSeal, useClass: PadesSeal },
    { provide: DrawnImages, useClass: SharpDrawnImages },
    {
      provide: VAULT,
      inject: [databaseOf('documents'), vaultConfig.token],
      useFactory: (db: Database, config: ConfigOf<typeof vaultConfig>) => new PersonVault(db, vaultSettings(config)),
    },
    SealedContent,
    // events and jobs
    ...[FollowSalesConsumer, FollowDepositsConsumer, FollowNamesConsumer, ForgetPeopleConsumer],
    ...[IssueDocumentProcessor, SealDocumentProcessor, SweepDocumentsProcessor, FollowSignatureProcessor],
  ],
})
class DocumentsModule {}

/** The documents service, for whichever process hosts it. */
export const documentsService = defineService({
  name: 'documents',
  module: DocumentsModule,
  entities: documentsEntities,
  migrations: [...platformTables('documents'), ...documentsMigrations],
  config: [documentsConfig, sealConfig, signatureConfig],
  routes: collectRoutes(controllers),
});
