import { mileageKm } from './units';
import type { Vehicle } from './vehicle';

/** A car's facts as events carry them. */
export function factsJson({ facts, status, referencePrice, sources, listedAt }: Vehicle) {
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
  };
}
