import { DeadlineEntity, OrderEntity, UsedQuoteEntity } from './order.entity';
import { CompensationEntity, MovedOfferEntity, OfferEntity, OpsItemEntity, PaperEntity, PartyEntity, PolicyEntity, VehicleEntity } from './surroundings.entity';

export const orderEntities = [OrderEntity, UsedQuoteEntity, DeadlineEntity, VehicleEntity, OfferEntity, MovedOfferEntity, PaperEntity, PolicyEntity, PartyEntity, CompensationEntity, OpsItemEntity];
