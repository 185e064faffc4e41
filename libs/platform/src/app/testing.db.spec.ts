import { allEvents, auditRecorded } from '@autobroker/contracts';
import { notesService, noteWritten, shout } from './test-service/notes';
import {
  asUser,
  contractSuite,
  eventFixtureSuite,
  ManualClock,
  recordEvents,
  recordJobs,
  testApp,
  testDatabase,
  testTenant,
  type TestApp,
} from '../testing';

describe('a recorder of events', () => {
  it('shows what was committed since it was made, held against its contract', async () => {
    const test = await testDatabase({ services: [notesService], clock: new ManualClock('2028-02-29T12:00:00Z') });
    try {
      const db = test.of('notes');
      const note = '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b5c';
      const write = (): Promise<string> =>
        db.transaction((tx) => tx.publish(noteWritten, { key: note, tenantId: null, data: { note_id: note } }));
      await write();
      const events = await recordEvents(db);
      expect(await events.all()).toEqual([]);
      const id = await write();
      await expect(
        db.transaction(async (tx) => {
          await tx.publish(noteWritten, { key: note, tenantId: null, data: { note_id: note } });
          throw new Error('undone');
        }),
      ).rejects.toThrow('undone');
      expect(await events.of(noteWritten)).toEqual([
        {
          id,
          type: 'note.written.v1',
          version: 1,
          key: note,
          tenant_id: null,
          occurred_at: '2028-02-29T12:00:00.000Z',
          trace: null,
          data: { note_id: note },
        },
      ]);
      expect(await events.of(auditRecorded)).toEqual([]);
      await events.clear();
      expect(await events.types()).toEqual([]);
    } finally {
      await test.close();
    }
  });
});

describe('a recorder of jobs', () => {
  it('keeps what was enqueued, once per id, and refuses what the queue would refuse', async () => {
    const jobs = recordJobs();
    const data = { note_id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b5c' };
    expect(await jobs.enqueue(shout, data, { jobId: 'same' })).toBe('same');
    await jobs.enqueue(shout, data, { jobId: 'same' });
    await jobs.enqueue(shout, data, { delayMs: 5 });
    expect(jobs.of(shout)).toEqual([data, data]);
    expect(jobs.all()[1]).toMatchObject({ job: 'shout', queue: 'notes.default', options: { delayMs: 5 } });
    await expect(jobs.enqueue(shout, { note_id: 'no uuid' })).rejects.toThrow('shout');
  });
});

describe('databases of tests', () => {
  it('are apart from each other, quick, and gone when closed', async () => {
    const first = await testDatabase({ services: [notesService] });
    const begun = performance.now();
    const second = await testDatabase({ services: [notesService] });
    expect(performance.now() - begun).toBeLessThan(3_000);
    await first
      .of('notes')
      .query(`insert into notes.note (id, text) values ('0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b5c', 'mine')`);
    expect(await second.of('notes').query('select * from notes.note')).toEqual([]);
    const name = new URL(first.url).pathname.slice(1);
    await first.close();
    expect(await second.of('notes').query('select 1 from pg_database where datname = $1', [name])).toEqual([]);
    await second.close();
  });
});

describe('an app under test', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await testApp({ services: [notesService] });
  });
  afterAll(() => test?.close());

  it('knows its test users and their tenant', async () => {
    const id = '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b77';
    const me = await test.call('/api/v1/notes-me', { headers: asUser({ role: 'agent', tenantId: testTenant.id, id }) });
    expect(await me.json()).toMatchObject({ data: { id, tenant_id: testTenant.id } });
    expect((await test.call('/api/v1/notes-me')).status).toBe(401);
    expect(
      (
        await test.call('/api/v1/notes-me', {
          headers: { authorization: `${asUser({ role: 'agent', tenantId: testTenant.id }).authorization}x` },
        })
      ).status,
    ).toBe(401);
  });

  it('lets a spec see the events of a request', async () => {
    const events = await test.events('notes');
    const answer = await test.call('/api/v1/notes', {
      method: 'POST',
      body: { text: 'hello' },
      headers: asUser({ role: 'agent', tenantId: testTenant.id }),
    });
    expect(answer.status).toBe(201);
    expect(await events.types()).toEqual(['audit.recorded.v1', 'note.written.v1']);
  });
});

const counters = contractSuite<{ next(): number }>('a counter', (counter) => {
  it('begins at one for every test', () => expect(counter().next()).toBe(1));
  it('counts on', () => expect([counter().next(), counter().next()]).toEqual([1, 2]));
});
counters({
  name: 'in memory',
  open: () => {
    let n = 0;
    return Promise.resolve({ subject: { next: () => ++n }, close: () => Promise.resolve() });
  },
});

eventFixtureSuite(allEvents());
