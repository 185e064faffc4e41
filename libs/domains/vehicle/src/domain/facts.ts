import type {
  Body,
  Colour,
  Condition,
  CurrencyCode,
  DamageType,
  Drivetrain,
  FieldRefusal,
  Fuel,
  Gearbox,
  MileageUnit,
  TitleStatus,
} from '@autobroker/kernel';

export interface Price {
  /** Minor units. */
  readonly amount: number;
  readonly currency: CurrencyCode;
}

export interface Mileage {
  readonly value: number;
  readonly unit: MileageUnit;
}

export interface Coordinates {
  readonly lat: number;
  readonly lon: number;
}

export interface Location {
  readonly city: string | null;
  readonly region: string | null;
  readonly postalCode: string | null;
  readonly country: string | null;
  readonly coordinates: Coordinates | null;
}

/** Everything somebody says about a car. What we make of it (flags, canonical units, reference price) is derived. */
export interface VehicleFacts {
  readonly make: string;
  readonly model: string;
  readonly trim: string | null;
  readonly year: number;
  readonly productionYear: number | null;
  /** A calendar day, YYYY-MM-DD. */
  readonly firstRegistration: string | null;
  readonly mileage: Mileage | null;
  readonly fuel: Fuel | null;
  readonly gearbox: Gearbox | null;
  readonly drivetrain: Drivetrain | null;
  readonly body: Body | null;
  readonly powerKw: number | null;
  readonly engineDisplacementCc: number | null;
  readonly doors: number | null;
  readonly seats: number | null;
  readonly exteriorColour: Colour | null;
  readonly interiorColour: Colour | null;
  readonly damageType: DamageType;
  readonly titleStatus: TitleStatus;
  readonly condition: Condition;
  readonly features: readonly string[];
  readonly description: string | null;
  readonly vin: string | null;
  readonly ownersCount: number | null;
  readonly location: Location;
  readonly price: Price | null;
  /** Addresses of pictures at their source; our own are media. */
  readonly images: readonly string[];
}

/** One spelling for what means the same: trimmed text, each feature once and in order, each image once. */
export function tidyFacts(facts: VehicleFacts): VehicleFacts {
  return {
    ...facts,
    make: oneLine(facts.make),
    model: oneLine(facts.model),
    trim: textOrNull(facts.trim),
    description: facts.description === null || facts.description.trim() === '' ? null : facts.description.trim(),
    features: [...new Set(facts.features)].sort(),
    images: [...new Set(facts.images)],
    vin: facts.vin === null ? null : facts.vin.toUpperCase(),
    location: {
      ...facts.location,
      city: textOrNull(facts.location.city),
      region: textOrNull(facts.location.region),
      postalCode: textOrNull(facts.location.postalCode),
    },
  };
}

const oneLine = (text: string): string => text.trim().replace(/\s+/gu, ' ');

const textOrNull = (text: string | null): string | null => {
  const line = text === null ? '' : oneLine(text);
  return line === '' ? null : line;
};

/** What no single field can tell: years and dates that can't all be true, an electric car with a displacement. */
export function contradictions(facts: VehicleFacts, now: Date): FieldRefusal[] {
  const found: FieldRefusal[] = [];
  const say = (pointer: string, detail: string): void => void found.push({ pointer, code: 'contradiction', detail });
  const nextYear = now.getUTCFullYear() + 1;

  if (facts.year > nextYear) say('/year', `A model year is at most ${nextYear}`);
  if (facts.productionYear !== null) {
    if (facts.productionYear > now.getUTCFullYear()) say('/production_year', 'A car that exists was not built in the future');
    // A model year runs ahead of the calendar by at most one, and leftover stock trails it.
    if (facts.productionYear < facts.year - 2 || facts.productionYear > facts.year + 2) {
      say('/production_year', `A car of model year ${facts.year} was not built in ${facts.productionYear}`);
    }
  }
  if (facts.firstRegistration !== null) {
    const registered = Number(facts.firstRegistration.slice(0, 4));
    if (facts.firstRegistration > now.toISOString().slice(0, 10)) say('/first_registration', 'This day has not come yet');
    else if (registered < facts.year - 1) {
      say('/first_registration', `A car of model year ${facts.year} was not registered in ${registered}`);
    }
    if (facts.productionYear !== null && registered < facts.productionYear) {
      say('/first_registration', `It was registered before it was built (${facts.productionYear})`);
    }
  }
  if (facts.fuel === 'electric' && (facts.engineDisplacementCc ?? 0) > 0) {
    say('/engine_displacement_cc', 'An electric car has no displacement');
  }
  if (facts.condition === 'new' && (facts.ownersCount ?? 0) > 0) say('/owners_count', 'A new car has had no owner');
  return found;
}
