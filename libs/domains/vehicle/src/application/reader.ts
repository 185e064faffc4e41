import type { ListQuery, Total, VehiclePage } from './criteria';
import type { VehicleField, VehicleInclude } from './vehicle-fields';

export interface OneShape {
  readonly fields: readonly VehicleField[] | null;
  readonly include: readonly VehicleInclude[];
}

export interface VehicleJson {
  readonly version: number;
  /** The resource, serialised. */
  readonly json: string;
}

/** Reading vehicles as finished JSON. What the tenant may not see is not there. */
export abstract class VehicleReader {
  abstract one(id: string, shape: OneShape, tenantId: string | null): Promise<VehicleJson | null>;
  /** All fields, from where writes go. */
  abstract fresh(id: string, tenantId: string | null): Promise<VehicleJson | null>;
  /** `known` is the list's total where it was counted a moment ago. */
  abstract list(query: ListQuery, tenantId: string | null, known: Total | null): Promise<VehiclePage>;
}
