import { Injectable } from '@nestjs/common';
import { CpuPool, cpuTask } from '@autobroker/platform/workers';
import { type PageRequest, Printer } from '../application/ports';
import type { renderDocument } from './pdf/render';

const task = cpuTask<typeof renderDocument>({ name: 'render-document', module: require.resolve('./pdf/render'), run: 'renderDocument' });

/** A page takes longer than others should wait for: it is written in a worker thread. */
@Injectable()
export class ThreadPrinter extends Printer {
  constructor(private readonly pool: CpuPool) {
    super();
  }

  override async print(request: PageRequest, signal?: AbortSignal): Promise<Buffer> {
    const { buffer } = await this.pool.run(task, request, signal === undefined ? {} : { signal });
    return Buffer.from(buffer);
  }
}
