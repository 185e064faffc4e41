import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The shape of the tables, for the drift check and for whoever wants to know them; what is written and read is SQL. */
@Entity({ schema: 'scraper', name: 'sources' })
@Check('sources_fetcher_check', 'fetcher')
@Check('sources_health_check', 'health')
@Check('sources_paused_by_check', 'paused_by')
export class SourceEntity {
  @PrimaryColumn('text') declare slug: string;
  @Column('integer', { default: 1 }) declare version: number;
  @Column('boolean', { default: true }) declare enabled: boolean;
  @Column('text', { nullable: true }) declare cron: string | null;
  @Column('text', { nullable: true }) declare fetcher: string | null;
  @Column('jsonb', { default: {} }) declare politeness: object;
  @Column('text', { default: 'unknown' }) declare health: string;
  @Column('text', { name: 'health_reasons', array: true, default: [] }) declare healthReasons: string[];
  @Column('timestamptz', { name: 'health_since', nullable: true }) declare healthSince: Date | null;
  @Column('timestamptz', { name: 'paused_until', nullable: true }) declare pausedUntil: Date | null;
  @Column('text', { name: 'paused_by', nullable: true }) declare pausedBy: string | null;
  @Column('integer', { default: 0 }) declare pauses: number;
  @Column('timestamptz', { name: 'last_run_at', nullable: true }) declare lastRunAt: Date | null;
  @Column('timestamptz', { name: 'last_full_run_at', nullable: true }) declare lastFullRunAt: Date | null;
  @Column('timestamptz', { name: 'last_success_at', nullable: true }) declare lastSuccessAt: Date | null;
  @Column('timestamptz', { name: 'created_at' }) declare createdAt: Date;
  @Column('timestamptz', { name: 'updated_at' }) declare updatedAt: Date;
}

@Entity({ schema: 'scraper', name: 'schedules' })
@Index('schedules_due', { synchronize: false })
export class ScheduleEntity {
  @PrimaryColumn('text') declare key: string;
  @Column('text', { nullable: true }) declare source: string | null;
  @Column('uuid', { name: 'search_id', nullable: true }) declare searchId: string | null;
  @Column('jsonb', { nullable: true }) declare criteria: object | null;
  @Column('text') declare cron: string;
  @Column('boolean', { default: true }) declare active: boolean;
  @Column('timestamptz', { name: 'next_run_at' }) declare nextRunAt: Date;
  @Column('timestamptz', { name: 'last_run_at', nullable: true }) declare lastRunAt: Date | null;
  @Column('timestamptz', { name: 'updated_at' }) declare updatedAt: Date;
}

@Entity({ schema: 'scraper', name: 'known_listings' })
@Index('known_listings_seen', { synchronize: false })
@Check('known_listings_status_check', 'status')
export class KnownListingEntity {
  @PrimaryColumn('text') declare source: string;
  @PrimaryColumn('text', { name: 'external_id' }) declare externalId: string;
  @Column('text', { nullable: true }) declare url: string | null;
  @Column('text', { name: 'content_hash' }) declare contentHash: string;
  @Column('text') declare status: string;
  @Column('text', { name: 'image_hash', nullable: true }) declare imageHash: string | null;
  @Column('integer', { default: 0 }) declare missing: number;
  @Column('timestamptz', { name: 'first_seen_at' }) declare firstSeenAt: Date;
  @Column('timestamptz', { name: 'last_seen_at' }) declare lastSeenAt: Date;
  @Column('timestamptz', { name: 'last_detail_at', nullable: true }) declare lastDetailAt: Date | null;
}

@Entity({ schema: 'scraper', name: 'pages' })
@Index('pages_fetched', ['fetchedAt'])
export class PageEntity {
  @PrimaryColumn('text') declare source: string;
  @PrimaryColumn('text', { name: 'request_key' }) declare requestKey: string;
  @Column('text', { nullable: true }) declare etag: string | null;
  @Column('text', { name: 'last_modified', nullable: true }) declare lastModified: string | null;
  @Column('timestamptz', { name: 'fetched_at' }) declare fetchedAt: Date;
}

@Entity({ schema: 'scraper', name: 'robots' })
export class RobotsEntity {
  @PrimaryColumn('text') declare origin: string;
  @Column('integer') declare status: number;
  @Column('text') declare body: string;
  @Column('timestamptz', { name: 'fetched_at' }) declare fetchedAt: Date;
  @Column('timestamptz', { name: 'expires_at' }) declare expiresAt: Date;
}

@Entity({ schema: 'scraper', name: 'rate_windows' })
export class RateWindowEntity {
  @PrimaryColumn('text') declare key: string;
  @Column('bigint', { default: 0 }) declare bucket: string;
  @Column('integer', { default: 0 }) declare current: number;
  @Column('integer', { default: 0 }) declare previous: number;
  @Column('timestamptz', { name: 'free_at', default: () => `'-infinity'` }) declare freeAt: Date;
}

@Entity({ schema: 'scraper', name: 'daily_usage' })
export class DailyUsageEntity {
  @PrimaryColumn('text') declare scope: string;
  @PrimaryColumn('date') declare day: string;
  @Column('integer', { default: 0 }) declare used: number;
  @Column('bigint', { name: 'cost_amount', default: 0 }) declare costAmount: string;
  @Column('text', { name: 'cost_currency', default: 'USD' }) declare costCurrency: string;
}

@Entity({ schema: 'scraper', name: 'error_counts' })
export class ErrorCountEntity {
  @PrimaryColumn('text') declare source: string;
  @PrimaryColumn('timestamptz') declare slot: Date;
  @PrimaryColumn('text') declare class: string;
  @Column('integer', { default: 0 }) declare errors: number;
}
