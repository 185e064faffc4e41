import { uuidv7, type BuyerKind, type CancelFault, type Capacity, type CurrencyCode, type OrderState, type Payee, type PaymentMethod, type SaleTax, type SellerKind } from '@autobroker/kernel';

/** A moment as it is kept inside an order: RFC 3339. */
export type Moment = string;

export interface PriceLine {
  readonly code: string;
  /** Minor units. */
  readonly amount: number;
  readonly payee: Payee;
  readonly rule: string | null;
}

export interface Price {
  readonly currency: CurrencyCode;
  readonly total: number;
  /** Part of the total: what is held while the car is looked at. */
  readonly deposit: number;
  readonly lines: readonly PriceLine[];
}

/** The quote that the price stands on. */
export interface QuoteFacts {
  readonly id: string;
  readonly expiresAt: Moment;
  readonly askedPrice: number;
  readonly priceVersion: number;
  readonly rules: readonly string[];
  readonly open: readonly { readonly code: string; readonly least: number | null; readonly most: number | null; readonly rule: string | null }[];
}

export interface InspectionReport {
  readonly at: Moment;
  readonly summary: string;
  readonly passed: boolean;
  readonly mileageKm: number | null;
  readonly defects: readonly string[];
}

export interface Inspection {
  readonly id: string;
  readonly orderedAt: Moment;
  /** The firm or station that looks at the car. */
  readonly inspector: string | null;
  readonly appointment: Moment | null;
  readonly waivedAt: Moment | null;
  readonly report: InspectionReport | null;
  readonly decision: 'accepted' | 'declined' | null;
  readonly decidedAt: Moment | null;
}

/** What the purchase contract says beside the price. */
export interface ContractTerms {
  readonly guaranteeMonths: number;
  readonly guaranteeNote: string | null;
  readonly delivery: { readonly place: string; readonly date: string } | null;
  readonly defects: readonly string[];
  /** When the buyer confirmed to have what has to be told before a contract. */
  readonly informedAt: Moment | null;
  /** Whether that told of the right to withdraw as the law asks; if not, the right lasts longer. */
  readonly withdrawalTold: boolean;
  /** When the buyer agreed to the car as it was found, so that the contract could be written. */
  readonly readyAt: Moment | null;
  /** Of the order when it became so, last: another one means that the contract is written anew. */
  readonly readyVersion: number | null;
}

export interface Registration {
  readonly titleReceivedAt: Moment | null;
  readonly poaReceivedAt: Moment | null;
  readonly taxRemittedAt: Moment | null;
  readonly plates: string | null;
}

/** In the order of the way; one that was stopped goes no further. */
export const legStatuses = ['planned', 'accepted', 'picked_up', 'arrived', 'stopped'] as const;
export type LegStatus = (typeof legStatuses)[number];

export interface TransportLeg {
  readonly id: string;
  readonly carrier: string;
  readonly from: string;
  readonly to: string;
  readonly insurance: string | null;
  readonly eta: Moment | null;
  readonly status: LegStatus;
  readonly pickupPhotos: number;
}

export interface Handover {
  readonly place: string;
  readonly at: Moment;
  readonly odometerKm: number;
  readonly keys: number;
  readonly papers: readonly string[];
  readonly photos: number;
  readonly defects: readonly string[];
  /** When the buyer put a name under it. */
  readonly acceptedAt: Moment | null;
}

/** What somebody of the broker's says that the car has lost by its use. */
export interface UseAssessment {
  readonly amount: number;
  readonly reason: string;
  readonly by: string;
  /** It counts only when somebody else has agreed. */
  readonly needsSecond: boolean;
  readonly approvedBy: string | null;
}

/** What a car looked like when it was back. */
export interface CarReturn {
  readonly at: Moment;
  /** Null where it could not be read. */
  readonly odometerKm: number | null;
  readonly photos: number;
  readonly defects: readonly string[];
  /** What it has lost; null where the odometer says all. */
  readonly loss: UseAssessment | null;
}

export interface Withdrawal {
  readonly id: string;
  readonly declaredAt: Moment;
  readonly odometerKm: number | null;
  /** By the odometer, as it was declared: kilometres beyond a look, and what they cost. */
  readonly use: { readonly km: number | null; readonly amount: number };
  readonly assessment: UseAssessment | null;
  readonly confirmedAt: Moment | null;
  readonly returned: CarReturn | null;
}

export interface Dispute {
  /** Of the payment's dispute, or our own for a claim. */
  readonly id: string;
  readonly kind: 'bank' | 'claim';
  readonly reason: string;
  readonly status: 'open' | 'lost' | 'closed';
  readonly dueBy: Moment | null;
  readonly openedAt: Moment;
}

export interface Deposit {
  readonly paymentId: string;
  readonly method: PaymentMethod;
  readonly state: 'authorized' | 'captured';
  readonly captureBefore: Moment | null;
}

export interface Cancellation {
  readonly reason: string;
  readonly fault: CancelFault;
  readonly retain: number;
  readonly refundDueAt: Moment;
  /** Nothing goes back before the car is here and was looked at. */
  readonly awaitsReturn: boolean;
  /** When nothing was owed any more. */
  readonly closedAt: Moment | null;
}

/** A price that somebody proposed and the buyer has not agreed to. */
export interface PriceChange {
  readonly id: string;
  readonly reason: string;
  readonly proposedAt: Moment;
  readonly price: Price;
  /** Of the new quote it comes from; null for one that staff agreed by hand. */
  readonly quote: QuoteFacts | null;
  readonly token: string | null;
  readonly expiresAt: Moment | null;
}

/** Somebody of the broker’s has asked the seller, and vouches for the offer. */
export interface OfferWord {
  readonly at: Moment;
  readonly askedPrice: number;
  readonly reason: string;
}

/** The car as the buyer ordered it. */
export interface CarSnapshot {
  readonly make: string;
  readonly model: string;
  readonly trim: string | null;
  readonly year: number;
  readonly vin: string | null;
  readonly firstRegistration: string | null;
  readonly mileageKm: number | null;
  readonly colour: string | null;
  readonly damageType: string;
  readonly titleStatus: string;
  readonly condition: string;
  readonly features: readonly string[];
  readonly ownersCount: number | null;
}

/** What has been done for a sale so far. */
export interface Progress {
  readonly offerWord: OfferWord | null;
  readonly inspection: Inspection | null;
  readonly contract: ContractTerms;
  readonly registration: Registration;
  readonly legs: readonly TransportLeg[];
  readonly handover: Handover | null;
  readonly deliveredAt: Moment | null;
  readonly withdrawal: Withdrawal | null;
  readonly disputes: readonly Dispute[];
  readonly dunnedAt: Moment | null;
  readonly contractedAt: Moment | null;
  /** How what was agreed is taxed. Null before the contract, and where somebody has to look. */
  readonly tax: SaleTax | null;
  /** What of the buyer decides the tax: where they are, and whether they have a number for it. Nothing of it says who they are. */
  readonly buyerTaxed: { readonly country: string; readonly hasVatId: boolean } | null;
  readonly change: PriceChange | null;
}

export interface Order {
  readonly id: string;
  readonly number: string;
  readonly tenantId: string;
  readonly buyerId: string;
  /** The buyer, or the partner or agent who asked for them. */
  readonly placedBy: string;
  readonly version: number;
  readonly state: OrderState;
  readonly enteredAt: Date;
  readonly dueAt: Date | null;
  readonly holdsVehicle: boolean;
  readonly vehicleId: string;
  /** What the car was called before, where the catalogue has put cars together or apart since. */
  readonly formerly: readonly string[];
  readonly listingId: string | null;
  readonly capacity: Capacity;
  readonly sellerKind: SellerKind;
  readonly buyerKind: BuyerKind;
  readonly jurisdiction: { readonly country: string; readonly region: string | null };
  readonly locale: 'en' | 'de' | 'it';
  /** Null while the catalogue has not told of it. */
  readonly car: CarSnapshot | null;
  readonly quote: QuoteFacts;
  readonly price: Price;
  readonly priceAgreedAt: Moment;
  /** How the buyer is going to pay the deposit: it decides how long the car waits. */
  readonly payingBy: PaymentMethod;
  readonly deposit: Deposit | null;
  readonly settledAt: Moment | null;
  readonly resumeState: OrderState | null;
  readonly progress: Progress;
  readonly cancellation: Cancellation | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export const noProgress: Progress = {
  offerWord: null,
  inspection: null,
  contract: { guaranteeMonths: 0, guaranteeNote: null, delivery: null, defects: [], informedAt: null, withdrawalTold: false, readyAt: null, readyVersion: null },
  registration: { titleReceivedAt: null, poaReceivedAt: null, taxRemittedAt: null, plates: null },
  legs: [],
  handover: null,
  deliveredAt: null,
  withdrawal: null,
  disputes: [],
  dunnedAt: null,
  contractedAt: null,
  tax: null,
  buyerTaxed: null,
  change: null,
};

export const orderedInspection = (at: Date): Inspection => ({ id: uuidv7(at), orderedAt: at.toISOString(), inspector: null, appointment: null, waivedAt: null, report: null, decision: null, decidedAt: null });

/** The state that a sale is in as far as money and the car go: a dispute only stops it. */
export const stageStateOf = ({ state, resumeState }: Pick<Order, 'state' | 'resumeState'>): OrderState => (state === 'disputed' ? (resumeState ?? state) : state);

/** Somebody is found who looks at the car, or the buyer does without. */
export const isArranged = ({ inspection }: Pick<Progress, 'inspection'>): boolean => inspection !== null && (inspection.inspector !== null || inspection.waivedAt !== null);

/** When the car is expected, as the last leg that says so tells it. */
export const etaOf = ({ legs }: Pick<Progress, 'legs'>): Moment | null => legs.map(({ eta }) => eta).findLast((eta) => eta !== null) ?? null;

export const isOver = ({ state }: Pick<Order, 'state'>): boolean => state === 'completed' || state === 'cancelled';

/** What a contract will say has changed since the buyer agreed to it: it is written and signed anew, unless it is signed already. */
export const rewritten = ({ progress, version }: Order, at: Date): Pick<ContractTerms, 'readyAt' | 'readyVersion'> => {
  const { readyAt, readyVersion } = progress.contract;
  return readyAt === null || progress.contractedAt !== null ? { readyAt, readyVersion } : { readyAt: at.toISOString(), readyVersion: version + 1 };
};

/** The order with something done: the next version of it. */
export const changed = (order: Order, at: Date, more: Partial<Order>): Order => ({ ...order, ...more, version: order.version + 1, updatedAt: at });

export const withProgress = (order: Order, at: Date, more: Partial<Progress>): Order => changed(order, at, { progress: { ...order.progress, ...more } });
