import { randomUUID } from 'node:crypto';

export interface BatchJob {
  readonly id: string;
  readonly total: number;
  readonly documents: Record<string, unknown>[];
  readonly errors: { readonly id: string; readonly timestamp: string; readonly url: string; readonly error: string }[];
  readonly expiresAt: Date;
  done: number;
  cancelled: boolean;
}

const kept = 200;
const atOnce = 4;
const keptMs = 86_400_000;

/** Batches under way and done. They run in real time and are gone with the process. */
export class BatchJobs {
  private readonly jobs = new Map<string, BatchJob>();

  start(urls: readonly string[], now: Date, scrape: (url: string) => Promise<Record<string, unknown>>): BatchJob {
    const job: BatchJob = { id: randomUUID(), total: urls.length, documents: [], errors: [], expiresAt: new Date(now.getTime() + keptMs), done: 0, cancelled: false };
    this.jobs.set(job.id, job);
    const [oldest] = this.jobs.keys();
    if (this.jobs.size > kept && oldest !== undefined) this.jobs.delete(oldest);
    const left = [...urls];
    const work = async (): Promise<void> => {
      for (let url = left.shift(); url !== undefined && !job.cancelled; url = left.shift()) {
        try {
          job.documents.push(await scrape(url));
        } catch (error) {
          job.errors.push({ id: randomUUID(), timestamp: now.toISOString(), url, error: error instanceof Error ? error.message : String(error) });
        }
        job.done += 1;
      }
    };
    for (let worker = 0; worker < atOnce; worker += 1) void work();
    return job;
  }

  find(id: string): BatchJob | undefined {
    return this.jobs.get(id);
  }
}
