import { defineJob, defineSchedule, JobHandler, type JobData } from '@autobroker/platform/jobs';
import { SigningKeys } from '@autobroker/platform/signing';
import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import { BuildExport } from '../../application/build-export';
import { PurgeExpired } from '../../application/purge-expired';
import { buildExport } from '../../application/request-export';

export const rotateSigningKeys = defineJob({ name: 'rotate-signing-keys', queue: 'identity.maintenance', data: z.strictObject({}) });
export const purgeExpired = defineJob({ name: 'purge-expired', queue: 'identity.maintenance', data: z.strictObject({}) });

/** Often, because doing nothing is cheap, and a key that is due to retire should not wait for a night. */
export const rotationSchedule = defineSchedule({ key: 'rotate-signing-keys', job: rotateSigningKeys, data: {}, everyMs: 10 * 60_000 });
export const purgeSchedule = defineSchedule({ key: 'purge-expired', job: purgeExpired, data: {}, cron: '17 2 * * *' });

@Injectable()
@JobHandler(rotateSigningKeys)
export class RotateSigningKeysJob {
  constructor(private readonly keys: SigningKeys) {}

  async run(): Promise<unknown> {
    return this.keys.rotate();
  }
}

@Injectable()
@JobHandler(purgeExpired)
export class PurgeExpiredJob {
  constructor(
    private readonly purge: PurgeExpired,
    private readonly exports: BuildExport,
  ) {}

  async run(): Promise<unknown> {
    return { ...(await this.purge.execute()), exports: await this.exports.expire() };
  }
}

@Injectable()
@JobHandler(buildExport)
export class BuildExportJob {
  constructor(private readonly building: BuildExport) {}

  async run(data: JobData<typeof buildExport>): Promise<void> {
    await this.building.execute(data.export_id);
  }
}
