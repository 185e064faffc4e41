import { type BuyerKind, type Capacity, type CarAge, euCountries, isNewTransport as isNewByAge, type SellerKind, sellsAsOwn } from '@autobroker/kernel';

/** How the invoice of a sale is taxed. `outside`: not by the union's rules, so that it is no electronic invoice of theirs. */
export type Treatment = 'standard' | 'margin' | 'intra_community' | 'new_transport' | 'reverse_charge' | 'outside';

/** The categories of EN 16931 (UNTDID 5305) that we use. */
export type VatCategory = 'S' | 'E' | 'K' | 'AE';

export interface TaxedParty {
  readonly country: string;
  readonly vatId: string | null;
}

export interface SaleTerms extends CarAge {
  readonly capacity: Capacity;
  readonly sellerKind: SellerKind;
  readonly buyerKind: BuyerKind;
  readonly broker: TaxedParty;
  readonly buyer: TaxedParty;
  /** Where the car goes. */
  readonly destination: string;
  /** Of the supply: `2026-11-20`. */
  readonly day: string;
}

export const isNewTransport = (terms: CarAge): boolean => isNewByAge(terms) ?? false;

/** From one country of the union into another. */
export const crossesBorder = (from: string, destination: string): boolean => destination !== from && euCountries.has(from) && euCountries.has(destination);

/** Of the car, for who sells it in its own name; of the fee, for an agent. */
export function treatmentOf(terms: SaleTerms): Treatment {
  const { capacity, sellerKind, buyerKind, broker, buyer, destination } = terms;
  if (!euCountries.has(broker.country)) return 'outside';
  const businessAbroad = buyerKind === 'business' && buyer.vatId !== null && euCountries.has(buyer.country) && buyer.country !== broker.country;
  if (!sellsAsOwn(capacity)) return businessAbroad ? 'reverse_charge' : 'standard';
  const crosses = crossesBorder(broker.country, destination);
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
