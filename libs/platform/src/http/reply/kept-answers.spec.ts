import { keptJson, type KeptBody, rawJson } from './results';
import { Framed, toWire, type Wire } from './wire';

const ascii = JSON.stringify({ make: 'Volkswagen', model: 'Golf' });
const umlauts = JSON.stringify({ city: 'München', note: '日本' });
const long = JSON.stringify({ text: 'x'.repeat(40_000) });
const context = { requestId: 'r-1', nowMs: 1_764_000_000_000, method: 'GET', ifNoneMatch: undefined };
const ok = { status: 200 as const, raw: 'application/json' };

const bytesOf = ({ body }: Wire): Buffer => {
  if (body instanceof Framed) return body.toBuffer();
  if (typeof body === 'string' || Buffer.isBuffer(body)) return Buffer.from(body);
  throw new Error('it has no body');
};

describe('data that is answered with again and again', () => {
  it.each<[string, KeptBody]>([
    ['a text', { body: ascii, etag: '"1"' }],
    ['a text beyond ASCII', { body: umlauts, etag: '"1"' }],
    ['bytes', { body: ascii, bytes: Buffer.from(ascii), etag: '"1"' }],
    ['bytes beyond ASCII', { body: umlauts, bytes: Buffer.from(umlauts), etag: '"1"' }],
    ['many bytes', { body: long, bytes: Buffer.from(long), etag: '"1"' }],
  ])('is the same every time: %s', (_what, entry) => {
    const once = toWire(rawJson(entry.body, { etag: entry.etag }), ok, context);
    for (let time = 0; time < 3; time += 1) {
      const wire = toWire(keptJson(entry), ok, context);
      expect(bytesOf(wire).equals(bytesOf(once))).toBe(true);
      expect({ ...wire.headers }).toEqual(once.headers);
      expect(wire.length ?? bytesOf(wire).length).toBe(bytesOf(once).length);
    }
  });

  it('says that nothing changed, the first time and later', () => {
    const entry = { body: ascii, etag: '"7"' };
    for (let time = 0; time < 3; time += 1) {
      expect(toWire(keptJson(entry), ok, { ...context, ifNoneMatch: '"7"' })).toMatchObject({ status: 304, body: null, headers: { etag: '"7"' } });
      expect(toWire(keptJson(entry), ok, { ...context, ifNoneMatch: '"6"' }).status).toBe(200);
    }
  });

  it('has headers of its own for every answer that may still get more of them', () => {
    const wire = toWire(rawJson(ascii), ok, context);
    expect(Object.isFrozen(wire.headers)).toBe(false);
    const kept = keptJson({ body: ascii, etag: '"1"' });
    toWire(kept, ok, context);
    expect(Object.isFrozen(toWire(kept, ok, context).headers)).toBe(true);
  });
});
