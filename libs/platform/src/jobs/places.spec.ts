import { describe, expect, it } from '@jest/globals';
import { JobStoppedError } from './job-attempt';
import { Places, type Task } from './places';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Tasks that end when they are told to. */
class Bench {
  readonly begun: string[] = [];
  readonly handedOver: string[] = [];
  private readonly ends = new Map<string, () => void>();

  task(name: string, rank = 100): Task {
    return {
      id: name,
      name,
      rank,
      run: () => this.work(name),
      handOver: async () => void this.handedOver.push(name),
    };
  }

  work(name: string): Promise<void> {
    this.begun.push(name);
    return new Promise((resolve) => this.ends.set(name, resolve));
  }

  async end(name: string): Promise<void> {
    this.ends.get(name)?.();
    await turn();
  }
}

describe('work that a process does itself', () => {
  it('begins as many tasks as it has places, and the most urgent of the others next', async () => {
    const [bench, hands] = [new Bench(), new Places(2)];
    for (const name of ['a', 'b', 'c', 'd']) expect(hands.take(bench.task(name))).toBe(true);
    hands.take(bench.task('urgent', 1));
    expect(bench.begun).toEqual(['a', 'b']);
    await bench.end('a');
    expect(bench.begun).toEqual(['a', 'b', 'urgent']);
    await bench.end('b');
    expect(bench.begun).toEqual(['a', 'b', 'urgent', 'c']);
  });

  it('takes the same work on once while it waits, and again when it has begun', async () => {
    const [bench, hands] = [new Bench(), new Places(1)];
    for (let time = 0; time < 3; time += 1) expect(hands.take(bench.task('same'))).toBe(true);
    expect(bench.begun).toEqual(['same']);
    await bench.end('same');
    expect(bench.begun).toEqual(['same', 'same']);
    await bench.end('same');
    expect(bench.begun).toEqual(['same', 'same']);
  });

  it('has room for so many and no more', () => {
    const [bench, hands] = [new Bench(), new Places(1)];
    const taken = Array.from({ length: 300 }, (_, index) => hands.take(bench.task(String(index))));
    expect(taken.filter(Boolean)).toHaveLength(201);
    expect(taken[0]).toBe(true);
    expect(taken[299]).toBe(false);
  });

  it('hands over what has not begun when it is drained, and waits for the rest', async () => {
    const [bench, hands] = [new Bench(), new Places(1)];
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

describe('work that the queue gives', () => {
  it('shares the places with what the process does itself, and waits in the same line', async () => {
    const [bench, places] = [new Bench(), new Places(2)];
    const given = (name: string, rank = 100): Promise<void> => places.within({ id: name, rank }, () => bench.work(name));
    places.take(bench.task('own'));
    const all = [given('first'), given('second'), given('urgent', 1)];
    places.take(bench.task('own too'));
    await turn();
    expect(bench.begun).toEqual(['own', 'first']);
    await bench.end('own');
    expect(bench.begun).toEqual(['own', 'first', 'urgent']);
    for (const name of ['first', 'urgent']) await bench.end(name);
    expect(bench.begun).toEqual(['own', 'first', 'urgent', 'second', 'own too']);
    for (const name of ['second', 'own too']) await bench.end(name);
    await Promise.all(all);
  });

  it('does not go on beside the same job, whichever of the two came first; others go ahead meanwhile', async () => {
    const [bench, places] = [new Bench(), new Places(3)];
    places.take(bench.task('own'));
    const again = places.within({ id: 'own', rank: 100 }, () => bench.work('own from the queue'));
    const given = places.within({ id: 'given', rank: 100 }, () => bench.work('given'));
    await turn();
    places.take(bench.task('given'));
    expect(bench.begun).toEqual(['own', 'given']);
    await bench.end('own');
    expect(bench.begun).toEqual(['own', 'given', 'own from the queue']);
    await bench.end('own from the queue');
    await bench.end('given');
    expect(bench.begun).toEqual(['own', 'given', 'own from the queue', 'given']);
    await bench.end('given');
    await Promise.all([again, given]);
  });

  it('fails as it fails, and leaves its place', async () => {
    const places = new Places(1);
    await expect(places.within({ id: 'bad', rank: 1 }, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await places.within({ id: 'bad', rank: 1 }, () => Promise.resolve('done'))).toBe('done');
  });

  it('goes back when the process stops before it has begun', async () => {
    const [bench, places] = [new Bench(), new Places(1)];
    const running = places.within({ id: 'a', rank: 1 }, () => bench.work('a'));
    const waiting = expect(places.within({ id: 'b', rank: 1 }, () => bench.work('b'))).rejects.toBeInstanceOf(JobStoppedError);
    await turn();
    let drained = false;
    const drain = places.drain().then(() => (drained = true));
    await waiting;
    await expect(places.within({ id: 'late', rank: 1 }, () => bench.work('late'))).rejects.toBeInstanceOf(JobStoppedError);
    expect(drained).toBe(false);
    await bench.end('a');
    await Promise.all([drain, running]);
    expect(bench.begun).toEqual(['a']);
    await new Places(1).drain();
  });
});
