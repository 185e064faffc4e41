import type { EventEnvelope } from '@autobroker/contracts';
import type { Database, Tx } from '../../database';
import { deliver, type Delivery } from '../delivery';
import type { OutboxReader } from './outbox-reader';
import type { BatchSource } from '../inbox-processor';

interface Buffered {
  readonly position: number;
  readonly envelope: EventEnvelope;
}

/** How many events are read ahead. */
const readAhead = 500;

/** A stored offset is moved on past this many events of no interest, so that they can be pruned. */
const idleStep = 250;

export interface LaneIdentity {
  readonly consumer: string;
  readonly source: string;
  /** Null: every event. */
  readonly types: readonly string[] | null;
  readonly startFrom: 'beginning' | 'now';
}

/**
 * One consumer's way through one service's outbox. Events are read ahead outside the transaction, from the remembered
 * offset; the transaction then locks the stored offset and goes on only if nobody has moved it meanwhile. The lock is what
 * keeps two replicas from doing the same work, and the offset commits with the work.
 */
export class Lane implements BatchSource {
  private position: number | undefined;
  private buffer: Buffered[] = [];
  /** Everything up to here has been read ahead. */
  private readTo = 0;
  private next: { readonly position: number; readonly used: number } | undefined;

  constructor(
    private readonly db: Database,
    private readonly reader: OutboxReader,
    readonly identity: LaneIdentity,
  ) {}

  get empty(): boolean {
    return this.buffer.length === 0;
  }

  /** Reads ahead when there is nothing left; false when the source has no outbox here (yet). */
  async fill(): Promise<boolean> {
    if (this.buffer.length > 0) return true;
    const { source, types } = this.identity;
    this.position ??= await this.storedPosition();
    if (this.position === undefined) return false;
    const horizon = await this.reader.horizon(source);
    if (horizon <= this.position) return true;
    const rows = await this.reader.read(source, this.position, horizon, types, readAhead);
    const last = rows.at(-1);
    this.readTo = rows.length >= readAhead && last !== undefined ? last.position : horizon;
    this.buffer = rows.flatMap(({ position, envelope }) => (envelope === null ? [] : [{ position, envelope }]));
    if (this.buffer.length === 0 && this.readTo - this.position >= idleStep) await this.skip();
    return true;
  }

  async take(tx: Tx, limit: number): Promise<readonly Delivery[] | null> {
    this.next = undefined;
    const stored = await this.lock(tx);
    if (stored === undefined) return null;
    if (stored !== this.position) {
      this.forget(stored);
      return [];
    }
    return this.buffer.slice(0, limit).map(({ envelope }) => deliver(this.identity.source, envelope));
  }

  async done(tx: Tx, _taken: readonly Delivery[], count: number): Promise<void> {
    if (count === 0) return;
    const position = count === this.buffer.length ? this.readTo : (this.buffer[count - 1]?.position ?? this.readTo);
    await this.store(tx, position);
    this.next = { position, used: count };
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
    this.next = undefined;
  }

  private async lock(tx: Tx): Promise<number | undefined> {
    const [row] = await tx.query<{ position: string }>(
      `select position::text as position from ${this.db.schema}.consumer_offset where consumer = $1 and source = $2 for update skip locked`,
      [this.identity.consumer, this.identity.source],
    );
    return row === undefined ? undefined : Number(row.position);
  }

  private async store(tx: Tx, position: number): Promise<void> {
    await tx.query(
      `update ${this.db.schema}.consumer_offset set position = $3, updated_at = now() where consumer = $1 and source = $2`,
      [this.identity.consumer, this.identity.source, position],
    );
  }

  private async skip(): Promise<void> {
    await this.db.transaction(async (tx) => {
      this.next = undefined;
      const stored = await this.lock(tx);
      if (stored === undefined || stored !== this.position) return;
      await this.store(tx, this.readTo);
      this.next = { position: this.readTo, used: 0 };
    });
    this.committed();
  }

  /** The stored offset; a consumer that is new gets one. */
  private async storedPosition(): Promise<number | undefined> {
    const { consumer, source, startFrom } = this.identity;
    const find = (): Promise<{ position: string }[]> =>
      this.db.query<{ position: string }>(
        `select position::text as position from ${this.db.schema}.consumer_offset where consumer = $1 and source = $2`,
        [consumer, source],
      );
    let [row] = await find();
    if (row === undefined) {
      if ((await this.reader.existing([source])).length === 0) return undefined;
      const start = startFrom === 'now' ? await this.reader.horizon(source) : 0;
      await this.db.query(
        `insert into ${this.db.schema}.consumer_offset (consumer, source, position) values ($1, $2, $3) on conflict do nothing`,
        [consumer, source, start],
      );
      [row] = await find();
    }
    return row === undefined ? undefined : Number(row.position);
  }
}
