import { Inject, Injectable } from '@nestjs/common';
import { z } from 'zod';
import { externalConfig, type ExternalConfig } from '../../application/external/config';
import { type Asking, type Failure, failure, type Said, type ValuedCar, ValuationSource } from '../../application/external/ports';
import { centsOf, closestTrim, isAmerican, milesOf, zipOf } from './american';
import { bodyOf, refusalOf, VendorConnections } from './vendor-connections';

const styleSchema = z.object({ id: z.int(), name: z.string().nullish(), trim: z.string().nullish() });
type Style = z.output<typeof styleSchema>;
const vinSchema = z.object({ years: z.array(z.object({ year: z.int(), styles: z.array(styleSchema) })) });
const stylesSchema = z.object({ styles: z.array(styleSchema) });
const pricesSchema = z.object({ usedTmvRetail: z.number().nullish(), usedPrivateParty: z.number().nullish(), usedTradeIn: z.number().nullish() });
const tmvSchema = z.object({ tmv: z.object({ totalWithOptions: pricesSchema.nullish(), nationalBasePrice: pricesSchema.nullish() }) });

/** Where a mileage is needed and not known: a year's driving for each year. */
const milesAYear = 12_000;
const niceName = (text: string): string => encodeURIComponent(text.toLowerCase().replaceAll(/[^a-z0-9]+/gu, '-').replaceAll(/^-|-$/gu, ''));

/** Edmunds' vehicle API and its True Market Value for used cars. */
@Injectable()
export class EdmundsValuations extends ValuationSource {
  override readonly source = 'edmunds';
  override readonly lifeMs: number;

  constructor(
    private readonly vendors: VendorConnections,
    @Inject(externalConfig.token) private readonly config: ExternalConfig,
  ) {
    super();
    this.lifeMs = config.valuationMs;
  }

  override async value(car: ValuedCar, how: Asking): Promise<Said | Failure> {
    if (!isAmerican(car)) return failure('not_covered', 'Edmunds prices American cars');
    const known: Style | null = car.vendorRef === null ? null : { id: Number(car.vendorRef) };
    const style = known ?? (await this.find(car, how));
    if ('ok' in style) return style;
    const query = { styleid: style.id, condition: conditionOf(car), mileage: milesOf(car) ?? milesAYear * car.ageYears, zip: zipOf(car, this.config.zip) };
    const read = await this.get('v1/api/tmv/tmvservice/calculateusedtmv', query, tmvSchema, how);
    if ('ok' in read) return read.kind === 'not_found' && known !== null ? this.value({ ...car, vendorRef: null }, how) : read;
    const prices = read.tmv.totalWithOptions ?? read.tmv.nationalBasePrice;
    const values = { retail: centsOf(prices?.usedTmvRetail), privateParty: centsOf(prices?.usedPrivateParty), tradeIn: centsOf(prices?.usedTradeIn) };
    if (Object.values(values).every((value) => value === null)) return failure('not_found', 'there is no price for this car');
    return { ok: true, currency: 'USD', ...values, low: values.tradeIn, high: values.retail, vendorRef: String(style.id), trim: style.trim ?? null, trend: null, summary: null, citations: [] };
  }

  private async find(car: ValuedCar, how: Asking): Promise<Style | Failure> {
    const decoded = car.vin === null ? null : await this.get(`api/vehicle/v2/vins/${encodeURIComponent(car.vin)}`, {}, vinSchema, how);
    if (decoded !== null && 'ok' in decoded && decoded.kind !== 'not_found') return decoded;
    const ofVin = decoded === null || 'ok' in decoded ? [] : decoded.years.flatMap(({ styles }) => styles);
    const named = ofVin.length > 0 ? { styles: ofVin } : await this.get(`api/vehicle/v2/${niceName(car.make)}/${niceName(car.model)}/${car.year}/styles`, {}, stylesSchema, how);
    if ('ok' in named) return named;
    return closestTrim(named.styles, ({ trim, name }) => trim ?? name ?? '', car.trim) ?? failure('not_found', 'Edmunds does not know this car');
  }

  private async get<T extends object>(path: string, query: Readonly<Record<string, string | number>>, schema: z.ZodType<T>, how: Asking): Promise<T | Failure> {
    const answer = await this.vendors.ask('edmunds', (key) => ({ path, query: { ...query, fmt: 'json', api_key: key } }), how);
    if (!answer.ok) return answer;
    const refused = refusalOf(answer.response);
    if (refused !== null) return refused;
    const read = schema.safeParse(bodyOf(answer.response));
    return read.success ? read.data : failure('unreadable', 'the answer has another shape');
  }
}

function conditionOf({ condition, damaged }: ValuedCar): string {
  if (damaged) return 'Damaged';
  return condition === 'new' ? 'Outstanding' : 'Clean';
}
