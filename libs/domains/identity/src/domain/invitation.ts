import { err, ok, refusal, type Refusal, type Result } from '@autobroker/kernel';

export const invitationLifeMs = 7 * 24 * 60 * 60_000;

export type InvitationStatus = 'pending' | 'accepted' | 'revoked';

export interface InvitationState {
  readonly status: InvitationStatus;
  readonly expiresAt: Date;
}

export const invitationOpen = (invitation: InvitationState, now: Date): boolean =>
  invitation.status === 'pending' && now < invitation.expiresAt;

/**
 * Whoever holds the mailed token has proved the mailbox, so an account that already has this address may join with its
 * own password; a person without one chooses a password now. One answer for used, revoked, expired and unknown tokens.
 */
export function checkAcceptance(
  invitation: InvitationState | null,
  now: Date,
): Result<void, Refusal<'token_invalid'>> {
  return invitation !== null && invitationOpen(invitation, now)
    ? ok(undefined)
    : err(refusal('token_invalid', 'This invitation is not valid any more. Ask for a new one.'));
}

export function checkRevocation(invitation: InvitationState): Result<void, Refusal<'conflict'>> {
  return invitation.status === 'pending'
    ? ok(undefined)
    : err(refusal('conflict', `The invitation is ${invitation.status} already.`));
}
