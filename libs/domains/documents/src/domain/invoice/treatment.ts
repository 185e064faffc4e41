import type { BuyerKind, Capacity, SellerKind } from '@autobroker/kernel';
import { isInUnion } from './rates';

/** How the invoice of a sale is taxed. `outside`: not by the union's rules, so that it is no electronic invoice of theirs. */
export const treatments = ['standard', 'margin', 'intra_community', 'new_transport', 'reverse_charge', 'outside'] as const;
export type Treatment = (typeof treatments)[number];

/** The categories of EN 16931 (UNTDID 5305) that we use. */
export type VatCategory = 'S' | 'E' | 'K' | 'AE';

export interface TaxedParty {
  readonly country: string;
  readonly vatId: string | null;
}

export interface SaleTerms {
  readonly capacity: Capacity;
  readonly sellerKind: SellerKind;
  readonly buyerKind: BuyerKind;
  readonly broker: TaxedParty;
  readonly buyer: TaxedParty;
  /** Where the car goes. */
  readonly destination: string;
  readonly firstRegistration: string | null;
  readonly mileageKm: number | null;
  /** Of the supply: `2026-11-20`. */
  readonly day: string;
}

/** Whether the broker sells the car in its own name, and not only its service. */
export const sellsAsOwn = (capacity: Capacity): boolean => capacity === 'commissionaire' || capacity === 'dealer';

const newKm = 6_000;
const newMonths = 6;

/** At most six months old, or at most 6,000 kilometres run: taxed where it arrives, whoever buys (Directive 2006/112, Art. 2). */
export function isNewTransport({ firstRegistration, mileageKm, day }: Pick<SaleTerms, 'firstRegistration' | 'mileageKm' | 'day'>): boolean {
  if (mileageKm !== null && mileageKm <= newKm) return true;
  return firstRegistration !== null && day <= monthsAfter(firstRegistration, newMonths);
}

function monthsAfter(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

/** Of the car, for who sells it in its own name; of the fee, for an agent. */
export function treatmentOf(terms: SaleTerms): Treatment {
  const { capacity, sellerKind, buyerKind, broker, buyer, destination } = terms;
  if (!isInUnion(broker.country)) return 'outside';
  const businessAbroad = buyerKind === 'business' && buyer.vatId !== null && isInUnion(buyer.country) && buyer.country !== broker.country;
  if (!sellsAsOwn(capacity)) return businessAbroad ? 'reverse_charge' : 'standard';
  const crosses = destination !== broker.country && isInUnion(destination);
  if (crosses && isNewTransport(terms)) return businessAbroad ? 'intra_community' : 'new_transport';
  if (sellerKind !== 'dealer_vat') return 'margin';
  return crosses && businessAbroad ? 'intra_community' : 'standard';
}

export const categoryOf: Readonly<Record<Exclude<Treatment, 'outside'>, VatCategory>> = {
  standard: 'S',
  margin: 'E',
  intra_community: 'K',
  new_transport: 'E',
  reverse_charge: 'AE',
};

/** Why no tax is shown, as code lists have it; a new car that a private person takes abroad has no code. */
export const exemptionCode: Readonly<Record<Treatment, string | null>> = {
  standard: null,
  margin: 'VATEX-EU-F',
  intra_community: 'VATEX-EU-IC',
  new_transport: null,
  reverse_charge: 'VATEX-EU-AE',
  outside: null,
};
