import { capacities } from '@autobroker/kernel';
import { z } from 'zod';
import { defineEvent } from '../event';
import { idSchema, moneySchema, timestampSchema } from '../schemas';

export const quoteIssued = defineEvent({
  type: 'quote.issued.v1',
  service: 'pricing',
  summary: 'A buyer has a binding price for a vehicle. What the order service needs to know of it; the token itself is the buyer’s to show.',
  data: z.strictObject({
    quote_id: idSchema,
    buyer_id: idSchema,
    vehicle_id: idSchema,
    listing_id: idSchema.nullable(),
    /** Of the vehicle, when its price was read. */
    price_version: z.int().min(0),
    capacity: z.enum(capacities),
    /** What the offer stood at, before anything of the broker's. */
    asked_price: moneySchema,
    total: moneySchema,
    issued_at: timestampSchema,
    expires_at: timestampSchema,
  }),
  fixture: {
    quote_id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b71',
    buyer_id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b5a',
    vehicle_id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b60',
    listing_id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b61',
    price_version: 3,
    capacity: 'buyer_agent',
    asked_price: { amount: 1_899_000, currency: 'EUR' },
    total: { amount: 1_966_794, currency: 'EUR' },
    issued_at: '2026-11-20T12:00:00.000Z',
    expires_at: '2026-11-23T12:00:00.000Z',
  },
});
