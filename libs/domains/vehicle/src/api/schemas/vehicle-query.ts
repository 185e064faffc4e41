import { countrySchema, currencySchema, idSchema, timestampSchema } from '@autobroker/contracts';
import {
  bodies,
  colours,
  conditions,
  damageTypes,
  drivetrains,
  fuels,
  gearboxes,
  stocks,
  titleStatuses,
  vehicleStatuses,
  Vin,
} from '@autobroker/kernel';
import { pageQuery, parseFields, parseInclude } from '@autobroker/platform/http';
import { z } from 'zod';
import { vehicleFields, vehicleIncludes, vehicleSorts } from '../../application/vehicle-fields';
import { featureSchema } from './vehicle-input';

const repeated = <T extends z.ZodType>(one: T, what: string) =>
  z.array(one).min(1).max(50).optional().meta({ description: `${what}; repeat for any of several` });

const words = (what: string) => repeated(z.string().trim().min(1).max(120), what);
const from = (min: number, max: number, what: string) => z.int().min(min).max(max).optional().meta({ description: what });

/** No parameter is a place for a number that PostgreSQL's integers can't hold. */
const maxInt = 2_147_483_647;
const maxMoney = 1_000_000_000_000;

const ranges = {
  year_min: from(0, 9_999, 'Model year at least'),
  year_max: from(0, 9_999, 'Model year at most'),
  price_min: from(0, maxMoney, 'Price at least, in minor units of `currency`'),
  price_max: from(0, maxMoney, 'Price at most, in minor units of `currency`'),
  mileage_min: from(0, maxInt, 'Mileage at least, in km'),
  mileage_max: from(0, maxInt, 'Mileage at most, in km'),
  power_min: from(0, 32_767, 'Power at least, in kW'),
  power_max: from(0, 32_767, 'Power at most, in kW'),
  displacement_min: from(0, maxInt, 'Displacement at least, in cm³'),
  displacement_max: from(0, maxInt, 'Displacement at most, in cm³'),
  owners_min: from(0, 99, 'Owners so far, at least'),
  owners_max: from(0, 99, 'Owners so far, at most'),
  doors_min: from(0, 99, 'Doors at least'),
  doors_max: from(0, 99, 'Doors at most'),
  seats_min: from(0, 99, 'Seats at least'),
  seats_max: from(0, 99, 'Seats at most'),
};

/** Nobody looks for what is farthest away. */
const sortNames = vehicleSorts.flatMap((sort) => (sort === 'distance' ? [sort] : [sort, `-${sort}` as const]));

export const vehicleFilters = {
  q: z.string().trim().min(1).max(200).optional().meta({ description: 'Words that the vehicle’s texts contain, each from its beginning' }),
  make: words('Maker'),
  model: words('Model'),
  trim: words('Trim'),
  fuel: repeated(z.enum(fuels), 'Fuel'),
  gearbox: repeated(z.enum(gearboxes), 'Gearbox'),
  drivetrain: repeated(z.enum(drivetrains), 'Drivetrain'),
  body: repeated(z.enum(bodies), 'Body'),
  colour: repeated(z.enum(colours), 'Exterior colour'),
  interior_colour: repeated(z.enum(colours), 'Interior colour'),
  condition: repeated(z.enum(conditions), 'Condition'),
  damage_type: repeated(z.enum(damageTypes), 'Damage'),
  title_status: repeated(z.enum(titleStatuses), 'Title'),
  status: repeated(z.enum(vehicleStatuses), 'Status; without it, available and reserved'),
  feature: z.array(featureSchema).min(1).max(50).optional().meta({ description: 'Features; repeat for all of several' }),
  country: repeated(countrySchema, 'Country'),
  region: words('Region'),
  city: words('City'),
  source: words('Source with an offer of the vehicle'),
  vin: z.string().min(1).max(40).transform((text) => Vin.normalise(text)).optional().meta({ description: 'Exactly this VIN' }),
  stock: z.enum(stocks).optional().meta({ description: 'Only the shared catalogue, or only the tenant’s own' }),
  ...ranges,
  currency: currencySchema.optional().meta({ description: 'Of price_min and price_max; the installation’s own when absent' }),
  listed_since: timestampSchema.optional().meta({ description: 'On the market since this moment or later' }),
  has_images: z.boolean().optional(),
  has_vin: z.boolean().optional(),
  lat: z.number().min(-90).max(90).optional(),
  lon: z.number().min(-180).max(180).optional(),
  radius_km: z.number().gt(0).max(20_100).optional(),
};

const pairs: readonly (readonly [keyof typeof ranges, keyof typeof ranges])[] = [
  ['year_min', 'year_max'],
  ['price_min', 'price_max'],
  ['mileage_min', 'mileage_max'],
  ['power_min', 'power_max'],
  ['displacement_min', 'displacement_max'],
  ['owners_min', 'owners_max'],
  ['doors_min', 'doors_max'],
  ['seats_min', 'seats_max'],
];

export const vehicleListQuery = z
  .strictObject({
    ...pageQuery.shape,
    ...vehicleFilters,
    sort: z
      .enum(sortNames)
      .default('-listed_at')
      .meta({ description: 'Order; `-` for descending. Vehicles without the value come last. distance needs lat, lon and radius_km' }),
    fields: parseFields(vehicleFields),
    include: parseInclude(vehicleIncludes),
  })
  .superRefine((query, ctx) => {
    for (const [min, max] of pairs) {
      const low = query[min];
      const high = query[max];
      if (low !== undefined && high !== undefined && low > high) {
        ctx.addIssue({ code: 'custom', path: [max], message: `is below ${min}`, params: { code: 'range_empty' } });
      }
    }
    const given = [query.lat, query.lon, query.radius_km].filter((value) => value !== undefined).length;
    if (given !== 0 && given !== 3) {
      const missing = (['lat', 'lon', 'radius_km'] as const).filter((name) => query[name] === undefined);
      for (const name of missing) ctx.addIssue({ code: 'custom', path: [name], message: 'is needed: lat, lon and radius_km go together', params: { code: 'required' } });
    }
    if (given !== 3 && query.sort.endsWith('distance')) {
      ctx.addIssue({ code: 'custom', path: ['sort'], message: 'by distance needs lat, lon and radius_km', params: { code: 'invalid_value' } });
    }
  });

export type VehicleListQuery = z.output<typeof vehicleListQuery>;

export const vehicleOneQuery = z.strictObject({
  fields: parseFields(vehicleFields.filter((field) => field !== 'distance_km')),
  include: parseInclude(vehicleIncludes),
});

export const idParams = z.strictObject({ id: idSchema });
