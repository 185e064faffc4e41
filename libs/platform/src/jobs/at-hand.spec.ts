import { describe, expect, it } from '@jest/globals';
import { AtHand, type Task } from './at-hand';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Tasks that end when they are told to. */
class Bench {
  readonly begun: string[] = [];
  readonly handedOver: string[] = [];
  private readonly ends = new Map<string, () => void>();

  task(name: string, rank = 100): Task {
    return {
      name,
      rank,
      run: () => {
        this.begun.push(name);
        return new Promise((resolve) => this.ends.set(name, resolve));
      },
      handOver: async () => void this.handedOver.push(name),
    };
  }

  async end(name: string): Promise<void> {
    this.ends.get(name)?.();
    await turn();
  }
}

describe('work that a process does itself', () => {
  it('begins as many tasks as it has places, and the most urgent of the others next', async () => {
    const [bench, hands] = [new Bench(), new AtHand(2)];
    for (const name of ['a', 'b', 'c', 'd']) expect(hands.take(bench.task(name))).toBe(true);
    hands.take(bench.task('urgent', 1));
    expect(bench.begun).toEqual(['a', 'b']);
    await bench.end('a');
    expect(bench.begun).toEqual(['a', 'b', 'urgent']);
    await bench.end('b');
    expect(bench.begun).toEqual(['a', 'b', 'urgent', 'c']);
  });

  it('takes the same work on once while it waits, and again when it has begun', async () => {
    const [bench, hands] = [new Bench(), new AtHand(1)];
    for (let time = 0; time < 3; time += 1) expect(hands.take(bench.task('same'))).toBe(true);
    expect(bench.begun).toEqual(['same']);
    await bench.end('same');
    expect(bench.begun).toEqual(['same', 'same']);
    await bench.end('same');
    expect(bench.begun).toEqual(['same', 'same']);
  });

  it('has room for so many and no more', () => {
    const [bench, hands] = [new Bench(), new AtHand(1)];
    const taken = Array.from({ length: 300 }, (_, index) => hands.take(bench.task(String(index))));
    expect(taken.filter(Boolean)).toHaveLength(201);
    expect(taken[0]).toBe(true);
    expect(taken[299]).toBe(false);
  });

  it('hands over what has not begun when it is drained, and waits for the rest', async () => {
    const [bench, hands] = [new Bench(), new AtHand(1)];
    for (const name of ['a', 'b', 'c']) hands.take(bench.task(name));
    let drained = false;
    const drain = hands.drain().then(() => (drained = true));
    await turn();
    expect([bench.handedOver, drained]).toEqual([['b', 'c'], false]);
    await bench.end('a');
    await drain;
    expect(bench.begun).toEqual(['a']);
    expect(hands.take(bench.task('late'))).toBe(false);
  });
});
