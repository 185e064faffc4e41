import type { EventDef, EventEnvelope } from '@autobroker/contracts';
import type { LevelTwo, LevelTwoState } from './level-two';
import { Region } from './region';
import type { InvalidationRule, RegionOptions, RegionStats } from './types';

export interface CacheStats {
  readonly shared: LevelTwoState;
  readonly regions: readonly RegionStats[];
}

export interface CacheOptions {
  /** How far the read replica may lag, where loaders read from one. */
  readonly settleMs?: number;
}

/** All regions of a process, and what the events of other processes mean for them. */
export class Cache {
  private readonly regions = new Map<string, Region>();
  /** event type → what it makes stale. */
  private readonly rules = new Map<string, { region: Region; rule: InvalidationRule }[]>();

  constructor(
    private readonly shared?: LevelTwo,
    private readonly options: CacheOptions = {},
  ) {}

  region(options: RegionOptions): Region {
    if (this.regions.has(options.name)) throw new Error(`cache region ${options.name} is defined twice`);
    const region = new Region(options, this.shared, this.options.settleMs);
    this.regions.set(options.name, region);
    for (const rule of options.invalidateOn ?? []) {
      const rules = this.rules.get(rule.event.type) ?? [];
      rules.push({ region, rule });
      this.rules.set(rule.event.type, rules);
    }
    return region;
  }

  /** What the regions want to hear of. */
  events(): EventDef[] {
    return [...new Set([...this.rules.values()].flat().map(({ rule }) => rule.event))];
  }

  async handle(event: EventEnvelope): Promise<void> {
    const work = (this.rules.get(event.type) ?? []).map(({ region, rule }) => {
      const keys = rule.keys(event);
      return keys === 'all' ? region.clear() : region.deleteMany(keys);
    });
    await Promise.all(work);
  }

  /** Events may have been missed: everything that lives by them is forgotten. */
  async forgetAll(): Promise<void> {
    const listening = [...this.regions.values()].filter((region) => (region.options.invalidateOn ?? []).length > 0);
    await Promise.all(listening.map((region) => region.clear()));
  }

  stats(): CacheStats {
    return {
      shared: this.shared?.state() ?? { configured: false, state: 'off', since: null, latencyMs: null },
      regions: [...this.regions.values()].map((region) => region.stats()),
    };
  }

  async close(): Promise<void> {
    await this.shared?.close();
  }
}
