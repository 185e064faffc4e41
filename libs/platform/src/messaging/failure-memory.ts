/** How many times one event alone may take its whole transaction down before it is put off like any other failure. */
const fatalLimit = 3;

/** So many processes died where the next one begins, and then the event there is given up without being run. */
export const deadlyStarts = 4;

/** The event was being handled whenever a process died: whether it is at fault or not, it must not take down another. */
export class ProcessDied extends Error {
  constructor(starts: number) {
    super(`${starts} processes in a row died while they handled this event`);
    this.name = 'ProcessDied';
  }
}

/**
 * What a consumer remembers between transactions about those that failed as a whole.
 *
 * Most such failures are nobody's fault (a lost connection, a conflict) and simply run again. An event that kills every
 * transaction it is part of would stop its consumer for ever, so after the second failure in a row events go one by one,
 * and one that fails alone again and again becomes a suspect: it is put off without being run.
 */
export class FailureMemory {
  private readonly suspects = new Map<string, unknown>();
  private readonly fatal = new Map<string, number>();
  private inARow = 0;
  private singles = 0;

  /** How many events the next transaction may take. */
  limit(most: number): number {
    return this.singles > 0 ? 1 : most;
  }

  /** The error of an event that must not be run again in this round. */
  suspicion(eventId: string): { readonly error: unknown } | undefined {
    return this.suspects.has(eventId) ? { error: this.suspects.get(eventId) } : undefined;
  }

  suspect(eventId: string, error: unknown): void {
    this.suspects.set(eventId, error);
  }

  /** This is the n-th start in a row that found the same event first: none of those before got past it. */
  started(times: number, eventId: string, batch: number): void {
    if (times >= 2) this.singles = Math.max(this.singles, batch);
    if (times >= deadlyStarts) this.suspect(eventId, new ProcessDied(times - 1));
  }

  succeeded(eventIds: readonly string[]): void {
    this.inARow = 0;
    this.singles = Math.max(0, this.singles - Math.max(1, eventIds.length));
    for (const id of eventIds) {
      this.suspects.delete(id);
      this.fatal.delete(id);
    }
  }

  /** The transaction with these events failed as a whole. */
  failed(eventIds: readonly string[], error: unknown): void {
    this.inARow += 1;
    const [only] = eventIds;
    if (only !== undefined && eventIds.length === 1) {
      const times = (this.fatal.get(only) ?? 0) + 1;
      this.fatal.set(only, times);
      if (times >= fatalLimit) this.suspect(only, error);
    } else if (this.inARow >= 2) {
      this.singles = Math.max(this.singles, eventIds.length);
    }
  }

  /** How long to wait before the next transaction. */
  pauseMs(random: () => number = Math.random): number {
    return this.inARow === 0 ? 0 : Math.round(Math.min(50 * 2 ** (this.inARow - 1), 5_000) * (0.5 + random()));
  }
}
