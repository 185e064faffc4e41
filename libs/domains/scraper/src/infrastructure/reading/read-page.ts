import type { DetailReading, FetchedPage, ListReading, ListStep } from '../../application/source-plugin';
import { sourcePlugins } from '../sources';

export interface PageTask {
  readonly source: string;
  readonly page: Omit<FetchedPage, 'body'> & { readonly body: Uint8Array };
}

const pluginOf = ({ source }: PageTask) => {
  const plugin = sourcePlugins.find(({ slug }) => slug === source);
  if (plugin === undefined) throw new Error(`there is no source ${source}`);
  return plugin;
};

/** Between threads a buffer becomes plain bytes. */
const pageOf = ({ page }: PageTask): FetchedPage => ({ ...page, body: Buffer.from(page.body.buffer, page.body.byteOffset, page.body.byteLength) });

/** Run in a worker thread. */
export const readListPage = (task: PageTask & { readonly step: ListStep }): ListReading => pluginOf(task).readList(pageOf(task), task.step);
export const readDetailPage = (task: PageTask & { readonly externalId: string }): DetailReading => pluginOf(task).readDetail(pageOf(task), task.externalId);
