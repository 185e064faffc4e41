import type { BuyerKind, Capacity, SellerKind } from '@autobroker/kernel';

export interface CapacityRow {
  /** Whose contract of sale the buyer enters: the broker's own, or the seller's. */
  readonly sellsAsOwn: boolean;
  readonly invoicesCar: 'broker' | 'seller';
  /** Who owes the broker its fee. */
  readonly feeFrom: 'buyer' | 'seller' | 'nobody';
  /** Whether client money may pass through the broker: an agent of one side only, or for its own sale. */
  readonly mayHoldFunds: boolean;
  /** A contract of service between buyer and broker exists beside the sale. */
  readonly serviceContract: boolean;
  /** The least guarantee to a consumer, in months: used cars, as agreed separately. */
  readonly leastGuaranteeMonths: number;
  readonly source: string;
}

/** In whose name the broker acts, and what follows. */
export const capacityTable: Readonly<Record<Capacity, CapacityRow>> = {
  buyer_agent: { sellsAsOwn: false, invoicesCar: 'seller', feeFrom: 'buyer', mayHoldFunds: true, serviceContract: true, leastGuaranteeMonths: 0, source: 'PSD2 Art. 3(b): agent of the payer only' },
  seller_agent: { sellsAsOwn: false, invoicesCar: 'seller', feeFrom: 'seller', mayHoldFunds: true, serviceContract: false, leastGuaranteeMonths: 0, source: 'PSD2 Art. 3(b): agent of the payee only' },
  commissionaire: { sellsAsOwn: true, invoicesCar: 'broker', feeFrom: 'nobody', mayHoldFunds: true, serviceContract: false, leastGuaranteeMonths: 12, source: 'undisclosed agent: buys and resells; Directive (EU) 2019/771 Art. 10(6)' },
  dealer: { sellsAsOwn: true, invoicesCar: 'broker', feeFrom: 'nobody', mayHoldFunds: true, serviceContract: false, leastGuaranteeMonths: 12, source: 'Directive (EU) 2019/771 Art. 10(6)' },
};

export type SellerStanding = 'trader' | 'private' | 'auction';

/** Who stands across the buyer in the contract of sale. */
export function standingOf(capacity: Capacity, seller: SellerKind): SellerStanding {
  if (capacityTable[capacity].sellsAsOwn) return 'trader';
  if (seller === 'auction') return 'auction';
  return seller === 'private' ? 'private' : 'trader';
}

/** What a contract promises when nobody has said otherwise. */
export const usualGuarantee = (capacity: Capacity, seller: SellerKind, buyer: BuyerKind): number => {
  if (buyer === 'business') return 0;
  return standingOf(capacity, seller) === 'trader' ? Math.max(12, capacityTable[capacity].leastGuaranteeMonths) : capacityTable[capacity].leastGuaranteeMonths;
};
