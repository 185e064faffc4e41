import type { Database, Tx } from '../database';
import type { SqlPart } from '../outbox';
import type { Delivery } from './delivery';
import type { BatchSource } from './inbox-processor';
import type { Accepted, InboxStore } from './inbox-store';
import type { RewindTarget } from './transport';

export interface LaneRow {
  /** Where one stands when this has been handled. */
  readonly position: number;
  readonly delivery: Delivery;
}

export interface LanePage {
  readonly rows: readonly LaneRow[];
  /** Where one stands when all of the page has been handled, what is of no interest included. */
  readonly readTo: number;
}

/** An ordered log: one service's outbox, or one partition of its topic. */
export interface LaneReader {
  /** The place of a target; null while there is no such log (yet). */
  positionOf(target: RewindTarget): Promise<number | null>;
  read(position: number, limit: number): Promise<LanePage>;
}

export interface LaneIdentity {
  readonly consumer: string;
  /** The service whose events these are. */
  readonly source: string;
  /** The name of the log among the consumer's offsets. */
  readonly log: string;
  readonly startFrom: 'beginning' | 'now';
}

/** How many events are read ahead. */
const readAhead = 500;

/** A stored offset is moved on past this many events of no interest, so that they can be pruned. */
const idleStep = 250;

/** Replicas that one event wakes are here within this time; a process that has died takes longer to come back. */
const sameStart = '250 milliseconds';

const earlierStart = `started_at < now() - interval '${sameStart}'`;

/**
 * One consumer's way through one log. Events are read ahead outside the transaction, from the remembered offset; the
 * transaction then locks the stored offset and goes on only if nobody has moved it meanwhile. The lock is what keeps two
 * replicas from doing the same work, and the offset commits with the work.
 */
export class Lane<Reader extends LaneReader = LaneReader> implements BatchSource {
  private position: number | undefined;
  private buffer: readonly LaneRow[] = [];
  /** Where the buffer ends. */
  private readTo = 0;
  /** The last look found as much as it asked for. */
  private full = false;
  /** Up to here there is nothing of interest beyond the position. Remembered only: it need not be stored for each such event. */
  private seenTo = 0;
  private next: { readonly position: number; readonly used: number } | undefined;

  constructor(
    private readonly db: Database,
    readonly reader: Reader,
    readonly identity: LaneIdentity,
  ) {}

  get empty(): boolean {
    return this.buffer.length === 0;
  }

  /** Behind what was read ahead there is more at hand. */
  get hasMore(): boolean {
    return this.full;
  }

  /** What comes next. */
  get first(): Delivery | undefined {
    return this.buffer[0]?.delivery;
  }

  /** Reads ahead when there is nothing left; false when there is nothing to read from (yet). */
  async fill(): Promise<boolean> {
    if (this.buffer.length > 0) return true;
    this.position ??= await this.storedPosition();
    if (this.position === undefined) return false;
    const page = await this.reader.read(Math.max(this.position, this.seenTo), readAhead);
    this.readTo = page.readTo;
    this.buffer = page.rows;
    this.full = page.rows.length >= readAhead;
    if (page.rows.length === 0) this.seenTo = page.readTo;
    if (this.buffer.length === 0 && this.readTo - this.position >= idleStep) await this.skip();
    return true;
  }

  /** Another process began at this place before, and did not get past it. */
  async died(): Promise<boolean> {
    const [row] = await this.db.query<{ died: boolean }>(
      `select started_from = position and ${earlierStart} as died
         from ${this.db.schema}.consumer_offset where consumer = $1 and source = $2 and position = $3`,
      [...this.names, this.position],
    );
    return row?.died === true;
  }

  /**
   * Writes down that a process begins here, and tells how many starts in a row have begun at this place; null while
   * another replica is at work, or has moved on. Replicas that are woken by the same event count as one start.
   */
  async start(): Promise<number | null> {
    const [row] = await this.db.query<{ starts: number }>(
      `update ${this.db.schema}.consumer_offset o
          set started_from = o.position,
              starts = case when o.started_from is distinct from o.position then 1 when s.again then o.starts + 1 else o.starts end,
              started_at = case when s.again then now() else o.started_at end
         from (select consumer, source,
                      started_from is distinct from position or ${earlierStart} as again
                 from ${this.db.schema}.consumer_offset
                where consumer = $1 and source = $2 and position = $3 for update skip locked) s
        where o.consumer = s.consumer and o.source = s.source
        returning o.starts`,
      [...this.names, this.position],
    );
    return row?.starts ?? null;
  }

  /** What is stored is not what is remembered: somebody has moved it. While there is work at hand, that work will show it. */
  strays(stored: number | undefined): boolean {
    return this.empty && this.position !== undefined && this.position !== stored;
  }

  async take(tx: Tx, limit: number): Promise<readonly Delivery[] | null> {
    this.next = undefined;
    const stored = await this.lock(tx);
    if (stored === undefined) return null;
    if (stored !== this.position) {
      this.forget(stored);
      return [];
    }
    return this.ahead(limit);
  }

  ahead(limit: number): readonly Delivery[] {
    return this.buffer.slice(0, limit).map((row) => row.delivery);
  }

  /**
   * Locks the stored offset and takes the deliveries into the inbox, in one statement. Such a statement sees everything
   * else as it was when it began; so an offset that was moved between that moment and the lock is one that has moved, even
   * if it is back at its place.
   */
  async accept(tx: Tx, deliveries: readonly Delivery[], inbox: InboxStore): Promise<Accepted | 'busy' | 'moved'> {
    this.next = undefined;
    const { source } = this.identity;
    const accepting = inbox.accepting(source, deliveries);
    const offset = `${this.db.schema}.consumer_offset`;
    const [row] = await tx.query<{ position: string | null; here: boolean; fresh: string[]; blocked: string[] }>(
      `with ours as materialized (select position, xmin as version from ${offset} where consumer = $1 and source = $2 for update skip locked),
            here as materialized (
              select from ours join ${offset} o on o.consumer = $1 and o.source = $2 and o.xmin = ours.version where ours.position = $3),
            fresh as (${accepting.insert(4, 'exists (select from here)')})
       select (select position::text from ours) as position, exists (select from here) as here,
              array(select event_id::text from fresh) as fresh, array(${accepting.blocked(4)}) as blocked`,
      [...this.names, this.position, ...accepting.values],
      { name: `lane-accept-${this.db.schema}` },
    );
    if (row === undefined || row.position === null) return 'busy';
    if (row.here) return inbox.accepted(tx, source, deliveries, row.fresh, row.blocked);
    this.forget(Number(row.position));
    return 'moved';
  }

  done(count: number): SqlPart | undefined {
    if (count === 0) return undefined;
    const position = count === this.buffer.length ? this.readTo : (this.buffer[count - 1]?.position ?? this.readTo);
    this.next = { position, used: count };
    return this.storing(position);
  }

  /** The transaction committed. */
  committed(): void {
    if (this.next === undefined) return;
    this.position = this.next.position;
    this.buffer = this.buffer.slice(this.next.used);
    this.next = undefined;
  }

  /** The transaction failed: nobody knows where we are until the stored offset is read again. */
  forget(position?: number): void {
    this.position = position;
    this.buffer = [];
    this.full = false;
    this.seenTo = 0;
    this.next = undefined;
  }

  /** The stored offset; a consumer that is new gets one. */
  async storedPosition(): Promise<number | undefined> {
    const known = await this.findPosition();
    if (known !== undefined) return known;
    const start = await this.reader.positionOf(this.identity.startFrom);
    if (start === null) return undefined;
    await this.db.query(
      `insert into ${this.db.schema}.consumer_offset (consumer, source, position) values ($1, $2, $3) on conflict do nothing`,
      [...this.names, start],
    );
    return this.findPosition();
  }

  /**
   * Sets the stored offset, and lets the consumer forget what it has handled from there on. The row comes first: a running
   * batch holds it, and what that batch takes into the inbox is then taken out again too.
   */
  async move(target: RewindTarget, forget: (tx: Tx, position: number) => Promise<void>): Promise<void> {
    const position = await this.reader.positionOf(target);
    if (position === null) return;
    await this.db.transaction(async (tx) => {
      await tx.query(
        `insert into ${this.db.schema}.consumer_offset (consumer, source, position) values ($1, $2, $3)
         on conflict (consumer, source) do update set position = excluded.position, updated_at = now()`,
        [...this.names, position],
      );
      await forget(tx, position);
    });
  }

  private get names(): [string, string] {
    return [this.identity.consumer, this.identity.log];
  }

  private async lock(tx: Tx): Promise<number | undefined> {
    const [row] = await tx.query<{ position: string }>(
      `select position::text as position from ${this.db.schema}.consumer_offset where consumer = $1 and source = $2 for update skip locked`,
      this.names,
      { name: `lane-lock-${this.db.schema}` },
    );
    return row === undefined ? undefined : Number(row.position);
  }

  private storing(position: number): SqlPart {
    return {
      name: 'progress',
      sql: (first) =>
        `update ${this.db.schema}.consumer_offset set position = $${first + 2}, updated_at = now() where consumer = $${first} and source = $${first + 1}`,
      values: [...this.names, position],
    };
  }

  private async skip(): Promise<void> {
    const moveOn = async (tx: Tx): Promise<void> => {
      this.next = undefined;
      const stored = await this.lock(tx);
      if (stored !== undefined && stored === this.position) this.next = { position: this.readTo, used: 0 };
    };
    await this.db.transaction(moveOn, { lastly: () => (this.next === undefined ? undefined : this.storing(this.readTo)) });
    this.committed();
  }

  private async findPosition(): Promise<number | undefined> {
    const [row] = await this.db.query<{ position: string }>(
      `select position::text as position from ${this.db.schema}.consumer_offset where consumer = $1 and source = $2`,
      this.names,
      { name: `lane-position-${this.db.schema}` },
    );
    return row === undefined ? undefined : Number(row.position);
  }
}
