import { isSuspiciousPrice } from './ingest/price';
import type { Listing } from './ingest/listing';
import { isLive } from './ingest/compose';
import { mileageKm } from './units';
import type { Vehicle } from './vehicle';

/** A car's facts as events carry them. */
export function factsJson({ facts, status, referencePrice, sources, listedAt, vinFlags, relistCount }: Vehicle) {
  return {
    make: facts.make,
    model: facts.model,
    trim: facts.trim,
    year: facts.year,
    production_year: facts.productionYear,
    first_registration: facts.firstRegistration,
    mileage_km: facts.mileage === null ? null : mileageKm(facts.mileage),
    fuel: facts.fuel,
    gearbox: facts.gearbox,
    drivetrain: facts.drivetrain,
    body: facts.body,
    power_kw: facts.powerKw,
    engine_displacement_cc: facts.engineDisplacementCc,
    doors: facts.doors,
    seats: facts.seats,
    exterior_colour: facts.exteriorColour,
    interior_colour: facts.interiorColour,
    damage_type: facts.damageType,
    title_status: facts.titleStatus,
    condition: facts.condition,
    features: [...facts.features],
    vin: facts.vin,
    owners_count: facts.ownersCount,
    location: {
      city: facts.location.city,
      region: facts.location.region,
      postal_code: facts.location.postalCode,
      country: facts.location.country,
      coordinates: facts.location.coordinates,
    },
    price: facts.price,
    reference_price: referencePrice,
    status,
    sources: [...sources],
    listed_at: listedAt.toISOString(),
    vin_flags: [...vinFlags],
    relist_count: relistCount,
  };
}

/** A car's offers as events carry them: the latest, up to as many as an event may hold. */
export function offersJson(listings: readonly Listing[], most: number) {
  const latest = listings.toSorted((a, b) => b.saidAt.getTime() - a.saidAt.getTime() || (a.id < b.id ? -1 : 1));
  return latest.slice(0, most).map((listing) => ({
    listing_id: listing.id,
    source: listing.source,
    external_id: listing.externalId,
    url: listing.url,
    auction: isAuction(listing),
    active: isLive(listing.status),
    status: listing.status,
    price: listing.facts.price,
    price_kind: priceKindOf(listing),
    price_doubtful: isSuspiciousPrice(listing.doubts),
  }));
}

const isAuction = ({ auctionUrl, doubts }: Listing): boolean => auctionUrl !== null || doubts.includes('price_is_bid');

/** The last bid of a sale that was struck is its hammer price. */
function priceKindOf({ facts, doubts, status }: Listing): 'asked' | 'bid' | 'hammer' | null {
  if (facts.price === null) return null;
  if (!doubts.includes('price_is_bid')) return 'asked';
  return status === 'sold' ? 'hammer' : 'bid';
}
