import { Inject, Injectable } from '@nestjs/common';
import { sourceDegraded, sourceRecovered } from '@autobroker/contracts';
import { type Database, databaseOf } from '@autobroker/platform/database';
import { errorThresholds, logger, metrics } from '@autobroker/platform/telemetry';
import { ailments, callsForPause, type DegradationReason, pauseMs } from '../domain/health';
import type { RunKind } from '../domain/run';
import { scraperConfig, type ScraperConfig } from './config';
import { Fetchers, Schedules, type SourceRow, Sources } from './ports';
import { sourceKey } from './schedule-keys';
import { SourceRegistry } from './source-plugin';

const log = logger('scraper.health');
const healthy = metrics.gauge({ name: 'scraper_source_healthy', help: 'Whether a source is healthy: 1, degraded: 0', labels: ['source'] });

const dayMs = 24 * 3_600_000;
const staleAfterMs = 2 * dayMs;

/** Looks at a source after each run: well, degraded, or better left alone for a while. */
@Injectable()
export class JudgeHealth {
  constructor(
    @Inject(databaseOf('scraper')) private readonly db: Database,
    private readonly sources: Sources,
    private readonly schedules: Schedules,
    private readonly fetchers: Fetchers,
    private readonly registry: SourceRegistry,
    @Inject(scraperConfig.token) private readonly config: ScraperConfig,
  ) {}

  async run(slug: string, kind: RunKind): Promise<void> {
    if (kind === 'replay' || kind === 'verify') return;
    const now = this.db.clock.now();
    const facts = await this.sources.facts(slug, now);
    const plugin = this.registry.find(slug);
    if (plugin === undefined || (await this.fetchers.address(slug)) === null) return;
    const reasons = await this.db.transaction(async (tx) => {
      const row = await this.sources.lock(tx, slug);
      if (row === null) return [];
      const aDayOld = facts.firstRunAt !== null && now.getTime() - facts.firstRunAt.getTime() >= dayMs;
      const found = ailments(
        { ...facts, seenLastDay: aDayOld ? facts.seenLastDay : null, carries: plugin.carries, lastSuccessAt: row.lastSuccessAt },
        { minPerDay: this.config.minPerDay, apiFailuresPerHour: this.config.apiFailuresPerHour, searchFailuresPerHour: this.config.searchFailuresPerHour, staleAfterMs },
        now,
      );
      if (found.length > 0) await this.degrade(tx, row, found, now);
      else await this.recover(tx, row, now);
      return found;
    });
    healthy.set(reasons.length === 0 ? 1 : 0, { source: slug });
    if (facts.runs[0]?.state === 'failed') errorThresholds.record('search_failures', new Error(`a run of ${slug} failed`));
  }

  private async degrade(tx: Parameters<Sources['lock']>[0], row: SourceRow, reasons: DegradationReason[], now: Date): Promise<void> {
    const known = row.health === 'degraded' && sameSet(row.healthReasons, reasons);
    const staffPause = row.pausedBy === 'staff';
    const resting = row.pausedUntil !== null && row.pausedUntil.getTime() > now.getTime();
    const pause = callsForPause(reasons) && !staffPause && !resting;
    if (known && !pause) return;
    const since = row.health === 'degraded' && row.healthSince !== null ? row.healthSince : now;
    const pauses = pause ? row.pauses + 1 : row.pauses;
    const pausedUntil = pause ? new Date(now.getTime() + pauseMs(pauses)) : row.pausedUntil;
    await this.sources.change(
      tx,
      row.slug,
      { health: 'degraded', healthReasons: reasons, healthSince: since, ...(pause ? { pauses, pausedUntil, pausedBy: 'health' } : {}) },
      now,
      true,
    );
    // When the pause is over a probe finds out.
    if (pause && pausedUntil !== null) await this.schedules.comesNext(tx, sourceKey(row.slug), pausedUntil);
    await tx.audit({ actor: { kind: 'system', id: 'scraper' }, action: 'source.degraded', object: { type: 'source', id: row.slug }, tenantId: null, before: { health: row.health }, after: { health: 'degraded', reasons, paused: pause } });
    await tx.publish(sourceDegraded, {
      key: row.slug,
      tenantId: null,
      data: { source: row.slug, reasons, paused: pause || resting || staffPause, paused_until: pausedUntil?.toISOString() ?? null, since: since.toISOString() },
    });
    log.warn({ source: row.slug, reasons, pausedUntil }, 'a source is degraded');
  }

  private async recover(tx: Parameters<Sources['lock']>[0], row: SourceRow, now: Date): Promise<void> {
    const wasIll = row.health === 'degraded';
    if (row.health === 'healthy' && row.pauses === 0) return;
    const release = row.pausedBy === 'health' ? { pausedUntil: null, pausedBy: null } : {};
    await this.sources.change(tx, row.slug, { health: 'healthy', healthReasons: [], healthSince: now, pauses: 0, ...release }, now, true);
    if (!wasIll) return;
    // What was missed meanwhile is read now: whoever ends the run sees that it is due.
    if (row.pausedBy === 'health') await this.schedules.comesNext(tx, sourceKey(row.slug), now);
    await tx.audit({ actor: { kind: 'system', id: 'scraper' }, action: 'source.recovered', object: { type: 'source', id: row.slug }, tenantId: null, before: { health: 'degraded', reasons: row.healthReasons }, after: { health: 'healthy' } });
    await tx.publish(sourceRecovered, { key: row.slug, tenantId: null, data: { source: row.slug, since: now.toISOString() } });
    log.info({ source: row.slug }, 'a source has recovered');
  }
}

const sameSet = (a: readonly string[], b: readonly string[]): boolean => a.length === b.length && a.every((one) => b.includes(one));
