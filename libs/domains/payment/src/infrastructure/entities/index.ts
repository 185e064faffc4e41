import { OrderEntity, PaymentEntity, OperationEntity, RefundRequestEntity, RefundPartEntity, RefundLimitEntity, DisputeEntity, PayoutEntity, ProviderEventEntity, WebhookEndpointEntity } from './payment.entities';
import { JournalEntity, LedgerEntryEntity, LedgerBalanceEntity } from './ledger.entities';
import { SavedCardEntity } from './saved-card.entity';
import { ReconciliationEntity, BreakEntity } from './reconciliation.entities';

export const paymentEntities = [OrderEntity, PaymentEntity, OperationEntity, RefundRequestEntity, RefundPartEntity, RefundLimitEntity, DisputeEntity, PayoutEntity, ProviderEventEntity, WebhookEndpointEntity, JournalEntity, LedgerEntryEntity, LedgerBalanceEntity, ReconciliationEntity, BreakEntity, SavedCardEntity];
