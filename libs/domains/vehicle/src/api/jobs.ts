import { Injectable } from '@nestjs/common';
import { type JobContext, type JobData, JobHandler } from '@autobroker/platform/jobs';
import { maintainVehiclesJob, makeThumbnailsJob, refreshPricesJob } from '../application/jobs';
import { MaintainVehicles } from '../application/maintain-vehicles';
import { MakeThumbnails } from '../application/make-thumbnails';
import { RefreshReferencePrices } from '../application/refresh-reference-prices';

@Injectable()
@JobHandler(makeThumbnailsJob)
export class ThumbnailProcessor {
  constructor(private readonly thumbnails: MakeThumbnails) {}

  run({ media_id }: JobData<typeof makeThumbnailsJob>): Promise<unknown> {
    return this.thumbnails.run(media_id);
  }
}

@Injectable()
@JobHandler(maintainVehiclesJob)
export class MaintenanceProcessor {
  constructor(private readonly maintenance: MaintainVehicles) {}

  run(_data: JobData<typeof maintainVehiclesJob>, { signal }: JobContext): Promise<unknown> {
    return this.maintenance.run(signal);
  }
}

@Injectable()
@JobHandler(refreshPricesJob)
export class ReferencePriceProcessor {
  constructor(private readonly refresh: RefreshReferencePrices) {}

  run(_data: JobData<typeof refreshPricesJob>, { signal }: JobContext): Promise<unknown> {
    return this.refresh.run(signal);
  }
}
