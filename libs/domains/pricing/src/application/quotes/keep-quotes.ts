import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf, type Tx } from '@autobroker/platform/database';
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

  /** An order keeps what it was placed with: a quote is not needed for the books. */
  async forgetPerson(tx: Tx, userId: string): Promise<void> {
    const { deleted, kept } = await this.store.forgetPerson(tx, userId);
    if (deleted + kept === 0) return;
    await tx.audit({ actor: { kind: 'system', id: 'pricing.forget-quotes' }, action: 'quote.forgotten', object: { type: 'user', id: userId }, tenantId: null, after: { deleted, anonymised: kept } });
  }

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
