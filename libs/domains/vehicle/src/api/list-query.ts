import { isCurrencyCode } from '@autobroker/kernel';
import { ProblemError } from '@autobroker/platform/http';
import type { Ordering, Range, VehicleCriteria } from '../application/criteria';
import type { ReferencePrices } from '../application/ports';
import { vehicleSorts } from '../application/vehicle-fields';
import type { VehicleListQuery } from './schemas/vehicle-query';

const range = (min: number | undefined, max: number | undefined): Range | undefined =>
  min === undefined && max === undefined ? undefined : { min, max };

/** Sorted, so that one question has one cache key in whatever order it was asked. */
const set = <T extends string>(values: readonly T[] | undefined): readonly T[] | undefined =>
  values === undefined ? undefined : [...new Set(values)].sort();

export function orderingOf(sort: string): Ordering {
  const descending = sort.startsWith('-');
  const name = descending ? sort.slice(1) : sort;
  const by = vehicleSorts.find((known) => known === name);
  if (by === undefined) throw new Error(`the schema let the order ${sort} through`);
  return { by, descending };
}

/** From parameters to what is asked: prices in the installation's currency, defaults filled in. */
export function criteriaOf(query: VehicleListQuery, prices: ReferencePrices, now: Date): VehicleCriteria {
  return {
    q: query.q,
    make: set(query.make),
    model: set(query.model),
    trim: set(query.trim),
    status: set(query.status) ?? ['available', 'reserved'],
    fuel: set(query.fuel),
    gearbox: set(query.gearbox),
    drivetrain: set(query.drivetrain),
    body: set(query.body),
    colour: set(query.colour),
    interiorColour: set(query.interior_colour),
    condition: set(query.condition),
    damageType: set(query.damage_type),
    titleStatus: set(query.title_status),
    features: set(query.feature),
    country: set(query.country),
    region: set(query.region),
    city: set(query.city),
    source: set(query.source),
    vin: query.vin,
    stock: query.stock,
    year: range(query.year_min, query.year_max),
    price: priceRange(query, prices, now),
    mileageKm: range(query.mileage_min, query.mileage_max),
    powerKw: range(query.power_min, query.power_max),
    displacementCc: range(query.displacement_min, query.displacement_max),
    owners: range(query.owners_min, query.owners_max),
    doors: range(query.doors_min, query.doors_max),
    seats: range(query.seats_min, query.seats_max),
    listedSince: query.listed_since === undefined ? undefined : new Date(query.listed_since),
    hasImages: query.has_images,
    hasVin: query.has_vin,
    near:
      query.lat === undefined || query.lon === undefined || query.radius_km === undefined
        ? undefined
        : { centre: { lat: query.lat, lon: query.lon }, radiusKm: query.radius_km },
  };
}

function priceRange(query: VehicleListQuery, prices: ReferencePrices, now: Date): Range | undefined {
  const { price_min: min, price_max: max, currency } = query;
  if (min === undefined && max === undefined) return undefined;
  if (currency === undefined || currency === prices.currency || !isCurrencyCode(currency)) return { min, max };
  const inReference = (amount: number | undefined): number | undefined => {
    if (amount === undefined) return undefined;
    const converted = prices.of({ amount, currency }, now);
    if (converted === null) {
      throw new ProblemError('currency_unsupported', `There is no reference rate for ${currency}.`, {
        errors: [{ pointer: '/query/currency', code: 'currency_unsupported', detail: 'Ask in another currency.' }],
      });
    }
    return converted.amount;
  };
  return { min: inReference(min), max: inReference(max) };
}
