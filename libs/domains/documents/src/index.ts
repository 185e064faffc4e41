export { documentsService } from './documents.module';
