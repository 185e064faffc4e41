import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf, type Tx } from '@autobroker/platform/database';
import { Frontier, type FrontierRow, type NewFrontier, type Progress } from '../../application/ports';
import type { ErrorClass } from '../../domain/run';

@Injectable()
export class SqlFrontier extends Frontier {
  constructor(@Inject(databaseOf('scraper')) private readonly db: Database) {
    super();
  }

  override async add(tx: Tx, runId: string, rows: readonly NewFrontier[]): Promise<Set<string>> {
    if (rows.length === 0) return new Set();
    const added = await tx.query<{ key: string }>(
      `insert into scraper.frontier (run_id, key, kind, url, external_id, payload)
       select $1, r.key, r.kind, r.url, r.external_id, r.payload
       from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::jsonb[]) as r(key, kind, url, external_id, payload)
       on conflict (run_id, key) do nothing returning key`,
      [
        runId,
        rows.map(({ key }) => key),
        rows.map(({ kind }) => kind),
        rows.map(({ url }) => url),
        rows.map(({ externalId }) => externalId),
        rows.map(({ payload }) => JSON.stringify(payload)),
      ],
    );
    return new Set(added.map(({ key }) => key));
  }

  override ready(runId: string, kinds: readonly FrontierRow['kind'][], limit: number): Promise<FrontierRow[]> {
    return this.db.query<FrontierRow>(
      `select id, key, kind, url, external_id as "externalId", payload, attempts from scraper.frontier
       where run_id = $1 and state = 'waiting' and kind = any($2) and ready_at <= now() order by id limit $3`,
      [runId, kinds, limit],
    );
  }

  override async nextReadyInMs(runId: string): Promise<number | null> {
    const [row] = await this.db.query<{ ms: number | null }>(
      `select case when min(ready_at) is null then null else greatest(0, extract(epoch from greatest(min(ready_at), now()) - now()) * 1000)::float end as ms
       from scraper.frontier where run_id = $1 and state = 'waiting'`,
      [runId],
    );
    return row?.ms ?? null;
  }

  override async settle(
    tx: Tx,
    ids: readonly string[],
    outcome: { readonly state: 'done' | 'failed' | 'dropped'; readonly error?: ErrorClass; readonly captureIds?: readonly (string | null)[] },
  ): Promise<number> {
    const rows = await tx.query(
      `update scraper.frontier f set state = $2, error_class = coalesce($3, error_class), capture_id = r.capture, attempts = attempts + 1
       from unnest($1::bigint[], $4::uuid[]) as r(id, capture) where f.id = r.id and state = 'waiting' returning 1`,
      [ids, outcome.state, outcome.error ?? null, outcome.captureIds ?? ids.map(() => null)],
    );
    return rows.length;
  }

  override async settleByKey(tx: Tx, runId: string, keys: readonly string[]): Promise<void> {
    await tx.query(`update scraper.frontier set state = 'done' where run_id = $1 and key = any($2) and state = 'waiting'`, [runId, keys]);
  }

  override async putOff(tx: Tx, id: string, error: ErrorClass, afterMs: number): Promise<void> {
    await tx.query(
      `update scraper.frontier set attempts = attempts + 1, error_class = $2, ready_at = now() + $3 * interval '1 millisecond' where id = $1 and state = 'waiting'`,
      [id, error, afterMs],
    );
  }

  override async fallBack(tx: Tx, id: string, error: ErrorClass): Promise<number> {
    const rows = await tx.query(`update scraper.frontier set kind = 'emit', error_class = $2, attempts = attempts + 1 where id = $1 and state = 'waiting' and kind = 'detail' returning 1`, [id, error]);
    return rows.length;
  }

  override unanswered(tx: Tx, runId: string): Promise<{ readonly externalId: string; readonly url: string | null }[]> {
    return tx.query(`select external_id as "externalId", url from scraper.frontier where run_id = $1 and kind = 'check' and state <> 'done' order by id`, [runId]);
  }

  override async dropWaiting(tx: Tx, runId: string, kinds: readonly FrontierRow['kind'][] = ['list', 'detail', 'emit', 'check']): Promise<number> {
    const rows = await tx.query(`update scraper.frontier set state = 'dropped' where run_id = $1 and state = 'waiting' and kind = any($2) returning 1`, [runId, kinds]);
    return rows.length;
  }

  override async progress(runId: string): Promise<Progress> {
    const rows = await this.db.query<{ kind: string; state: string; n: number }>(
      'select kind, state, count(*)::integer as n from scraper.frontier where run_id = $1 group by kind, state',
      [runId],
    );
    const of = (kinds: readonly string[]): Progress['lists'] => {
      const count = (state: string): number => rows.filter((row) => kinds.includes(row.kind) && row.state === state).reduce((sum, row) => sum + row.n, 0);
      return { done: count('done'), waiting: count('waiting'), failed: count('failed') + count('dropped') };
    };
    return { lists: of(['list']), details: of(['detail', 'emit']), checks: of(['check']) };
  }
}
