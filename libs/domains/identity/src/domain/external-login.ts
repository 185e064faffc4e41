/**
 * What happens when an external identity provider says who somebody is.
 *
 * The danger is a provider account that claims somebody else's address. So an existing account is joined only when the
 * provider vouches for the address, this account has proved it too, and the tenant's configuration trusts the provider
 * for that; an unproved local account could have been planted to catch the real owner's sign-in.
 */
export interface ExternalClaims {
  readonly subject: string;
  readonly email: string | null;
  readonly emailVerified: boolean;
}

export interface LocalAccount {
  readonly id: string;
  readonly active: boolean;
  readonly emailVerified: boolean;
  /** Staff are never joined by address alone: they link while signed in. */
  readonly staff: boolean;
}

export type ExternalLoginDecision =
  | { readonly kind: 'sign_in'; readonly userId: string }
  | { readonly kind: 'link'; readonly userId: string }
  | { readonly kind: 'register' }
  | { readonly kind: 'refuse'; readonly why: 'disabled' | 'email_unverified' | 'account_exists' | 'registration_closed' | 'linked_elsewhere' };

export function decideExternalLogin(input: {
  readonly claims: ExternalClaims;
  /** The account that this subject is linked to already. */
  readonly linked: LocalAccount | null;
  /** The account with the same e-mail address in this tenant. */
  readonly sameEmail: LocalAccount | null;
  /** Who was signed in when the flow began, for linking on purpose. */
  readonly signedIn: LocalAccount | null;
  readonly provider: { readonly linkVerifiedEmail: boolean; readonly allowRegistration: boolean };
}): ExternalLoginDecision {
  const { claims, linked, sameEmail, signedIn, provider } = input;
  if (linked !== null) {
    if (!linked.active) return { kind: 'refuse', why: 'disabled' };
    if (signedIn !== null && signedIn.id !== linked.id) return { kind: 'refuse', why: 'linked_elsewhere' };
    return { kind: 'sign_in', userId: linked.id };
  }
  if (signedIn !== null) {
    return signedIn.active ? { kind: 'link', userId: signedIn.id } : { kind: 'refuse', why: 'disabled' };
  }
  if (claims.email === null || !claims.emailVerified) return { kind: 'refuse', why: 'email_unverified' };
  if (sameEmail !== null) {
    if (!sameEmail.active) return { kind: 'refuse', why: 'disabled' };
    const safe = provider.linkVerifiedEmail && sameEmail.emailVerified && !sameEmail.staff;
    return safe ? { kind: 'link', userId: sameEmail.id } : { kind: 'refuse', why: 'account_exists' };
  }
  return provider.allowRegistration ? { kind: 'register' } : { kind: 'refuse', why: 'registration_closed' };
}
