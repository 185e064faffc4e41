import { isCurrencyCode, Rational } from '@autobroker/kernel';
import { platformTables, type Migration, type ServiceSchema } from '../database';
import { rateText } from './convert';
import type { Day, Rate } from './rate-table';

const migrations: Migration[] = [
  {
    id: '0001-reference-rates',
    up: `
      create table platform.reference_rate (
        currency   text           not null check (currency ~ '^[A-Z]{3}$'),
        day        date           not null,
        rate       numeric(20,10) not null check (rate > 0),
        source     text           not null,
        fetched_at timestamptz    not null default now(),
        primary key (currency, day)
      );
      create index reference_rate_day on platform.reference_rate (day);
      comment on table platform.reference_rate is 'So many of the currency for one euro, as published on that day';
    `,
  },
];

/** What the installation itself keeps, whatever services a process hosts. */
export const platformSchema: ServiceSchema = { name: 'platform', entities: [], migrations: [...platformTables('platform'), ...migrations] };

/** The part of a database that rates need. */
export interface RateDatabase {
  query<R = Record<string, unknown>>(sql: string, params?: unknown[]): Promise<R[]>;
}

export class RateStore {
  constructor(private readonly db: RateDatabase) {}

  async since(day: Day): Promise<Rate[]> {
    const rows = await this.db.query<{ currency: string; day: string; rate: string }>(
      `select currency, to_char(day, 'YYYY-MM-DD') as day, trim_scale(rate)::text as rate from platform.reference_rate where day >= $1`,
      [day],
    );
    return rows.flatMap((row) => (isCurrencyCode(row.currency) ? [{ currency: row.currency, day: row.day, rate: Rational.parse(row.rate) }] : []));
  }

  async latestDay(): Promise<Day | null> {
    const [row] = await this.db.query<{ day: string | null }>(`select to_char(max(day), 'YYYY-MM-DD') as day from platform.reference_rate`);
    return row?.day ?? null;
  }

  /** A bank may correct what it has published: the last word counts. Gives how many rates are new or others than before. */
  async save(rates: readonly Rate[], source: string): Promise<number> {
    const rows = await this.db.query<{ currency: string }>(
      `insert into platform.reference_rate as known (currency, day, rate, source)
       select * from unnest($1::text[], $2::date[], $3::numeric[]) as fresh (currency, day, rate), lateral (select $4::text) as origin
       on conflict (currency, day) do update set rate = excluded.rate, source = excluded.source, fetched_at = now()
         where known.rate is distinct from excluded.rate
       returning currency`,
      [rates.map(({ currency }) => currency), rates.map(({ day }) => day), rates.map(({ rate }) => rateText(rate)), source],
    );
    return rows.length;
  }
}
