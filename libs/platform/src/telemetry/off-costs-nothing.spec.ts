import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '../../../..');

/** What a fresh process has loaded after it has started telemetry with this environment. */
function loadedModules(environment: Record<string, string>): string[] {
  const script = `
    const { startTelemetry, telemetryConfig, logger, trace, metrics } = require('./libs/platform/src/telemetry');
    const { loadConfig } = require('./libs/platform/src/config');
    (async () => {
      await startTelemetry('test', { ...loadConfig(telemetryConfig), logLevel: 'silent' });
      await trace.run({ name: 'work' }, () => trace.span('step', {}, async () => metrics.render()));
      process.stdout.write(JSON.stringify(Object.keys(require.cache)));
      process.exit(0);
    })();`;
  const output = execFileSync(
    process.execPath,
    ['--conditions=@autobroker/source', '-r', '@swc-node/register', '-e', script],
    { cwd: root, env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...environment }, encoding: 'utf8' },
  );
  const parsed: unknown = JSON.parse(output);
  return Array.isArray(parsed) ? parsed.map(String) : [];
}

const ours = (modules: string[], name: string): number => modules.filter((file) => file.includes(`node_modules/${name}`)).length;

describe('telemetry that is switched off', () => {
  it('loads neither OpenTelemetry’s SDK nor Sentry', () => {
    const loaded = loadedModules({ NODE_ENV: 'production', INTERNAL_SECRET: 'x'.repeat(20) });
    expect(loaded.length).toBeGreaterThan(10);
    expect(ours(loaded, '@sentry/')).toBe(0);
    // prom-client itself asks for the API package (types and no-op tracer); the SDK is what costs.
    expect(ours(loaded, '@opentelemetry/sdk')).toBe(0);
    expect(ours(loaded, '@opentelemetry/exporter')).toBe(0);
    expect(ours(loaded, 'pino-pretty')).toBe(0);
  });

  it('loads the SDK when there is a collector (so the test above can fail)', () => {
    const loaded = loadedModules({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:9', SENTRY_DSN: 'http://key@127.0.0.1:9/1' });
    expect(ours(loaded, '@opentelemetry/sdk')).toBeGreaterThan(0);
    expect(ours(loaded, '@sentry/')).toBeGreaterThan(0);
  });
});
