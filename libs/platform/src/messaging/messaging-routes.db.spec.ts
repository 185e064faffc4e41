import { Injectable, Module } from '@nestjs/common';
import { defineEvent, type Role } from '@autobroker/contracts';
import { uuidv7 } from '@autobroker/kernel';
import { z } from 'zod';
import { defineService } from '../app';
import { platformTables } from '../database';
import { asUser, testApp, testTenant, type TestApp } from '../testing';
import { defineConsumer } from './consumer-def';
import { EventConsumer } from './decorators';
import { until } from './suite/process';

const bellRung = defineEvent({ type: 'bell.rung.v1', service: 'belfry', summary: 'A bell was rung.', data: z.strictObject({ n: z.int() }), fixture: { n: 1 } });
const listener = defineConsumer({ name: 'belfry.listener', on: [bellRung], maxAttempts: 1 });

const state = { deaf: true, heard: [] as number[] };

@EventConsumer(listener)
@Injectable()
class Listener {
  async handle(event: { data: { n: number } }): Promise<void> {
    if (state.deaf) throw new Error('nothing heard');
    state.heard.push(event.data.n);
    await Promise.resolve();
  }
}
@Module({ providers: [Listener] })
class BelfryModule {}

const belfry = defineService({ name: 'belfry', module: BelfryModule, entities: [], migrations: platformTables('belfry'), routes: [] });

const answer = z.object({ data: z.unknown(), meta: z.object({ pagination: z.object({ total: z.int(), next_cursor: z.string().nullable() }).optional() }), error: z.unknown() });
const letters = z.array(z.object({ id: z.string(), consumer: z.string(), error: z.string(), key: z.string() }));

describe('the operators’ routes of messaging', () => {
  let test: TestApp;
  beforeEach(async () => {
    state.deaf = true;
    state.heard = [];
    test = await testApp({ services: [belfry] });
  });
  afterEach(() => test?.close());

  const by = (role: Role): { authorization: string } => asUser({ role, tenantId: role === 'operator' ? null : testTenant.id });
  const call = async (method: string, path: string, body?: unknown, role: Role = 'operator') => {
    const response = await test.call(`/api/v1/monitoring${path}`, { method, headers: by(role), ...(body === undefined ? {} : { body }) });
    const text = await response.text();
    return { status: response.status, ...(text === '' ? { data: null, meta: {}, error: null } : answer.parse(JSON.parse(text))) };
  };
  const ring = (n: number): Promise<string> =>
    test.of('belfry').transaction((tx) => tx.publish(bellRung, { key: `bell ${n}`, tenantId: null, data: { n } }));
  const dead = async () => letters.parse((await call('GET', '/dead-letters')).data);
  const silence = async (count: number): Promise<void> => {
    for (let n = 1; n <= count; n++) await ring(n);
    await until(async () => (await dead()).length >= count);
  };

  it('show dead letters page by page, and each with its event', async () => {
    await silence(3);
    const first = await call('GET', '/dead-letters?per_page=2&consumer=belfry.listener');
    expect(first).toMatchObject({ status: 200, meta: { pagination: { total: 3, next_cursor: expect.any(String) } } });
    const second = await call('GET', `/dead-letters?per_page=2&cursor=${first.meta.pagination?.next_cursor}`);
    expect([...letters.parse(first.data), ...letters.parse(second.data)].map(({ key }) => key)).toEqual(['bell 3', 'bell 2', 'bell 1']);
    const [letter] = await dead();
    expect((await call('GET', `/dead-letters/${letter?.id}`)).data).toMatchObject({ event: { type: 'bell.rung.v1', data: { n: 3 } }, raw: null, error: expect.stringContaining('nothing heard') });
    expect((await call('GET', `/dead-letters/${uuidv7()}`)).status).toBe(404);
    expect((await call('GET', '/dead-letters?consumer=belfry.other')).data).toEqual([]);
    expect((await call('GET', '/dead-letters?colour=red')).status).toBe(400);
  });

  it('replay one or many, and discard with a reason', async () => {
    await silence(3);
    const [letter] = await dead();
    state.deaf = false;
    expect(await call('POST', `/dead-letters/${letter?.id}/replay`)).toMatchObject({ status: 202, data: { count: 1 } });
    await until(() => state.heard.length >= 1);
    expect((await call('POST', `/dead-letters/${letter?.id}/replay`)).status).toBe(404);
    expect(await call('POST', '/dead-letters/replay', { key: 'bell 1', reason: 'the listener was repaired' })).toMatchObject({ status: 202, data: { count: 1 } });
    await until(() => state.heard.length >= 2);
    expect(state.heard).toEqual([3, 1]);
    expect((await call('POST', '/dead-letters/discard', {})).status).toBe(400);
    expect(await call('POST', '/dead-letters/discard', { reason: 'nobody minds' })).toMatchObject({ status: 200, data: { count: 1 } });
    expect(await dead()).toEqual([]);
    const audit = await test.of('belfry').query('select action, reason, actor_kind from belfry.audit_log order by at, id');
    expect(audit).toMatchObject([
      { action: 'messaging.dead_letter_replayed', reason: null, actor_kind: 'user' },
      { action: 'messaging.dead_letter_replayed', reason: 'the listener was repaired' },
      { action: 'messaging.dead_letter_discarded', reason: 'nobody minds' },
    ]);
  });

  it('show consumers, and rewind them', async () => {
    state.deaf = false;
    await ring(1);
    await until(() => state.heard.length >= 1);
    const { data } = await call('GET', '/consumers');
    expect(data).toContainEqual({ name: 'belfry.listener', service: 'belfry', events: ['bell.rung.v1'], sources: [{ source: 'belfry', behind: 0, oldest: null }], deferred: 0, dead_letters: 0 });
    expect((await call('POST', '/consumers/belfry.listener/rewind', { to: 'beginning', reason: 'again' })).status).toBe(202);
    await until(() => state.heard.length >= 2);
    expect(state.heard).toEqual([1, 1]);
    expect((await call('POST', '/consumers/belfry.unknown/rewind', { to: 'now' })).status).toBe(404);
    expect((await call('POST', '/consumers/belfry.listener/rewind', { to: 'yesterday' })).status).toBe(400);
  });

  it.each(['buyer', 'admin', 'partner'] as const)('are closed to the role %s', async (role) => {
    for (const [method, path, body] of [['GET', '/consumers', undefined], ['GET', '/dead-letters', undefined], ['POST', '/dead-letters/discard', { reason: 'x' }]] as const) {
      expect((await call(method, path, body, role)).status).toBe(403);
    }
  });
});
