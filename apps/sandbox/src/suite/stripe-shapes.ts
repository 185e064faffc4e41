import type Stripe from 'stripe';

/** What the SDK's types promise of everything that the API sends, by its `object`. */
export interface Promised {
  readonly account: Stripe.Account;
  readonly balance: Stripe.Balance;
  readonly balance_transaction: Stripe.BalanceTransaction;
  readonly cash_balance: Stripe.CashBalance;
  readonly charge: Stripe.Charge;
  readonly 'checkout.session': Stripe.Checkout.Session;
  readonly customer: Stripe.Customer;
  readonly customer_cash_balance_transaction: Stripe.CustomerCashBalanceTransaction;
  readonly dispute: Stripe.Dispute;
  readonly file: Stripe.File;
  readonly funding_instructions: Stripe.FundingInstructions;
  readonly item: Stripe.LineItem;
  readonly payment_intent: Stripe.PaymentIntent;
  readonly payment_method: Stripe.PaymentMethod;
  readonly payout: Stripe.Payout;
  readonly price: Stripe.Price;
  readonly product: Stripe.Product;
  readonly 'radar.early_fraud_warning': Stripe.Radar.EarlyFraudWarning;
  readonly refund: Stripe.Refund;
  readonly setup_attempt: Stripe.SetupAttempt;
  readonly setup_intent: Stripe.SetupIntent;
  readonly 'test_helpers.test_clock': Stripe.TestHelpers.TestClock;
  readonly token: Stripe.Token;
  readonly webhook_endpoint: Stripe.WebhookEndpoint;
}
