import { idSchema, modelMetricsSchema, timestampSchema } from '@autobroker/contracts';
import { z } from 'zod';
import type { ModelHealth, ModelVersion } from '../../application/registry/ports';
import { modelStatuses, promotionReasons } from '../../domain/model-version';

const healthSchema = z
  .strictObject({
    at: timestampSchema,
    cars: z.int().meta({ description: 'Cars that came onto the market after the training, and that the model speaks of' }),
    coverage80: z.number().nullable().meta({ description: 'Per cent of them whose price lay in the published interval' }),
    stability: z.array(z.strictObject({ feature: z.string(), index: z.number() })).meta({ description: 'Population stability index; above 0.25 the market is another one' }),
    degraded: z.array(z.string()).meta({ description: 'Why the model should be read with care; empty while it need not' }),
  })
  .meta({ id: 'PriceModelHealth' });

export const priceModelSchema = z
  .strictObject({
    id: idSchema,
    model_version: z.string(),
    status: z.enum(modelStatuses),
    reason: z.enum([...promotionReasons, 'superseded']).meta({ description: 'Why it has this status' }),
    trained_at: timestampSchema,
    learned_from: timestampSchema,
    learned_to: timestampSchema.meta({ description: 'Cars listed after this were the test' }),
    cars_train: z.int(),
    metrics: modelMetricsSchema,
    in_service: modelMetricsSchema.nullable().meta({ description: 'Of the model in service then, on the same cars' }),
    baseline: modelMetricsSchema.nullable().meta({ description: 'Of the median by make, model and year' }),
    segments: z.array(z.strictObject({ segment: z.string(), cars: z.int(), coverage80: z.number() })),
    artefact_bytes: z.int(),
    activated_at: timestampSchema.nullable(),
    retired_at: timestampSchema.nullable(),
    health: healthSchema.nullable().optional(),
  })
  .meta({ id: 'PriceModel' });

export const priceModelJson = (model: ModelVersion): z.input<typeof priceModelSchema> => ({
  id: model.id,
  model_version: model.label,
  status: model.status,
  reason: model.reason,
  trained_at: model.trainedAt.toISOString(),
  learned_from: model.learnedFrom.toISOString(),
  learned_to: model.learnedTo.toISOString(),
  cars_train: model.carsTrain,
  metrics: model.metrics,
  in_service: model.inService,
  baseline: model.baseline,
  segments: [...model.segments],
  artefact_bytes: model.artefactBytes,
  activated_at: model.activatedAt?.toISOString() ?? null,
  retired_at: model.retiredAt?.toISOString() ?? null,
});

export const healthJson = (health: ModelHealth): z.input<typeof healthSchema> => ({
  at: health.at.toISOString(),
  cars: health.cars,
  coverage80: health.coverage80 === null ? null : Math.round(health.coverage80 * 1_000) / 10,
  stability: [...health.stability],
  degraded: [...health.degraded],
});
