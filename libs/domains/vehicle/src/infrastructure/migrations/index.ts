import type { Migration } from '@autobroker/platform/database';
import { vehicles } from './0001-vehicles';
import { listings } from './0002-listings';
import { priceHistory } from './0003-price-history';
import { media } from './0004-media';
import { rareValues } from './0005-rare-values';
import { ingest } from './0006-ingest';
import { matching } from './0007-matching';
import { quarantine } from './0008-quarantine';
import { listingArchive } from './0009-listing-archive';
import { waitingCars } from './0010-waiting-cars';
import { saleHolds } from './0011-sale-holds';
import { searchBesideFacts } from './0012-search-beside-facts';
import { saleHoldsHeard } from './0013-sale-holds-heard';
import { wordsOfOlderReleases } from './0014-words-of-older-releases';
import { holdsFollowMerges } from './0015-holds-follow-merges';
import { fewerIndexes } from './0016-fewer-indexes';
import { picturesOfMergedCars } from './0017-pictures-of-merged-cars';

/** Forward only and in this order: once it has run anywhere, a migration never changes. */
export const vehicleMigrations: readonly Migration[] = [vehicles, listings, priceHistory, media, rareValues, ingest, matching, quarantine, listingArchive, waitingCars, saleHolds, searchBesideFacts, saleHoldsHeard, wordsOfOlderReleases, holdsFollowMerges, fewerIndexes, picturesOfMergedCars];
