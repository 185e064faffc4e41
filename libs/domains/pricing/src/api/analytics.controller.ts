import { Controller } from '@nestjs/common';
import { Handle, Input, type InputOf, pageWindow, paginationOf, ProblemError, rawJson } from '@autobroker/platform/http';
import { type AnalyticsPage, MarketAnalytics } from '../application/market/market-analytics';
import type { MarketFilter } from '../application/market/statistics';
import { getAnalytics, getDepreciation, getPriceTrends, getSupply, listSegments, listSourceQuality } from './routes/analytics.routes';

type Asked = Pick<InputOf<typeof getSupply>['query'], 'make' | 'model' | 'country' | 'currency' | 'year_min' | 'year_max' | 'damaged'>;

const filterOf = ({ make, model, country, currency, year_min: yearMin, year_max: yearMax, damaged }: Asked): MarketFilter => {
  if (yearMin !== undefined && yearMax !== undefined && yearMin > yearMax) throw invalid('/query/year_min', 'is more than year_max');
  return { make, model, country, currency, yearMin, yearMax, damaged };
};

const invalid = (pointer: string, detail: string): ProblemError => new ProblemError('validation_failed', `${pointer.slice(7)} ${detail}.`, { errors: [{ pointer, code: 'invalid', detail }] });

const dayMs = 86_400_000;
const dayOfDate = (date: string): number => Math.floor(Date.parse(`${date}T00:00:00Z`) / dayMs);
const usualDays = 90;
const mostPeriods = 2_000;
const daysPer = { day: 1, week: 7, month: 28 } as const;

/** What the market looks like, for those who buy and sell on it. */
@Controller()
export class AnalyticsController {
  constructor(private readonly analytics: MarketAnalytics) {}

  @Handle(getAnalytics)
  async overview(@Input() { query }: InputOf<typeof getAnalytics>) {
    return rawJson(await this.analytics.overview(filterOf(query)));
  }

  @Handle(getPriceTrends)
  async trends(@Input() { query }: InputOf<typeof getPriceTrends>) {
    const to = query.to === undefined ? this.analytics.today : dayOfDate(query.to);
    const from = query.from === undefined ? to - usualDays : dayOfDate(query.from);
    if (from > to) throw invalid('/query/from', 'is after to');
    if ((to - from) / daysPer[query.interval] > mostPeriods) throw invalid('/query/from', `is more than ${mostPeriods} periods before to`);
    return rawJson(await this.analytics.trends(filterOf(query), from, to, query.interval));
  }

  @Handle(getSupply)
  async supply(@Input() { query }: InputOf<typeof getSupply>) {
    return rawJson(await this.analytics.supply(filterOf(query)));
  }

  @Handle(listSegments)
  async segments(@Input() { query }: InputOf<typeof listSegments>) {
    return paged(await this.analytics.segments(filterOf(query), { ...pageWindow(query), sort: query.sort, least: query.min_available }), query);
  }

  @Handle(listSourceQuality)
  async sources(@Input() { query }: InputOf<typeof listSourceQuality>) {
    return paged(await this.analytics.sources(filterOf(query), pageWindow(query)), query);
  }

  @Handle(getDepreciation)
  async depreciation(@Input() { query }: InputOf<typeof getDepreciation>) {
    return rawJson(await this.analytics.depreciation(filterOf(query)));
  }
}

const paged = ({ json, total }: AnalyticsPage, { page, per_page: perPage }: { readonly page: number; readonly per_page: number }) =>
  rawJson(json, { pagination: paginationOf({ page, perPage, total }) });
