import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { externalConfig, type ExternalConfig } from '../../application/external/config';
import { type Asking, type Failure, failure, type Said, type ValuedCar, ValuationSource } from '../../application/external/ports';
import { centsOf, closestTrim, isAmerican, milesOf, zipOf } from './american';
import { bodyOf, refusalOf, VendorConnections } from './vendor-connections';

const vehicleSchema = z.object({ vehicleId: z.int(), trimName: z.string().nullish(), vehicleName: z.string().nullish() });
const vinSchema = z.object({ vinResults: z.array(vehicleSchema) });
const listSchema = z.object({ items: z.array(vehicleSchema) });
const priceSchema = z.object({ priceTypeId: z.int().nullish(), priceTypeDisplay: z.string().nullish(), configuredValue: z.number().nullish(), rangeLow: z.number().nullish(), rangeHigh: z.number().nullish() });
const valuesSchema = z.object({ prices: z.array(priceSchema) });
type Priced = z.output<typeof priceSchema>;

/** What its licence calls the price at which dealers list. */
const typicalListing = 2;

/** Kelley Blue Book's InfoDriver web service: a VIN or a name gives configurations, a configuration its values. */
@Injectable()
export class KbbValuations extends ValuationSource {
  override readonly source = 'kbb';
  override readonly lifeMs: number;

  constructor(
    private readonly vendors: VendorConnections,
    @Inject(externalConfig.token) private readonly config: ExternalConfig,
  ) {
    super();
    this.lifeMs = config.valuationMs;
  }

  override async value(car: ValuedCar, how: Asking): Promise<Said | Failure> {
    if (!isAmerican(car)) return failure('not_covered', 'Kelley Blue Book prices American cars');
    const known = car.vendorRef === null ? null : { vehicleId: Number(car.vendorRef), trimName: null };
    const vehicle = known ?? (await this.find(car, how));
    if ('ok' in vehicle) return vehicle;
    const mileage = milesOf(car);
    const body = { configuration: { vehicleId: vehicle.vehicleId, vehicleOptionIds: [] }, ...(mileage === null ? {} : { mileage }), zipCode: zipOf(car, this.config.zip) };
    const answer = await this.vendors.ask('kbb', (key) => ({ method: 'POST', path: 'idws/vehicle/values', query: { VehicleClass: 'UsedCar', api_key: key }, body }), how);
    if (!answer.ok) return answer;
    const refused = refusalOf(answer.response);
    if (refused !== null) {
      // It has another number for this car by now: the next attempt looks it up anew.
      return refused.kind === 'not_found' && known !== null ? this.value({ ...car, vendorRef: null }, how) : refused;
    }
    const read = valuesSchema.safeParse(bodyOf(answer.response));
    if (!read.success) return failure('unreadable', 'the values have another shape');
    return said(read.data.prices, vehicle, car);
  }

  private async find(car: ValuedCar, how: Asking): Promise<z.output<typeof vehicleSchema> | Failure> {
    const { vin } = car;
    const byVin = vin === null ? [] : await this.list(`idws/vehicle/vin/id/${encodeURIComponent(vin)}`, {}, vinSchema.transform(({ vinResults }) => vinResults), how);
    if ('ok' in byVin && byVin.kind !== 'unreadable' && byVin.kind !== 'not_found') return byVin;
    const named = !('ok' in byVin) && byVin.length > 0 ? byVin : await this.list('idws/vehicle/vehicles', { yearId: car.year, makeName: car.make, modelName: car.model }, listSchema.transform(({ items }) => items), how);
    if ('ok' in named) return named;
    return closestTrim(named, ({ trimName, vehicleName }) => trimName ?? vehicleName ?? '', car.trim) ?? failure('not_found', 'Kelley Blue Book does not know this car');
  }

  private async list(path: string, query: Readonly<Record<string, string | number>>, schema: z.ZodType<z.output<typeof vehicleSchema>[]>, how: Asking): Promise<z.output<typeof vehicleSchema>[] | Failure> {
    const answer = await this.vendors.ask('kbb', (key) => ({ path, query: { VehicleClass: 'UsedCar', ...query, api_key: key } }), how);
    if (!answer.ok) return answer;
    const refused = refusalOf(answer.response);
    if (refused !== null) return refused;
    const read = schema.safeParse(bodyOf(answer.response));
    return read.success ? read.data : failure('unreadable', 'the vehicles have another shape');
  }
}

/** Prices are found by what they are called: their numbers differ between licences. */
function said(prices: readonly Priced[], { vehicleId, trimName }: { readonly vehicleId: number; readonly trimName?: string | null | undefined }, car: ValuedCar): Said | Failure {
  const grade = car.damaged ? 'fair' : car.condition === 'new' ? 'excellent' : 'good';
  const named = (pattern: RegExp): Priced | undefined => {
    const fitting = prices.filter(({ priceTypeDisplay }) => pattern.test(priceTypeDisplay ?? ''));
    return fitting.find(({ priceTypeDisplay }) => (priceTypeDisplay ?? '').toLowerCase().endsWith(grade) && !/very good$/iu.test(priceTypeDisplay ?? '')) ?? fitting[0];
  };
  const retail = named(/typical listing|suggested retail|dealer retail/iu) ?? prices.find(({ priceTypeId }) => priceTypeId === typicalListing);
  const own = named(/private party/iu);
  const tradeIn = named(/trade-?in/iu);
  const middle = own ?? retail;
  const values = { retail: centsOf(retail?.configuredValue), privateParty: centsOf(own?.configuredValue), tradeIn: centsOf(tradeIn?.configuredValue) };
  if (Object.values(values).every((value) => value === null)) return failure('not_found', 'there is no price for this car');
  return { ok: true, currency: 'USD', ...values, low: centsOf(middle?.rangeLow), high: centsOf(middle?.rangeHigh), vendorRef: String(vehicleId), trim: trimName ?? null, trend: null, summary: null, citations: [] };
}
