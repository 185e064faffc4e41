import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, PrimaryGeneratedColumn, type Relation, Unique } from 'typeorm';

@Entity({ schema: 'scraper', name: 'scrape_jobs' })
@Index('scrape_jobs_query', { synchronize: false })
@Index('scrape_jobs_age', ['finishedAt'])
@Check('scrape_jobs_origin_check', 'origin')
@Check('scrape_jobs_state_check', 'state')
export class ScrapeJobEntity {
  @PrimaryColumn('uuid') declare id: string;
  @Column('text') declare origin: string;
  @Column('uuid', { name: 'query_id', nullable: true }) declare queryId: string | null;
  @Column('uuid', { name: 'search_id', nullable: true }) declare searchId: string | null;
  @Column('jsonb') declare filters: object;
  @Column('text', { array: true }) declare sources: string[];
  @Column('integer', { name: 'max_results', nullable: true }) declare maxResults: number | null;
  @Column('text') declare state: string;
  @Column('text', { nullable: true }) declare reason: string | null;
  @Column('integer', { default: 0 }) declare captured: number;
  @Column('timestamptz', { name: 'requested_at' }) declare requestedAt: Date;
  @Column('timestamptz', { name: 'finished_at', nullable: true }) declare finishedAt: Date | null;
}

@Entity({ schema: 'scraper', name: 'runs' })
@Index('runs_of_source', { synchronize: false })
@Index('runs_of_job', ['jobId'])
@Index('runs_open', { synchronize: false })
@Index('runs_one_at_a_time', { synchronize: false })
@Check('runs_kind_check', 'kind')
@Check('runs_state_check', 'state')
export class RunEntity {
  @PrimaryColumn('uuid') declare id: string;
  @Column('uuid', { name: 'job_id' }) declare jobId: string;
  @ManyToOne(() => ScrapeJobEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'job_id', foreignKeyConstraintName: 'runs_job_id_fkey' })
  declare job: Relation<ScrapeJobEntity>;
  @Column('text') declare source: string;
  @Column('text') declare kind: string;
  @Column('text') declare state: string;
  @Column('uuid', { name: 'query_id', nullable: true }) declare queryId: string | null;
  @Column('uuid', { name: 'search_id', nullable: true }) declare searchId: string | null;
  @Column('uuid', { name: 'replay_of', nullable: true }) declare replayOf: string | null;
  @Column('jsonb') declare filters: object;
  @Column('integer', { name: 'max_results', nullable: true }) declare maxResults: number | null;
  @Column('jsonb') declare counts: object;
  @Column('jsonb', { default: {} }) declare fields: object;
  @Column('integer', { name: 'next_seq', default: 0 }) declare nextSeq: number;
  @Column('boolean', { default: false }) declare planned: boolean;
  @Column('boolean', { name: 'checks_planned', default: false }) declare checksPlanned: boolean;
  @Column('boolean', { name: 'list_complete', default: true }) declare listComplete: boolean;
  @Column('boolean', { name: 'cancel_requested', default: false }) declare cancelRequested: boolean;
  @Column('text', { nullable: true }) declare problem: string | null;
  @Column('integer', { default: 0 }) declare attempt: number;
  @Column('text', { name: 'leased_by', nullable: true }) declare leasedBy: string | null;
  @Column('timestamptz', { name: 'leased_until', nullable: true }) declare leasedUntil: Date | null;
  @Column('timestamptz', { name: 'requested_at' }) declare requestedAt: Date;
  @Column('timestamptz', { name: 'started_at', nullable: true }) declare startedAt: Date | null;
  @Column('timestamptz', { name: 'updated_at' }) declare updatedAt: Date;
  @Column('timestamptz', { name: 'finished_at', nullable: true }) declare finishedAt: Date | null;
}

@Entity({ schema: 'scraper', name: 'frontier' })
@Unique('frontier_key', ['runId', 'key'])
@Index('frontier_waiting', { synchronize: false })
@Check('frontier_kind_check', 'kind')
@Check('frontier_state_check', 'state')
export class FrontierEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' }) declare id: string;
  @Column('uuid', { name: 'run_id' }) declare runId: string;
  @ManyToOne(() => RunEntity, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'run_id', foreignKeyConstraintName: 'frontier_run_id_fkey' })
  declare run: Relation<RunEntity>;
  @Column('text') declare key: string;
  @Column('text') declare kind: string;
  @Column('text', { default: 'waiting' }) declare state: string;
  @Column('text', { nullable: true }) declare url: string | null;
  @Column('text', { name: 'external_id', nullable: true }) declare externalId: string | null;
  @Column('jsonb') declare payload: object;
  @Column('integer', { default: 0 }) declare attempts: number;
  @Column('timestamptz', { name: 'ready_at', default: () => `'-infinity'` }) declare readyAt: Date;
  @Column('text', { name: 'error_class', nullable: true }) declare errorClass: string | null;
  @Column('uuid', { name: 'capture_id', nullable: true }) declare captureId: string | null;
}

@Entity({ schema: 'scraper', name: 'captures' })
@Index('captures_of_run', ['runId', 'requestKey'])
@Index('captures_expired', ['expiresAt'])
@Check('captures_kind_check', 'kind')
export class CaptureEntity {
  @PrimaryColumn('uuid') declare id: string;
  @Column('uuid', { name: 'run_id' }) declare runId: string;
  @Column('text') declare source: string;
  @Column('text', { name: 'request_key' }) declare requestKey: string;
  @Column('text') declare kind: string;
  @Column('text') declare url: string;
  @Column('text', { name: 'external_id', nullable: true }) declare externalId: string | null;
  @Column('integer') declare status: number;
  @Column('text', { name: 'content_type', nullable: true }) declare contentType: string | null;
  @Column('integer') declare bytes: number;
  @Column('text') declare sha256: string;
  @Column('text', { name: 'object_key' }) declare objectKey: string;
  @Column('text', { name: 'key_id' }) declare keyId: string;
  @Column('timestamptz', { name: 'fetched_at' }) declare fetchedAt: Date;
  @Column('timestamptz', { name: 'expires_at' }) declare expiresAt: Date;
}
