import type { LaneWorker } from '../lane-worker';
import { Loop } from '../loop';
import type { OutboxReader, StoredOffset } from './outbox-reader';

/** Each by its consumer and its log. */
export class Offsets {
  private readonly positions: ReadonlyMap<string, number>;

  constructor(stored: readonly StoredOffset[]) {
    this.positions = new Map(stored.map(({ consumer, log, position }) => [nameOf(consumer, log), position]));
  }

  at(consumer: string, log: string): number | undefined {
    return this.positions.get(nameOf(consumer, log));
  }
}

const nameOf = (consumer: string, log: string): string => `${consumer} ${log}`;

/**
 * Reads the stored offsets of all consumers of a process at once, and tells each. An event of another process's, an operator
 * there who sets a consumer back: nobody announces such a thing to a consumer that has nothing to do.
 */
export class OffsetWatch {
  private readonly loop: Loop;

  constructor(
    private readonly reader: Pick<OutboxReader, 'offsets'>,
    private readonly services: readonly string[],
    /** As they are at the time: others may come later. */
    private readonly workers: readonly Pick<LaneWorker, 'consumer' | 'log' | 'stored'>[],
    pollMs: number,
  ) {
    this.loop = new Loop('stored offsets', () => this.round(), pollMs);
  }

  start(): void {
    if (this.services.length > 0) this.loop.start();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  private async round(): Promise<'idle'> {
    const offsets = new Offsets(await this.reader.offsets(this.services));
    for (const worker of this.workers) worker.stored(offsets.at(worker.consumer, worker.log));
    return 'idle';
  }
}
