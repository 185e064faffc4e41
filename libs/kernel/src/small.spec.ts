import { assert, assertNever, deepFreeze, ManualClock, Seen } from './index';

describe('deepFreeze', () => {
  it('freezes objects and arrays all the way down', () => {
    const table = deepFreeze({ list: [{ name: 'a' }], run: () => 1 });
    expect(Object.isFrozen(table) && Object.isFrozen(table.list) && Object.isFrozen(table.list[0])).toBe(true);
    expect(table.run()).toBe(1);
  });

  it('leaves instances alone and survives a circle', () => {
    const clock = new ManualClock();
    const circle: { clock: ManualClock; self?: unknown } = { clock };
    circle.self = circle;
    deepFreeze(circle);
    expect(Object.isFrozen(circle)).toBe(true);
    expect(() => clock.advance(1)).not.toThrow();
  });
});

describe('assert', () => {
  it('throws unless the condition is true', () => {
    expect(() => assert(1 < 2, 'never')).not.toThrow();
    expect(() => assert(1 > 2, 'one is not more than two')).toThrow('one is not more than two');
  });

  it('names a value that a union should have ruled out', () => {
    const paint = (colour: 'red'): string => (colour === 'red' ? 'ff0000' : assertNever(colour, 'colour'));
    expect(() => paint(JSON.parse('"purple"'))).toThrow('Unexpected colour: "purple"');
  });
});

describe('Seen', () => {
  it('knows what it was asked about, as far back as it was told to, and forgets what is twice as old', () => {
    const seen = new Seen(3);
    expect(['a', 'b', 'a', 'c'].map((key) => seen.again(key))).toEqual([false, false, true, false]);
    expect(['d', 'e'].map((key) => seen.again(key))).toEqual([false, false]);
    expect(seen.again('a')).toBe(true); // three others came meanwhile
    for (const key of ['f', 'g', 'h', 'i']) seen.again(key);
    expect(['b', 'c', 'd'].map((key) => seen.again(key))).toEqual([false, false, false]);
  });
});
