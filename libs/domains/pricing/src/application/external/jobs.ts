import { defineJob } from '@autobroker/platform/jobs';
import { z } from 'zod';
import { urgencies } from './ports';

/** Asks whoever else says what a car is worth. What is still fresh is not asked again. */
export const externalValuationsJob = defineJob({
  name: 'external-valuations',
  queue: 'pricing.analysis',
  data: z.strictObject({ vehicle_id: z.uuid(), urgency: z.enum(urgencies).default('asked') }),
});
