import { Controller } from '@nestjs/common';
import type { CurrencyCode } from '@autobroker/kernel';
import { etagOfText, Handle, Input, type InputOf, ProblemError, rawJson, reply } from '@autobroker/platform/http';
import type { RegionalRecord, SourceRecord, StoredFailure } from '../application/external/ports';
import { AskForValuations, type ExternalView, ReadValuations } from '../application/external/read-valuations';
import { ReadBudgets, type VendorBudget } from '../application/external/read-budgets';
import { externalSources, headlineOf, isStale } from '../domain/external/external-valuation';
import { askExternalValuations, getExternalValuations, listVendorBudgets } from './routes/external-valuation.routes';

const tenantOf = (tenantId: string): string | null => (tenantId === '' ? null : tenantId);
const noSuchCar = (): ProblemError => new ProblemError('not_found', 'There is no such vehicle.');

@Controller()
export class ExternalValuationsController {
  constructor(
    private readonly reader: ReadValuations,
    private readonly asking: AskForValuations,
    private readonly budgets: ReadBudgets,
  ) {}

  @Handle(getExternalValuations)
  async show(@Input() input: InputOf<typeof getExternalValuations>) {
    const view = await this.reader.of(input.params.id, tenantOf(input.tenantId));
    if (view === null) throw noSuchCar();
    const json = JSON.stringify(viewJson(view));
    return rawJson(json, { etag: etagOfText(json) });
  }

  @Handle(listVendorBudgets)
  async spent() {
    return reply((await this.budgets.all()).map(budgetJson));
  }

  @Handle(askExternalValuations)
  async ask(@Input() { params, principal, tenantId, request }: InputOf<typeof askExternalValuations>) {
    const by = { actor: { kind: principal.kind, id: principal.id }, tenantId: tenantOf(tenantId), from: { ip: request.ip, request_id: request.id } };
    const asked = await this.asking.run(params.id, by);
    if (asked === null) throw noSuchCar();
    return reply({ vehicle_id: params.id, job_id: asked.jobId, status: 'queued' }, { status: 202, location: `/api/v1/vehicles/${params.id}/external-valuations` });
  }
}

const budgetJson = ({ source, used, limit, cost, costLimit, currency }: VendorBudget) => ({
  source,
  requests: { used, limit },
  cost: { amount: cost, currency },
  cost_limit: costLimit === null ? null : { amount: costLimit, currency },
});

const money = (amount: number | null, currency: CurrencyCode) => (amount === null ? null : { amount, currency });

function viewJson({ car, sources, aggregate, region, now }: ExternalView) {
  return {
    vehicle_id: car.vehicleId,
    sources: externalSources.flatMap((source) => {
      const record = sources.find((one) => one.source === source);
      return record === undefined ? [] : [{ source, valuation: valueJson(record, now), problem: problemJson(record.failure) }];
    }),
    aggregate:
      aggregate === null
        ? null
        : {
            value: money(aggregate.value, aggregate.currency),
            trade_in: money(aggregate.tradeIn, aggregate.currency),
            private_party: money(aggregate.privateParty, aggregate.currency),
            retail: money(aggregate.retail, aggregate.currency),
            confidence: aggregate.confidence,
            disagreement: aggregate.disagreement,
            weights: aggregate.weights,
            stale: aggregate.stale,
            missing: aggregate.missing,
          },
    region: region === null ? null : regionJson(region, now),
  };
}

function valueJson({ value }: SourceRecord, now: Date) {
  if (value === null) return null;
  const of = (amount: number | null) => money(amount, value.currency);
  return {
    currency: value.currency,
    value: of(headlineOf(value)),
    trade_in: of(value.tradeIn),
    private_party: of(value.privateParty),
    retail: of(value.retail),
    low: of(value.low),
    high: of(value.high),
    trim: value.trim,
    trend: value.trend,
    summary: value.summary,
    citations: value.citations,
    fetched_at: value.fetchedAt.toISOString(),
    expires_at: value.expiresAt.toISOString(),
    stale: isStale(value, now),
  };
}

const problemJson = (failure: StoredFailure | null) => (failure === null ? null : { kind: failure.kind, detail: failure.detail, at: failure.at.toISOString() });

function regionJson({ country, region, said, fetchedAt, expiresAt }: RegionalRecord, now: Date) {
  if (said === null || fetchedAt === null || expiresAt === null) return null;
  return {
    country,
    region: region === '' ? null : region,
    demand: said.demand,
    price_level: said.priceLevel,
    days_to_sell: said.daysToSell,
    trend: said.trend,
    summary: said.summary,
    citations: said.citations,
    fetched_at: fetchedAt.toISOString(),
    expires_at: expiresAt.toISOString(),
    stale: isStale({ expiresAt }, now),
  };
}
