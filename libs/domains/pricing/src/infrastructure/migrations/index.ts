import type { Migration } from '@autobroker/platform/database';
import { market } from './0001-market';
import { priceQueries } from './0005-price-queries';

/** Forward only and in this order: once it has run anywhere, a migration never changes. */
export const pricingMigrations: readonly Migration[] = [market, priceQueries];
