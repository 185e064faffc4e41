import { type Capacity, type CurrencyCode, type Payee, type PaymentProvider, rateByTax, type SaleTax, taxedSum, taxParts } from '@autobroker/kernel';

export const ledgerAccounts = [
  'buyer_receivable',
  'deposit_liability',
  'client_funds',
  'psp_clearing:stripe',
  'psp_clearing:paypal',
  'psp_fees',
  'seller_payable',
  'commission_revenue',
  'vat_payable',
  'refunds',
  'chargebacks',
  'bank',
] as const;
export type LedgerAccount = (typeof ledgerAccounts)[number];

/** Debits are above zero, credits below. */
export interface LedgerEntry {
  readonly account: LedgerAccount;
  readonly amount: number;
  /** To whom of several a payable is owed. */
  readonly payee: Payee | null;
}

export const journalKinds = [
  'authorization_held',
  'authorization_released',
  'deposit_captured',
  'balance_received',
  'provider_fee',
  'sale',
  'sale_adjusted',
  'sale_reversed',
  'deposit_applied',
  'refund',
  'refund_returned',
  'transfer_returned',
  'dispute_withdrawn',
  'dispute_reinstated',
  'seller_paid',
  'provider_payout',
  'order_closed',
] as const;
export type JournalKind = (typeof journalKinds)[number];

/** One thing that happened, whose entries add up to nothing. The key keeps it from being written twice. */
export interface Journal {
  readonly kind: JournalKind;
  readonly key: string;
  readonly currency: CurrencyCode;
  readonly paymentId: string | null;
  readonly provider: PaymentProvider | null;
  /** The provider's name of what moved, to reconcile by. */
  readonly providerRef: string | null;
  /** Held or let go, and no money of ours: it stands beside the entries. */
  readonly memo: number;
  readonly entries: readonly LedgerEntry[];
}

export const clearingOf = (provider: PaymentProvider): LedgerAccount => (provider === 'stripe' ? 'psp_clearing:stripe' : 'psp_clearing:paypal');

const payableOf: Readonly<Record<Payee, LedgerAccount>> = { seller: 'seller_payable', auction: 'seller_payable', carrier: 'seller_payable', broker: 'commission_revenue', authority: 'vat_payable' };

export interface SaleLine {
  readonly code: string;
  readonly amount: number;
  readonly payee: Payee;
}

const entry = (account: LedgerAccount, amount: number, payee: Payee | null = null): LedgerEntry => ({ account, amount, payee });
const plain = { paymentId: null, provider: null, providerRef: null, memo: 0 } as const;

export interface Paid {
  readonly paymentId: string;
  readonly provider: PaymentProvider;
  readonly providerRef: string | null;
  readonly currency: CurrencyCode;
}

export const held = (paid: Paid, amount: number): Journal => ({ ...paid, kind: 'authorization_held', key: `${paid.paymentId}:held`, memo: amount, entries: [] });
export const released = (paid: Paid, amount: number): Journal => ({ ...paid, kind: 'authorization_released', key: `${paid.paymentId}:released`, memo: -amount, entries: [] });

/** Money that came: `towards` the price, and the rest is the buyer's own that we keep for now. `upTo` is all that came so far. */
export const taken = (paid: Paid, kind: 'deposit_captured' | 'balance_received', { amount, towards, upTo }: { readonly amount: number; readonly towards: number; readonly upTo: number }): Journal => ({
  ...paid,
  kind,
  key: `${paid.paymentId}:captured:${upTo}`,
  memo: 0,
  entries: tidy([entry(clearingOf(paid.provider), amount), entry('buyer_receivable', -towards), entry('deposit_liability', towards - amount)]),
});

export const fee = (paid: Paid, movement: string, amount: number): Journal => ({ ...paid, kind: 'provider_fee', key: `${paid.provider}:${movement}:fee`, memo: 0, entries: tidy([entry('psp_fees', amount), entry(clearingOf(paid.provider), -amount)]) });

/** `upTo` is all that has been counted towards the price of it so far. */
export const depositApplied = (paid: Paid, amount: number, upTo: number): Journal => ({ ...paid, kind: 'deposit_applied', key: `${paid.paymentId}:applied:${upTo}`, memo: 0, entries: tidy([entry('deposit_liability', amount), entry('buyer_receivable', -amount)]) });

/** Given back: first what was not counted towards the price. */
export const refunded = (paid: Paid, refundId: string, { fromHeld, fromApplied }: { readonly fromHeld: number; readonly fromApplied: number }): Journal => ({
  ...paid,
  kind: 'refund',
  key: `${refundId}:paid`,
  memo: 0,
  entries: tidy([entry('deposit_liability', fromHeld), entry('refunds', fromApplied), entry(clearingOf(paid.provider), -fromHeld - fromApplied)]),
});

/** A refund that the buyer's bank did not take. */
export const refundReturned = (paid: Paid, refundId: string, { fromHeld, fromApplied }: { readonly fromHeld: number; readonly fromApplied: number }): Journal => ({
  ...paid,
  kind: 'refund_returned',
  key: `${refundId}:returned`,
  memo: 0,
  entries: tidy([entry(clearingOf(paid.provider), fromHeld + fromApplied), entry('deposit_liability', -fromHeld), entry('refunds', -fromApplied)]),
});

/** The buyer's own money, that no payment took: it came to the provider and went back to the buyer's bank, and stays with nobody. */
export const transferReturned = (paid: Paid, returnRef: string, amount: number): Journal => ({
  ...paid,
  kind: 'transfer_returned',
  key: `${paid.provider}:${returnRef}:returned`,
  providerRef: returnRef,
  memo: 0,
  entries: [entry('client_funds', amount), entry('deposit_liability', -amount), entry('deposit_liability', amount), entry('client_funds', -amount)],
});

export const disputeWithdrawn = (paid: Paid, amount: number, upTo: number): Journal => ({ ...paid, kind: 'dispute_withdrawn', key: `${paid.providerRef ?? paid.paymentId}:withdrawn:${upTo}`, memo: 0, entries: tidy([entry('chargebacks', amount), entry(clearingOf(paid.provider), -amount)]) });
export const disputeReinstated = (paid: Paid, amount: number, upTo: number): Journal => ({ ...paid, kind: 'dispute_reinstated', key: `${paid.providerRef ?? paid.paymentId}:reinstated:${upTo}`, memo: 0, entries: tidy([entry(clearingOf(paid.provider), amount), entry('chargebacks', -amount)]) });

/** Each payee's sum of the lines. */
export function byPayee(lines: readonly SaleLine[]): Map<Payee, number> {
  const sums = new Map<Payee, number>();
  for (const { payee, amount } of lines) sums.set(payee, (sums.get(payee) ?? 0) + amount);
  return sums;
}

/** How a sale is taxed, as the order has it from its contract on, and in whose name it was made. */
export interface TaxedSale extends SaleTax {
  readonly capacity: Capacity;
}

/**
 * What of the broker's own lines is tax that stands in no line of the price, as the invoice shows it. Where the order has not
 * said how it is taxed, the tax that was agreed for an agent's fee says at which rate; where that says none, nothing is taken
 * apart. The tax inside a margin is not known here: nobody says what the car has cost.
 */
export function taxInside(lines: readonly SaleLine[], tax: TaxedSale | null): number {
  const { collected, net, gross } = taxParts(tax?.capacity ?? 'buyer_agent', tax?.treatment ?? 'standard', lines);
  const amounts = (some: readonly SaleLine[]): number[] => some.map(({ amount }) => amount);
  const rate = tax !== null ? (tax.treatment === 'standard' ? tax.rate : null) : collected === 0 ? null : rateByTax(amounts(net).reduce((sum, amount) => sum + amount, 0), collected);
  return rate === null || gross.length === 0 ? 0 : taxedSum(amounts(net), amounts(gross), rate).tax - collected;
}

/** What a sale owes: the buyer all of it, and of it to each what is theirs. */
export function saleEntries(lines: readonly SaleLine[], tax: TaxedSale | null): LedgerEntry[] {
  const inside = taxInside(lines, tax);
  const sums = byPayee([...lines, { code: 'tax_inside', amount: -inside, payee: 'broker' }, { code: 'tax_inside', amount: inside, payee: 'authority' }]);
  const payables = [...sums].map(([payee, amount]) => entry(payableOf[payee], -amount, payee));
  return tidy([entry('buyer_receivable', payables.reduce((sum, { amount }) => sum - amount, 0)), ...payables]);
}

const saleKinds: readonly JournalKind[] = ['sale', 'sale_adjusted', 'sale_reversed'];

/** What journals have posted of a sale: whatever rule they went by, this is what the ledger says of it. */
export const postedSaleOf = (journals: readonly Pick<Journal, 'kind' | 'entries'>[]): LedgerEntry[] => summed(journals.filter(({ kind }) => saleKinds.includes(kind)).flatMap(({ entries }) => entries));

/** The sale, or what is missing to it of what has been posted; nothing where nothing is. */
export function sale(orderId: string, currency: CurrencyCode, owed: readonly LedgerEntry[], posted: readonly LedgerEntry[], nth: number): Journal | null {
  const entries = saleMissing(owed, posted);
  if (entries.length === 0) return null;
  const kind: JournalKind = posted.length === 0 ? 'sale' : owed.length === 0 ? 'sale_reversed' : 'sale_adjusted';
  return { ...plain, kind, key: `${orderId}:sale:${nth}`, currency, entries };
}

export const saleMissing = (owed: readonly LedgerEntry[], posted: readonly LedgerEntry[]): LedgerEntry[] => summed([...owed, ...posted.map((one) => ({ ...one, amount: -one.amount }))]);

/** One entry for each account and payee. */
function summed(entries: readonly LedgerEntry[]): LedgerEntry[] {
  const sums = new Map<string, LedgerEntry>();
  for (const one of entries) {
    const name = `${one.account} ${one.payee ?? ''}`;
    sums.set(name, { ...one, amount: (sums.get(name)?.amount ?? 0) + one.amount });
  }
  return tidy([...sums.values()]);
}

export const sellerPaid = (payoutId: string, currency: CurrencyCode, payee: Payee, amount: number): Journal => ({ ...plain, kind: 'seller_paid', key: `${payoutId}:paid`, currency, entries: [entry(payableOf[payee], amount, payee), entry('bank', -amount)] });

/** Money that went from the provider to our bank; `kept` is what sending it has cost. */
export const providerPayout = (provider: PaymentProvider, ref: string, part: string, currency: CurrencyCode, amount: number, kept = 0): Journal => ({
  kind: 'provider_payout',
  key: `${provider}:${ref}:${part}`,
  currency,
  paymentId: null,
  provider,
  providerRef: ref,
  memo: 0,
  entries: tidy([entry('bank', amount), entry('psp_fees', kept), entry(clearingOf(provider), -amount - kept)]),
});

export type Balances = ReadonlyMap<LedgerAccount, number>;

/**
 * A cancelled order has come to its end: what went back and what the bank took are set against what was paid, and what is
 * left of it was earned.
 */
export function orderClosed(orderId: string, currency: CurrencyCode, balances: Balances, nth: number): Journal | null {
  const of = (account: LedgerAccount): number => balances.get(account) ?? 0;
  const open: readonly LedgerAccount[] = ['buyer_receivable', 'deposit_liability', 'refunds', 'chargebacks'];
  const left = open.map((account) => entry(account, -of(account)));
  const entries = tidy([...left, entry('commission_revenue', open.reduce((sum, account) => sum + of(account), 0))]);
  return entries.length === 0 ? null : { ...plain, kind: 'order_closed', key: `${orderId}:closed:${nth}`, currency, entries };
}

/** Entries of nothing are none. */
const tidy = (entries: readonly LedgerEntry[]): LedgerEntry[] => entries.filter(({ amount }) => amount !== 0);

export const isBalanced = ({ entries }: Pick<Journal, 'entries'>): boolean => entries.reduce((sum, { amount }) => sum + amount, 0) === 0;

export function balancesOf(journals: readonly Pick<Journal, 'entries'>[]): Map<LedgerAccount, number> {
  const balances = new Map<LedgerAccount, number>();
  for (const { entries } of journals) for (const { account, amount } of entries) balances.set(account, (balances.get(account) ?? 0) + amount);
  return balances;
}

export const isLedgerAccount = (name: string): name is LedgerAccount => ledgerAccounts.some((account) => account === name);
export const isJournalKind = (name: string): name is JournalKind => journalKinds.some((kind) => kind === name);
