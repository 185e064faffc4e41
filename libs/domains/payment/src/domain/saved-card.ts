/** A card that a buyer keeps at the provider for later: we know its last digits, and never more of it. */
export interface SavedCard {
  readonly id: string;
  readonly tenantId: string;
  readonly buyerId: string;
  readonly version: number;
  readonly state: SavedCardState;
  readonly refs: SavedCardRefs;
  /** Where the buyer gives the card to the provider, while that is open. */
  readonly url: string | null;
  readonly card: CardFace | null;
  readonly expiresAt: Date;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** `removing`: not used any more, and to be taken from the provider. */
export const savedCardStates = ['created', 'open', 'ready', 'failed', 'removing', 'removed'] as const;
export type SavedCardState = (typeof savedCardStates)[number];

export interface SavedCardRefs {
  /** As whom the provider knows the buyer. */
  readonly customer: string | null;
  readonly session: string | null;
  readonly method: string | null;
}

export interface CardFace {
  readonly brand: string;
  readonly last4: string;
  readonly expMonth: number;
  readonly expYear: number;
}

/** What the provider says of the page on which a card is given. */
export type SetupTruth = { readonly status: 'open' } | { readonly status: 'over' } | { readonly status: 'ready'; readonly method: string; readonly card: CardFace };

/** What a payment by it needs. */
export interface ChargeableCard {
  readonly customer: string;
  readonly method: string;
}

export const newSavedCard = ({ at, ...given }: Pick<SavedCard, 'id' | 'tenantId' | 'buyerId' | 'expiresAt'> & { readonly at: Date }): SavedCard => ({
  ...given,
  version: 1,
  state: 'created',
  refs: { customer: null, session: null, method: null },
  url: null,
  card: null,
  createdAt: at,
  updatedAt: at,
});

const changed = (card: SavedCard, at: Date, more: Partial<SavedCard>): SavedCard => ({ ...card, ...more, version: card.version + 1, updatedAt: at });

/** The provider has opened its page. One that was given up meanwhile keeps its names, so that it can be taken back. */
export const opened = (card: SavedCard, { customer, session, url }: { readonly customer: string; readonly session: string; readonly url: string }, at: Date): SavedCard =>
  changed(card, at, { refs: { ...card.refs, customer, session }, ...(card.state === 'created' ? { state: 'open', url } : {}) });

/** Nothing but an open one moves, however late an answer comes. */
export function heardOf(card: SavedCard, truth: SetupTruth, at: Date): SavedCard {
  if (card.state !== 'open' || truth.status === 'open') return card;
  if (truth.status === 'over') return changed(card, at, { state: 'failed', url: null });
  return changed(card, at, { state: 'ready', url: null, refs: { ...card.refs, method: truth.method }, card: truth.card });
}

export const isGone = ({ state }: Pick<SavedCard, 'state'>): boolean => state === 'removing' || state === 'removed';

export const givenUp = (card: SavedCard, at: Date): SavedCard => (card.state === 'created' ? changed(card, at, { state: 'failed' }) : card);
export const removing = (card: SavedCard, at: Date): SavedCard => (isGone(card) ? card : changed(card, at, { state: 'removing', url: null, card: null }));
export const removed = (card: SavedCard, at: Date): SavedCard => (card.state === 'removing' ? changed(card, at, { state: 'removed', refs: { ...card.refs, method: null } }) : card);

const minuteMs = 60_000;

/** When it is asked about again by ourselves, for what no webhook has told. */
export function nextLookAt({ state }: Pick<SavedCard, 'state'>, now: Date): Date | null {
  if (state === 'open') return new Date(now.getTime() + 10 * minuteMs);
  return state === 'created' || state === 'removing' ? new Date(now.getTime() + minuteMs) : null;
}

const longestMs = 6 * 60 * minuteMs;

/** It could not be asked about: again soon at first, then ever more seldom, so that those that fail do not stand before the others. */
export function lookAtAfterFault(card: Pick<SavedCard, 'state' | 'updatedAt'>, now: Date): Date | null {
  if (nextLookAt(card, now) === null) return null;
  const age = now.getTime() - card.updatedAt.getTime();
  return new Date(now.getTime() + Math.min(longestMs, Math.max(minuteMs, age / 2)));
}
