import type { Colour, Fuel } from '@autobroker/kernel';
import type { VehicleFacts } from '../../domain/facts';
import type { Offer } from '../../domain/offer';
import { models, places, type Model, type Place } from './models';
import { Random } from './random';
import { generatedVin } from './vin';

/** Minor units of each currency for one of the euro's: plausible, not of any day. */
const perEuro = { EUR: 1, USD: 1.08, GBP: 0.86 } as const;

const everyday = ['air_conditioning', 'alloy_wheels', 'bluetooth', 'cruise_control', 'electric_windows', 'isofix', 'parking_sensors'];
const comfort = ['adaptive_cruise_control', 'apple_carplay', 'heated_seats', 'keyless_entry', 'lane_assist', 'led_headlights', 'navigation', 'rear_camera'];
const luxury = ['air_suspension', 'head_up_display', 'leather_seats', 'massage_seats', 'matrix_led', 'night_vision', 'panoramic_roof', 'premium_audio', 'tow_bar', 'ventilated_seats'];
const colours: readonly Colour[] = ['black', 'black', 'white', 'white', 'grey', 'grey', 'silver', 'silver', 'blue', 'blue', 'red', 'green', 'brown', 'beige', 'yellow', 'orange', 'gold', 'purple'];
const trims = ['Base', 'Comfort', 'Sport', 'Executive', 'Edition', 'Premium'];
export const sources = ['autoscout', 'mobile', 'ebay', 'facebook', 'gumtree', 'craigslist', 'copart', 'iaai'];

/** Cars whose facts hang together: old ones have driven further and cost less, electric ones are young, American ones count miles. */
export function generatedFacts(random: Random, thisYear: number): VehicleFacts {
  const model = random.pick(random.skewed(models, 1.6));
  const place = random.pick(places);
  const age = Math.floor((model.electric ? 6 : 16) * random.next() ** 1.4);
  const year = thisYear - age;
  const km = Math.round(age * 14_000 * random.between(0.45, 1.6) + random.between(10, 9_000));
  const damaged = random.chance(0.06);
  const fuel = fuelOf(random, model);
  const powerKw = Math.max(6, Math.round(model.powerKw * random.between(0.85, 1.25)));
  const euros = worth(random, model, age, km) * (damaged ? random.between(0.25, 0.6) : 1);
  const miles = place.country === 'US' || place.country === 'GB';
  const isNew = age === 0 && km < 500;
  return {
    make: model.make,
    model: model.model,
    trim: random.chance(0.7) ? random.pick(trims) : null,
    year,
    productionYear: random.chance(0.8) ? year : null,
    firstRegistration: isNew || random.chance(0.2) || age === 0 ? null : `${year}-${random.digits(1, 12)}-${random.digits(1, 28)}`,
    mileage: random.chance(0.97) ? { value: miles ? Math.round(km / 1.609344) : km, unit: miles ? 'mi' : 'km' } : null,
    fuel,
    gearbox: model.electric || random.chance(0.35 + model.powerKw / 500) ? 'automatic' : 'manual',
    drivetrain: model.body === 'suv' || model.powerKw > 200 ? random.pick(['awd', 'awd', 'fwd', 'rwd']) : random.pick(['fwd', 'fwd', 'fwd', 'rwd']),
    body: model.body,
    powerKw: random.chance(0.95) ? powerKw : null,
    engineDisplacementCc: model.electric ? null : Math.round(900 + powerKw * 11) - (powerKw % 7),
    doors: model.body === 'coupe' || model.body === 'convertible' ? 2 : random.pick([4, 5, 5, 5]),
    seats: model.body === 'convertible' ? 2 : model.body === 'minivan' ? 7 : 5,
    exteriorColour: random.pick(colours),
    interiorColour: random.chance(0.6) ? random.pick(['black', 'black', 'grey', 'beige', 'brown']) : null,
    damageType: damaged ? random.pick(['front', 'rear', 'side', 'hail', 'flood', 'mechanical']) : random.pick(['none', 'none', 'none', 'unknown']),
    titleStatus: damaged ? random.pick(['salvage', 'rebuilt', 'clean']) : random.pick(['clean', 'clean', 'clean', 'unknown']),
    condition: damaged ? 'damaged' : isNew ? 'new' : 'used',
    features: featuresOf(random, model),
    description: random.chance(0.8) ? describe(model, year, place) : null,
    vin: random.chance(0.55) ? generatedVin(random, model, year) : null,
    ownersCount: isNew ? 0 : random.chance(0.8) ? 1 + Math.floor(age / 5) + (random.chance(0.3) ? 1 : 0) : null,
    location: {
      city: place.city,
      region: place.region,
      postalCode: place.postalCode,
      country: place.country,
      coordinates: random.chance(0.93)
        ? { lat: rounded(place.lat + random.between(-0.4, 0.4), 4), lon: rounded(place.lon + random.between(-0.5, 0.5), 4) }
        : null,
    },
    price: random.chance(0.98)
      ? { amount: Math.round((euros * perEuro[place.currency]) / 50) * 5_000, currency: place.currency }
      : null,
    images: Array.from({ length: random.chance(0.85) ? 1 + Math.floor(random.next() * 6) : 0 }, () => `https://images.example/${random.word(12)}.jpg`),
  };
}

export interface OffersOptions {
  readonly count: number;
  readonly seed: number;
  readonly now: Date;
}

/** The same seed gives the same offers. */
export function* generatedOffers({ count, seed, now }: OffersOptions): Generator<Offer> {
  const random = new Random(seed);
  for (let index = 0; index < count; index++) {
    const facts = generatedFacts(random, now.getUTCFullYear());
    const source = random.pick(sources);
    const externalId = `${source.slice(0, 2)}-${seed}-${index}`;
    yield {
      source,
      externalId,
      url: `https://${source}.example/listing/${externalId}`,
      auctionUrl: source === 'copart' || source === 'iaai' ? `https://${source}.example/lot/${externalId}` : null,
      status: random.chance(0.94) ? 'active' : random.pick(['reserved', 'sold']),
      seenAt: now,
      facts,
    };
  }
}

function worth(random: Random, model: Model, age: number, km: number): number {
  const aged = model.newPrice * 1_000 * 0.86 ** age;
  const driven = Math.max(0.45, 1 - Math.max(0, km - age * 12_000) / 400_000);
  return Math.max(450, aged * driven * random.between(0.85, 1.18));
}

function fuelOf(random: Random, model: Model): Fuel {
  if (model.electric) return 'electric';
  if (model.body === 'van' || model.body === 'pickup') return random.pick(['diesel', 'diesel', 'diesel', 'petrol']);
  return random.pick(['petrol', 'petrol', 'petrol', 'petrol', 'petrol', 'diesel', 'diesel', 'diesel', 'hybrid', 'plug_in_hybrid', 'petrol', 'lpg']);
}

function featuresOf(random: Random, model: Model): string[] {
  const costly = Math.min(0.8, model.newPrice / 120);
  return [
    ...everyday.filter(() => random.chance(0.65)),
    ...comfort.filter(() => random.chance(0.15 + costly)),
    ...luxury.filter(() => random.chance(costly * 0.6)),
  ].sort();
}

const describe = (model: Model, year: number, place: Place): string =>
  `${model.make} ${model.model} from ${year}, to be seen in ${place.city}. Serviced, non-smoker, ready to drive away.`;

const rounded = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;
