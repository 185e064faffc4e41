import type { CurrencyCode } from '@autobroker/kernel';
import type { PriceQuery } from '../application/queries/ports';
import type { QueryView } from '../application/queries/read-queries';
import type { MarketCar } from '../domain/market-car';

const money = (amount: number | null, currency: CurrencyCode | null) => (amount === null || currency === null ? null : { amount, currency });

export function queryJson({ asked, filters, price, currency, ...query }: PriceQuery) {
  return {
    id: query.id,
    version: query.version,
    make: asked.make,
    model: asked.model,
    year: asked.year,
    mileage: asked.mileage,
    mileage_unit: asked.mileageUnit,
    color: asked.color,
    damage_type: asked.damageType,
    production_year: asked.productionYear,
    country: asked.country,
    normalized_filters: {
      make: filters.make,
      model: filters.model,
      trim: filters.trim,
      year: filters.year,
      mileage_km: filters.mileageKm,
      color: filters.color,
      damage_type: filters.damageType,
      production_year: filters.productionYear,
      country: filters.country,
      recognised: filters.recognised,
      unrecognised: filters.unrecognised,
    },
    average_price: money(price.average, currency),
    median_price: money(price.median, currency),
    price_confidence: price.confidence,
    comparables: price.comparables,
    status: query.status,
    scrape: query.scrape,
    failure_reason: query.failureReason,
    created_at: query.createdAt.toISOString(),
    updated_at: query.updatedAt.toISOString(),
    completed_at: query.completedAt?.toISOString() ?? null,
  };
}

export function detailJson({ query, cars, lots, known }: QueryView) {
  const ranked = ({ vehicleId, score, rank }: QueryView['lots'][number] | QueryView['cars'][number]) => ({ vehicle_id: vehicleId, similarity_score: score, rank, vehicle: carJson(known.get(vehicleId)) });
  return {
    ...queryJson(query),
    similar: cars.map((car) => ({ ...ranked(car), learned_score: car.learned })),
    auction_listings: lots.map((lot) => ({ ...ranked(lot), auction_platform: lot.platform, listing_url: lot.url, estimated_price: lot.estimatedPrice, price_basis: lot.priceBasis })),
  };
}

function carJson(car: MarketCar | undefined) {
  if (car === undefined) return null;
  const { make, model, trim, year, mileageKm, colour, damageType, country } = car.facts;
  return { make, model, trim, year, mileage_km: mileageKm, color: colour, damage_type: damageType, country, price: car.price, for_sale: car.leftAt === null };
}
