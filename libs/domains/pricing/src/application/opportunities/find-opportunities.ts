import { Inject, Injectable } from '@nestjs/common';
import { opportunityExpired, opportunityFound } from '@autobroker/contracts';
import { uuidv7 } from '@autobroker/kernel';
import { type AuditEntry, type Database, databaseOf, type Tx } from '@autobroker/platform/database';
import { judgeDeal } from '../../domain/opportunity/judge';
import { type EndReason, nextStep } from '../../domain/opportunity/lifecycle';
import { FewAtOnce } from '../few-at-once';
import { JobTurns } from '../job-turns';
import { DayRates } from '../valuation/ports';
import { AssembleDeals, type AssembledDeal } from './assemble-deals';
import { opportunitiesConfig, type OpportunitiesConfig } from './config';
import { OpportunityStore, OutsideValues, type OpenOpportunity, type OpportunityRecord } from './ports';
import { foundEvent, recordOf } from './record-of-deal';

const batch = 500;
const most = 60;

export interface FoundCounts {
  readonly looked: number;
  readonly found: number;
  readonly renewed: number;
  readonly ended: number;
  /** There were more than one run looks at, or somebody came meanwhile. */
  readonly more: boolean;
}

export interface FindRun extends FoundCounts {
  /** Another one was at it already: this one has done nothing. */
  readonly sentAway: boolean;
}

const nothing: FoundCounts = { looked: 0, found: 0, renewed: 0, ended: 0, more: false };

interface Ended {
  readonly open: OpenOpportunity;
  readonly reason: EndReason;
}

const bySystem = { actor: { kind: 'system', id: null } } as const satisfies Pick<AuditEntry, 'actor'>;

/** Looks at each new valuation once: what can be bought for less than it brings is written and told of. */
@Injectable()
export class FindOpportunities {
  private readonly alone = new FewAtOnce(1);

  constructor(
    @Inject(databaseOf('pricing')) private readonly db: Database,
    private readonly deals: AssembleDeals,
    private readonly store: OpportunityStore,
    private readonly outside: OutsideValues,
    private readonly rates: DayRates,
    @Inject(opportunitiesConfig.token) private readonly config: OpportunitiesConfig,
  ) {}

  async run(signal?: AbortSignal): Promise<FindRun> {
    const ran = await this.alone.run(() => this.turns(signal));
    return ran === null ? { ...nothing, sentAway: true } : { ...ran.done, more: ran.done.more || ran.asked, sentAway: false };
  }

  private async turns(signal: AbortSignal | undefined): Promise<FoundCounts> {
    let total = nothing;
    const turns = new JobTurns(this.db.clock, most);
    while (turns.next()) {
      signal?.throwIfAborted();
      const step = await this.db.transaction((tx) => this.step(tx));
      total = { looked: total.looked + step.looked, found: total.found + step.found, renewed: total.renewed + step.renewed, ended: total.ended + step.ended, more: step.more };
      if (!step.more) break;
    }
    return total;
  }

  /** A car that has left the market is no opportunity from that moment on, whatever its valuation will come to. */
  async left(tx: Tx, cars: readonly { readonly vehicleId: string; readonly vehicleVersion: number; readonly reason: EndReason }[]): Promise<void> {
    const open = await this.store.open(tx, cars.map(({ vehicleId }) => vehicleId));
    const ended = cars.flatMap(({ vehicleId, vehicleVersion, reason }): Ended[] => {
      const one = open.get(vehicleId);
      return one === undefined || one.vehicleVersion > vehicleVersion ? [] : [{ open: one, reason }];
    });
    await this.end(tx, ended, this.db.clock.now());
  }

  private async step(tx: Tx): Promise<FoundCounts> {
    const now = this.db.clock.now();
    const ids = await this.store.take(tx, batch, now);
    if (ids.length === 0) return nothing;
    const minimum = { score: this.config.minScore, profit: this.config.minProfit, probability: this.config.minProbabilityPercent / 100 };
    const { deals, gone } = await this.deals.of(ids, minimum, now);
    const open = await this.store.open(tx, ids);
    const steps = deals.map((deal) => {
      const { question, valuation } = deal;
      const seen = { judgement: judgeDeal(question, minimum), valuationVersion: valuation.version, asking: valuation.asking, currency: valuation.currency };
      return { deal, step: nextStep(open.get(deal.vehicleId) ?? null, seen) };
    });
    const wanted = steps.flatMap(({ deal, step }) => (step.kind === 'none' || step.kind === 'ended' ? [] : [{ deal, step }]));
    const words = await this.outside.of(wanted.map(({ deal }) => deal.vehicleId));
    const recordFor = (deal: AssembledDeal, found: (typeof wanted)[number]['step']['deal']): OpportunityRecord =>
      recordOf(open.get(deal.vehicleId)?.id ?? uuidv7(now), deal, found, this.rates.reference, words.get(deal.vehicleId) ?? null);
    const found = wanted.flatMap(({ deal, step }) => (step.kind === 'found' ? [recordFor(deal, step.deal)] : []));
    const renewed = wanted.flatMap(({ deal, step }) => (step.kind === 'renewed' ? [recordFor(deal, step.deal)] : []));
    const revised = wanted.flatMap(({ deal, step }) => (step.kind === 'revised' ? [recordFor(deal, step.deal)] : []));
    const ended = [
      ...steps.flatMap(({ deal, step }): Ended[] => {
        const one = open.get(deal.vehicleId);
        return step.kind === 'ended' && one !== undefined ? [{ open: one, reason: step.reason }] : [];
      }),
      ...gone.flatMap((id): Ended[] => {
        const one = open.get(id);
        return one === undefined ? [] : [{ open: one, reason: 'deleted' }];
      }),
    ];
    await this.write(tx, { found, renewed, revised }, now);
    await this.end(tx, ended, now);
    await this.store.done(tx, ids);
    return { looked: ids.length, found: found.length, renewed: renewed.length, ended: ended.length, more: ids.length === batch };
  }

  private async write(tx: Tx, { found, renewed, revised }: Readonly<Record<'found' | 'renewed' | 'revised', readonly OpportunityRecord[]>>, now: Date): Promise<void> {
    const inserted = await this.store.insert(tx, found, now);
    await this.store.renew(tx, [...renewed, ...revised], now);
    const opened = found.map((record) => {
      const { id, first } = inserted.get(record.vehicleId) ?? { id: record.id, first: true };
      return { record: { ...record, id }, first, isNew: true, action: 'opportunity.found' };
    });
    const all = [
      ...opened,
      ...renewed.map((record) => ({ record, first: true, isNew: false, action: 'opportunity.renewed' })),
      ...revised.map((record) => ({ record, first: false, isNew: false, action: 'opportunity.revised' })),
    ];
    await tx.auditAll(
      all.map(({ record, action }) => ({
        ...bySystem,
        action,
        object: { type: 'opportunity', id: record.id },
        tenantId: record.tenantId,
        after: { vehicle_id: record.vehicleId, valuation_version: record.valuationVersion, score: record.score, asking: record.asking, profit: record.profit, currency: record.currency },
      })),
    );
    const told = all.filter(({ first }) => first);
    await tx.publishAll(opportunityFound, told.map(({ record, isNew }) => ({ key: record.vehicleId, tenantId: record.tenantId, data: foundEvent(record, isNew, now) })));
  }

  private async end(tx: Tx, ended: readonly Ended[], now: Date): Promise<void> {
    if (ended.length === 0) return;
    await this.store.expire(tx, ended.map(({ open, reason }) => ({ id: open.id, reason })), now);
    await tx.auditAll(
      ended.map(({ open, reason }) => ({ ...bySystem, action: 'opportunity.expired', object: { type: 'opportunity', id: open.id }, tenantId: open.tenantId, before: { asking: open.asking, valuation_version: open.valuationVersion }, reason })),
    );
    await tx.publishAll(
      opportunityExpired,
      ended.map(({ open, reason }) => ({ key: open.vehicleId, tenantId: open.tenantId, data: { opportunity_id: open.id, vehicle_id: open.vehicleId, reason, expired_at: now.toISOString() } })),
    );
  }
}
