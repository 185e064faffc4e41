import { buffer } from 'node:stream/consumers';
import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { type Database, databaseOf } from '@autobroker/platform/database';
import { objectStore, type ObjectStore } from '@autobroker/platform/storage';
import { logger } from '@autobroker/platform/telemetry';
import { type LoadedModel, ModelLoader, ModelStore, type ModelVersion } from './ports';

const log = logger('pricing.model');
/** A process that has missed the event of a change finds out by then. */
const lookAgainMs = 60_000;

/** The model that is in service, loaded once and replaced when another one is. */
@Injectable()
export class ModelInService implements OnApplicationShutdown {
  private loaded: LoadedModel | null = null;
  private reasons: readonly string[] = [];
  private lookedAt = Number.NEGATIVE_INFINITY;
  private looking: Promise<void> | null = null;
  private forgotten = 0;

  constructor(
    @Inject(databaseOf('pricing')) private readonly db: Database,
    @Inject(objectStore) private readonly objects: ObjectStore,
    private readonly models: ModelStore,
    private readonly loader: ModelLoader,
  ) {}

  /** Null while there is none: cars are valued by their comparables then. */
  async current(): Promise<LoadedModel | null> {
    const now = this.db.clock.now().getTime();
    if (now - this.lookedAt < lookAgainMs && now >= this.lookedAt) return this.loaded;
    const looked = this.look();
    // What is at hand serves while it is looked whether there is a newer one; only the first asker waits.
    if (this.lookedAt === Number.NEGATIVE_INFINITY) await looked;
    return this.loaded;
  }

  /** Why what it says should be read with care, as its last watch has found; empty while it need not. */
  get degradedBy(): readonly string[] {
    return this.reasons;
  }

  /** Another one may be in service: who asks waits for it, and the one before is let go though nobody asks. */
  forget(): void {
    this.forgotten += 1;
    this.lookedAt = Number.NEGATIVE_INFINITY;
    if (this.loaded !== null) void this.look();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.looking;
  }

  /** Null where it is gone: such a model can't serve, whatever its row says. */
  async artefactOf(version: ModelVersion): Promise<Uint8Array | null> {
    const stored = await this.objects.get(version.artefactKey);
    return stored === null ? null : buffer(stored.stream);
  }

  private async load(version: ModelVersion): Promise<LoadedModel> {
    const artefact = await this.artefactOf(version);
    if (artefact === null) throw new Error(`the artefact of model ${version.label} is missing`);
    return this.loader.load(version, artefact);
  }

  /** One look at a time: two would hold a model each. */
  private look(): Promise<void> {
    this.looking ??= this.lookOnce().finally(() => (this.looking = null));
    return this.looking;
  }

  private async lookOnce(): Promise<void> {
    const of = this.forgotten;
    const at = this.db.clock.now().getTime();
    try {
      const active = await this.models.active();
      if (active === null) this.loaded = null;
      else if (active.id !== this.loaded?.id) this.loaded = await this.load(active);
      this.reasons = active === null ? [] : ((await this.models.latestHealth(active.id))?.degraded ?? []);
    } catch (error) {
      log.error({ err: error }, 'the price model could not be loaded; the one at hand stays');
    }
    // What changed while it was looked may have been seen or not.
    if (of !== this.forgotten) return this.lookOnce();
    this.lookedAt = at;
  }
}
