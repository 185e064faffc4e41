import type { Migration } from '@autobroker/platform/database';
import { market } from './0001-market';
import { valuations } from './0002-valuations';
import { costRules } from './0003-cost-rules';
import { quotes } from './0004-quotes';
import { priceQueries } from './0005-price-queries';
import { opportunities } from './0006-opportunities';
import { revaluations } from './0007-revaluations';
import { valuationsInPlace } from './0008-valuations-in-place';
import { marketAtTraining } from './0009-market-at-training';
import { oneRevaluation } from './0010-one-revaluation';

/** Forward only and in this order: once it has run anywhere, a migration never changes. */
export const pricingMigrations: readonly Migration[] = [market, valuations, costRules, quotes, priceQueries, opportunities, revaluations, valuationsInPlace, marketAtTraining, oneRevaluation];
