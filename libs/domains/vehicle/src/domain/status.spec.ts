import { listingStatuses, vehicleStatuses } from '@autobroker/kernel';
import { moveTo, statusAfterSighting, vehicleLife } from './status';

describe('the life of a car', () => {
  const moves: Record<string, readonly string[]> = {
    available: ['reserved', 'sold', 'withdrawn', 'deleted'],
    reserved: ['available', 'sold', 'withdrawn'],
    sold: ['available', 'deleted'],
    withdrawn: ['available', 'deleted'],
  };

  it.each(vehicleStatuses.flatMap((from) => [...vehicleStatuses, 'deleted' as const].map((to) => [from, to] as const)))('from %s to %s', (from, to) => {
    const move = moveTo(from, to, 'staff');
    expect(move.ok).toBe(moves[from]?.includes(to));
    if (!move.ok) expect(move.error).toMatchObject({ code: 'transition_not_allowed', extra: { from, to } });
  });

  it('no source deletes a car', () => expect(moveTo('available', 'deleted', 'source').ok).toBe(false));

  it('can be drawn', () => expect(vehicleLife.toMermaid()).toContain('reserved --> available'));
});

describe('what a source says', () => {
  it('means nothing while it repeats itself, whatever our staff have done', () => {
    for (const current of vehicleStatuses) for (const said of listingStatuses) expect(statusAfterSighting(current, said, said)).toBe(current);
  });

  it('moves the car where its life allows it', () => {
    expect(statusAfterSighting('available', 'active', 'sold')).toBe('sold');
    expect(statusAfterSighting('available', 'active', 'removed')).toBe('withdrawn');
    expect(statusAfterSighting('withdrawn', 'removed', 'active')).toBe('available');
    expect(statusAfterSighting('sold', 'active', 'reserved')).toBe('sold');
    expect(statusAfterSighting('withdrawn', 'active', 'sold')).toBe('withdrawn');
  });
});
