import { Injectable } from '@nestjs/common';
import { CpuPool, cpuTask } from '@autobroker/platform/workers';
import { logger } from '@autobroker/platform/telemetry';
import { type FetchContext, ImageHashes } from '../../application/ports';
import { DirectFetcher } from '../fetch/direct-fetcher';
import type { dhash } from './dhash';

const task = cpuTask<typeof dhash>({ name: 'dhash', module: require.resolve('./dhash'), run: 'dhash' });
const log = logger('scraper.images');

/** Reads a picture the way pages are read, and hashes it beside the event loop. */
@Injectable()
export class PictureHashes extends ImageHashes {
  constructor(
    private readonly fetcher: DirectFetcher,
    private readonly cpu: CpuPool,
  ) {
    super();
  }

  override async of(url: string, context: FetchContext): Promise<string | null> {
    const [outcome] = await this.fetcher.fetch([{ request: { method: 'GET', path: url }, validators: null }], context);
    if (outcome === undefined || !outcome.ok || outcome.notModified || outcome.page.status !== 200) return null;
    try {
      return await this.cpu.run(task, outcome.page.body);
    } catch (error) {
      context.signal.throwIfAborted();
      log.debug({ err: error, source: context.plugin.slug }, 'a picture could not be hashed');
      return null;
    }
  }
}
