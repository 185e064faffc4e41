import { Injectable } from '@nestjs/common';
import { CpuPool, cpuTask, CpuTimeoutError } from '@autobroker/platform/workers';
import { PageReading } from '../../application/ports';
import type { DetailReading, FetchedPage, ListReading, ListStep, SourcePlugin } from '../../application/source-plugin';
import { sourcePlugins } from '../sources';
import type { readDetailPage, readListPage } from './read-page';

const worker = require.resolve('./read-page');
const listTask = cpuTask<typeof readListPage>({ name: 'read-list', module: worker, run: 'readListPage' });
const detailTask = cpuTask<typeof readDetailPage>({ name: 'read-detail', module: worker, run: 'readDetailPage' });

/** From here on a page takes longer to read than others should wait (about 20 ms). */
export const largePageBytes = 128 * 1024;
const longestMs = 20_000;

/** Small pages where they are, large ones beside the event loop; one that is never done with is unreadable. */
@Injectable()
export class PooledPageReading extends PageReading {
  constructor(private readonly cpu: CpuPool) {
    super();
  }

  override async list(plugin: SourcePlugin, page: FetchedPage, step: ListStep): Promise<ListReading> {
    if (isSmall(plugin, page)) return plugin.readList(page, step);
    return orUnreadable(() => this.cpu.run(listTask, { source: plugin.slug, page, step }, { timeoutMs: longestMs }));
  }

  override async detail(plugin: SourcePlugin, page: FetchedPage, externalId: string): Promise<DetailReading> {
    if (isSmall(plugin, page)) return plugin.readDetail(page, externalId);
    return orUnreadable(() => this.cpu.run(detailTask, { source: plugin.slug, page, externalId }, { timeoutMs: longestMs }));
  }
}

/** Threads know the sources of this build, by name. */
const isSmall = (plugin: SourcePlugin, page: FetchedPage): boolean => page.body.length < largePageBytes || !sourcePlugins.includes(plugin);

async function orUnreadable<T>(read: () => Promise<T>): Promise<T | { readonly kind: 'unreadable'; readonly reasons: readonly string[] }> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof CpuTimeoutError) return { kind: 'unreadable', reasons: ['it took too long to read'] };
    throw error;
  }
}
