import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf, lockNames, type Tx } from '@autobroker/platform/database';
import { type ModelHealth, ModelStore, type ModelVersion } from '../application/registry/ports';
import type { ModelStatus } from '../domain/model-version';
import { modelOf, modelValues } from './model-json';

interface Runner {
  query<R>(sql: string, params?: unknown[]): Promise<R[]>;
}

const columns = `id, version, label, status, reason, trained_at, learned_from, learned_to, cars_train, cars_on_market, metrics, in_service, baseline, segments, distributions,
  artefact_key, artefact_bytes, activated_at, retired_at`;

@Injectable()
export class SqlModelStore extends ModelStore {
  constructor(@Inject(databaseOf('pricing')) private readonly db: Database) {
    super();
  }

  override async lock(tx: Tx): Promise<void> {
    await lockNames(tx, 'pricing.model_in_service');
  }

  override async insert(tx: Tx, model: ModelVersion): Promise<void> {
    await tx.query(`insert into pricing.model_versions (${columns}) values (${modelValues(model).map((_value, index) => `$${index + 1}`).join(', ')})`, modelValues(model));
  }

  override async setStatus(tx: Tx, id: string, { status, reason, at }: { readonly status: ModelStatus; readonly reason: ModelVersion['reason']; readonly at: Date }): Promise<void> {
    await tx.query(
      `update pricing.model_versions set status = $2, reason = $3, version = version + 1,
         activated_at = case when $2 = 'active' then $4::timestamptz else activated_at end,
         retired_at = case when $2 = 'retired' then $4::timestamptz when $2 = 'active' then null else retired_at end
       where id = $1`,
      [id, status, reason, at],
    );
  }

  override find(id: string, tx?: Tx): Promise<ModelVersion | null> {
    return this.one(tx, 'where id = $1', [id]);
  }

  override active(tx?: Tx): Promise<ModelVersion | null> {
    return this.one(tx, `where status = 'active'`, []);
  }

  override previous(tx: Tx): Promise<ModelVersion | null> {
    return this.one(tx, `where status = 'retired' and activated_at is not null order by retired_at desc limit 1`, []);
  }

  override async page(offset: number, limit: number): Promise<{ readonly total: number; readonly models: readonly ModelVersion[] }> {
    const rows = await this.db.query<unknown>(`select ${columns} from pricing.model_versions order by trained_at desc, id desc offset $1 limit $2`, [offset, limit]);
    const [counted] = await this.db.query<{ total: number }>('select count(*)::integer as total from pricing.model_versions');
    return { total: counted?.total ?? 0, models: rows.map(modelOf) };
  }

  override async labelsOf(day: string): Promise<readonly string[]> {
    const rows = await this.db.query<{ label: string }>('select label from pricing.model_versions where label like $1', [`${day}.%`]);
    return rows.map(({ label }) => label);
  }

  override async saveHealth(tx: Tx, health: ModelHealth): Promise<void> {
    await tx.query(
      `insert into pricing.model_health (id, at, model_id, cars, coverage80, stability, degraded) values ($1, $2, $3, $4, $5, $6, $7)`,
      [health.id, health.at, health.modelId, health.cars, health.coverage80, JSON.stringify(health.stability), health.degraded],
    );
  }

  override async forgetOld(tx: Tx, before: Date): Promise<number> {
    const gone = await tx.query(
      `delete from pricing.model_versions m where m.trained_at < $1 and m.status <> 'active'
         and m.id is distinct from (select id from pricing.model_versions where status = 'retired' and activated_at is not null order by retired_at desc limit 1)
       returning m.id`,
      [before],
    );
    return gone.length;
  }

  override async unnamed(keys: readonly string[]): Promise<readonly string[]> {
    const rows = await this.db.query<{ key: string }>(
      'select k.key from unnest($1::text[]) as k(key) where not exists (select 1 from pricing.model_versions m where m.artefact_key = k.key)',
      [keys],
    );
    return rows.map(({ key }) => key);
  }

  override async latestHealth(modelId: string): Promise<ModelHealth | null> {
    const [row] = await this.db.query<ModelHealth>(
      `select id, at, model_id as "modelId", cars, coverage80, stability, degraded from pricing.model_health where model_id = $1 order by at desc limit 1`,
      [modelId],
    );
    return row ?? null;
  }

  private async one(tx: Tx | undefined, where: string, params: unknown[]): Promise<ModelVersion | null> {
    const on: Runner = tx ?? this.db;
    const [row] = await on.query<unknown>(`select ${columns} from pricing.model_versions ${where}`, params);
    return row === undefined ? null : modelOf(row);
  }
}
