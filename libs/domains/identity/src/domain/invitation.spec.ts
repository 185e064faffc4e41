import { checkAcceptance, checkRevocation, type InvitationState } from './invitation';

const now = new Date('2026-11-20T12:00:00Z');
const open: InvitationState = { status: 'pending', expiresAt: new Date(now.getTime() + 1) };

describe('invitations', () => {
  it('an open invitation is accepted', () => {
    expect(checkAcceptance(open, now).ok).toBe(true);
  });

  it('unknown, expired, used and revoked ones get one and the same answer', () => {
    const answers = [null, { ...open, expiresAt: now }, { ...open, status: 'accepted' as const }, { ...open, status: 'revoked' as const }].map(
      (invitation) => checkAcceptance(invitation, now),
    );
    expect(answers.every((answer) => !answer.ok)).toBe(true);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
  });

  it('only what nobody has answered can be taken back', () => {
    expect(checkRevocation(open).ok).toBe(true);
    expect(checkRevocation({ ...open, status: 'accepted' }).ok).toBe(false);
    expect(checkRevocation({ ...open, status: 'revoked' }).ok).toBe(false);
  });
});
