import { Controller, Inject } from '@nestjs/common';
import { isCurrencyCode, isUuid } from '@autobroker/kernel';
import { type Database, databaseOf } from '@autobroker/platform/database';
import { decodeCursor, encodeCursor, etagOf, etagOfText, Handle, Input, type InputOf, orThrow, pageWindow, paginationOf, ProblemError, rawJson, reply } from '@autobroker/platform/http';
import { type OpportunityCriteria, type OpportunityListQuestion, type OpportunityPlace, OpportunityReader, opportunitySorts, OutsideValues, type Viewer } from '../application/opportunities/ports';
import { SetOpportunityStatus } from '../application/opportunities/set-status';
import { DayRates } from '../application/valuation/ports';
import { nameKey } from '../domain/market/grade';
import { opportunityStatuses } from '../domain/opportunity/lifecycle';
import { callerOf } from './caller';
import { opportunityDetailJson, opportunityJson, opportunitySegmentJson } from './present-opportunity';
import { getOpportunity, getOpportunitySegments, getOpportunityStatus, listOpportunities, setOpportunityStatus } from './routes/opportunity.routes';
import type { OpportunityListQuery } from './schemas/opportunity-query';

const dayMs = 86_400_000;

/** What people see of opportunities, and what they do with them. */
@Controller()
export class OpportunitiesController {
  constructor(
    @Inject(databaseOf('pricing')) private readonly db: Database,
    private readonly reader: OpportunityReader,
    private readonly outside: OutsideValues,
    private readonly statuses: SetOpportunityStatus,
    private readonly rates: DayRates,
  ) {}

  @Handle(listOpportunities)
  async list(@Input() input: InputOf<typeof listOpportunities>) {
    const { query } = input;
    const viewer = viewerOf(input);
    const criteria = this.criteriaOf(query);
    const { sort, descending } = orderOf(query.sort);
    const binding = ['opportunities', criteria, query.sort, viewer.tenantId];
    const from: OpportunityListQuestion['from'] = query.cursor === undefined ? { offset: pageWindow(query).offset } : { after: placeOf(query.cursor, binding) };
    const page = await this.reader.page(viewer, { criteria, sort, descending, limit: query.per_page, from });
    const nextCursor = page.next === null ? null : encodeCursor([page.next.value, page.next.id], binding);
    return reply(page.items.map(opportunityJson), { pagination: paginationOf({ page: query.page, perPage: query.per_page, total: page.total, totalCapped: page.capped, nextCursor }) });
  }

  @Handle(getOpportunity)
  async one(@Input() input: InputOf<typeof getOpportunity>) {
    const seen = await this.found(viewerOf(input), input.params.id);
    const words = await this.outside.of([seen.vehicleId]);
    const json = JSON.stringify(opportunityDetailJson(seen, words.get(seen.vehicleId) ?? null));
    return rawJson(json, { etag: etagOfText(json) });
  }

  @Handle(getOpportunityStatus)
  async status(@Input() input: InputOf<typeof getOpportunityStatus>) {
    const { id, status, statusVersion } = await this.found(viewerOf(input), input.params.id);
    return reply({ opportunity_id: id, status, version: statusVersion }, { etag: etagOf(statusVersion) });
  }

  @Handle(setOpportunityStatus)
  async setStatus(@Input() input: InputOf<typeof setOpportunityStatus>) {
    const { id } = input.params;
    const { status, version } = orThrow(await this.statuses.run(viewerOf(input), id, input.ifMatch, input.body.status, callerOf(input)));
    return reply({ opportunity_id: id, status, version }, { etag: etagOf(version) });
  }

  @Handle(getOpportunitySegments)
  async segments(@Input() { query }: InputOf<typeof getOpportunitySegments>) {
    const { offset, limit } = pageWindow(query);
    const since = new Date(this.db.clock.now().getTime() - query.days * dayMs);
    const { items, total } = await this.reader.segments({ since, make: query.make?.map(nameKey), country: query.country, offset, limit });
    return reply(items.map((segment) => opportunitySegmentJson(segment, this.rates.reference)), { pagination: paginationOf({ page: query.page, perPage: query.per_page, total }) });
  }

  private async found(viewer: Viewer, id: string) {
    const seen = await this.reader.byId(viewer, id);
    if (seen === null) throw new ProblemError('not_found', 'There is no such opportunity.');
    return seen;
  }

  /** Money in the installation's currency, which is what opportunities are compared in. */
  private criteriaOf(query: OpportunityListQuery): OpportunityCriteria {
    const factor = this.factorOf(query.currency);
    const inReference = (amount: number | undefined): number | undefined => (amount === undefined ? undefined : Math.round(amount * factor));
    const { lat, lon, radius_km: radiusKm } = query;
    return {
      make: query.make,
      model: query.model,
      country: query.country,
      source: query.source,
      yearMin: query.year_min,
      yearMax: query.year_max,
      priceMin: inReference(query.price_min),
      priceMax: inReference(query.price_max),
      minProfit: inReference(query.min_profit),
      minScore: query.min_score,
      minRoi: query.min_roi,
      minProbability: query.min_probability,
      minConfidence: query.min_confidence,
      maxRisk: query.max_risk,
      damaged: query.damaged,
      near: lat === undefined || lon === undefined || radiusKm === undefined ? undefined : { lat, lon, radiusKm },
      statuses: query.status ?? opportunityStatuses.filter((status) => status !== 'dismissed'),
    };
  }

  private factorOf(currency: string | undefined): number {
    if (currency === undefined) return 1;
    const change = isCurrencyCode(currency) ? this.rates.between(currency, this.rates.reference, this.db.clock.now()) : null;
    if (change !== null) return change.factor;
    throw new ProblemError('currency_unsupported', `There is no reference rate for ${currency}.`, { errors: [{ pointer: '/query/currency', code: 'currency_unsupported', detail: 'Ask in another currency.' }] });
  }
}

/** What somebody does with an opportunity is kept with who it is. */
function viewerOf({ principal, tenantId }: Pick<InputOf<typeof getOpportunity>, 'principal' | 'tenantId'>): Viewer {
  if (principal.id === null || !isUuid(principal.id)) throw new ProblemError('permission_denied');
  return { userId: principal.id, tenantId: tenantId === '' ? null : tenantId };
}

function orderOf(sort: string): { readonly sort: OpportunityListQuestion['sort']; readonly descending: boolean } {
  const descending = sort.startsWith('-');
  const name = opportunitySorts.find((one) => one === (descending ? sort.slice(1) : sort));
  if (name === undefined) throw new Error(`the schema let the order ${sort} through`);
  return { sort: name, descending };
}

function placeOf(cursor: string, binding: unknown): OpportunityPlace {
  const [value, id] = decodeCursor(cursor, binding);
  if (typeof value !== 'string' || !isUuid(id)) throw new ProblemError('invalid_cursor');
  return { value, id };
}
