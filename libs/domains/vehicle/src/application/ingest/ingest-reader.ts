import type { JsonPage, Slice } from '../offer-reader';
import type { Onlooker, QuarantineCriteria } from './quarantine';

/** What staff look at of the ingest, as finished JSON. */
export abstract class IngestReader {
  abstract quarantine(criteria: QuarantineCriteria, onlooker: Onlooker, slice: Slice): Promise<JsonPage>;
  abstract quarantined(id: string, onlooker: Onlooker): Promise<string | null>;
  abstract decisions(vehicleId: string, slice: Slice): Promise<JsonPage>;
  abstract merge(id: string): Promise<string | null>;
  abstract stats(now: Date): Promise<string>;
  /** The vehicle that took over one that was merged, as far as the tenant may see it. */
  abstract survivorOf(vehicleId: string, tenantId: string | null): Promise<string | null>;
}
