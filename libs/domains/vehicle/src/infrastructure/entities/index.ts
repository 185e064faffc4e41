import { ListingArchiveEntity } from './listing-archive.entity';
import { ListingDetailsEntity, ListingImageHashEntity } from './listing-details.entity';
import { ListingEntity } from './listing.entity';
import { MatchDecisionEntity, MatchRulingEntity, VehicleMergeEntity } from './matching.entity';
import { MediaEntity } from './media.entity';
import { QuarantineEntity } from './quarantine.entity';
import { SaleHoldEntity } from './sale-hold.entity';
import { VehicleDetailsEntity, VehicleEntity } from './vehicle.entity';

export { MediaEntity } from './media.entity';

/** The price history has none: TypeORM knows no partitioned tables, and it is only ever written as a set and read as JSON. */
export const vehicleEntities = [VehicleEntity, VehicleDetailsEntity, ListingEntity, ListingDetailsEntity, ListingImageHashEntity, ListingArchiveEntity, MediaEntity, MatchDecisionEntity, VehicleMergeEntity, MatchRulingEntity, QuarantineEntity, SaleHoldEntity];
