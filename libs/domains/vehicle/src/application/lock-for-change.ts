import { type Refusal, type Result, ok, refuse } from '@autobroker/kernel';
import type { Tx } from '@autobroker/platform/database';
import type { Vehicle } from '../domain/vehicle';
import { mayWrite } from '../domain/visibility';
import type { VehicleStore } from './ports';
import type { Requester } from './requester';

export type LockRefusal = Refusal<'not_found' | 'permission_denied' | 'precondition_failed'>;

/** Locks the car that shall change, if the asker may change it and has seen its latest version. */
export async function lockForChange(
  store: VehicleStore,
  tx: Tx,
  id: string,
  expectedVersion: number | undefined,
  by: Requester,
): Promise<Result<Vehicle, LockRefusal>> {
  const vehicle = (await store.lock(tx, [id])).get(id);
  if (vehicle === undefined) return refuse('not_found', 'There is no such vehicle');
  const allowed = mayWrite(by, vehicle.ownerTenantId);
  if (!allowed.ok) return allowed;
  if (expectedVersion !== undefined && expectedVersion !== vehicle.version) {
    return refuse('precondition_failed', `The vehicle is at version ${vehicle.version}`, { extra: { version: vehicle.version } });
  }
  return ok(vehicle);
}
