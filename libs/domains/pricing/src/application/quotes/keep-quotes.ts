import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf } from '@autobroker/platform/database';
import { QuoteStore } from './ports';
import { QuoteKeys } from './quote-keys';

/** An order keeps what it was placed with; of quotes that came to nothing nobody asks after a quarter. */
const keptMs = 90 * 24 * 60 * 60_000;
const batch = 1_000;

/** Keeps the set of keys as it should be, and forgets quotes that ran out long ago. */
@Injectable()
export class KeepQuotes {
  constructor(
    @Inject(databaseOf('pricing')) private readonly db: Database,
    private readonly store: QuoteStore,
    private readonly keys: QuoteKeys,
  ) {}

  async run(signal: AbortSignal): Promise<{ readonly keys: number; readonly forgotten: number }> {
    const steps = await this.keys.rotate();
    const before = new Date(this.db.clock.now().getTime() - keptMs);
    let forgotten = 0;
    for (;;) {
      signal.throwIfAborted();
      const gone = await this.db.transaction((tx) => this.store.forget(tx, before, batch));
      forgotten += gone;
      if (gone < batch) return { keys: steps.length, forgotten };
    }
  }
}
