import { Controller, Inject } from '@nestjs/common';
import { type Result, ok, refuse } from '@autobroker/kernel';
import { type Database, databaseOf } from '@autobroker/platform/database';
import { Handle, Input, type InputOf, orThrow } from '@autobroker/platform/http';
import { type RowOutcome, type RowRefusal, UpsertVehicles } from '../application/upsert-vehicles';
import type { Offer } from '../domain/offer';
import { requesterOf } from './requester';
import { bulkVehicles } from './routes/vehicle.routes';
import { AcceptedRow, bulkRowSchema, type BulkResult, type BulkRow } from './schemas/bulk';
import { factsOf } from './schemas/vehicle-input';

@Controller()
export class BulkController {
  constructor(
    private readonly upsert: UpsertVehicles,
    @Inject(databaseOf('vehicle')) private readonly db: Database,
  ) {}

  @Handle(bulkVehicles)
  async bulk(@Input() input: InputOf<typeof bulkVehicles>): Promise<BulkResult> {
    const now = this.db.clock.now();
    const rows = input.body.vehicles.map((row) => offerOf(row, now));
    const outcomes = orThrow(await this.upsert.run(rows, input.body.stock, requesterOf(input)));
    const summary = { created: 0, updated: 0, unchanged: 0, refused: 0 };
    for (const { result } of outcomes) summary[result] += 1;
    return { summary, results: outcomes.map((outcome, index) => resultOf(outcome, index, input.body.vehicles[index])) };
  }
}

function offerOf(row: unknown, now: Date): Result<Offer, RowRefusal> {
  if (!(row instanceof AcceptedRow)) return refusedRow(row);
  const { source, external_id, url, auction_url, listing_status, seen_at, ...facts }: BulkRow = row.row;
  const seenAt = seen_at === undefined ? now : new Date(seen_at);
  if (seenAt > now) {
    return refuse('validation_failed', 'A row was seen in the future', {
      errors: [{ pointer: '/seen_at', code: 'too_big', detail: 'This moment has not come yet' }],
    });
  }
  return ok({
    source,
    externalId: external_id,
    url: url ?? null,
    auctionUrl: auction_url ?? null,
    status: listing_status,
    seenAt,
    facts: factsOf(facts),
  });
}

function refusedRow(row: unknown): Result<never, RowRefusal> {
  const parsed = bulkRowSchema.safeParse(row);
  const issues = parsed.success ? [] : parsed.error.issues;
  return refuse('validation_failed', 'Some values are not valid', {
    errors: issues.slice(0, 20).map((issue) => ({
      pointer: issue.path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join(''),
      code: issue.code === 'unrecognized_keys' ? 'unknown_field' : issue.code === 'custom' ? 'invalid_value' : issue.code,
      detail: issue.message,
    })),
  });
}

function resultOf(outcome: RowOutcome, index: number, row: unknown): BulkResult['results'][number] {
  const key = keyOf(row);
  if (outcome.result !== 'refused') {
    return { index, result: outcome.result, ...key, vehicle_id: outcome.vehicleId, listing_id: outcome.listingId, problem: null };
  }
  const { code, detail, errors } = outcome.refusal;
  // Pointers lead from the body's root to the row's own bad value.
  const placed = (errors ?? []).map((error) => ({ ...error, pointer: `/vehicles/${index}${error.pointer}` }));
  return { index, result: 'refused', ...key, vehicle_id: null, listing_id: null, problem: { code, detail, errors: placed } };
}

function keyOf(row: unknown): { source: string | null; external_id: string | null } {
  const given: unknown = row instanceof AcceptedRow ? row.row : row;
  const text = (value: unknown): string | null => (typeof value === 'string' && value.length <= 200 ? value : null);
  if (typeof given !== 'object' || given === null) return { source: null, external_id: null };
  return {
    source: 'source' in given ? text(given.source) : null,
    external_id: 'external_id' in given ? text(given.external_id) : null,
  };
}
