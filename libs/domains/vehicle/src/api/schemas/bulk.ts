import { idSchema, problemCodes, timestampSchema } from '@autobroker/contracts';
import { listingStatuses, stocks } from '@autobroker/kernel';
import { z } from 'zod';
import { vehicleInputShape, webAddressSchema } from './vehicle-input';

export const bulkMax = 1_000;

/** One row: a vehicle as one source offers it. */
export const bulkRowSchema = z
  .strictObject({
    source: z.string().regex(/^[a-z0-9]+([_.-][a-z0-9]+)*$/, 'is a lower-case name, such as autoscout').max(60),
    external_id: z.string().trim().min(1).max(200),
    url: webAddressSchema.nullish(),
    auction_url: webAddressSchema.nullish(),
    listing_status: z.enum(listingStatuses).default('active'),
    seen_at: timestampSchema.optional().meta({ description: 'When the source was read; now when absent' }),
    ...vehicleInputShape,
  })
  .meta({ id: 'BulkVehicle' });

export type BulkRow = z.output<typeof bulkRowSchema>;

/** A row that passed its schema; anything else in the list is a row to be refused, with what is wrong with it. */
export class AcceptedRow {
  constructor(readonly row: BulkRow) {}
}

/** Rows are checked one by one, so that a bad one is refused alone. */
export const bulkBody = z.strictObject({
  vehicles: z
    .array(z.union([bulkRowSchema.transform((row) => new AcceptedRow(row)), z.unknown()]))
    .min(1)
    .max(bulkMax)
    .meta({ description: `Up to ${bulkMax} rows; one that is no BulkVehicle is refused by itself` }),
  stock: z.enum(stocks).optional(),
});

const rowError = z.strictObject({ pointer: z.string(), code: z.string(), detail: z.string() });

export const bulkResultSchema = z
  .strictObject({
    summary: z.strictObject({ created: z.int(), updated: z.int(), unchanged: z.int(), refused: z.int() }),
    results: z.array(
      z.strictObject({
        index: z.int(),
        result: z.enum(['created', 'updated', 'unchanged', 'refused']),
        source: z.string().nullable(),
        external_id: z.string().nullable(),
        vehicle_id: idSchema.nullable(),
        listing_id: idSchema.nullable(),
        problem: z
          .strictObject({ code: z.enum(problemCodes), detail: z.string(), errors: z.array(rowError) })
          .nullable(),
      }),
    ),
  })
  .meta({ id: 'BulkResult' });

export type BulkResult = z.output<typeof bulkResultSchema>;
