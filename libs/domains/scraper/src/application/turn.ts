import type { FetchContext, PageFetcher, RunRow } from './ports';
import type { SourcePlugin } from './source-plugin';

/** One turn of work on one run: who works, on what, and how it is reached. */
export interface Turn {
  readonly run: RunRow;
  readonly worker: string;
  readonly plugin: SourcePlugin;
  readonly fetcher: PageFetcher;
  readonly context: FetchContext;
}

/** Somebody else works on the run now, or it is over: what this worker still holds does not count. */
export class LeaseLostError extends Error {
  override readonly name = 'LeaseLostError';
}
