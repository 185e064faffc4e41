import { countrySchema, moneySchema, type MoneyJson } from '@autobroker/contracts';
import {
  bodies,
  colours,
  conditions,
  damageTypes,
  drivetrains,
  fuels,
  gearboxes,
  isCurrencyCode,
  mileageUnits,
  titleStatuses,
  Vin,
} from '@autobroker/kernel';
import { z } from 'zod';
import type { Price, VehicleFacts } from '../../domain/facts';
import { kwOfHp } from '../../domain/units';
import { isWellFormedVin } from '../../domain/vin-flags';

const line = (max: number) => z.string().trim().min(1).max(max);
/** Makers' names and the like must hold a letter or digit: punctuation alone names nothing. */
const name = (max: number) => line(max).regex(/[\p{L}\p{N}]/u, 'must contain a letter or a digit');

export const featureSchema = z
  .string()
  .regex(/^[a-z0-9]+(_[a-z0-9]+)*$/, 'is a lower snake_case word, such as heated_seats')
  .max(60)
  .meta({ id: 'Feature', example: 'heated_seats' });

export const webAddressSchema = z
  .url({ protocol: /^https?$/, hostname: z.regexes.hostname })
  .max(2_000)
  .meta({ description: 'http or https', example: 'https://cars.example/listing/1042' });

const price = moneySchema
  .refine((money) => money.amount >= 0 && money.amount <= 1_000_000_000_000, { error: 'is between 0 and 10^12 minor units', path: ['amount'] })
  .nullable();

export const vinSchema = z
  .string()
  .max(40)
  .transform((text) => Vin.normalise(text))
  .refine(isWellFormedVin, { error: 'is not a VIN: 17 letters and digits without I, O and Q' })
  .meta({ description: 'ISO 3779. What it says against the other facts shows in vin_flags.', example: 'WVWZZZCDZMW012345' });

export const coordinatesSchema = z
  .strictObject({ lat: z.number().min(-90).max(90), lon: z.number().min(-180).max(180) })
  .meta({ id: 'Coordinates' });

const powerInput = z
  .strictObject({ kw: z.int().min(1).max(3_000).optional(), hp: z.int().min(1).max(4_000).optional() })
  .refine((power) => power.kw !== undefined || power.hp !== undefined, { error: 'needs kw or hp' })
  .meta({ description: 'In kW; hp (metric) is used where kw is absent' });

/** Every writable member of a vehicle. What may be unknown may be null or left out. */
export const vehicleInputShape = {
  make: name(60).meta({ example: 'Volkswagen' }),
  model: name(80).meta({ example: 'Golf' }),
  trim: line(120).nullish(),
  year: z.int().min(1885).max(2_200).meta({ description: 'Model year', example: 2021 }),
  production_year: z.int().min(1885).max(2_200).nullish(),
  first_registration: z.iso.date().nullish(),
  mileage: z.strictObject({ value: z.int().min(0).max(5_000_000), unit: z.enum(mileageUnits) }).nullish(),
  fuel: z.enum(fuels).nullish(),
  gearbox: z.enum(gearboxes).nullish(),
  drivetrain: z.enum(drivetrains).nullish(),
  body: z.enum(bodies).nullish(),
  power: powerInput.nullish(),
  engine_displacement_cc: z.int().min(0).max(100_000).nullish(),
  doors: z.int().min(0).max(9).nullish(),
  seats: z.int().min(1).max(99).nullish(),
  colour: z.strictObject({ exterior: z.enum(colours).nullish(), interior: z.enum(colours).nullish() }).nullish(),
  damage_type: z.enum(damageTypes).optional(),
  title_status: z.enum(titleStatuses).optional(),
  condition: z.enum(conditions).optional(),
  features: z.array(featureSchema).max(200).optional(),
  description: z.string().max(20_000).nullish(),
  vin: vinSchema.nullish(),
  owners_count: z.int().min(0).max(99).nullish(),
  location: z
    .strictObject({
      city: line(120).nullish(),
      region: line(120).nullish(),
      postal_code: line(20).nullish(),
      country: countrySchema.nullish(),
      coordinates: coordinatesSchema.nullish(),
    })
    .nullish(),
  price: price.optional(),
  images: z.array(webAddressSchema).max(100).optional().meta({ description: 'Addresses of pictures at their source' }),
};

export const vehicleInputSchema = z.strictObject(vehicleInputShape);
export const vehiclePatchSchema = vehicleInputSchema
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, { error: 'changes nothing' });

export type VehicleInput = z.output<typeof vehicleInputSchema>;
export type VehiclePatch = z.output<typeof vehiclePatchSchema>;

/** The schema has seen to it that the currency is one. */
function priceOf({ amount, currency }: MoneyJson): Price {
  if (!isCurrencyCode(currency)) throw new Error(`${currency} is not a currency`);
  return { amount, currency };
}

const unknownFacts: Omit<VehicleFacts, 'make' | 'model' | 'year'> = {
  trim: null,
  productionYear: null,
  firstRegistration: null,
  mileage: null,
  fuel: null,
  gearbox: null,
  drivetrain: null,
  body: null,
  powerKw: null,
  engineDisplacementCc: null,
  doors: null,
  seats: null,
  exteriorColour: null,
  interiorColour: null,
  damageType: 'unknown',
  titleStatus: 'unknown',
  condition: 'used',
  features: [],
  description: null,
  vin: null,
  ownersCount: null,
  location: { city: null, region: null, postalCode: null, country: null, coordinates: null },
  price: null,
  images: [],
};

/** A complete set of facts: what the input leaves out is unknown. */
export const factsOf = (input: VehicleInput): VehicleFacts =>
  patchFacts({ ...unknownFacts, make: input.make, model: input.model, year: input.year }, input);

/** What the patch names replaces what was there, null forgets it; objects are replaced as a whole. */
export function patchFacts(facts: VehicleFacts, patch: VehiclePatch): VehicleFacts {
  const or = <T>(given: T | undefined, before: T): T => (given === undefined ? before : given);
  const { colour, location, power } = patch;
  return {
    make: or(patch.make, facts.make),
    model: or(patch.model, facts.model),
    trim: or(patch.trim, facts.trim),
    year: or(patch.year, facts.year),
    productionYear: or(patch.production_year, facts.productionYear),
    firstRegistration: or(patch.first_registration, facts.firstRegistration),
    mileage: or(patch.mileage, facts.mileage),
    fuel: or(patch.fuel, facts.fuel),
    gearbox: or(patch.gearbox, facts.gearbox),
    drivetrain: or(patch.drivetrain, facts.drivetrain),
    body: or(patch.body, facts.body),
    powerKw: power === undefined ? facts.powerKw : (power?.kw ?? (power?.hp === undefined ? null : kwOfHp(power.hp))),
    engineDisplacementCc: or(patch.engine_displacement_cc, facts.engineDisplacementCc),
    doors: or(patch.doors, facts.doors),
    seats: or(patch.seats, facts.seats),
    exteriorColour: colour === undefined ? facts.exteriorColour : (colour?.exterior ?? null),
    interiorColour: colour === undefined ? facts.interiorColour : (colour?.interior ?? null),
    damageType: or(patch.damage_type, facts.damageType),
    titleStatus: or(patch.title_status, facts.titleStatus),
    condition: or(patch.condition, facts.condition),
    features: or(patch.features, facts.features),
    description: or(patch.description, facts.description),
    vin: or(patch.vin, facts.vin),
    ownersCount: or(patch.owners_count, facts.ownersCount),
    location:
      location === undefined
        ? facts.location
        : {
            city: location?.city ?? null,
            region: location?.region ?? null,
            postalCode: location?.postal_code ?? null,
            country: location?.country ?? null,
            coordinates: location?.coordinates ?? null,
          },
    price: patch.price === undefined ? facts.price : patch.price === null ? null : priceOf(patch.price),
    images: or(patch.images, facts.images),
  };
}
