import { defineEvent, type EventEnvelope } from '@autobroker/contracts';
import { z } from 'zod';
import { BroadcastHub } from './broadcast-hub';
import { backoffMs, defineConsumer, sourcesOf } from './consumer-def';
import { Broadcast, broadcastOf, consumerOf, EventConsumer } from './decorators';
import { deliver, type ValidDelivery } from './delivery';
import { FailureMemory } from './failure-memory';
import { Loop, spread, type Next } from './loop';

const lampLit = defineEvent({ type: 'lamp.lit.v1', service: 'lamp', summary: 'A lamp burns.', data: z.strictObject({ watt: z.int() }), fixture: { watt: 40 } });
const anyEvent = defineEvent({ type: 'lamp.counted.v1', service: 'any', summary: 'Lamps were counted.', data: z.strictObject({}), fixture: {} });

const envelope = (watt: unknown): EventEnvelope => ({
  id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b5a',
  type: 'lamp.lit.v1',
  version: 1,
  key: 'a lamp',
  tenant_id: null,
  occurred_at: '2026-11-20T12:00:00.000Z',
  trace: null,
  data: { watt },
});
const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

describe('a consumer’s definition', () => {
  it('belongs to the service that its name begins with', () => {
    expect(defineConsumer({ name: 'lamp.dim-lights', on: [lampLit] })).toMatchObject({ service: 'lamp', types: ['lamp.lit.v1'], maxAttempts: 5, startFrom: 'beginning' });
  });

  it.each(['lamp', 'Lamp.x', 'lamp.', 'lamp.a.b', 'la mp.x'])('refuses the name %s', (name) => {
    expect(() => defineConsumer({ name, on: [lampLit] })).toThrow('not of the form');
  });

  it('hears something', () => {
    expect(() => defineConsumer({ name: 'lamp.deaf', on: [] })).toThrow('hears nothing');
  });

  it('reads every service for an event that any of them may publish', () => {
    expect(sourcesOf([lampLit], ['a', 'b'])).toEqual(['lamp']);
    expect(sourcesOf([lampLit, anyEvent], ['a', 'lamp'])).toEqual(['a', 'lamp']);
  });

  it('waits longer after every failure, up to a limit, with jitter', () => {
    const backoff = { firstMs: 100, factor: 5, maxMs: 2_000 };
    expect([1, 2, 3, 9].map((attempts) => backoffMs(backoff, attempts, () => 0.5))).toEqual([100, 500, 2_000, 2_000]);
    expect(backoffMs(backoff, 1, () => 0)).toBe(80);
    expect(backoffMs(backoff, 1, () => 1)).toBe(120);
  });
});

describe('many loops', () => {
  it('do not look all in the same moment, and none later than it may', () => {
    expect([0, 0.5, 0.999].map((random) => spread(1_000, () => random))).toEqual([500, 750, 1_000]);
  });
});

describe('decorators', () => {
  const def = defineConsumer({ name: 'lamp.decorated', on: [lampLit] });
  @EventConsumer(def)
  class Consumer {
    async handle(): Promise<void> {}
  }
  @Broadcast([lampLit])
  class Watcher {
    handle(): void {}
  }
  class Heir extends Consumer {}

  it('mark a class, and not its heirs', () => {
    expect(consumerOf(Consumer)).toBe(def);
    expect(broadcastOf(Watcher)).toEqual([lampLit]);
    expect(consumerOf(Heir)).toBeUndefined();
    expect(broadcastOf(Consumer)).toBeUndefined();
  });
});

describe('a delivery', () => {
  it('is judged by the contract of its event', () => {
    expect(deliver('lamp', envelope(40))).toEqual({ valid: true, source: 'lamp', event: envelope(40) });
    expect(deliver('lamp', envelope('much'))).toMatchObject({ valid: false, type: 'lamp.lit.v1', key: 'a lamp', reason: expect.stringContaining('breaks its contract') });
    expect(deliver('lamp', { ...envelope(40), type: 'lamp.unheard.v1' })).toMatchObject({ valid: false, reason: expect.stringContaining('not an event') });
    expect(deliver('lamp', { ...envelope(40), key: '' })).toMatchObject({ valid: false, reason: expect.stringContaining('wrong envelope') });
  });

  it('of a newer version is read without what is not known here', () => {
    expect(deliver('lamp', { ...envelope(40), data: { watt: 40, lumen: 470 }, more: 1 })).toEqual({ valid: true, source: 'lamp', event: envelope(40) });
    expect(deliver('lamp', { ...envelope(40), data: { lumen: 470 } })).toMatchObject({ valid: false, reason: expect.stringContaining('breaks its contract') });
  });

  it('can’t be changed by one of the many who are handed it', () => {
    const delivery = deliver('lamp', envelope(40));
    const { event } = delivery as ValidDelivery;
    expect(() => Object.assign(event, { key: 'another lamp' })).toThrow(TypeError);
    expect(() => Object.assign(event.data as object, { watt: 60 })).toThrow(TypeError);
    expect(() => Object.assign(delivery, { valid: false })).toThrow(TypeError);
    expect(delivery).toEqual({ valid: true, source: 'lamp', event: envelope(40) });
  });

  it.each([null, undefined, 7, 'text', [], { id: 'x\u0000', key: {} }])('keeps what is no event at all: %p', (message) => {
    const delivery = deliver('lamp', message);
    expect(delivery).toMatchObject({ valid: false, eventId: null });
    expect(delivery.valid ? '' : delivery.raw).not.toContain('\u0000');
  });
});

describe('failures of whole transactions', () => {
  it('make events go one by one after the second in a row, and in batches again after success', () => {
    const memory = new FailureMemory();
    memory.failed(['a', 'b', 'c'], new Error('1'));
    expect(memory.limit(100)).toBe(100);
    memory.failed(['a', 'b', 'c'], new Error('2'));
    expect(memory.limit(100)).toBe(1);
    for (const id of ['a', 'b', 'c']) {
      expect(memory.limit(100)).toBe(1);
      memory.succeeded([id]);
    }
    expect(memory.limit(100)).toBe(100);
  });

  it('make a suspect of an event that fails alone three times', () => {
    const memory = new FailureMemory();
    const error = new Error('fatal');
    for (const times of [1, 2]) {
      memory.failed(['a'], error);
      expect([times, memory.suspicion('a')]).toEqual([times, undefined]);
    }
    memory.failed(['a'], error);
    expect(memory.suspicion('a')).toEqual({ error });
    memory.succeeded(['a']);
    expect(memory.suspicion('a')).toBeUndefined();
  });

  it('are followed by longer and longer pauses, but not without end', () => {
    const memory = new FailureMemory();
    expect(memory.pauseMs()).toBe(0);
    const pauses = Array.from({ length: 12 }, () => {
      memory.failed([], new Error('away'));
      return memory.pauseMs(() => 0.5);
    });
    expect(pauses.slice(0, 3)).toEqual([50, 100, 200]);
    expect(pauses.at(-1)).toBe(5_000);
  });
});

describe('a loop', () => {
  it('makes another round for a wake-up during a round', async () => {
    let rounds = 0;
    const loop: Loop = new Loop('test', async () => {
      rounds += 1;
      if (rounds === 1) loop.wake();
      return 'idle';
    }, 60_000);
    loop.start();
    await soon();
    expect(rounds).toBe(2);
    loop.wake();
    await soon();
    expect(rounds).toBe(3);
    await loop.stop();
  });

  it('is not woken out of a pause after trouble, but stops at once', async () => {
    let rounds = 0;
    const loop = new Loop('test', async (): Promise<Next> => {
      rounds += 1;
      return { inMs: 60_000, undisturbed: true };
    }, 60_000);
    loop.start();
    await soon();
    loop.wake();
    await soon();
    expect(rounds).toBe(1);
    await loop.stop();
  });

  it('goes on after a round that throws', async () => {
    let rounds = 0;
    const loop = new Loop('test', async (): Promise<Next> => {
      rounds += 1;
      if (rounds === 1) throw new Error('oops');
      return 'idle';
    }, 10);
    loop.start();
    await new Promise((resolve) => setTimeout(resolve, 60));
    await loop.stop();
    expect(rounds).toBeGreaterThan(1);
  });
});

describe('broadcasts', () => {
  it('reach each subscriber in order, and one that is slow or fails holds nobody up', async () => {
    const hub = new BroadcastHub();
    const quick: number[] = [];
    const wattOf = (event: EventEnvelope): number => z.object({ watt: z.number() }).parse(event.data).watt;
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const slow: (number | string)[] = [];
    hub.add({ name: 'slow', on: [lampLit], handle: async (event) => {
      await held;
      if (wattOf(event) === 2) throw new Error('broken');
      slow.push(wattOf(event));
    }, onGap: () => void slow.push('gap') });
    hub.add({ name: 'quick', on: [lampLit], handle: (event) => void quick.push(wattOf(event)) });
    for (const watt of [1, 2, 3]) hub.publish('lamp', envelope(watt));
    hub.publish('lamp', envelope('broken'));
    expect(quick).toEqual([1, 2, 3]);
    release();
    await hub.drained();
    // What it built may be wrong after its failure, so it is told to start afresh.
    expect(slow).toEqual([1, 'gap', 3]);
  });

  it('replace what waits by a gap when a subscriber falls too far behind', async () => {
    const hub = new BroadcastHub();
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    let handled = 0;
    let gaps = 0;
    hub.add({ name: 'stuck', on: [lampLit], handle: async () => {
      await held;
      handled += 1;
    }, onGap: () => void (gaps += 1) });
    for (let n = 0; n < 10_003; n++) hub.publish('lamp', envelope(n));
    release();
    await hub.drained();
    expect(gaps).toBe(1);
    expect(handled).toBeLessThan(10);
  });
});
