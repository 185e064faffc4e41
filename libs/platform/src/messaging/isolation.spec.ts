import { Isolation } from './isolation';

/** Work that ends when it is told to, and notes when it begins and ends. */
const steps: string[] = [];
function work(name: string): { run: () => Promise<void>; end: () => void } {
  const { promise, resolve } = Promise.withResolvers<void>();
  const run = async (): Promise<void> => {
    steps.push(`${name} begins`);
    await promise;
    steps.push(`${name} ends`);
  };
  return { run, end: resolve };
}

beforeEach(() => void steps.splice(0));

describe('work in isolation', () => {
  it('waits for what is in work, and what comes later waits for it', async () => {
    const isolation = new Isolation();
    const [a, b, suspect, other, late] = [work('a'), work('b'), work('suspect'), work('other'), work('late')];
    const all = [isolation.among(a.run), isolation.among(b.run), isolation.apart(suspect.run), isolation.apart(other.run), isolation.among(late.run)];
    for (const each of [late, other, suspect, b, a]) each.end();
    await Promise.all(all);
    expect(steps).toEqual(['a begins', 'b begins', 'b ends', 'a ends', 'suspect begins', 'suspect ends', 'other begins', 'other ends', 'late begins', 'late ends']);
  });

  it('ends with a failure too, and is not disturbed by that of others', async () => {
    const isolation = new Isolation();
    const fail = (): Promise<void> => Promise.reject(new Error('no'));
    const all = [isolation.among(fail), isolation.apart(fail), isolation.apart(() => Promise.resolve()), isolation.among(() => Promise.resolve())];
    expect((await Promise.allSettled(all)).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled', 'fulfilled']);
  });
});
