import type { EventEnvelope } from '@autobroker/contracts';
import { outboxRows, type SqlPart } from '../outbox';
import { auditRows, type AuditRow } from './audit';
import type { AuditEntry, LateWrite } from './types';
import type { WorkClaim } from './work-claim';

/** Runs one of a few statements. */
export type RecordsQuery = <R>(sql: string, params: readonly unknown[]) => Promise<R[]>;

/** What the work was about before a part of it began: the first object that was named. */
export type SaidBefore = AuditEntry['object'] | null;

/** More than this is written at once: the parameters of one statement should not grow without end. */
const most = 1_000;

/**
 * What a transaction says about itself: its audit rows and events, in the order given, and what else it writes that it does
 * not look at. They are written together, just before the commit as a rule, so that each is not a round trip of its own and
 * the outbox's readers are held back only for the length of that statement.
 */
export class Records {
  private events: EventEnvelope[] = [];
  private audits: AuditRow[] = [];
  private writes: LateWrite[] = [];
  private about: SaidBefore = null;

  constructor(
    private readonly schema: string,
    private readonly query: RecordsQuery,
  ) {}

  get isFull(): boolean {
    return this.events.length >= most;
  }

  add(events: readonly EventEnvelope[], audits: readonly AuditRow[] = []): void {
    this.events.push(...events);
    this.audits.push(...audits);
    this.about ??= audits[0]?.entry.object ?? null;
  }

  /** A statement of the work's own that nobody reads from. */
  async write(write: LateWrite): Promise<void> {
    if (this.writes.some(({ table }) => table === write.table)) await this.flushWrites();
    this.writes.push(write);
  }

  /** What the work has written itself, before it looks at anything again. */
  async flushWrites(): Promise<void> {
    const { writes } = this;
    if (writes.length === 0) return;
    this.writes = [];
    await this.send(joined(writes.map(partOf)));
  }

  /** A part begins that may be undone: what was said before it is not undone with it. */
  async begin(): Promise<SaidBefore> {
    await this.flush();
    return this.about;
  }

  /** What was said in the part that began so is undone, whether it was written already or not. */
  forget(before: SaidBefore): void {
    this.about = before;
    this.events = [];
    this.audits = [];
    this.writes = [];
  }

  /** With `lastly`, something else that is to be written is written in the same statement. */
  async flush(lastly?: SqlPart): Promise<void> {
    await this.send(this.take(lastly));
  }

  /** The last flush, which also notes that the claimed work was done; false when this transaction has written nothing. */
  async flushAndNote({ ref, owner }: WorkClaim, lastly?: SqlPart): Promise<boolean> {
    const { parts, values } = this.take(lastly);
    const sql = `${parts.length === 0 ? '' : `with ${parts.join(', ')} `}select ${noteSql(this.schema, values.length + 1)} as noted`;
    const object = this.about === null ? null : JSON.stringify({ type: this.about.type, id: this.about.id });
    const all = [...values, ref.scope, ref.route, ref.key, owner, object, parts.length > 0];
    const [row] = await this.query<{ noted: boolean }>(sql, all);
    return row?.noted === true;
  }

  private async send({ parts, values }: Joined): Promise<void> {
    if (parts.length > 0) await this.query(`with ${parts.join(', ')} select`, values);
  }

  private take(lastly: SqlPart | undefined): Joined {
    const { events, audits, writes } = this;
    this.events = [];
    this.audits = [];
    this.writes = [];
    return joined([
      ...writes.map(partOf),
      ...(events.length === 0 ? [] : [outboxRows(this.schema, events)]),
      ...(audits.length === 0 ? [] : [auditRows(this.schema, audits)]),
      ...(lastly === undefined ? [] : [lastly]),
    ]);
  }
}

const partOf = ({ table, what, sql, values }: LateWrite): SqlPart => ({
  name: `${table}_${what}`,
  sql: (first) => (first === 1 ? sql : sql.replaceAll(/\$(\d+)/gu, (_, n: string) => `$${Number(n) + first - 1}`)),
  values,
});

interface Joined {
  readonly parts: readonly string[];
  readonly values: readonly unknown[];
}

function joined(all: readonly SqlPart[]): Joined {
  const values: unknown[] = [];
  const parts: string[] = [];
  for (const { name, sql, values: more } of all) {
    parts.push(`${name} as (${sql(values.length + 1)})`);
    values.push(...more);
  }
  return { parts, values };
}

/** Raises when somebody else holds the claim by now; see `platform-tables.ts`. */
const noteSql = (schema: string, first: number): string =>
  `${schema}.idempotency_worked($${first}, $${first + 1}, $${first + 2}, $${first + 3}::uuid, $${first + 4}::jsonb, $${first + 5}::boolean)`;
