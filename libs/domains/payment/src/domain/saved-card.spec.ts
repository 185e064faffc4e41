import { givenUp, heardOf, lookAtAfterFault, newSavedCard, nextLookAt, opened, removed, removing, type SavedCard } from './saved-card';

const at = new Date('2026-11-20T12:00:00Z');
const begun = newSavedCard({ id: 'c', tenantId: 't', buyerId: 'b', at, expiresAt: at });
const page = { customer: 'cus_1', session: 'cs_1', url: 'https://pay.example/cs_1' };
const ready = { status: 'ready', method: 'pm_1', card: { brand: 'visa', last4: '4242', expMonth: 12, expYear: 2031 } } as const;
const stateOf = ({ state, refs, url, card }: SavedCard) => [state, refs.method, url, card?.last4 ?? null];

describe('a card that a buyer keeps', () => {
  it('is there when the provider has it, and gone at once when the buyer wants it gone', () => {
    const open = opened(begun, page, at);
    expect(stateOf(open)).toEqual(['open', null, page.url, null]);
    const there = heardOf(open, ready, at);
    expect(stateOf(there)).toEqual(['ready', 'pm_1', null, '4242']);
    const going = removing(there, at);
    // What is still to be taken from the provider keeps its name there, and nothing of its face.
    expect(stateOf(going)).toEqual(['removing', 'pm_1', null, null]);
    expect(stateOf(removed(going, at))).toEqual(['removed', null, null, null]);
    expect([begun, open, there, going].map(({ version }) => version)).toEqual([1, 2, 3, 4]);
  });

  it('does not come back by an answer that is late, nor by one that comes twice', () => {
    const open = opened(begun, page, at);
    const there = heardOf(open, ready, at);
    expect(heardOf(there, ready, at)).toBe(there);
    expect(heardOf(there, { status: 'over' }, at)).toBe(there);
    expect(heardOf(removing(open, at), ready, at).state).toBe('removing');
    expect(stateOf(opened(removing(begun, at), page, at))).toEqual(['removing', null, null, null]);
    expect(heardOf(heardOf(open, { status: 'over' }, at), ready, at).state).toBe('failed');
    expect([givenUp(begun, at).state, givenUp(open, at).state]).toEqual(['failed', 'open']);
  });

  it('is asked about until nothing more can come', () => {
    const asked = (card: SavedCard) => nextLookAt(card, at) !== null;
    const open = opened(begun, page, at);
    expect([begun, open, removing(open, at)].map(asked)).toEqual([true, true, true]);
    expect([heardOf(open, ready, at), heardOf(open, { status: 'over' }, at), removed(removing(open, at), at)].map(asked)).toEqual([false, false, false]);
  });

  it('that can’t be asked about is asked ever more seldom, four times a day at least, and not at all when nothing can come', () => {
    const open = opened(begun, page, at);
    const waits = (minutes: number, card = open): number | null => {
      const now = new Date(at.getTime() + minutes * 60_000);
      const next = lookAtAfterFault(card, now);
      return next === null ? null : (next.getTime() - now.getTime()) / 60_000;
    };
    expect([waits(0), waits(10), waits(600), waits(100_000)]).toEqual([1, 5, 300, 360]);
    expect([waits(10, removing(open, at)), waits(10, heardOf(open, ready, at))]).toEqual([5, null]);
  });
});
