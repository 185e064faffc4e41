import { Injectable } from '@nestjs/common';
import { pricingCatalogueValued, pricingVehicleValued, userErased, vehicleDelisted, vehicleListed, vehicleUpdated } from '@autobroker/contracts';
import type { Tx } from '@autobroker/platform/database';
import { Jobs } from '@autobroker/platform/jobs';
import { defineConsumer, EventConsumer, type EventFor } from '@autobroker/platform/messaging';
import { FindOpportunities } from '../application/opportunities/find-opportunities';
import { findOpportunitiesJob } from '../application/opportunities/jobs';
import { DealSignals, OpportunityStatuses } from '../application/opportunities/ports';

/** Nearly all that it hears is of cars that are no deals: they are written down a few at a time, and a deal ends a fifth of a second later. */
export const followDeals = defineConsumer({ name: 'pricing.follow-deals', on: [vehicleListed, vehicleUpdated, vehicleDelisted], batchSize: 500, gatherMs: 200 });
export const hearValuations = defineConsumer({ name: 'pricing.hear-valuations', on: [pricingVehicleValued, pricingCatalogueValued], batchSize: 500, gatherMs: 500 });
export const forgetDealers = defineConsumer({ name: 'pricing.forget-opportunity-statuses', on: [userErased] });

type Told = EventFor<typeof followDeals>;
type Left = Extract<Told, { readonly type: 'vehicle.delisted.v1' }>;

const hasLeft = (event: Told): event is Left => event.type === 'vehicle.delisted.v1';
/** Beyond this a reading is a slip, and would stand against the car for ever. */
const mostKm = 1_500_000;

/** What cars' odometers have read, and which have left: a deal ends with the event, not with the next valuation. */
@Injectable()
@EventConsumer(followDeals)
export class FollowDealsConsumer {
  constructor(
    private readonly signals: DealSignals,
    private readonly deals: FindOpportunities,
  ) {}

  handle(event: Told, tx: Tx): Promise<void> {
    return this.handleBatch([event], tx);
  }

  async handleBatch(events: readonly Told[], tx: Tx): Promise<void> {
    const left = events.filter(hasLeft);
    await this.signals.hear(
      tx,
      events.flatMap((event) => {
        const km = hasLeft(event) ? null : event.data.facts.mileage_km;
        return km === null || km > mostKm ? [] : [{ vehicleId: event.data.vehicle_id, km, at: new Date(event.occurred_at) }];
      }),
    );
    await this.deals.left(tx, left.map(({ data }) => ({ vehicleId: data.vehicle_id, vehicleVersion: data.version, reason: data.reason })));
    await this.signals.forget(tx, left.filter(({ data }) => data.reason === 'deleted').map(({ data }) => data.vehicle_id));
  }
}

/** Which cars have a new valuation stands in the queue; this says that there is something in it. */
@Injectable()
@EventConsumer(hearValuations)
export class HearValuationsConsumer {
  constructor(private readonly jobs: Jobs) {}

  handle(event: EventFor<typeof hearValuations>, tx: Tx): Promise<void> {
    return this.handleBatch([event], tx);
  }

  async handleBatch(events: readonly EventFor<typeof hearValuations>[], _tx: Tx): Promise<void> {
    const [first] = events;
    if (first !== undefined) await this.jobs.enqueue(findOpportunitiesJob, {}, { jobId: `${first.id}-opportunities` });
  }
}

@Injectable()
@EventConsumer(forgetDealers)
export class ForgetStatusesConsumer {
  constructor(private readonly statuses: OpportunityStatuses) {}

  handle({ data }: EventFor<typeof forgetDealers>, tx: Tx): Promise<void> {
    return this.statuses.forgetPeople(tx, [data.user_id]);
  }
}
