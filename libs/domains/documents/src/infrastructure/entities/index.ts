import { DocumentEntity, SignatureEntity } from './document.entity';
import { PersonToForgetEntity } from './person-to-forget.entity';
import { SignatureRequestEntity } from './signature-request.entity';
import { BrandingEntity, NumberSeriesEntity, SaleEntity, TemplateEntity } from './settings.entity';

export const documentsEntities = [DocumentEntity, SignatureEntity, SaleEntity, NumberSeriesEntity, TemplateEntity, BrandingEntity, SignatureRequestEntity, PersonToForgetEntity];
