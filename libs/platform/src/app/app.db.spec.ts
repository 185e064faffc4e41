import { signAccessToken, type TokenSubject } from '../auth';
import { createTestDatabase } from '../testing';
import { createApp, hostedWith, StartError, type App } from './index';
import { notesService, testKey, testTenant } from './test-service/notes';

const token = (over: Partial<TokenSubject> = {}): string =>
  signAccessToken(
    { id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b99', tenantId: testTenant.id, roles: ['agent'], ...over },
    { kid: testKey.kid, privateKey: testKey.privateKey, issuer: 'autobroker', expiresInS: 900 },
  );

const json = { 'content-type': 'application/json' };

async function eventually<T>(look: () => Promise<T | undefined>): Promise<T> {
  for (const end = performance.now() + 10_000; ; ) {
    const found = await look();
    if (found !== undefined) return found;
    if (performance.now() > end) throw new Error('did not happen in time');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

describe('an app on a real database', () => {
  let database: Awaited<ReturnType<typeof createTestDatabase>>;
  let app: App;
  let url: string;
  const environment = (): NodeJS.ProcessEnv => ({ DATABASE_URL: database.url, NODE_ENV: 'test' });

  beforeAll(async () => {
    database = await createTestDatabase(hostedWith([notesService]));
    app = await createApp({ name: 'test', services: [notesService], env: environment(), overrides: { checkResponses: true } });
    url = await app.listen(0, '127.0.0.1');
    await app.startWork();
  });
  afterAll(async () => {
    await app?.close();
    await database?.drop();
  });

  const call = (path: string, init: RequestInit = {}): Promise<Response> => fetch(`${url}${path}`, init);
  const write = (text: string, headers: Record<string, string> = {}): Promise<Response> =>
    call('/api/v1/notes', { method: 'POST', body: JSON.stringify({ text }), headers: { ...json, authorization: `Bearer ${token()}`, ...headers } });

  it('answers commands and cached reads in the envelope, with request id and traceparent', async () => {
    const written = await write('hello');
    expect(written.status).toBe(201);
    const body = (await written.json()) as { data: { id: string }; meta: { request_id: string }; error: null };
    const read = await call(`/api/v1/notes/${body.data.id}`, { headers: { 'x-request-id': 'my-request' } });
    expect(read.status).toBe(200);
    expect(read.headers.get('x-request-id')).toBe('my-request');
    expect(read.headers.get('traceparent')).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-0[01]$/);
    expect(await read.json()).toMatchObject({ data: { id: body.data.id, text: 'hello' }, meta: { request_id: 'my-request' }, error: null });
    expect((await call('/api/v1/notes/0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b77')).status).toBe(404);
  });

  it('carries the event to its consumer and the job to its handler', async () => {
    const { data } = (await (await write('eventful')).json()) as { data: { id: string } };
    const db = app.parts.database.host.of('notes');
    const done = await eventually(async () => {
      const rows = await db.query<{ what: string }>('select what from notes.done where note_id = $1 order by what', [data.id]);
      return rows.length === 2 ? rows.map((row) => row.what) : undefined;
    });
    expect(done).toEqual(['copied', 'shouted']);
    const [audit] = await db.query<{ action: string }>('select action from notes.audit_log where object_id = $1', [data.id]);
    expect(audit?.action).toBe('note.written');
  });

  it('lets in whom the routes let in, and audits refusals where they ask for it', async () => {
    expect((await call('/api/v1/notes-me')).status).toBe(401);
    const me = await call('/api/v1/notes-me', { headers: { authorization: `Bearer ${token()}`, 'x-tenant': 'nonsense' } });
    expect(await me.json()).toMatchObject({ data: { tenant_id: testTenant.id } });
    const refused = await write('no', { authorization: `Bearer ${token({ roles: ['buyer'] })}` });
    expect(refused.status).toBe(403);
    expect(await refused.json()).toMatchObject({ data: null, error: { code: 'permission_denied', status: 403 } });
    const visitor = await call('/api/v1/notes/0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b77', { headers: { 'x-tenant': 'nobody' } });
    expect(await visitor.json()).toMatchObject({ error: { code: 'tenant_not_found' } });
    const expired = signAccessToken(
      { id: 'u', tenantId: testTenant.id, roles: ['agent'] },
      { kid: testKey.kid, privateKey: testKey.privateKey, issuer: 'autobroker', expiresInS: -60 },
    );
    const late = await call('/api/v1/notes-me', { headers: { authorization: `Bearer ${expired}` } });
    expect(late.status).toBe(401);
    expect(late.headers.get('www-authenticate')).toContain('Bearer');
    expect(await late.json()).toMatchObject({ error: { code: 'token_expired' } });
    const db = app.parts.database.host.of('notes');
    const audited = await eventually(async () => {
      const rows = await db.query<{ reason: string; actor_kind: string; after: object }>(`select reason, actor_kind, after from notes.audit_log where action = 'notes.access_refused'`);
      return rows[0];
    });
    expect(audited).toMatchObject({ reason: 'permission_denied', actor_kind: 'user', after: { route: expect.stringMatching(/^POST /u) } });
  });

  it('gives the same answer to the same Idempotency-Key', async () => {
    const headers = { 'idempotency-key': 'once' };
    const first = (await (await write('once', headers)).json()) as { data: { id: string } };
    const again = await write('once', headers);
    expect(again.status).toBe(201);
    expect(((await again.json()) as { data: { id: string } }).data.id).toBe(first.data.id);
    expect((await write('another', headers)).status).toBe(422);
  });

  it('describes itself', async () => {
    const document = (await (await call('/api/v1/openapi.json')).json()) as { paths: Record<string, unknown>; info: { version: string } };
    expect(Object.keys(document.paths)).toEqual(expect.arrayContaining(['/api/v1/notes/{id}', '/api/v1/monitoring/health', '/api/v1/openapi.json']));
    expect(document.info.version).toMatch(/^\d+\.\d+\.\d+/);
    expect(await (await call('/api/docs')).text()).toContain('/api/v1/notes');
    expect(await (await call('/problems/not_found')).text()).toContain('not_found');
  });

  it('says how it is, and what it counts', async () => {
    expect((await call('/health/live')).status).toBe(200);
    expect((await call('/health/ready')).status).toBe(200);
    const health = await call('/api/v1/monitoring/health', { headers: { authorization: `Bearer ${token({ tenantId: null, roles: ['operator'] })}` } });
    expect(await health.json()).toMatchObject({
      data: { status: 'up', checks: expect.arrayContaining([expect.objectContaining({ name: 'database', state: 'up' })]) },
    });
    const metrics = await (await call('/metrics')).text();
    for (const name of [
      'api_response_seconds_bucket{method="GET",route="/api/v1/notes/:id"', 'database_query_seconds', 'database_pool_connections',
      'cache_lookups{region="notes"', 'job_queue_depth',
    ]) {
      expect(metrics).toContain(name);
    }
  });
});

describe('a start that cannot succeed', () => {
  it('says that migrations are missing, or applies them when it may', async () => {
    const empty = await createTestDatabase([]);
    const env = { DATABASE_URL: empty.url, NODE_ENV: 'test' };
    const options = { name: 'test', services: [notesService] };
    await expect(createApp({ ...options, env })).rejects.toThrow(/lacks migrations: platform\/.*AUTO_MIGRATE/);
    const app = await createApp({ ...options, env: { ...env, AUTO_MIGRATE: 'true' } });
    expect((await app.inject({ url: '/health/ready' })).statusCode).toBe(200);
    await app.close();
    await empty.drop();
  });

  it('says that the database cannot be reached, without its password', async () => {
    const env = { DATABASE_URL: 'postgres://someone:s3cret@127.0.0.1:9/nothing', DATABASE_START_TIMEOUT: '200ms', NODE_ENV: 'test' };
    const failure: unknown = await createApp({ name: 'test', services: [notesService], env }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(StartError);
    expect(String(failure)).toContain('127.0.0.1:9/nothing');
    expect(String(failure)).not.toContain('s3cret');
  });
});

describe('a process that only works in the background', () => {
  it('answers probes and nothing of its services', async () => {
    const database = await createTestDatabase(hostedWith([notesService]));
    const env = { DATABASE_URL: database.url, NODE_ENV: 'test', PROCESS_ROLES: 'worker' };
    const app = await createApp({ name: 'test', services: [notesService], env });
    expect((await app.inject({ url: '/health/ready' })).statusCode).toBe(200);
    expect((await app.inject({ url: '/api/v1/notes-me' })).statusCode).toBe(404);
    await app.close();
    await database.drop();
  });
});
