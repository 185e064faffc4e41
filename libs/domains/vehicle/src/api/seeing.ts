import { ProblemError } from '@autobroker/platform/http';
import type { OfferReader } from '../application/offer-reader';
import { tenantOf } from './requester';

/** The tenant, once it is known to see the vehicle: an empty list must not hide that there is no such car. */
export async function seeing(reader: OfferReader, vehicleId: string, tenantId: string): Promise<string | null> {
  const tenant = tenantOf(tenantId);
  if (await reader.sees(vehicleId, tenant)) return tenant;
  throw new ProblemError('not_found', 'There is no such vehicle.');
}
