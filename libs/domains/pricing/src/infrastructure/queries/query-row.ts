import { type CurrencyCode, isCurrencyCode, type MileageUnit } from '@autobroker/kernel';
import type { PriceQuery } from '../../application/queries/ports';
import type { NormalizedFilters } from '../../domain/queries/filters';
import type { QueryStatus, ScrapeState } from '../../domain/queries/query-state';

/** Columns with a check, or that only we write: what they hold is of these types. */
export interface QueryRow {
  readonly id: string;
  readonly version: number;
  readonly tenant_id: string | null;
  readonly user_id: string | null;
  readonly make: string;
  readonly model: string;
  readonly year: number;
  readonly mileage: number | null;
  readonly mileage_unit: MileageUnit;
  readonly color: string | null;
  readonly damage_type: string | null;
  readonly production_year: number | null;
  readonly country: string | null;
  readonly normalized_filters: NormalizedFilters;
  readonly filters_hash: string;
  readonly average_price: number | null;
  readonly median_price: number | null;
  readonly price_currency: string | null;
  readonly price_confidence: number;
  readonly comparables: number;
  readonly status: QueryStatus;
  readonly scrape: ScrapeState;
  readonly failure_reason: string | null;
  readonly captured: number;
  readonly due_at: Date | null;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly completed_at: Date | null;
}

export const queryColumns = `q.id, q.version, q.tenant_id, q.user_id, q.make, q.model, q.year, q.mileage, q.mileage_unit, q.color, q.damage_type, q.production_year,
  q.country, q.normalized_filters, q.filters_hash, q.average_price::float8, q.median_price::float8, q.price_currency, q.price_confidence, q.comparables,
  q.status, q.scrape, q.failure_reason, q.captured, q.due_at, q.created_at, q.updated_at, q.completed_at`;

export const currencyOf = (text: string | null): CurrencyCode | null => (text !== null && isCurrencyCode(text) ? text : null);

export const queryOf = (row: QueryRow): PriceQuery => ({
  id: row.id,
  version: row.version,
  tenantId: row.tenant_id,
  userId: row.user_id,
  asked: {
    make: row.make,
    model: row.model,
    year: row.year,
    mileage: row.mileage,
    mileageUnit: row.mileage_unit,
    color: row.color,
    damageType: row.damage_type,
    productionYear: row.production_year,
    country: row.country,
  },
  filters: row.normalized_filters,
  filtersHash: row.filters_hash,
  price: { average: row.average_price, median: row.median_price, confidence: row.price_confidence, comparables: row.comparables },
  currency: currencyOf(row.price_currency),
  status: row.status,
  scrape: row.scrape,
  failureReason: row.failure_reason,
  capturesTold: row.captured,
  dueAt: row.due_at,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  completedAt: row.completed_at,
});
