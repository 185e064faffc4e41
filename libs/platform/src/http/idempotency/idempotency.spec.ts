import { setTimeout as pause } from 'node:timers/promises';
import { Controller } from '@nestjs/common';
import { z } from 'zod';
import { publicRoute } from '../../auth';
import { defineRoute, Handle, Input, ProblemError, reply, type InputOf } from '..';
import { startTestServer, type TestServer } from '../testing/test-server';
import { Idempotency } from './idempotency';
import { AnswerSeal } from './sealed-answer';
import { MemoryIdempotencyStore } from './memory-store';

const post = (path: string, idempotency: 'optional' | 'required' | 'exempt') =>
  defineRoute({
    method: 'POST',
    path,
    tag: 'orders',
    summary: path,
    access: publicRoute(),
    idempotency,
    body: z.object({ n: z.int(), then: z.string().optional() }),
    response: { status: 201, data: z.unknown() },
  });
const optional = post('/optional', 'optional');
const required = post('/required', 'required');
const exempt = post('/exempt', 'exempt');

let done = 0;
let release: (() => void) | null = null;

@Controller()
class Orders {
  @Handle(optional)
  async optional(@Input() { body }: InputOf<typeof optional>) {
    if (body.then === 'wait') await new Promise<void>((resolve) => (release = resolve));
    done += 1;
    if (body.then === 'break') throw new Error('bug');
    if (body.then === 'conflict') throw new ProblemError('vehicle_unavailable');
    if (body.then === 'login') throw new ProblemError('unauthenticated');
    return reply({ done }, { location: `/orders/${done}` });
  }
  @Handle(required)
  required() {
    return { done: (done += 1) };
  }
  @Handle(exempt)
  exempt() {
    return { done: (done += 1) };
  }
}

let server: TestServer;
let now = 0;
beforeAll(async () => {
  server = await startTestServer({ controllers: [Orders], store: new MemoryIdempotencyStore(() => now) });
});
afterAll(() => server.close());

let keys = 0;
const newKey = (): string => `key-${(keys += 1)}`;
interface Envelope {
  readonly data: unknown;
  readonly error: { readonly code: string } | null;
}
const read = async (answer: Response): Promise<Envelope> => JSON.parse(await answer.text());
const call = async (path: string, body: unknown, key: string | null, headers: Record<string, string> = {}) => {
  const answer = await fetch(`${server.url}/api/v1${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(key === null ? {} : { 'idempotency-key': key }), ...headers },
    body: JSON.stringify(body),
  });
  const json = await read(answer);
  return {
    status: answer.status,
    code: json.error?.code,
    json,
    replayed: answer.headers.get('idempotency-replayed'),
    location: answer.headers.get('location'),
  };
};

describe('an Idempotency-Key', () => {
  it('gives the first answer again, with its headers, and does nothing twice', async () => {
    const key = newKey();
    const first = await call('/optional', { n: 1 }, key);
    const before = done;
    const again = await call('/optional', { n: 1 }, key);
    expect(first).toMatchObject({ status: 201, replayed: null });
    expect(again).toEqual({ ...first, replayed: 'true' });
    expect(done).toBe(before);
  });

  it('belongs to one body', async () => {
    const key = newKey();
    await call('/optional', { n: 1 }, key);
    expect(await call('/optional', { n: 2 }, key)).toMatchObject({ status: 422, code: 'idempotency_key_reused' });
  });

  it('belongs to one caller and one route', async () => {
    const key = newKey();
    const mine = await call('/optional', { n: 1 }, key, { authorization: 'Bearer user:anna' });
    const theirs = await call('/optional', { n: 1 }, key, { authorization: 'Bearer user:ben' });
    const other = await call('/required', { n: 1 }, key, { authorization: 'Bearer user:anna' });
    expect([theirs.replayed, other.replayed]).toEqual([null, null]);
    expect(theirs.json.data).not.toEqual(mine.json.data);
  });

  it('lets one of two at once work', async () => {
    const key = newKey();
    const first = call('/optional', { n: 1, then: 'wait' }, key);
    while (release === null) await new Promise((resolve) => setImmediate(resolve));
    expect(await call('/optional', { n: 1, then: 'wait' }, key)).toMatchObject({
      status: 409,
      code: 'idempotency_in_flight',
    });
    release();
    release = null;
    expect((await first).status).toBe(201);
    expect((await call('/optional', { n: 1, then: 'wait' }, key)).replayed).toBe('true');
  });

  it('keeps a refusal, and neither our own faults nor a missing login', async () => {
    for (const [then, status, replayed] of [
      ['conflict', 409, 'true'],
      ['break', 500, null],
      ['login', 401, null],
    ] as const) {
      const key = newKey();
      expect((await call('/optional', { n: 1, then }, key)).status).toBe(status);
      expect(await call('/optional', { n: 1, then }, key)).toMatchObject({ status, replayed });
    }
  });

  it('is needed where the route says so, is checked, and is not looked at where exempt', async () => {
    expect(await call('/required', { n: 1 }, null)).toMatchObject({ status: 400, code: 'idempotency_key_required' });
    for (const bad of ['', 'a b', 'x'.repeat(256), 'ä']) {
      const headers = new Headers({ 'content-type': 'application/json' });
      headers.set('idempotency-key', bad);
      const answer = await fetch(`${server.url}/api/v1/optional`, { method: 'POST', headers, body: '{"n":1}' });
      const json = await read(answer);
      expect([bad, json.error?.code]).toEqual([bad, 'idempotency_key_invalid']);
    }
    const key = newKey();
    const first = await call('/exempt', { n: 1 }, key);
    expect((await call('/exempt', { n: 1 }, key)).json.data).not.toEqual(first.json.data);
  });

  it('does not remember what was never valid', async () => {
    const key = newKey();
    expect((await call('/optional', { n: 'x' }, key)).status).toBe(400);
    expect(await call('/optional', { n: 1 }, key)).toMatchObject({ status: 201, replayed: null });
  });

  it('is forgotten after a day', async () => {
    const key = newKey();
    await call('/optional', { n: 1 }, key);
    now += 86_400_001;
    expect(await call('/optional', { n: 2 }, key)).toMatchObject({ status: 201, replayed: null });
  });
});

describe('a claim whose store was away', () => {
  it('is given back as soon as the store is there again', async () => {
    class Fragile extends MemoryIdempotencyStore {
      away = 2;
      override giveUp(...args: Parameters<MemoryIdempotencyStore['giveUp']>): Promise<void> {
        this.away -= 1;
        return this.away >= 0 ? Promise.reject(new Error('away')) : super.giveUp(...args);
      }
    }
    const store = new Fragile();
    const idempotency = new Idempotency({ lockMs: 30_000, secret: 'a secret of sixteen' });
    const request = { ref: { scope: 'anna', route: 'POST /orders', key: 'key' }, requestHash: Buffer.from('body'), anonymous: false };
    const wire = { status: 201, headers: {}, body: '{}' };
    await expect(idempotency.run(store, request, () => Promise.reject(new Error('no database')))).rejects.toThrow('no database');
    await expect(idempotency.run(store, request, () => Promise.resolve(wire))).rejects.toMatchObject({ code: 'idempotency_in_flight' });
    await pause(1_000);
    expect(await idempotency.run(store, request, () => Promise.resolve(wire))).toEqual(wire);
  });
});

describe('a stored answer', () => {
  it('is encrypted, and opens only with the same secret', () => {
    const seal = new AnswerSeal('a secret of sixteen');
    const wire = { status: 201, headers: { location: '/x' }, body: '{"key":"ab_live_secret"}' };
    const sealed = seal.seal(wire);
    if (sealed === null) throw new Error('not sealed');
    expect(sealed.includes('ab_live_secret')).toBe(false);
    expect(seal.open(201, sealed)).toEqual(wire);
    expect(() => new AnswerSeal('another secret of ours').open(201, sealed)).toThrow();
  });
});
