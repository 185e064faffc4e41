import { isCurrencyCode } from '@autobroker/kernel';
import { z } from 'zod';
import { noneReasons, type Evidence } from '../application/valuation/ports';

const currency = z.string().refine((code) => isCurrencyCode(code));

/** As it is kept in the database. */
const stored = z.object({
  factors: z.array(z.object({ factor: z.string(), value: z.union([z.string(), z.number(), z.null()]), effect: z.number() })),
  coverage: z.object({ segment: z.string(), cars: z.number(), coverage80: z.number() }).nullable(),
  converted: z.object({ from: currency, to: currency, rate: z.string(), source: z.string(), day: z.string() }).nullable(),
  ignored: z.array(z.string()),
  none_reason: z.enum(noneReasons).nullable(),
  rung: z.string().nullable(),
  model: z.object({ id: z.string(), trained_at: z.string() }).nullable(),
});

export const evidenceJson = (evidence: Evidence): z.input<typeof stored> => ({
  factors: [...evidence.factors],
  coverage: evidence.coverage,
  converted: evidence.converted,
  ignored: [...evidence.ignored],
  none_reason: evidence.noneReason,
  rung: evidence.rung,
  model: evidence.model === null ? null : { id: evidence.model.id, trained_at: evidence.model.trainedAt },
});

export function evidenceOf(json: unknown): Evidence {
  const { none_reason: noneReason, model, ...rest } = stored.parse(json);
  return { ...rest, noneReason, model: model === null ? null : { id: model.id, trainedAt: model.trained_at } };
}
