import type { OrderPriceJson } from '@autobroker/contracts';
import type { BuyerKind, Capacity, OrderState, SaleTax, SellerKind } from '@autobroker/kernel';
import type { Language, Paper, PaperContract, PaperHandover, PaperParty, PaperVehicle, RefundRule } from '../domain/paper/paper';

/** A sale as its events tell it. */
export interface Sale {
  readonly orderId: string;
  readonly tenantId: string;
  readonly buyerId: string;
  readonly version: number;
  readonly state: OrderState;
  readonly locale: Language | null;
  readonly facts: SaleFacts;
  readonly requestedAt: Date | null;
  readonly deliveredAt: Date | null;
}

export interface SaleFacts {
  readonly number: string;
  readonly capacity: Capacity;
  readonly sellerKind: SellerKind;
  readonly buyerKind: BuyerKind;
  readonly country: string;
  readonly region: string | null;
  readonly price: OrderPriceJson;
  /** As the order has it from its contract on, and the ledger with it; null before, and where it can't say. */
  readonly tax: SaleTax | null;
  readonly dueAt: string | null;
  readonly cancelReason: string | null;
}

/** What the order service alone knows: who the parties are, and what was found and agreed about the car. */
export interface OrderParties {
  readonly buyer: PaperParty;
  readonly seller: PaperParty | null;
  readonly broker: PaperParty;
  readonly vehicle: PaperVehicle;
  readonly contract: PaperContract | null;
  readonly inspection: { readonly summary: string | null; readonly at: string | null; readonly waived: boolean } | null;
  readonly handover: PaperHandover | null;
  /** Of what the buyer has paid, when the sale came to nothing. */
  readonly kept: number | null;
  readonly withdrawal: Paper['withdrawal'];
  readonly refundMatrix: readonly RefundRule[];
}
