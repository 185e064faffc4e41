import { Inject, Injectable } from '@nestjs/common';
import { pricingModelTrained } from '@autobroker/contracts';
import { uuidv7 } from '@autobroker/kernel';
import { type Database, databaseOf, type Tx } from '@autobroker/platform/database';
import { objectStore, type ObjectStore } from '@autobroker/platform/storage';
import { decidePromotion, type PromotionDecision } from '../../domain/model-version';
import { hasGrown } from '../../domain/training-split';
import { type By, ChangeModel } from './change-model';
import { artefactPrefix } from './sweep-models';
import { TrainingCars } from './training-cars';
import { ModelInService } from './model-in-service';
import { type LearnedPrices, ModelStore, ModelTrainer, type ModelVersion } from './ports';

export type TrainingOutcome =
  | { readonly trained: false; readonly reason: 'too_few_cars' | 'not_grown' | 'trained_already'; readonly cars: number }
  | { readonly trained: true; readonly modelId: string; readonly label: string; readonly decision: PromotionDecision };

export interface TrainingOrder {
  readonly modelId?: string;
  readonly ifGrown: boolean;
}

const system: By = { actor: { kind: 'system', id: 'pricing.train-model' } };

/** What training works with, besides what it keeps. */
@Injectable()
export class TrainingMeans {
  constructor(
    readonly trainer: ModelTrainer,
    readonly change: ChangeModel,
  ) {}
}

/**
 * Learns from the older cars, is judged by the newest, and serves when it is better than what serves now on those same
 * cars. The model that was judged is the one that serves: another one, trained on all cars, would be one that nobody tested.
 */
@Injectable()
export class TrainModel {
  constructor(
    @Inject(databaseOf('pricing')) private readonly db: Database,
    @Inject(objectStore) private readonly objects: ObjectStore,
    private readonly models: ModelStore,
    private readonly inService: ModelInService,
    private readonly cars: TrainingCars,
    private readonly means: TrainingMeans,
  ) {}

  async run({ modelId, ifGrown }: TrainingOrder, signal?: AbortSignal, tell: (percent: number) => Promise<void> = () => Promise.resolve()): Promise<TrainingOutcome> {
    if (ifGrown && !(await this.hasGrown())) return { trained: false, reason: 'not_grown', cars: 0 };
    // A repeat of a job that had done its work.
    if (modelId !== undefined && (await this.models.find(modelId)) !== null) return { trained: false, reason: 'trained_already', cars: 0 };
    const active = await this.models.active();
    const now = this.db.clock.now();
    const { onMarket } = await this.cars.counted();
    const inService = active === null ? null : await this.inService.artefactOf(active);
    const result = await this.means.trainer.train({ at: now.toISOString(), seed: 1, inService }, this.gathered(now, tell, signal), signal);
    if (!result.enough) return { trained: false, reason: 'too_few_cars', cars: result.cars };
    await tell(90);
    const id = modelId ?? uuidv7(now);
    // The artefact first: a row never names one that is not there, and one without a row is swept.
    const artefactKey = `${artefactPrefix}${id}.json`;
    await this.objects.put(artefactKey, Buffer.from(result.artefact.buffer, result.artefact.byteOffset, result.artefact.byteLength), { contentType: 'application/json' });
    const { label, decision } = await this.db.transaction((tx) => this.record(tx, { id, now, artefactKey, onMarket }, result));
    if (decision.promote) await this.means.change.activated(id);
    return { trained: true, modelId: id, label, decision };
  }

  private async *gathered(now: Date, tell: (percent: number) => Promise<void>, signal: AbortSignal | undefined): AsyncGenerator<Uint8Array> {
    yield* this.cars.lines(now, signal);
    await tell(20);
  }

  private async hasGrown(): Promise<boolean> {
    const [last] = (await this.models.page(0, 1)).models;
    const { onMarket, most } = await this.cars.counted();
    if (last === undefined) return hasGrown(onMarket, null, most);
    return hasGrown(onMarket, { learned: last.carsTrain, onMarket: last.carsOnMarket ?? last.carsTrain }, most);
  }

  private async record(tx: Tx, of: { id: string; now: Date; artefactKey: string; onMarket: number }, result: LearnedPrices): Promise<{ label: string; decision: PromotionDecision }> {
    await this.models.lock(tx);
    const decision = decidePromotion(result.metrics, result.inService);
    const day = of.now.toISOString().slice(0, 10);
    const label = `${day}.${(await this.models.labelsOf(day)).length + 1}`;
    const model: ModelVersion = {
      id: of.id,
      version: 1,
      label,
      status: decision.promote ? 'candidate' : 'rejected',
      reason: decision.reason,
      trainedAt: of.now,
      learnedFrom: result.learnedFrom,
      learnedTo: result.learnedTo,
      carsTrain: result.carsTrain,
      carsOnMarket: of.onMarket,
      metrics: result.metrics,
      inService: result.inService,
      baseline: result.baseline,
      segments: result.segments,
      distributions: result.distributions,
      artefactKey: of.artefactKey,
      artefactBytes: result.artefact.byteLength,
      activatedAt: null,
      retiredAt: null,
    };
    await this.models.insert(tx, model);
    if (decision.promote) await this.means.change.activate(tx, model, decision.reason === 'first' ? 'first' : 'better', system);
    await tx.publish(pricingModelTrained, {
      key: 'price-model',
      tenantId: null,
      data: {
        model_id: model.id,
        model_version: label,
        status: decision.promote ? 'active' : 'rejected',
        promoted: decision.promote,
        reason: decision.reason,
        trained_at: of.now.toISOString(),
        cars_train: result.carsTrain,
        metrics: result.metrics,
        in_service: result.inService,
      },
    });
    await tx.audit({
      ...system,
      action: 'pricing_model.trained',
      object: { type: 'pricing_model', id: model.id },
      tenantId: null,
      after: { label, promoted: decision.promote, reason: decision.reason, metrics: result.metrics },
    });
    return { label, decision };
  }
}
