import { decideExternalLogin, type LocalAccount } from './external-login';

const account = (over: Partial<LocalAccount> = {}): LocalAccount => ({ id: 'u1', active: true, emailVerified: true, staff: false, ...over });
type Input = Parameters<typeof decideExternalLogin>[0];
const decide = (over: Partial<Omit<Input, 'claims'>> & { email?: string | null; verified?: boolean } = {}) =>
  decideExternalLogin({
    claims: { subject: 's', email: over.email === undefined ? 'ada@example.com' : over.email, emailVerified: over.verified ?? true },
    linked: over.linked ?? null,
    sameEmail: over.sameEmail ?? null,
    signedIn: over.signedIn ?? null,
    provider: over.provider ?? { linkVerifiedEmail: true, allowRegistration: true },
  });

describe('an external provider says who somebody is', () => {
  it('a linked account signs in, whatever the provider says about its address today', () => {
    expect(decide({ linked: account(), verified: false, email: null })).toEqual({ kind: 'sign_in', userId: 'u1' });
  });

  it('an unknown person with a proved address registers, where the tenant allows it', () => {
    expect(decide()).toEqual({ kind: 'register' });
    expect(decide({ provider: { linkVerifiedEmail: true, allowRegistration: false } })).toEqual({ kind: 'refuse', why: 'registration_closed' });
  });

  it('an address that the provider does not vouch for gets nobody in', () => {
    expect(decide({ verified: false })).toEqual({ kind: 'refuse', why: 'email_unverified' });
    expect(decide({ verified: false, sameEmail: account() })).toEqual({ kind: 'refuse', why: 'email_unverified' });
    expect(decide({ email: null })).toEqual({ kind: 'refuse', why: 'email_unverified' });
  });

  it('an existing account is joined only when both sides have proved the address', () => {
    expect(decide({ sameEmail: account() })).toEqual({ kind: 'link', userId: 'u1' });
    expect(decide({ sameEmail: account({ emailVerified: false }) })).toEqual({ kind: 'refuse', why: 'account_exists' });
    expect(decide({ sameEmail: account({ staff: true }) })).toEqual({ kind: 'refuse', why: 'account_exists' });
    expect(decide({ sameEmail: account(), provider: { linkVerifiedEmail: false, allowRegistration: true } })).toEqual({ kind: 'refuse', why: 'account_exists' });
  });

  it('somebody who is signed in links on purpose, but not a subject that is another’s', () => {
    expect(decide({ signedIn: account({ staff: true }), verified: false })).toEqual({ kind: 'link', userId: 'u1' });
    expect(decide({ signedIn: account({ id: 'u2' }), linked: account() })).toEqual({ kind: 'refuse', why: 'linked_elsewhere' });
  });

  it('a disabled account stays out by every door', () => {
    const disabled = account({ active: false });
    expect(decide({ linked: disabled })).toEqual({ kind: 'refuse', why: 'disabled' });
    expect(decide({ sameEmail: disabled })).toEqual({ kind: 'refuse', why: 'disabled' });
    expect(decide({ signedIn: disabled })).toEqual({ kind: 'refuse', why: 'disabled' });
  });
});
