import { Module } from '@nestjs/common';
import { defineService } from '@autobroker/platform/app';
import { platformTables } from '@autobroker/platform/database';
import { collectRoutes } from '@autobroker/platform/http';
import { DocumentController } from './api/document.controller';
import { OpenDocument } from './application/open-document';
import { DocumentStore } from './application/ports';
import { ReadDocument } from './application/read-document';
import { documentsEntities } from './infrastructure/entities';
import { documentsMigrations } from './infrastructure/migrations';
import { SqlDocumentStore } from './infrastructure/document-store';

const controllers = [DocumentController];

@Module({
  controllers,
  providers: [OpenDocument, ReadDocument, { provide: DocumentStore, useClass: SqlDocumentStore }],
})
class DocumentsModule {}

/** The documents service, for whichever process hosts it. */
export const documentsService = defineService({
  name: 'documents',
  module: DocumentsModule,
  entities: documentsEntities,
  migrations: [...platformTables('documents'), ...documentsMigrations],
  routes: collectRoutes(controllers),
});
