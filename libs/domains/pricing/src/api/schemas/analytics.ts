import { countrySchema, currencySchema, moneySchema } from '@autobroker/contracts';
import { pageQuery } from '@autobroker/platform/http';
import { z } from 'zod';
import { segmentSorts } from '../../application/market/statistics';
import { intervals } from '../../domain/market/trend';

const names = (what: string) => z.array(z.string().trim().min(1).max(120)).min(1).max(50).optional().meta({ description: `${what}; repeat for any of several` });

export const marketFilters = {
  make: names('Maker'),
  model: names('Model'),
  country: z.array(countrySchema).min(1).max(50).optional().meta({ description: 'Country; repeat for any of several' }),
  currency: currencySchema.optional().meta({ description: 'Only cars priced in it' }),
  year_min: z.int().min(0).max(9_999).optional().meta({ description: 'Model year at least' }),
  year_max: z.int().min(0).max(9_999).optional().meta({ description: 'Model year at most' }),
  damaged: z.boolean().default(false).meta({ description: 'Cars with a damage or a branded title, instead of sound ones' }),
};

const day = z.iso.date();
export const marketQuery = z.strictObject(marketFilters);
export const trendQuery = z.strictObject({
  ...marketFilters,
  from: day.optional().meta({ description: 'First day; 90 days before `to` when absent' }),
  to: day.optional().meta({ description: 'Last day; today when absent' }),
  interval: z.enum(intervals).default('week'),
});
export const segmentsQuery = z.strictObject({
  ...pageQuery.omit({ cursor: true }).shape,
  ...marketFilters,
  sort: z.enum(segmentSorts).default('score').meta({ description: 'Best first: the highest, for days_supply the lowest' }),
  min_available: z.int().min(1).max(100_000).default(5).meta({ description: 'Models with fewer offers are left out' }),
});
export const sourcesQuery = z.strictObject({ ...pageQuery.omit({ cursor: true }).shape, ...marketFilters });
export const depreciationQuery = z.strictObject({ ...marketFilters, make: z.array(z.string().trim().min(1).max(120)).min(1).max(50).meta({ description: 'Maker; repeat for any of several' }) });

const count = z.int().nonnegative();
const percent = z.number();
const key = {
  country: countrySchema.nullable().meta({ description: 'Null where nobody tells' }),
  currency: currencySchema.nullable().meta({ description: 'Null for cars without a price' }),
};
const day_ = z.iso.date();

export const daysToSellSchema = z
  .strictObject({
    cars: count,
    sold: count,
    median: count.nullable().meta({ description: 'Days by which half are sold; null when not so many are' }),
    q25: count.nullable(),
    q75: count.nullable(),
    within_30: z.number().nullable().meta({ description: 'Share sold within 30 days, 0 to 1' }),
    within_60: z.number().nullable(),
    within_90: z.number().nullable(),
  })
  .meta({ id: 'DaysToSell', description: 'By survival: what was withdrawn or is still there is known not to have sold so far' });

export const marketSupplySchema = z
  .strictObject({
    ...key,
    available: count,
    priced: count,
    price: z.strictObject({ q10: moneySchema, q25: moneySchema, median: moneySchema, q75: moneySchema, q90: moneySchema, mean: moneySchema }).nullable(),
    listed_45_days: count,
    left_45_days: count,
    sold_45_days: count,
    days_supply: z.number().nullable().meta({ description: 'Available by sales a day of the last 45 days; null when no sale was seen' }),
    days_to_sell: daysToSellSchema,
  })
  .meta({ id: 'MarketSupply' });

export const priceTrendSchema = z
  .strictObject({
    ...key,
    points: z.array(
      z.strictObject({
        period: day_.meta({ description: 'First day of the period' }),
        prices: count.meta({ description: 'Prices that were named: new offers and changes' }),
        median: moneySchema.nullable(),
        mean: moneySchema.nullable(),
        index: z.number().meta({ description: 'Each kind of car against itself; 100 in the first period' }),
        listed: count,
        left: count,
        sold: count,
      }),
    ),
  })
  .meta({ id: 'PriceTrend' });

export const modelSegmentSchema = z
  .strictObject({
    ...key,
    make: z.string(),
    model: z.string(),
    available: count,
    median: moneySchema,
    q10: moneySchema,
    q90: moneySchema,
    spread_percent: percent.nullable().meta({ description: 'How far the cheapest quarter lies below the middle of its own model year; null where no year has enough' }),
    sold_45_days: count,
    days_supply: z.number().nullable(),
    score: z.number().nullable().meta({ description: 'The spread, times the share of the stock that a month sells; null when no sale was seen' }),
  })
  .meta({ id: 'ModelSegment' });

export const sourceQualitySchema = z
  .strictObject({
    source: z.string(),
    cars: count,
    priced: count,
    completeness_percent: percent,
    price_deviation_percent: percent.nullable().meta({ description: 'From the middle of like cars: model, year, country and currency' }),
    compared_prices: count,
    relisted: count,
    vin_contradicted: count,
    doubtful_prices: count,
  })
  .meta({ id: 'SourceQuality' });

export const depreciationSchema = z
  .strictObject({
    ...key,
    cars: count,
    yearly_percent: percent,
    five_years_percent: percent,
    usual_five_years_percent: percent.meta({ description: 'What such cars usually lose: the answer where this market says little' }),
    own_share: z.number().meta({ description: 'How much of the answer is this market’s own, 0 to 1' }),
    new_price: moneySchema.nullable(),
    points: z.array(z.strictObject({ age: count, cars: count, median: moneySchema, retained_percent: percent, fitted_percent: percent })),
  })
  .meta({ id: 'Depreciation' });

export const analyticsSchema = z
  .strictObject({
    as_of: day_,
    markets: z.array(marketSupplySchema),
    best_segments: z.array(modelSegmentSchema),
    sources: z.array(sourceQualitySchema),
  })
  .meta({ id: 'Analytics' });
