import type { EventEnvelope } from '@autobroker/contracts';
import { outboxRows, type SqlPart } from '../outbox';
import { auditRows, type AuditRow } from './audit';
import type { AuditEntry } from './types';
import type { WorkClaim } from './work-claim';

/** Runs one of a few statements, which `shape` tells apart. */
export type RecordsQuery = <R>(sql: string, params: readonly unknown[], shape: string) => Promise<R[]>;

/** What the work was about before a part of it began: the first object that was named. */
export type SaidBefore = AuditEntry['object'] | null;

/** More than this is written at once: the parameters of one statement should not grow without end. */
const most = 1_000;

/**
 * What a transaction says about itself: its audit rows and events, in the order given. They are written together, just
 * before the commit as a rule, so that each kind is not a round trip of its own and the outbox's readers are held back
 * only for the length of that statement.
 */
export class Records {
  private events: EventEnvelope[] = [];
  private audits: AuditRow[] = [];
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
  }

  /** With `lastly`, something else that is to be written is written in the same statement. */
  async flush(lastly?: SqlPart): Promise<void> {
    const { parts, values, shape } = this.take(lastly);
    if (parts.length > 0) await this.query(`with ${parts.join(', ')} select`, values, shape);
  }

  /** The last flush, which also notes that the claimed work was done; false when this transaction has written nothing. */
  async flushAndNote({ ref, owner }: WorkClaim, lastly?: SqlPart): Promise<boolean> {
    const { parts, values, shape } = this.take(lastly);
    const sql = `${parts.length === 0 ? '' : `with ${parts.join(', ')} `}select ${noteSql(this.schema, values.length + 1)} as noted`;
    const object = this.about === null ? null : JSON.stringify({ type: this.about.type, id: this.about.id });
    const all = [...values, ref.scope, ref.route, ref.key, owner, object, parts.length > 0];
    const [row] = await this.query<{ noted: boolean }>(sql, all, `${shape}-noted`);
    return row?.noted === true;
  }

  private take(lastly: SqlPart | undefined): { readonly parts: readonly string[]; readonly values: readonly unknown[]; readonly shape: string } {
    const { events, audits } = this;
    this.events = [];
    this.audits = [];
    const values: unknown[] = [];
    const parts: string[] = [];
    const names: string[] = [];
    const add = ({ name, sql, values: more }: SqlPart): void => {
      parts.push(`${name} as (${sql(values.length + 1)})`);
      names.push(name);
      values.push(...more);
    };
    if (events.length > 0) add(outboxRows(this.schema, events));
    if (audits.length > 0) add(auditRows(this.schema, audits));
    if (lastly !== undefined) add(lastly);
    return { parts, values, shape: names.join('-') };
  }
}

/** Raises when somebody else holds the claim by now; see `platform-tables.ts`. */
const noteSql = (schema: string, first: number): string =>
  `${schema}.idempotency_worked($${first}, $${first + 1}, $${first + 2}, $${first + 3}::uuid, $${first + 4}::jsonb, $${first + 5}::boolean)`;
