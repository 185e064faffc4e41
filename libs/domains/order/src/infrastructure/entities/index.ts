import { DeadlineEntity, OrderEntity, UsedQuoteEntity } from './order.entity';
import { CompensationEntity, OfferEntity, OpsItemEntity, PaperEntity, PartyEntity, PolicyEntity, VehicleEntity } from './surroundings.entity';

export const orderEntities = [OrderEntity, UsedQuoteEntity, DeadlineEntity, VehicleEntity, OfferEntity, PaperEntity, PolicyEntity, PartyEntity, CompensationEntity, OpsItemEntity];
