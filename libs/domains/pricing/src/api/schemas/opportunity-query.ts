import { countrySchema, currencySchema } from '@autobroker/contracts';
import { pageQuery } from '@autobroker/platform/http';
import { z } from 'zod';
import { opportunitySorts } from '../../application/opportunities/ports';
import { opportunityStatuses } from '../../domain/opportunity/lifecycle';

const words = (what: string) => z.array(z.string().trim().min(1).max(120)).min(1).max(50).optional().meta({ description: `${what}; repeat for any of several` });
const money = (what: string) => z.int().min(0).max(1_000_000_000_000).optional().meta({ description: `${what}, in minor units of \`currency\`` });
const year = (what: string) => z.int().min(0).max(9_999).optional().meta({ description: what });
const share = (what: string) => z.number().min(0).max(1).optional().meta({ description: what });

const sortNames = opportunitySorts.flatMap((sort) => [`-${sort}` as const, sort]);

export const opportunityListQuery = z
  .strictObject({
    ...pageQuery.shape,
    make: words('Maker'),
    model: words('Model'),
    country: z.array(countrySchema).min(1).max(50).optional().meta({ description: 'Where the car stands; repeat for any of several' }),
    source: words('Source with an offer of the car'),
    year_min: year('Model year at least'),
    year_max: year('Model year at most'),
    price_min: money('Asking price at least'),
    price_max: money('Asking price at most'),
    min_profit: money('Projected profit at least'),
    currency: currencySchema.optional().meta({ description: 'Of price_min, price_max and min_profit; the installation’s own when absent' }),
    min_score: z.number().min(0).max(100).optional().meta({ description: 'Score at least' }),
    min_roi: z.number().min(-1).max(100).optional().meta({ description: 'Profit on the cash that goes in, at least; 0.1 is a tenth' }),
    min_probability: share('Chance of a profit, at least'),
    min_confidence: share('Confidence at least'),
    max_risk: share('Risk at most'),
    damaged: z.boolean().default(false).meta({ description: 'Whether damaged cars and those with a branded title are among them' }),
    lat: z.number().min(-90).max(90).optional(),
    lon: z.number().min(-180).max(180).optional(),
    radius_km: z.number().gt(0).max(20_100).optional(),
    status: z.array(z.enum(opportunityStatuses)).min(1).optional().meta({ description: 'What one has done with them oneself; without it, all but the dismissed' }),
    sort: z.enum(sortNames).default('-score').meta({ description: 'Order; `-` for descending, `-created_at` is the newest first' }),
  })
  .superRefine((query, ctx) => {
    for (const [min, max] of [['year_min', 'year_max'], ['price_min', 'price_max']] as const) {
      const [low, high] = [query[min], query[max]];
      if (low !== undefined && high !== undefined && low > high) ctx.addIssue({ code: 'custom', path: [max], message: `is below ${min}`, params: { code: 'range_empty' } });
    }
    const place = ['lat', 'lon', 'radius_km'] as const;
    const missing = place.filter((name) => query[name] === undefined);
    if (missing.length === 0 || missing.length === place.length) return;
    for (const name of missing) ctx.addIssue({ code: 'custom', path: [name], message: 'is needed: lat, lon and radius_km go together', params: { code: 'required' } });
  });

export type OpportunityListQuery = z.output<typeof opportunityListQuery>;

export const opportunitySegmentsQuery = z.strictObject({
  ...pageQuery.omit({ cursor: true }).shape,
  make: words('Maker'),
  country: z.array(countrySchema).min(1).max(50).optional().meta({ description: 'Where the cars stood; repeat for any of several' }),
  days: z.int().min(1).max(730).default(90).meta({ description: 'Of opportunities found within so many days' }),
});
