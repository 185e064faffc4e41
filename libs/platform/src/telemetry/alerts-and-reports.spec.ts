import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gunzipSync } from 'node:zlib';
import { configureLogging, ErrorThresholds, errors, MailAlertChannel, runInContext, trace, WebhookAlertChannel, type CriticalAlert } from './index';
import { startSentry } from './sentry';

async function receiver(status = 200): Promise<{ url: string; bodies: string[]; close(): void }> {
  const bodies: string[] = [];
  const server: Server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks);
      bodies.push((request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body).toString('utf8'));
      response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    bodies,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

const settings = () => ({
  service: 'scraper',
  limits: { api_failures: 10, search_failures: 5, alert_failures: 3 },
  defaultLimit: 5,
  windowMs: 3_600_000,

});

beforeAll(() => configureLogging({ level: 'silent' }));

describe('error thresholds', () => {
  it('raise one critical alert a window, over a real webhook, with nothing personal in it', async () => {
    const hook = await receiver();
    let now = 0;
    const thresholds = new ErrorThresholds(() => now);
    thresholds.configure({ ...settings(), channels: [new WebhookAlertChannel(hook.url)] });
    for (let i = 0; i < 9; i += 1) thresholds.record('api_failures', new Error('x'));
    await thresholds.flush();
    expect(hook.bodies).toHaveLength(0);
    thresholds.record('api_failures', new Error('refused for jane@example.com'));
    thresholds.record('api_failures', new Error('again'));
    await thresholds.flush();
    expect(hook.bodies).toHaveLength(1);
    expect(JSON.parse(hook.bodies[0] ?? '')).toMatchObject({ kind: 'api_failures', count: 10, service: 'scraper', severity: 'critical' });
    expect(hook.bodies[0]).not.toContain('jane@');

    now = 3_600_001; // another hour: the old failures no longer count
    thresholds.record('api_failures');
    await thresholds.flush();
    expect(hook.bodies).toHaveLength(1);
    for (let i = 0; i < 9; i += 1) thresholds.record('api_failures');
    await thresholds.flush();
    expect(hook.bodies).toHaveLength(2);
    hook.close();
  });

  it('has a limit for each kind, and one for kinds without', () => {
    const alerts: CriticalAlert[] = [];
    const thresholds = new ErrorThresholds(() => 1);
    const channel = { name: 'list', send: async (alert: CriticalAlert) => void alerts.push(alert) };
    thresholds.configure({ ...settings(), channels: [channel] });
    for (let i = 0; i < 3; i += 1) thresholds.record('alert_failures');
    for (let i = 0; i < 4; i += 1) thresholds.record('search_failures');
    for (let i = 0; i < 4; i += 1) thresholds.record('pdf_failures');
    expect(alerts.map((alert) => alert.kind)).toEqual(['alert_failures']);
    thresholds.record('pdf_failures');
    thresholds.record('search_failures');
    expect(alerts.map((alert) => alert.kind)).toEqual(['alert_failures', 'pdf_failures', 'search_failures']);
  });

  it('survives a channel that is broken, and still uses the other', async () => {
    const hook = await receiver(500);
    const sent: { subject: string; to: string; html: string }[] = [];
    const thresholds = new ErrorThresholds(() => 1);
    const mail = new MailAlertChannel({ send: async (message) => void sent.push(message) }, 'ops@example.com');
    thresholds.configure({ ...settings(), defaultLimit: 1, channels: [new WebhookAlertChannel(hook.url), mail] });
    thresholds.record('odd', new Error('<b>bold</b>'));
    await thresholds.flush();
    expect(hook.bodies).toHaveLength(1);
    expect(sent).toHaveLength(1);
    expect(sent[0]).toMatchObject({ to: 'ops@example.com', subject: '[critical] scraper: odd' });
    expect(sent[0]?.html).not.toContain('<b>');
    hook.close();
  });
});

describe('unexpected errors', () => {
  it('reach Sentry with release and request, scrubbed', async () => {
    const ingest = await receiver();
    const dsn = `${ingest.url.replace('://', '://publickey@')}/42`;
    errors.use(await startSentry({ dsn, release: '1.2.3', environment: 'test', service: 'vehicle' }));
    const { context } = trace.begin({ name: 'r', requestId: 'req-7' });
    runInContext(context, () => errors.report(new Error('no such user jane@example.com (password=hunter2)'), 'http'));
    await errors.flush();
    errors.use(null);
    ingest.close();
    expect(ingest.bodies).toHaveLength(1);
    const envelope = ingest.bodies[0] ?? '';
    const event: unknown = JSON.parse(envelope.split('\n').find((line) => line.includes('"exception"')) ?? 'null');
    expect(event).toMatchObject({
      release: '1.2.3',
      environment: 'test',
      tags: { service: 'vehicle', where: 'http', request_id: 'req-7', trace_id: context.trace.traceId },
    });
    expect(envelope).toContain('no such user [redacted]');
    expect(envelope).not.toContain('jane@');
    expect(envelope).not.toContain('hunter2');
  });
});
