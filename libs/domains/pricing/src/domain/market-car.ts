import type { Body, Colour, Condition, CurrencyCode, DamageType, Drivetrain, Fuel, Gearbox, TitleStatus, VehicleStatus } from '@autobroker/kernel';

export interface Price {
  /** Minor units. */
  readonly amount: number;
  readonly currency: CurrencyCode;
}

export interface Coordinates {
  readonly lat: number;
  readonly lon: number;
}

/** What a price may depend on. Distances are in kilometres and power in kilowatts, whatever its source writes. */
export interface CarFacts {
  readonly make: string;
  readonly model: string;
  readonly trim: string | null;
  readonly year: number;
  readonly productionYear: number | null;
  /** A calendar day, YYYY-MM-DD. */
  readonly firstRegistration: string | null;
  readonly mileageKm: number | null;
  readonly fuel: Fuel | null;
  readonly gearbox: Gearbox | null;
  readonly drivetrain: Drivetrain | null;
  readonly body: Body | null;
  readonly powerKw: number | null;
  readonly engineCc: number | null;
  readonly doors: number | null;
  readonly seats: number | null;
  readonly colour: Colour | null;
  readonly damageType: DamageType;
  readonly titleStatus: TitleStatus;
  readonly condition: Condition;
  readonly features: readonly string[];
  readonly ownersCount: number | null;
  readonly country: string | null;
  readonly region: string | null;
  readonly city: string | null;
  readonly coordinates: Coordinates | null;
}

/** One offer of a car at a source, as far as pricing has to know it. */
export interface MarketOffer {
  readonly listingId: string;
  readonly source: string;
  readonly externalId: string;
  readonly url: string | null;
  readonly auction: boolean;
  readonly active: boolean;
  readonly price: Price | null;
  /** `asked` can be bought at, `bid` is what was bid so far, `hammer` is what an auction ended at. Absent where nobody has told. */
  readonly priceKind?: 'asked' | 'bid' | 'hammer' | null;
  /** A price that nobody means: a bait, a slip of a figure. */
  readonly doubtful?: boolean;
}

/** What was bid so far; at an auction also what nobody has told more of. */
export const isBid = ({ auction, priceKind }: Pick<MarketOffer, 'auction' | 'priceKind'>): boolean => priceKind === 'bid' || (auction && (priceKind ?? null) === null);

/** A car on the market as the vehicle service's events tell of it: the projection that everything in pricing reads. */
export interface MarketCar {
  readonly vehicleId: string;
  /** Of the vehicle, at its last event. */
  readonly version: number;
  /** Null is the shared catalogue; another's private stock is nobody else's comparable. */
  readonly ownerTenantId: string | null;
  readonly facts: CarFacts;
  readonly vin: string | null;
  /** What its VIN contradicts. */
  readonly vinFlags: readonly string[];
  readonly relistCount: number;
  readonly price: Price | null;
  /** In the installation's currency, at the rate of the day of the change. */
  readonly referencePrice: Price | null;
  readonly status: VehicleStatus;
  readonly sources: readonly string[];
  readonly offers: readonly MarketOffer[];
  readonly listedAt: Date;
  /** When it left the market; null while it is there. */
  readonly leftAt: Date | null;
  readonly updatedAt: Date;
}

/** Everybody sees the shared catalogue, and a tenant its own stock besides. */
export const isSeenBy = ({ ownerTenantId }: Pick<MarketCar, 'ownerTenantId'>, tenantId: string | null): boolean => ownerTenantId === null || ownerTenantId === tenantId;
