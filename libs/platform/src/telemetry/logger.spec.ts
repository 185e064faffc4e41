import { loadConfig } from '../config';
import { AccessLog, configureLogging, logger, redact, redactText, runInContext, telemetryConfig, trace } from './index';

function capture(level: 'debug' | 'info' = 'info'): () => Record<string, unknown>[] {
  const lines: string[] = [];
  configureLogging({
    level,
    base: { service: 'test', version: '1.2.3' },
    destination: { write: (line: string) => void lines.push(line) },
  });
  return () => lines.map((line) => JSON.parse(line) as Record<string, unknown>);
}

describe('log lines', () => {
  it('carry the level names of the house, service, logger, request and trace', () => {
    const before = logger('before'); // made before configuration is known
    const read = capture('debug');
    before.debug('a');
    before.info('b');
    before.warn('c');
    before.error('d');
    before.critical('e');
    expect(read().map((line) => line.level)).toEqual(['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL']);
    expect(read()[0]).toMatchObject({ service: 'test', version: '1.2.3', logger: 'before', message: 'a' });
    expect(read()[0]).not.toHaveProperty('request_id');

    const { context } = trace.begin({ name: 'r', requestId: 'req-1' });
    runInContext(context, () => before.info({ vehicle_id: 'v1' }, 'within'));
    expect(read().at(-1)).toMatchObject({ request_id: 'req-1', trace_id: context.trace.traceId, vehicle_id: 'v1' });
  });

  it('leave out what is below the level', () => {
    const read = capture('info');
    logger('levels').debug('not written');
    logger('levels').info('written');
    expect(read().map((line) => line.message)).toEqual(['written']);
  });

  it('take the level also by the name that other programs give it', () => {
    expect(loadConfig(telemetryConfig, { LOG_LEVEL: 'warn' }).logLevel).toBe('warning');
    expect(loadConfig(telemetryConfig, { LOG_LEVEL: 'warning' }).logLevel).toBe('warning');
    expect(() => loadConfig(telemetryConfig, { LOG_LEVEL: 'loud' })).toThrow('LOG_LEVEL');
  });

  it('hold no secret and nothing personal, by key or by shape', () => {
    const read = capture();
    logger('pii').error(
      {
        headers: { authorization: 'Bearer abcdefghijklmnop', 'X-Api-Key': 'ab_live_x_y', cookie: 'sid=1', accept: 'json' },
        user: { email: 'jane@example.com', firstName: 'Jane', phone_number: '0151', id: 'u1' },
        list: [{ password: 'hunter2' }, 'call +49 151 2345678 now'],
        err: new Error('no user jane@example.com at postgres://root:s3cret@db/x', { cause: new Error('token=abc123') }),
      },
      'login of jane@example.com with eyJhbGciOiJFZERTQSJ9.eyJzdWIiOiJ4In0.c2ln failed',
    );
    const text = JSON.stringify(read());
    for (const secret of [
      'abcdefghijklmnop', 'ab_live', 'sid=1', 'jane@', 'Jane', '0151', 'hunter2', '2345678', 's3cret', 'abc123', 'eyJhbGci',
    ]) {
      expect(text).not.toContain(secret);
    }
    expect(read()[0]).toMatchObject({ headers: { accept: 'json' }, user: { id: 'u1' }, err: { type: 'Error' } });
  });

  it('keeps ids, prices and times readable', () => {
    const plain = 'vehicle 0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b5a costs 1899000 at 2026-11-20T12:00:00.000Z (2 +3)';
    expect(redactText(plain)).toBe(plain);
    const cyclic: Record<string, unknown> = { name: 'thumbnails' };
    cyclic.self = cyclic;
    expect(JSON.stringify(redact(cyclic))).toContain('thumbnails');
    expect(redact({ when: new Date(0), big: 10n, bytes: Buffer.alloc(3), none: null })).toEqual({
      when: '1970-01-01T00:00:00.000Z', big: '10', bytes: '[3 bytes]', none: null,
    });
  });
});

describe('the access log', () => {
  it('samples only successes of hot routes', () => {
    const log = new AccessLog(100);
    const hot = Array.from({ length: 1_000 }, () => log.wants(200, true)).filter(Boolean);
    expect(hot).toHaveLength(10);
    expect(log.wants(304, false)).toBe(true);
    expect([400, 404, 429, 500].every((status) => log.wants(status, true))).toBe(true);
  });
});
