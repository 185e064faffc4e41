import type { BuyerKind, SignerRole, TaxedParty } from '@autobroker/kernel';

/** Somebody who takes part in a sale, as papers name them. */
export interface Party {
  readonly role: SignerRole;
  readonly name: string;
  readonly kind: BuyerKind;
  readonly address: {
    readonly line1: string;
    readonly line2: string | null;
    readonly postalCode: string;
    readonly city: string;
    readonly region: string | null;
    readonly country: string;
  };
  readonly email: string | null;
  readonly vatId: string | null;
  readonly licenceNo: string | null;
}

/** The broker is the tenant: who that is stands in its policy. */
export type PartyRole = Exclude<SignerRole, 'broker'>;

/** What of the broker decides how a sale is taxed. */
export const taxedOf = (party: Party | null): TaxedParty | null => (party === null ? null : { country: party.address.country, vatId: party.vatId });
export const buyerTaxedBy = ({ address, vatId }: Party): { readonly country: string; readonly hasVatId: boolean } => ({ country: address.country, hasVatId: vatId !== null });
