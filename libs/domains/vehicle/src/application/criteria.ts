import type {
  Body,
  Colour,
  Condition,
  DamageType,
  Drivetrain,
  Fuel,
  Gearbox,
  TitleStatus,
  VehicleStatus,
} from '@autobroker/kernel';
import type { Coordinates } from '../domain/facts';
import type { VehicleField, VehicleInclude, VehicleSort } from './vehicle-fields';

export interface Range {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}

/** What a buyer asks for. Lists mean "any of", except features, of which all are wanted. */
export interface VehicleCriteria {
  readonly q?: string | undefined;
  readonly make?: readonly string[] | undefined;
  readonly model?: readonly string[] | undefined;
  readonly trim?: readonly string[] | undefined;
  readonly status?: readonly VehicleStatus[] | undefined;
  readonly fuel?: readonly Fuel[] | undefined;
  readonly gearbox?: readonly Gearbox[] | undefined;
  readonly drivetrain?: readonly Drivetrain[] | undefined;
  readonly body?: readonly Body[] | undefined;
  readonly colour?: readonly Colour[] | undefined;
  readonly interiorColour?: readonly Colour[] | undefined;
  readonly condition?: readonly Condition[] | undefined;
  readonly damageType?: readonly DamageType[] | undefined;
  readonly titleStatus?: readonly TitleStatus[] | undefined;
  readonly features?: readonly string[] | undefined;
  readonly country?: readonly string[] | undefined;
  readonly region?: readonly string[] | undefined;
  readonly city?: readonly string[] | undefined;
  readonly source?: readonly string[] | undefined;
  readonly vin?: string | undefined;
  readonly year?: Range | undefined;
  /** In minor units of the installation's currency. */
  readonly price?: Range | undefined;
  readonly mileageKm?: Range | undefined;
  readonly powerKw?: Range | undefined;
  readonly displacementCc?: Range | undefined;
  readonly owners?: Range | undefined;
  readonly doors?: Range | undefined;
  readonly seats?: Range | undefined;
  readonly listedSince?: Date | undefined;
  readonly hasImages?: boolean | undefined;
  readonly hasVin?: boolean | undefined;
  readonly stock?: 'shared' | 'private' | undefined;
  readonly near?: { readonly centre: Coordinates; readonly radiusKm: number } | undefined;
}

export interface Ordering {
  readonly by: VehicleSort;
  readonly descending: boolean;
}

/** The last entry of the page before: what it is sorted by (`null` when it has no such value) and its id. */
export interface Position {
  /** As the database writes it: exact, to the last microsecond or digit. */
  readonly value: string | null;
  readonly id: string;
}

export interface ListQuery {
  readonly criteria: VehicleCriteria;
  readonly order: Ordering;
  readonly perPage: number;
  /** Either a number of entries to skip or a place to go on from. */
  readonly from: { readonly offset: number } | { readonly after: Position };
  readonly fields: readonly VehicleField[] | null;
  readonly include: readonly VehicleInclude[];
}

/** Lists are counted exactly up to here. */
export const countCap = 10_000;

export interface Total {
  readonly total: number;
  readonly capped: boolean;
}

export interface VehiclePage extends Total {
  /** Each as finished JSON. */
  readonly entries: readonly string[];
  readonly next: Position | null;
}
