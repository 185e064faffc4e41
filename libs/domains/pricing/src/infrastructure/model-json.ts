import { z } from 'zod';
import type { ModelVersion } from '../application/registry/ports';
import { modelStatuses, promotionReasons } from '../domain/model-version';

const metrics = z.object({ cars: z.number(), mape: z.number(), mdape: z.number(), r2: z.number(), coverage80: z.number() });

const row = z.object({
  id: z.string(),
  version: z.number(),
  label: z.string(),
  status: z.enum(modelStatuses),
  reason: z.enum([...promotionReasons, 'superseded']),
  trained_at: z.date(),
  learned_from: z.date(),
  learned_to: z.date(),
  cars_train: z.number(),
  cars_on_market: z.number().nullable(),
  metrics,
  in_service: metrics.nullable(),
  baseline: metrics.nullable(),
  segments: z.array(z.object({ segment: z.string(), cars: z.number(), coverage80: z.number() })),
  distributions: z.array(z.object({ feature: z.string(), edges: z.array(z.number()).nullable(), classes: z.array(z.string()).nullable(), shares: z.array(z.number()) })),
  artefact_key: z.string(),
  artefact_bytes: z.number(),
  activated_at: z.date().nullable(),
  retired_at: z.date().nullable(),
});

export function modelOf(stored: unknown): ModelVersion {
  const model = row.parse(stored);
  return {
    id: model.id,
    version: model.version,
    label: model.label,
    status: model.status,
    reason: model.reason,
    trainedAt: model.trained_at,
    learnedFrom: model.learned_from,
    learnedTo: model.learned_to,
    carsTrain: model.cars_train,
    carsOnMarket: model.cars_on_market,
    metrics: model.metrics,
    inService: model.in_service,
    baseline: model.baseline,
    segments: model.segments,
    distributions: model.distributions,
    artefactKey: model.artefact_key,
    artefactBytes: model.artefact_bytes,
    activatedAt: model.activated_at,
    retiredAt: model.retired_at,
  };
}

/** In the order of the columns. */
export const modelValues = (model: ModelVersion): unknown[] => [
  model.id,
  model.version,
  model.label,
  model.status,
  model.reason,
  model.trainedAt,
  model.learnedFrom,
  model.learnedTo,
  model.carsTrain,
  model.carsOnMarket,
  JSON.stringify(model.metrics),
  jsonOrNull(model.inService),
  jsonOrNull(model.baseline),
  JSON.stringify(model.segments),
  JSON.stringify(model.distributions),
  model.artefactKey,
  model.artefactBytes,
  model.activatedAt,
  model.retiredAt,
];

const jsonOrNull = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));
