import { Injectable, Module } from '@nestjs/common';
import { z } from 'zod';
import { defineService, type ServiceDefinition } from '../app';
import { platformTables } from '../database';
import { asUser, testApp, testTenant, type TestApp } from '../testing';
import { defineJob, defineSchedule, JobHandler } from './define-job';
import { Jobs } from './jobs';

const wash = defineJob({ name: 'wash', queue: 'garage.default', data: z.strictObject({ plate: z.string() }) });
defineSchedule({ key: 'spring-clean', job: wash, data: { plate: 'ALL' }, cron: '0 4 1 4 *' });
let water = false;

@Injectable()
@JobHandler(wash)
class Wash {
  run(): Promise<string> {
    return water ? Promise.resolve('clean') : Promise.reject(new Error('no water'));
  }
}
@Module({ providers: [Wash] })
class GarageModule {}

const garage: ServiceDefinition = defineService({ name: 'garage', module: GarageModule, entities: [], migrations: platformTables('garage'), routes: [] });

describe('the operators’ routes for jobs', () => {
  let place: TestApp;
  const operator = asUser({ role: 'operator', tenantId: null });
  const get = async (path: string): Promise<{ status: number; json: { data: Record<string, unknown>[]; error: { code: string } | null; meta: Record<string, unknown> } }> => {
    const response = await place.call(path, { headers: operator });
    return { status: response.status, json: JSON.parse(await response.text()) };
  };
  const act = async (method: string, path: string, body?: unknown) => {
    const response = await place.call(path, { method, headers: operator, ...(body === undefined ? {} : { body }) });
    const text = await response.text();
    return { status: response.status, json: text === '' ? null : JSON.parse(text) };
  };
  const queue = async (): Promise<Record<string, unknown> | undefined> =>
    (await get('/api/v1/monitoring/jobs')).json.data.find(({ name }) => name === 'garage.default');
  const eventually = async (look: () => Promise<boolean>): Promise<void> => {
    for (const end = performance.now() + 15_000; !(await look()); await new Promise((resolve) => setTimeout(resolve, 25))) {
      if (performance.now() > end) throw new Error('did not happen in time');
    }
  };

  beforeAll(async () => {
    place = await testApp({ services: [garage], env: { JOB_SETTINGS: 'garage.default.attempts=1' } });
    const jobs = place.app.get<Jobs>(Jobs);
    for (const plate of ['A', 'B', 'C', 'D']) await jobs.enqueue(wash, { plate }, { jobId: `wash/${plate}` });
    await eventually(async () => (await queue())?.dead === 4);
  }, 60_000);
  afterAll(() => place?.close());

  it('are for operators alone', async () => {
    for (const [headers, status] of [[{}, 401], [asUser({ role: 'admin', tenantId: testTenant.id }), 403]] as const) {
      expect((await place.call('/api/v1/monitoring/jobs', { headers })).status).toBe(status);
      expect((await place.call('/api/v1/monitoring/jobs/garage.default/dead/replay', { method: 'POST', headers })).status).toBe(status);
    }
  });

  it('show queues, schedules and dead jobs', async () => {
    expect(await queue()).toEqual({ name: 'garage.default', waiting: 0, active: 0, delayed: 1, dead: 4, completed: 0, oldest_waiting_ms: null });
    const schedules = (await get('/api/v1/monitoring/jobs/schedules')).json.data;
    expect(schedules).toContainEqual(expect.objectContaining({ queue: 'garage.default', key: 'spring-clean', cron: '0 4 1 4 *', every_ms: null }));
    const page = await get('/api/v1/monitoring/jobs/garage.default/dead?per_page=3');
    expect(page.json.data).toHaveLength(3);
    expect(page.json.meta.pagination).toMatchObject({ total: 4, total_pages: 2 });
    expect(page.json.data[0]).toMatchObject({ name: 'wash', reason: 'no water', attempts: 1, priority: 'normal', job_id: expect.stringMatching(/^wash\/[A-D]$/) });
    const rest = await get('/api/v1/monitoring/jobs/garage.default/dead?per_page=3&page=2');
    expect(new Set([...page.json.data, ...rest.json.data].map(({ job_id: id }) => id)).size).toBe(4);
  });

  it('know no other queues', async () => {
    for (const name of ['garage.payments.x', 'nothing.default', 'garage', encodeURIComponent('../x')]) {
      const answer = await get(`/api/v1/monitoring/jobs/${name}/dead`);
      expect([answer.status, answer.json.error?.code]).toEqual([404, 'not_found']);
    }
  });

  it('replay and discard dead jobs, and leave a trace of who did', async () => {
    const dead = (await get('/api/v1/monitoring/jobs/garage.default/dead')).json.data;
    const idOf = (jobId: string): string => encodeURIComponent(String(dead.find((job) => job.job_id === jobId)?.id));
    water = true;
    expect(await act('POST', `/api/v1/monitoring/jobs/garage.default/dead/${idOf('wash/A')}/replay`, { reason: 'water is back' })).toMatchObject({ status: 202, json: { data: { count: 1 } } });
    expect((await act('DELETE', `/api/v1/monitoring/jobs/garage.default/dead/${idOf('wash/B')}`)).status).toBe(204);
    expect((await act('DELETE', `/api/v1/monitoring/jobs/garage.default/dead/${idOf('wash/B')}`)).status).toBe(404);
    expect((await act('POST', '/api/v1/monitoring/jobs/garage.default/dead/nothing/replay')).status).toBe(404);
    expect(await act('POST', '/api/v1/monitoring/jobs/garage.default/dead/replay')).toMatchObject({ status: 202, json: { data: { count: 2 } } });
    await eventually(async () => (await queue())?.completed === 3);
    expect(await queue()).toMatchObject({ dead: 0 });
    const rows = await place.of('garage').query<{ action: string; reason: string | null }>(`select action, reason from garage.audit_log where object_type = 'job' order by id`);
    expect(rows.map(({ action, reason }) => [action, reason])).toEqual([['job.replayed', 'water is back'], ['job.discarded', null], ['jobs.replayed', null]]);
  });
});
