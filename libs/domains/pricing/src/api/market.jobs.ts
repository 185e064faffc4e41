import { Injectable } from '@nestjs/common';
import { type JobContext, type JobData, JobHandler } from '@autobroker/platform/jobs';
import { recountMarketJob, retireComparablesJob } from '../application/jobs-market';
import { RecountMarket } from '../application/market/recount-market';

@Injectable()
@JobHandler(retireComparablesJob)
export class RetirementProcessor {
  constructor(private readonly market: RecountMarket) {}

  run(_data: JobData<typeof retireComparablesJob>, { signal }: JobContext): Promise<unknown> {
    return this.market.retire(signal);
  }
}

@Injectable()
@JobHandler(recountMarketJob)
export class RecountProcessor {
  constructor(private readonly market: RecountMarket) {}

  run(_data: JobData<typeof recountMarketJob>, { signal }: JobContext): Promise<unknown> {
    return this.market.run(signal);
  }
}
