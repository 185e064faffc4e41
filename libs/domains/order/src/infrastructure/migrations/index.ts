import type { Migration } from '@autobroker/platform/database';
import { orders } from './0001-orders';
import { surroundings } from './0002-surroundings';
import { unreadableOffers } from './0003-unreadable-offers';
import { zonesOfPapers } from './0004-zones-of-papers';
import { movedOffers } from './0005-moved-offers';
import { opened } from './0006-opened';

/** Forward only and in this order: once it has run anywhere, a migration never changes. */
export const orderMigrations: readonly Migration[] = [orders, surroundings, unreadableOffers, zonesOfPapers, movedOffers, opened];
