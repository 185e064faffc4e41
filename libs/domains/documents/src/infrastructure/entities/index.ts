import { DocumentEntity } from './document.entity';

export const documentsEntities = [DocumentEntity];
