/** Hears that a schema's outbox has new, committed events. */
export type CommitListener = (schema: string) => void;

/**
 * From the commit of a change to the readers of the same process, without a detour over the network. Readers in other
 * processes are told by NOTIFY, and whoever misses that finds the rows by polling.
 */
export class CommitSignal {
  private readonly listeners = new Set<CommitListener>();

  /** To be called after every commit that wrote to the schema's outbox. Never throws into the caller's path. */
  committed(schema: string): void {
    for (const listener of this.listeners) listener(schema);
  }

  onCommitted(listener: CommitListener): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

/** One per process: every database object of a process tells the readers of that process. */
export const commitSignal = new CommitSignal();
