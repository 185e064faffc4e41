import { Injectable } from '@nestjs/common';
import { type JobContext, type JobData, JobHandler } from '@autobroker/platform/jobs';
import { externalValuationsJob } from '../application/external/jobs';
import { RefreshValuations } from '../application/external/refresh-valuations';

@Injectable()
@JobHandler(externalValuationsJob)
export class ExternalValuationsProcessor {
  constructor(private readonly refresh: RefreshValuations) {}

  run({ vehicle_id }: JobData<typeof externalValuationsJob>, { signal }: JobContext): Promise<unknown> {
    return this.refresh.run(vehicle_id, signal);
  }
}
