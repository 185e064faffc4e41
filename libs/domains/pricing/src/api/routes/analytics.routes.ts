import { can } from '@autobroker/platform/auth';
import { defineRoute } from '@autobroker/platform/http';
import { z } from 'zod';
import {
  analyticsSchema, depreciationQuery, depreciationSchema, marketQuery, marketSupplySchema, modelSegmentSchema, priceTrendSchema, segmentsQuery, sourceQualitySchema, sourcesQuery, trendQuery,
} from '../schemas/analytics';

const tag = 'analytics';
const access = can('analytics.read');

export const getAnalytics = defineRoute({
  method: 'GET',
  path: '/analytics',
  tag,
  summary: 'The market at a glance: supply, the best segments, the sources',
  access,
  query: marketQuery,
  response: { status: 200, data: analyticsSchema },
});

export const getPriceTrends = defineRoute({
  method: 'GET',
  path: '/analytics/price-trends',
  tag,
  summary: 'How asking prices move, by country and currency',
  description: 'At most 2,000 periods. Only the shared catalogue counts.',
  access,
  query: trendQuery,
  response: { status: 200, data: z.array(priceTrendSchema) },
});

export const getSupply = defineRoute({
  method: 'GET',
  path: '/analytics/supply',
  tag,
  summary: 'What is on the market, at what prices, and how soon it sells, by country and currency',
  access,
  query: marketQuery,
  response: { status: 200, data: z.array(marketSupplySchema) },
});

export const listSegments = defineRoute({
  method: 'GET',
  path: '/analytics/segments',
  tag,
  summary: 'The best segments: models by what a good buy leaves and how soon it sells',
  access,
  query: segmentsQuery,
  response: { status: 200, data: z.array(modelSegmentSchema), paginated: true },
  errors: ['page_too_deep'],
});

export const listSourceQuality = defineRoute({
  method: 'GET',
  path: '/analytics/source-quality',
  tag,
  summary: 'What each source is worth: cars, completeness, prices against the market, faults',
  access,
  query: sourcesQuery,
  response: { status: 200, data: z.array(sourceQualitySchema), paginated: true },
  errors: ['page_too_deep'],
});

export const getDepreciation = defineRoute({
  method: 'GET',
  path: '/analytics/depreciation',
  tag,
  summary: 'What cars lose with age, by country and currency',
  access,
  query: depreciationQuery,
  response: { status: 200, data: z.array(depreciationSchema) },
});
