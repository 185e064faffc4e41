import type { OutboxRow } from './outbox-reader';
import { Recent } from './recent';

const row = (position: number, type = 'a'): OutboxRow => ({ position, type, envelope: null });
const positions = (found: ReturnType<Recent['between']>): unknown => found && [found.rows.map(({ position }) => position), found.readTo];

describe('what was read of the outboxes lately', () => {
  let trusted: boolean;
  let recent: Recent;
  beforeEach(() => {
    trusted = true;
    recent = new Recent({ wanted: (source) => [`${source}.wanted`], trusted: () => trusted });
    recent.look(['depot']).keep('depot', 10, 12, [row(11), row(12, 'b')]);
    recent.look(['depot']).keep('depot', 12, 15, [row(13), row(15)]);
  });

  it('is handed out from any place in it, by type, and no further than may be read', () => {
    expect(recent.look(['depot', 'shelf']).types).toEqual(['depot.wanted', 'shelf.wanted']);
    expect(positions(recent.between('depot', 10, 15, ['a', 'b']))).toEqual([[11, 12, 13, 15], 15]);
    expect(positions(recent.between('depot', 11, 15, ['a']))).toEqual([[13, 15], 15]);
    expect(positions(recent.between('depot', 10, 14, ['a']))).toEqual([[11, 13], 14]);
    // More may be there by now, which is not known here.
    expect(positions(recent.between('depot', 12, 99, ['c']))).toEqual([[], 15]);
  });

  it('says nothing about what it has not seen', () => {
    expect(recent.between('depot', 9, 15, ['a'])).toBeUndefined();
    expect(recent.between('depot', 15, 16, ['a'])).toBeUndefined();
    expect(recent.between('shelf', 10, 15, ['a'])).toBeUndefined();
    recent.look(['depot']).keep('depot', 20, 21, [row(21)]);
    expect(recent.between('depot', 10, 21, ['a'])).toBeUndefined();
    expect(positions(recent.between('depot', 20, 21, ['a']))).toEqual([[21], 21]);
  });

  it('leaves a backlog to those who work on it', () => {
    const look = recent.look(['depot']);
    expect(look.near).toBe(100);
    look.keep('depot', 15, 15 + look.near + 1, [row(16)]);
    expect(recent.between('depot', 10, 15, ['a'])).toBeUndefined();
  });

  it('is forgotten when track is lost, also by a look that was under way then', () => {
    recent.set('depot', 15);
    const look = recent.look(['depot']);
    recent.clear();
    look.keep('depot', 15, 16, [row(16)]);
    expect(recent.has('depot')).toBe(false);
    expect(recent.between('depot', 10, 16, ['a'])).toBeUndefined();
    expect(recent.between('depot', 15, 16, ['a'])).toBeUndefined();
    recent.look(['depot']).keep('depot', 15, 16, [row(16)]);
    recent.forget('depot');
    expect(recent.between('depot', 15, 16, ['a'])).toBeUndefined();
  });

  it('is not used while nobody knows whether the server is the same, nor after its time', () => {
    trusted = false;
    expect(recent.between('depot', 10, 15, ['a'])).toBeUndefined();
    trusted = true;
    const now = performance.now();
    const clock = jest.spyOn(performance, 'now').mockReturnValue(now + 10_000);
    expect(recent.between('depot', 10, 15, ['a'])).toBeUndefined();
    clock.mockRestore();
    expect(recent.between('depot', 10, 15, ['a'])).toBeDefined();
  });
});
