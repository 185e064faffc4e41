import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf } from '@autobroker/platform/database';
import { objectStore, type ObjectStore } from '@autobroker/platform/storage';
import { ModelStore } from './ports';

export const artefactPrefix = 'pricing/models/';
const dayMs = 86_400_000;
const keptDays = 90;

/** Models of long ago, and artefacts whose row was never written. */
@Injectable()
export class SweepModels {
  constructor(
    @Inject(databaseOf('pricing')) private readonly db: Database,
    @Inject(objectStore) private readonly objects: ObjectStore,
    private readonly models: ModelStore,
  ) {}

  async run(): Promise<{ readonly models: number; readonly artefacts: number }> {
    const now = this.db.clock.now().getTime();
    const models = await this.db.transaction((tx) => this.models.forgetOld(tx, new Date(now - keptDays * dayMs)));
    const keys: string[] = [];
    // A young one may be on its way to its row.
    for await (const { key, modifiedAt } of this.objects.list(artefactPrefix)) if (modifiedAt.getTime() < now - dayMs) keys.push(key);
    const unnamed = await this.models.unnamed(keys);
    for (const key of unnamed) await this.objects.delete(key);
    return { models, artefacts: unnamed.length };
  }
}
