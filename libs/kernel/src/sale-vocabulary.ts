/** In whose name a broker acts in a sale. It decides who invoices, which tax is due, and what can be withdrawn from. */
export const capacities = ['buyer_agent', 'seller_agent', 'commissionaire', 'dealer'] as const;
export type Capacity = (typeof capacities)[number];
/** An agent sells in another's name and takes a fee for it; whoever buys and sells again has one price of its own. */
export const sellsAsOwn = (capacity: Capacity): boolean => capacity === 'commissionaire' || capacity === 'dealer';

/** Who gets the money of a line in the end. */
export const payees = ['seller', 'auction', 'broker', 'carrier', 'authority'] as const;
export type Payee = (typeof payees)[number];

/** Who sells the car: what the buyer may withdraw from, and which tax is due, depends on it. */
export const sellerKinds = ['private', 'dealer_margin', 'dealer_vat', 'auction'] as const;
export type SellerKind = (typeof sellerKinds)[number];

export const buyerKinds = ['private', 'business'] as const;
export type BuyerKind = (typeof buyerKinds)[number];

/** Where an order may stand, in the order of a sale that goes well; then the two it may turn to. */
export const orderStates = [
  'requested',
  'reserved',
  'deposit_held',
  'inspection',
  'contracted',
  'balance_paid',
  'titling',
  'in_transit',
  'delivered',
  'completed',
  'cancelled',
  'disputed',
] as const;
export type OrderState = (typeof orderStates)[number];

/** On whose side it lies that a sale came to nothing; `withdrawal` is the buyer's right, and nobody's fault. */
export const cancelFaults = ['buyer', 'seller', 'broker', 'inspection', 'withdrawal', 'nobody'] as const;
export type CancelFault = (typeof cancelFaults)[number];

/** The two parts in which a buyer pays. */
export const paymentLegs = ['deposit', 'balance'] as const;
export type PaymentLeg = (typeof paymentLegs)[number];

export const paymentMethods = ['card', 'bank_transfer', 'paypal'] as const;
export type PaymentMethod = (typeof paymentMethods)[number];

export const paymentProviders = ['stripe', 'paypal'] as const;
export type PaymentProvider = (typeof paymentProviders)[number];

export const documentKinds = [
  'quote',
  'mandate',
  'deposit_receipt',
  'purchase_contract',
  'proforma',
  'prepayment_invoice',
  'invoice',
  'credit_note',
  'handover_protocol',
  'registration_poa',
  'odometer_statement',
  'bill_of_sale',
] as const;
export type DocumentKind = (typeof documentKinds)[number];

/** Who puts a name under a document. */
export const signerRoles = ['buyer', 'seller', 'broker'] as const;
export type SignerRole = (typeof signerRoles)[number];
