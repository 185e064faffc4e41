import { Injectable } from '@nestjs/common';
import { type JobContext, type JobData, JobHandler } from '@autobroker/platform/jobs';
import { externalValuationsJob } from '../application/external/jobs';
import { RefreshValuations, SomeUnavailableError } from '../application/external/refresh-valuations';

@Injectable()
@JobHandler(externalValuationsJob)
export class ExternalValuationsProcessor {
  constructor(private readonly refresh: RefreshValuations) {}

  async run({ vehicle_id, urgency }: JobData<typeof externalValuationsJob>, { signal, attempt, attempts }: JobContext): Promise<unknown> {
    try {
      return await this.refresh.run(vehicle_id, { urgency, signal });
    } catch (error) {
      // That somebody else does not answer is kept with the car. It is no error of ours, and nothing to replay.
      if (error instanceof SomeUnavailableError && attempt >= attempts) return { gave_up: error.message };
      throw error;
    }
  }
}
