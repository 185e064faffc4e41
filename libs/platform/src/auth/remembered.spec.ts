import { Remembered } from './index';

const options = { max: 100, foundForMs: 60_000, missingForMs: 5_000, staleForMs: 120_000 };

function world() {
  let now = 0;
  const remembered = new Remembered<{ n: number }>({ ...options, now: () => now });
  return { remembered, advance: (ms: number) => void (now += ms) };
}

describe('remembered answers', () => {
  it('are asked for once by many, and again when they are old; absence sooner than presence', async () => {
    const { remembered, advance } = world();
    const look = jest.fn(async () => ({ n: 1 }));
    await Promise.all([remembered.ask('a', look), remembered.ask('a', look)]);
    const missing = jest.fn(async () => null);
    await remembered.ask('b', missing);
    await remembered.ask('b', missing);
    expect([look.mock.calls.length, missing.mock.calls.length]).toEqual([1, 1]);
    advance(5_001);
    await remembered.ask('b', missing);
    await remembered.ask('a', look);
    expect([look.mock.calls.length, missing.mock.calls.length]).toEqual([1, 2]);
    advance(55_000);
    expect(remembered.peek('a')).toBeUndefined();
    await remembered.ask('a', look);
    expect(look).toHaveBeenCalledTimes(2);
  });

  it('are used for a while after their time when whoever knows is away, but not for ever', async () => {
    const { remembered, advance } = world();
    await remembered.ask('a', async () => ({ n: 1 }));
    const away = jest.fn(async () => Promise.reject(new Error('away')));
    advance(60_001);
    expect(await remembered.ask('a', away)).toEqual({ n: 1 });
    expect(await remembered.ask('a', away)).toEqual({ n: 1 });
    expect(away).toHaveBeenCalledTimes(1);
    advance(60_000);
    await expect(remembered.ask('a', away)).rejects.toThrow('away');
    await expect(remembered.ask('new', away)).rejects.toThrow('away');
  });

  it('are not kept when they were on their way while something was forgotten', async () => {
    const { remembered } = world();
    let answer: (value: { n: number }) => void = () => undefined;
    const slow = remembered.ask('a', () => new Promise((resolve) => (answer = resolve)));
    remembered.forget(() => true);
    expect(await remembered.ask('a', async () => ({ n: 2 }))).toEqual({ n: 2 });
    answer({ n: 1 });
    expect(await slow).toEqual({ n: 1 });
    expect(remembered.peek('a')).toEqual({ n: 2 });
  });
});
