import type { BalancesResponse, CapturedPayment, Order, PaymentAuthorization, Refund, SearchResponse } from '@paypal/paypal-server-sdk';

/** What the SDK's types promise of what the API sends. */
export interface Promised {
  readonly authorization: PaymentAuthorization;
  readonly balances: BalancesResponse;
  readonly capture: CapturedPayment;
  readonly order: Order;
  readonly refund: Refund;
  readonly search: SearchResponse;
}
