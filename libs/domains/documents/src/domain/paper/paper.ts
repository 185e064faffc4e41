import { type BuyerKind, type Capacity, type CurrencyCode, type DocumentKind, type PaymentMethod, type SellerKind, sellsAsOwn, type SignerRole, usualTimeZone } from '@autobroker/kernel';
import type { InvoiceFigures, PriceLine } from '../invoice/figures';

export const languages = ['en', 'de', 'it'] as const;
export type Language = (typeof languages)[number];

export interface PaperParty {
  readonly role: SignerRole;
  readonly name: string;
  readonly kind: BuyerKind;
  readonly address: { readonly line1: string; readonly line2: string | null; readonly postalCode: string; readonly city: string; readonly region: string | null; readonly country: string };
  readonly email: string | null;
  readonly vatId: string | null;
  readonly licenceNo: string | null;
}

export interface PaperVehicle {
  readonly make: string;
  readonly model: string;
  readonly trim: string | null;
  readonly year: number | null;
  readonly vin: string | null;
  /** `2021-03-15` */
  readonly firstRegistration: string | null;
  readonly mileageKm: number | null;
  readonly colour: string | null;
  readonly damageType: string | null;
  readonly titleStatus: string | null;
  readonly condition: string | null;
  readonly features: readonly string[];
  readonly ownersCount: number | null;
}

export interface PaperContract {
  readonly guaranteeMonths: number | null;
  readonly guaranteeNote: string | null;
  readonly delivery: { readonly place: string | null; readonly date: string | null } | null;
  readonly defects: readonly string[];
}

export interface PaperHandover {
  readonly place: string | null;
  readonly at: string | null;
  readonly odometerKm: number | null;
  readonly keys: number | null;
  readonly papers: readonly string[];
  readonly photos: number;
  readonly defects: readonly string[];
}

/** What may be kept of a deposit, by stage and by whose fault it is. */
export interface RefundRule {
  readonly stage: string;
  readonly fault: string;
  /** Of what was paid, in percent. */
  readonly percent: number | null;
  /** What may be kept of it. */
  readonly keeps: 'nothing' | 'proven_cost' | 'restocking_fee' | 'excess_use' | null;
  readonly returnPaidBy: 'buyer' | 'seller' | null;
  readonly note: string | null;
}

export interface PaperPayment {
  readonly method: PaymentMethod;
  readonly amount: number;
  readonly reference: string;
  readonly at: string;
  readonly captureBefore: string | null;
  readonly captured: boolean;
}

/** Everything that a document of a sale may say, frozen when it gets its number. Amounts are minor units of `currency`. */
export interface Paper {
  readonly kind: DocumentKind;
  /** Null for a draft. */
  readonly number: string | null;
  readonly version: number;
  readonly language: Language;
  /** With its time; the day on paper is that of the tenant's time zone. */
  readonly issuedAt: string;
  readonly timeZone: string;
  /** `2026-11-25`, where tax and terms go by another day than that of this paper: it takes the place of an earlier one, or takes it back. */
  readonly taxDay?: string | null;
  readonly replaces: { readonly number: string; readonly version: number; readonly issuedAt: string; readonly sha256: string; readonly reason: string } | null;
  readonly order: {
    readonly id: string;
    readonly number: string;
    readonly capacity: Capacity;
    readonly sellerKind: SellerKind;
    readonly buyerKind: BuyerKind;
    readonly country: string;
    readonly region: string | null;
    readonly requestedAt: string;
    readonly dueAt: string | null;
    readonly deliveredAt: string | null;
  };
  readonly parties: { readonly buyer: PaperParty; readonly seller: PaperParty | null; readonly broker: PaperParty };
  readonly vehicle: PaperVehicle;
  readonly price: { readonly currency: CurrencyCode; readonly total: number; readonly deposit: number; readonly balance: number; readonly lines: readonly PriceLine[] };
  readonly contract: PaperContract | null;
  readonly inspection: { readonly summary: string | null; readonly at: string | null; readonly waived: boolean } | null;
  readonly handover: PaperHandover | null;
  /** Of what the buyer has paid, when the sale came to nothing; papers of before do not say it. */
  readonly kept?: number | null;
  /** From the sale of the car, which has that from the broker’s service with it where there is one; or from the service alone. */
  readonly withdrawal: { readonly days: number; readonly basis: string; readonly object: 'goods' | 'service' } | null;
  readonly refundMatrix: readonly RefundRule[];
  readonly payment: PaperPayment | null;
  readonly invoice: InvoiceFigures | null;
  readonly credited: { readonly number: string; readonly issuedAt: string; readonly reason: string } | null;
  /** Numbers that a template sets: how long a mandate runs, and the like. */
  readonly settings: Readonly<Record<string, number>>;
}

/** Who stands in a part of the sale: who sells in its own name is the seller as well. */
export const partyAs = (role: SignerRole, { order, parties }: Paper): PaperParty | null => (role === 'seller' && sellsAsOwn(order.capacity) ? parties.broker : parties[role]);

/** How the broker looks on paper. */
export interface Branding {
  readonly tradeName: string | null;
  /** `#1f3a5f` */
  readonly colour: string;
  readonly logo: { readonly type: 'image/png' | 'image/jpeg'; readonly base64: string } | null;
  readonly phone: string | null;
  readonly email: string | null;
  readonly website: string | null;
  readonly taxNumber: string | null;
  /** As the register of companies has it: `HRB 12345, Amtsgericht München`. */
  readonly registration: string | null;
  readonly bank: { readonly holder: string; readonly iban: string; readonly bic: string | null; readonly name: string | null } | null;
  readonly timeZone: string;
}

export const plainBranding: Branding = { tradeName: null, colour: '#1f3a5f', logo: null, phone: null, email: null, website: null, taxNumber: null, registration: null, bank: null, timeZone: usualTimeZone };
