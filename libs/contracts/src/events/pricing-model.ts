import { z } from 'zod';
import { defineEvent } from '../event';
import { idSchema, timestampSchema } from '../schemas';

/** How a model did on held-out cars. Errors and coverage in per cent. */
export const modelMetricsSchema = z.strictObject({
  cars: z.int().nonnegative(),
  mape: z.number(),
  mdape: z.number(),
  r2: z.number(),
  coverage80: z.number(),
});

const metrics = { cars: 4_120, mape: 10.4, mdape: 7.9, r2: 0.926, coverage80: 80.3 };

export const pricingModelTrained = defineEvent({
  type: 'pricing.model_trained.v1',
  service: 'pricing',
  summary: 'A price model was trained and judged on newer cars than it learned from; `promoted` says whether it is in service.',
  data: z.strictObject({
    model_id: idSchema,
    model_version: z.string(),
    status: z.enum(['candidate', 'active', 'rejected']),
    promoted: z.boolean(),
    reason: z.string(),
    trained_at: timestampSchema,
    cars_train: z.int().nonnegative(),
    metrics: modelMetricsSchema,
    /** Of the model in service, on the same cars; null when there was none. */
    in_service: modelMetricsSchema.nullable(),
  }),
  fixture: {
    model_id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b70',
    model_version: '2026-11-20.1',
    status: 'active',
    promoted: true,
    reason: 'better',
    trained_at: '2026-11-20T03:10:00.000Z',
    cars_train: 16_480,
    metrics,
    in_service: { ...metrics, mdape: 8.4 },
  },
});

export const modelActivationReasons = ['first', 'better', 'operator', 'rollback'] as const;

export const pricingModelActivated = defineEvent({
  type: 'pricing.model_activated.v1',
  service: 'pricing',
  summary: 'Another price model is in service: promoted after its training, by an operator, or by going back to the one before.',
  data: z.strictObject({
    model_id: idSchema,
    model_version: z.string(),
    previous_id: idSchema.nullable(),
    reason: z.enum(modelActivationReasons),
  }),
  fixture: { model_id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b70', model_version: '2026-11-20.1', previous_id: null, reason: 'first' },
});

export const pricingVehicleValued = defineEvent({
  type: 'pricing.vehicle_valued.v1',
  service: 'pricing',
  summary: 'What a vehicle is worth was worked out anew, and came to something else than before.',
  data: z.strictObject({
    vehicle_id: idSchema,
    /** Of the valuation; counts up. */
    version: z.int().positive(),
    vehicle_version: z.int().positive(),
  }),
  fixture: { vehicle_id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b5c', version: 3, vehicle_version: 7 },
});

export const pricingCatalogueValued = defineEvent({
  type: 'pricing.catalogue_valued.v1',
  service: 'pricing',
  summary: 'The whole catalogue was valued anew, in the background: every cached pricing is to be read again.',
  data: z.strictObject({ model_version: z.string().nullable(), vehicles: z.int().nonnegative() }),
  fixture: { model_version: '2026-11-20.1', vehicles: 182_400 },
});
