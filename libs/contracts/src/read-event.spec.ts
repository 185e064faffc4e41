import { z } from 'zod';
import * as contracts from './index';

const { allEvents, listingCaptured, orderContracted, readTolerantly } = contracts;

/** The same with a field more in each of its objects. */
function ofTomorrow(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ofTomorrow);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries([...Object.entries(value).map(([name, inner]) => [name, ofTomorrow(inner)]), ['tomorrow', { a: [1] }]]);
}

describe('who reads an event', () => {
  it('leaves out what a newer version wrote, at any depth', () => {
    const { fixture } = orderContracted;
    const newer = { ...fixture, paid_by: 'card', jurisdiction: { ...fixture.jurisdiction, city: 'Ulm' }, price: { ...fixture.price, lines: fixture.price.lines.map((line) => ({ ...line, vat: null })) } };
    expect(orderContracted.data.safeParse(newer).success).toBe(false);
    expect(readTolerantly(orderContracted.data, newer)).toEqual({ success: true, data: fixture });
    // What came is what a dead letter would keep.
    expect(newer).toHaveProperty('paid_by', 'card');
  });

  // An audit row tells of anything, and failures are counted by any name: nothing of these is unknown.
  const shaped = allEvents().filter(({ type }) => type !== 'audit.recorded.v1' && type !== 'scrape.completed.v1');
  it.each(shaped.map((event) => [event.type, event] as const))('%s of tomorrow is read as that of today', (_type, event) => {
    const newer = ofTomorrow(event.fixture);
    expect(event.data.safeParse(newer).success).toBe(false);
    expect(readTolerantly(event.data, newer)).toEqual({ success: true, data: event.fixture });
  });

  it('leaves out fields of a capture that have no name here yet', () => {
    const { fixture } = listingCaptured;
    const field = Object.values(fixture.fields)[0];
    expect(readTolerantly(listingCaptured.data, { ...fixture, fields: { ...fixture.fields, towing_kg: field } })).toEqual({ success: true, data: fixture });
  });

  it('takes nothing that is wrong, or missing, for something of tomorrow', () => {
    const { order_id: _, ...rest } = orderContracted.fixture;
    expect(readTolerantly(orderContracted.data, { ...rest, tomorrow: 1 }).success).toBe(false);
    expect(readTolerantly(orderContracted.data, { ...orderContracted.fixture, tomorrow: 1, capacity: 'none' }).success).toBe(false);
    expect(readTolerantly(orderContracted.data, { ...orderContracted.fixture, tomorrow: 1, version: '2' }).success).toBe(false);
    for (const nothing of [null, undefined, 7, 'text', []]) expect(readTolerantly(orderContracted.data, nothing).success).toBe(false);
  });

  it('holds what is left to the rules between its fields, and finds its shape among several', () => {
    const pair = z.strictObject({ from: z.int(), to: z.int() }).refine(({ from, to }) => from < to);
    expect(readTolerantly(pair, { from: 1, to: 2, by: 1 })).toEqual({ success: true, data: { from: 1, to: 2 } });
    expect(readTolerantly(pair, { from: 2, to: 1, by: 1 }).success).toBe(false);
    const either = z.strictObject({ one: z.union([z.strictObject({ a: z.int() }), z.strictObject({ b: z.strictObject({ c: z.int() }) })]) });
    expect(readTolerantly(either, { one: { b: { c: 1, d: 1 }, e: 1 } })).toEqual({ success: true, data: { one: { b: { c: 1 } } } });
    expect(readTolerantly(either, { one: { b: { c: 'x', d: 1 } } }).success).toBe(false);
  });
});
