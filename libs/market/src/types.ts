import type {
  Body,
  Colour,
  Condition,
  CurrencyCode,
  DamageType,
  Drivetrain,
  Fuel,
  Gearbox,
  ListingStatus,
  MileageUnit,
  TitleStatus,
} from '@autobroker/kernel';
import type { Language, MarketCountry, SourceSlug } from './sources';

/** What is wrong with a listing on purpose. */
export const listingFaults = [
  'mileage_typo',
  'wrong_currency',
  'price_on_request',
  'lifetime_low_bait',
  'price_typo',
  'wrong_year',
  'missing_fields',
  'html_noise',
  'duplicate_listing',
  'vin_typo',
  'relisted',
] as const;
export type ListingFault = (typeof listingFaults)[number];

/** What makes a car hard to tell from others, or to follow. */
export const carFaults = ['twin', 'relisted', 'moved_auction'] as const;
export type CarFault = (typeof carFaults)[number];

/** Our code and the words with which this source says it. */
export interface Worded<C extends string> {
  readonly code: C;
  readonly text: string;
}

export type EndReason = 'sold' | 'removed' | 'expired';

export interface MarketPicture {
  /** In this source's image address; another source has another hash for the same photograph. */
  readonly hash: string;
  /** Its place in the listing, from 1. */
  readonly n: number;
  /** Which of the car's photographs it is: the same at every source. */
  readonly shot: number;
  readonly width: number;
  readonly height: number;
  /** JPEG quality: each source encodes again. */
  readonly quality: number;
  readonly variant: number;
}

/** How it is at an auction: amounts in whole units of the listing's currency. */
export interface MarketAuction {
  readonly lotNumber: string;
  /** Null while no date is set: «future». */
  readonly saleAt: Date | null;
  readonly state: 'upcoming' | 'on_approval' | 'sold' | 'not_sold';
  readonly currentBid: number;
  readonly bids: number;
  readonly buyNow: number | null;
  readonly estimatedValue: number | null;
  readonly yard: string;
  readonly lane: string;
  /** How often this lot has been offered, this time included. */
  readonly attempt: number;
}

/**
 * An offer as its source knows it before layout: numbers are numbers, words are the source's own, faults are in.
 * Amounts are whole units of `currency`.
 */
export interface MarketListing {
  readonly source: SourceSlug;
  readonly externalId: string;
  /** Where its detail page is on the source's host. */
  readonly path: string;
  /** For drawing and for checking only: never on a page. */
  readonly carId: string;
  readonly country: MarketCountry;
  readonly language: Language;
  readonly status: ListingStatus;
  readonly statusText: string;
  readonly listedAt: Date;
  /** The last change of anything on the page. */
  readonly updatedAt: Date;
  /** Null while it is on offer. */
  readonly endedAt: Date | null;
  readonly endReason: EndReason | null;

  readonly price: number | null;
  /** As printed: not that of the country where `wrong_currency` is planted. */
  readonly currency: CurrencyCode;
  readonly priceNote: Worded<'on_request' | 'negotiable' | 'fixed' | 'vat_deductible'> | null;
  readonly previousPrice: number | null;

  readonly title: string;
  readonly make: string;
  readonly model: string;
  readonly trim: string | null;
  readonly year: number | null;
  readonly productionYear: number | null;
  readonly firstRegistration: { readonly year: number; readonly month: number } | null;
  readonly mileage: number | null;
  readonly unit: MileageUnit;
  readonly fuel: Worded<Fuel> | null;
  readonly gearbox: Worded<Gearbox> | null;
  readonly drivetrain: Worded<Drivetrain> | null;
  readonly body: Worded<Body> | null;
  readonly powerKw: number | null;
  readonly powerHp: number | null;
  /** «2.0L I4 Turbo», «1.5 TSI»: as written there. */
  readonly engine: string | null;
  readonly displacementCc: number | null;
  readonly cylinders: number | null;
  readonly doors: number | null;
  readonly seats: number | null;
  readonly colour: Worded<Colour> | null;
  readonly interiorColour: Worded<Colour> | null;
  readonly damage: Worded<DamageType> | null;
  readonly secondaryDamage: Worded<DamageType> | null;
  readonly titleStatus: Worded<TitleStatus> | null;
  readonly condition: Worded<Condition> | null;
  readonly runAndDrive: boolean | null;
  readonly keys: boolean | null;
  readonly features: readonly string[];
  readonly description: string;
  readonly vin: string | null;
  readonly stockNumber: string | null;
  readonly owners: number | null;

  readonly seller: {
    readonly kind: 'dealer' | 'private' | 'auction';
    readonly kindText: string;
    readonly name: string;
    readonly id: string;
    readonly phone: string | null;
  };
  readonly location: {
    readonly city: string;
    readonly region: string | null;
    readonly postalCode: string | null;
    readonly country: MarketCountry;
    readonly latitude: number | null;
    readonly longitude: number | null;
  };
  readonly pictures: readonly MarketPicture[];
  readonly auction: MarketAuction | null;
  readonly planted: readonly ListingFault[];
}

/** In minor units, as everywhere on the wire. */
export interface TruthMoney {
  readonly amount: number;
  readonly currency: CurrencyCode;
}

export interface TruthPrice extends TruthMoney {
  readonly at: string;
}

export interface TruthListing {
  readonly source: SourceSlug;
  readonly external_id: string;
  /** The path on the source's host. */
  readonly url: string;
  readonly listed_at: string;
  readonly ended_at: string | null;
  readonly end_reason: EndReason | null;
  /** What the page has asked, as printed; at an auction its buy-now price. Empty when it never named one. */
  readonly prices: readonly TruthPrice[];
  /** At an auction: every bid seen so far. */
  readonly bids: readonly TruthPrice[];
  readonly planted: readonly ListingFault[];
}

/** What is really so: one line of `/control/truth`. */
export interface TruthLine {
  readonly car_id: string;
  readonly vin: string;
  readonly make: string;
  readonly model: string;
  readonly trim: string;
  readonly year: number;
  readonly mileage_km: number;
  readonly fuel: Fuel;
  readonly body: Body;
  readonly color: Colour;
  readonly damage: DamageType;
  readonly country: MarketCountry;
  readonly first_seen: string;
  readonly on_market: boolean;
  readonly listings: readonly TruthListing[];
  readonly sold_at: string | null;
  readonly true_value: TruthMoney;
  readonly planted: readonly CarFault[];
}
