import { type CarAge, isNewTransport as isNewByAge, type VatTreatment } from '@autobroker/kernel';

export { crossesBorder, treatmentOf, type SaleTerms, type TaxedParty, type VatTreatment as Treatment } from '@autobroker/kernel';

/** The categories of EN 16931 (UNTDID 5305) that we use. */
export type VatCategory = 'S' | 'E' | 'K' | 'AE';

export const isNewTransport = (terms: CarAge): boolean => isNewByAge(terms) ?? false;

export const categoryOf: Readonly<Record<Exclude<VatTreatment, 'outside'>, VatCategory>> = {
  standard: 'S',
  margin: 'E',
  intra_community: 'K',
  new_transport: 'E',
  reverse_charge: 'AE',
};

/** Why no tax is shown, as code lists have it; a new car that a private person takes abroad has no code. */
export const exemptionCode: Readonly<Record<VatTreatment, string | null>> = {
  standard: null,
  margin: 'VATEX-EU-F',
  intra_community: 'VATEX-EU-IC',
  new_transport: null,
  reverse_charge: 'VATEX-EU-AE',
  outside: null,
};
