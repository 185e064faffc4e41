import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { metrics } from '@autobroker/platform/telemetry';
import { OpportunityReader } from './ports';

/** Whom the gauge asks: the service that this process hosts. */
let asked: OpportunityReader | null = null;

metrics.gauge({
  name: 'active_opportunities',
  help: 'Opportunities that are open now',
  collect: async (gauge) => {
    if (asked !== null) gauge.set(await asked.active());
  },
});

/** `active_opportunities` in the metrics, counted when somebody looks. */
@Injectable()
export class ActiveOpportunities implements OnModuleInit, OnModuleDestroy {
  constructor(private readonly reader: OpportunityReader) {}

  onModuleInit(): void {
    asked = this.reader;
  }

  onModuleDestroy(): void {
    if (asked === this.reader) asked = null;
  }
}
