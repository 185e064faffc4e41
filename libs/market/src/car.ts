import type { Body, Colour, Condition, CurrencyCode, DamageType, Drivetrain, Fuel, Gearbox, TitleStatus } from '@autobroker/kernel';
import type { ModelSpec } from './catalogue';
import type { Place } from './data/places';
import type { MarketCountry, SourceSlug } from './sources';
import type { CarFault, EndReason, ListingFault } from './types';

/** Times are milliseconds here: the market holds many of them. */
export type Instant = number;

export interface Seller {
  readonly id: string;
  readonly kind: 'dealer' | 'private' | 'auction';
  readonly name: string;
  /** Whom to ask for: personal data, planted in descriptions. */
  readonly contact: string;
  readonly phone: string;
  readonly email: string;
  readonly place: Place;
  /** A dealer's own channel. */
  readonly channel: 'site' | 'feed' | 'none';
}

/** A car as it really is. Its VIN, its equipment and what else is rarely asked for follow from it: see details.ts. */
export interface Car {
  readonly index: number;
  readonly seed: number;
  readonly country: MarketCountry;
  readonly currency: CurrencyCode;
  readonly spec: ModelSpec;
  readonly trim: string;
  readonly trimFactor: number;
  readonly badge: string | null;
  readonly engineFactor: number;
  readonly year: number;
  readonly productionYear: number;
  readonly registered: { readonly year: number; readonly month: number };
  /** In the unit of its country. */
  readonly odometer: number;
  readonly mileageKm: number;
  readonly fuel: Fuel;
  readonly body: Body;
  readonly gearbox: Gearbox;
  readonly drivetrain: Drivetrain;
  readonly powerKw: number;
  readonly displacementCc: number | null;
  readonly cylinders: number | null;
  readonly doors: number;
  readonly seats: number;
  readonly colour: Colour;
  readonly interiorColour: Colour;
  readonly damage: DamageType;
  readonly secondaryDamage: DamageType;
  readonly titleStatus: TitleStatus;
  readonly condition: Condition;
  readonly conditionFactor: number;
  readonly runAndDrive: boolean;
  readonly keys: boolean;
  readonly owners: number;
  readonly seller: Seller;
  readonly place: Place;
  /** The running number in its VIN and in its dealer's books, no two the same in a million cars. */
  readonly serial: number;
  /** First offered anywhere. */
  readonly born: Instant;
  /** When its seller is done with it, sold or not. */
  readonly leaves: Instant;
  readonly sold: boolean;
  readonly planted: readonly CarFault[];
}

export interface PriceStep {
  readonly at: Instant;
  /** Whole units of the post's currency. */
  readonly amount: number;
}

/** One time that a lot comes under the hammer. */
export interface LotAttempt {
  readonly from: Instant;
  readonly saleAt: Instant;
  /** When the seller has decided; the same as `saleAt` unless the bid was «on approval». */
  readonly decidedAt: Instant;
  readonly result: 'sold' | 'not_sold';
  readonly bids: readonly PriceStep[];
}

/** One offer of a car at one source under one id, with its whole life: what has not come yet is not shown. */
export interface Post {
  readonly car: Car;
  /** Its place among the car's posts. */
  readonly ordinal: number;
  /** Unique in the market; ids and picture addresses come from it. */
  readonly number: number;
  readonly seed: number;
  readonly source: SourceSlug;
  readonly listedAt: Instant;
  readonly endsAt: Instant;
  readonly endReason: EndReason;
  readonly currency: CurrencyCode;
  readonly prices: readonly PriceStep[];
  readonly faults: readonly ListingFault[];
  readonly editedAt: Instant | null;
  readonly reserved: readonly (readonly [from: Instant, to: Instant])[];
  readonly attempts: readonly LotAttempt[];
  readonly buyNow: number | null;
}
