import type { Tx } from '@autobroker/platform/database';
import type { CarFacts, MarketCar } from '../../domain/market-car';
import type { Distribution } from '../../domain/drift';
import type { ModelMetrics, ModelStatus, PromotionReason } from '../../domain/model-version';
import type { PriceFactor, PriceQuantiles, SegmentCoverage } from '../../domain/valuation';

/** A model that is loaded and answers at once. Prices are minor units of the reference currency. */
export interface LoadedModel {
  readonly id: string;
  readonly label: string;
  readonly trainedAt: Date;
  /** Whether it has learned enough of such cars to speak of this one. */
  knows(facts: CarFacts): boolean;
  predict(cars: readonly CarFacts[], at: Date): readonly PriceQuantiles[];
  /** What its facts do to a price of `worth`, in the same money. */
  explain(car: CarFacts, at: Date, worth: number): readonly PriceFactor[];
  coverageOf(car: CarFacts): SegmentCoverage | null;
}

export interface SegmentMetrics {
  readonly segment: string;
  readonly cars: number;
  /** Per cent. */
  readonly coverage80: number;
}

export interface ModelVersion {
  readonly id: string;
  readonly version: number;
  readonly label: string;
  readonly status: ModelStatus;
  readonly reason: PromotionReason | 'superseded';
  readonly trainedAt: Date;
  /** Cars listed between these were learned from; those after are the test. */
  readonly learnedFrom: Date;
  readonly learnedTo: Date;
  readonly carsTrain: number;
  /** How many cars the market had then; null for a model of earlier releases. */
  readonly carsOnMarket: number | null;
  readonly metrics: ModelMetrics;
  /** Of the model that was in service then, on the same cars. */
  readonly inService: ModelMetrics | null;
  readonly baseline: ModelMetrics | null;
  readonly segments: readonly SegmentMetrics[];
  readonly distributions: readonly Distribution[];
  readonly artefactKey: string;
  readonly artefactBytes: number;
  readonly activatedAt: Date | null;
  readonly retiredAt: Date | null;
}

export interface ModelHealth {
  readonly id: string;
  readonly at: Date;
  readonly modelId: string;
  readonly cars: number;
  /** 0 to 1; null without cars. */
  readonly coverage80: number | null;
  readonly stability: readonly { readonly feature: string; readonly index: number }[];
  readonly degraded: readonly string[];
}

export abstract class ModelStore {
  /** Whoever changes which model is in service holds this until the transaction ends. */
  abstract lock(tx: Tx): Promise<void>;
  abstract insert(tx: Tx, model: ModelVersion): Promise<void>;
  abstract setStatus(tx: Tx, id: string, change: { readonly status: ModelStatus; readonly reason: ModelVersion['reason']; readonly at: Date }): Promise<void>;
  abstract find(id: string, tx?: Tx): Promise<ModelVersion | null>;
  abstract active(tx?: Tx): Promise<ModelVersion | null>;
  /** The one that was in service before the active one. */
  abstract previous(tx: Tx): Promise<ModelVersion | null>;
  abstract page(offset: number, limit: number): Promise<{ readonly total: number; readonly models: readonly ModelVersion[] }>;
  abstract labelsOf(day: string): Promise<readonly string[]>;
  abstract saveHealth(tx: Tx, health: ModelHealth): Promise<void>;
  /** Rows of models that were trained before this and neither serve nor are what one would go back to. */
  abstract forgetOld(tx: Tx, before: Date): Promise<number>;
  /** Of these artefacts, those that no model names. */
  abstract unnamed(keys: readonly string[]): Promise<readonly string[]>;
  abstract latestHealth(modelId: string): Promise<ModelHealth | null>;
}

/** What a training gives; where there are too few cars to learn from, how many there are. */
export type TrainingResult = LearnedPrices | { readonly enough: false; readonly cars: number };

export interface LearnedPrices {
  readonly enough: true;
  readonly artefact: Uint8Array;
  readonly carsTrain: number;
  /** Cars listed between these were learned from. */
  readonly learnedFrom: Date;
  readonly learnedTo: Date;
  readonly metrics: ModelMetrics;
  readonly inService: ModelMetrics | null;
  readonly baseline: ModelMetrics | null;
  readonly segments: readonly SegmentMetrics[];
  readonly distributions: readonly Distribution[];
}

export interface TrainingInput {
  readonly at: string;
  readonly seed: number;
  /** Artefact of the model in service, to be judged on the same cars. */
  readonly inService: Uint8Array | null;
}

export interface TrainingCar {
  readonly id: string;
  readonly listedAt: string;
  readonly facts: CarFacts;
  /** Minor units of the reference currency. */
  readonly price: number;
}

export const trainingCarOf = (car: MarketCar): TrainingCar | null =>
  car.referencePrice === null ? null : { id: car.vehicleId, listedAt: car.listedAt.toISOString(), facts: car.facts, price: car.referencePrice.amount };

/** What the model's test has shown of such cars; of all of them, where its make has too few. */
export function coverageIn({ segments, metrics }: Pick<ModelVersion, 'segments' | 'metrics'>, make: string): SegmentCoverage {
  const own = segments.find(({ segment }) => segment.toLowerCase() === make.trim().toLowerCase());
  return own === undefined ? { segment: 'all', cars: metrics.cars, coverage80: metrics.coverage80 / 100 } : { segment: own.segment, cars: own.cars, coverage80: own.coverage80 / 100 };
}

/** Trains beside the event loop. The cars come as lines of JSON, newest first, and are taken as fast as they are read. */
export abstract class ModelTrainer {
  abstract train(input: TrainingInput, cars: AsyncIterable<Uint8Array>, signal?: AbortSignal): Promise<TrainingResult>;
}

/** Makes a model of its artefact. */
export abstract class ModelLoader {
  abstract load(version: ModelVersion, artefact: Uint8Array): LoadedModel;
}
