import { Duration, type ListingStatus, type TaxedParty, usualTimeZone, type VehicleStatus } from '@autobroker/kernel';
import { windowEnds } from './deadlines';
import type { OfferStanding, OrderFacts } from './guards';
import { type CarSnapshot, isArranged, type Order, type Progress } from './order';
import type { DeadlinePolicy } from './tenant-policy';
import { withdrawalOf } from './withdrawing';

/** A document of the sale as the documents service tells of it. */
export interface PaperSight {
  readonly kind: string;
  readonly version: number;
  readonly issuedAt: Date | null;
  readonly complete: boolean;
  readonly signedAt: Date | null;
  /** Where the days on it begin and end; papers of before do not say it. */
  readonly timeZone: string | null;
}

/** The car as the catalogue tells of it. */
export interface VehicleSight {
  readonly status: VehicleStatus | 'deleted';
  readonly price: { readonly amount: number; readonly currency: string } | null;
  /** In the tenant’s own stock: what stands there, its own people have put there. */
  readonly isOwn: boolean;
  readonly car: CarSnapshot | null;
}

/** The offer at its source when somebody last looked. */
export interface OfferSight {
  readonly status: ListingStatus | 'unknown' | null;
  readonly price: { readonly amount: number; readonly currency: string } | null;
  readonly checkedAt: Date | null;
  /** When somebody last looked in vain. */
  readonly unreadableAt: Date | null;
}

/** What is known around an order, from what other services have told. */
export interface Sight {
  readonly now: Date;
  readonly policy: DeadlinePolicy;
  /** Null while the tenant has not said who the broker is. */
  readonly broker: TaxedParty | null;
  /** As the buyer was named, where the order itself does not say yet what of it decides the tax. */
  readonly buyer: Progress['buyerTaxed'];
  readonly papers: readonly PaperSight[];
  readonly vehicle: VehicleSight | null;
  readonly offer: OfferSight | null;
}

const newest = (papers: readonly PaperSight[], kind: string): PaperSight | null => papers.filter((paper) => paper.kind === kind).toSorted((a, b) => a.version - b.version).at(-1) ?? null;

/** Where the broker's days begin and end, as the contract has it, or else any paper of the sale. */
export const timeZoneOf = (papers: readonly PaperSight[]): string => newest(papers, 'purchase_contract')?.timeZone ?? papers.find(({ timeZone }) => timeZone !== null)?.timeZone ?? usualTimeZone;

export const mandateSignedAt = (papers: readonly PaperSight[]): Date | null => papers.find(({ kind, complete }) => kind === 'mandate' && complete)?.signedAt ?? null;

/** Everything that the steps of this sale depend on. */
export function factsOf(order: Order, sight: Sight): OrderFacts {
  const { progress } = order;
  const { inspection, registration, legs, handover, contract, withdrawal, disputes, change } = progress;
  const booked = legs.filter(({ status }) => status !== 'stopped' && status !== 'planned');
  const standing = withdrawalOf(order, sight.now, { mandateSignedAt: mandateSignedAt(sight.papers), odometerKm: withdrawal?.odometerKm ?? null });
  const windowEnd = windowEnds(order, sight.policy);
  return {
    mandateSigned: mandateSignedAt(sight.papers) !== null,
    quoteValid: Date.parse(order.quote.expiresAt) > sight.now.getTime(),
    offer: offerOf(order, sight),
    vehicleFree: isFree(order, sight.vehicle),
    priceAgreed: change === null,
    depositMatches: order.deposit !== null,
    inspectionArranged: isArranged(progress),
    reportThere: inspection?.report != null,
    carAccepted: inspection !== null && inspection.decision === 'accepted',
    buyerInformed: contract.informedAt !== null,
    contractSigned: isContractSigned(order, sight.papers),
    settled: order.settledAt !== null,
    dunned: progress.dunnedAt !== null,
    titleReceived: registration.titleReceivedAt !== null,
    poaReceived: registration.poaReceivedAt !== null,
    carrierAccepted: booked.length > 0,
    legInsured: booked.length > 0 && booked.every(({ insurance }) => insurance !== null),
    pickupPictured: booked.some(({ pickupPhotos }) => pickupPhotos > 0),
    handoverRecorded: handover !== null,
    handoverSigned: handover?.acceptedAt != null,
    windowOver: progress.deliveredAt !== null && windowEnd !== null && windowEnd <= sight.now,
    mayWithdraw: standing?.mayDeclare ?? false,
    withdrawalConfirmed: withdrawal?.confirmedAt != null,
    disputesClosed: disputes.every(({ status }) => status !== 'open'),
    wasDelivered: progress.deliveredAt !== null,
    resumeState: order.resumeState,
  };
}

/** By how much the clock of who issues papers may be behind ours. */
const clockSkewMs = 2_000;

/** A signature under a contract of an older price does not count. */
function isContractSigned(order: Order, papers: readonly PaperSight[]): boolean {
  const paper = newest(papers, 'purchase_contract');
  if (paper === null || !paper.complete) return false;
  const { readyAt } = order.progress.contract;
  return readyAt !== null && (paper.issuedAt === null || paper.issuedAt.getTime() + clockSkewMs >= Date.parse(readyAt));
}

/** What the catalogue says; that two orders hold one car, the database refuses whatever is said here. Own stock has no other word. */
function isFree({ listingId }: Order, vehicle: VehicleSight | null): boolean {
  return vehicle === null ? listingId !== null : vehicle.status === 'available';
}

const samePrice = (asked: number, currency: string, price: { readonly amount: number; readonly currency: string } | null): boolean => price === null || (price.amount === asked && price.currency === currency);

/** How long a seller’s word holds that somebody of the broker’s has asked for. */
const wordHolds = Duration.parse('PT24H');

/**
 * Own stock is the tenant’s own word, with a listing somewhere or without: the catalogue is asked. Of any other offer the
 * latest that is known of it counts: what was read at its source, or what a person has asked the seller.
 */
function offerOf(order: Order, { now, policy, vehicle, offer }: Sight): OfferStanding {
  const { listingId, quote, price } = order;
  if (listingId === null || vehicle?.isOwn === true) return vehicle === null ? 'unchecked' : samePrice(quote.askedPrice, price.currency, vehicle.price) ? 'confirmed' : 'changed';
  const read = offer?.checkedAt == null || offer.status === null || offer.status === 'unknown' ? null : offer.checkedAt;
  if (isVouchedFor(order, read, now)) return 'confirmed';
  if (offer === null || read === null || Duration.parse(policy.offerCheck).addTo(read) < now) return 'unchecked';
  if (offer.status !== 'active') return 'gone';
  return samePrice(quote.askedPrice, price.currency, offer.price) ? 'confirmed' : 'changed';
}

/** A word counts at the price for which it was given, until its source says something later. */
function isVouchedFor({ progress, quote }: Order, read: Date | null, now: Date): boolean {
  const { offerWord } = progress;
  if (offerWord === null || offerWord.askedPrice !== quote.askedPrice) return false;
  const given = new Date(offerWord.at);
  return (read === null || read < given) && wordHolds.addTo(given) >= now;
}

/** The car as it was ordered, with its number if the catalogue has learned it since; as the catalogue tells it, where it had not when it was ordered. */
export function carOf({ car }: Pick<Order, 'car'>, vehicle: Pick<VehicleSight, 'car'> | null): CarSnapshot | null {
  const told = vehicle?.car ?? null;
  return car === null ? told : { ...car, vin: car.vin ?? told?.vin ?? null };
}

/** Nobody can say by reading it whether the offer stands: the last look was in vain. */
export const isUnreadable = ({ offer, vehicle }: Pick<Sight, 'offer' | 'vehicle'>): boolean =>
  vehicle?.isOwn !== true && offer?.unreadableAt != null && (offer.checkedAt === null || offer.checkedAt < offer.unreadableAt);
