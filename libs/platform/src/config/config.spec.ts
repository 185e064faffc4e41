import { z } from 'zod';
import {
  allConfigs,
  ConfigError,
  defineConfig,
  env,
  loadConfig,
  loadConfigs,
  parseDuration,
  renderConfigDocs,
} from '.';

const spec = defineConfig('sample', {
  port: { env: 'SAMPLE_PORT', schema: z.int().min(0).max(65_535), description: 'where it listens', default: 4000 },
  wait: { env: 'SAMPLE_WAIT', schema: env.duration({ min: 1 }), description: 'how long', default: 30_000 },
  hosts: { env: 'SAMPLE_HOSTS', schema: env.list(), description: 'who', default: [] },
  on: { env: 'SAMPLE_ON', schema: env.bool(), description: 'whether', default: false },
  flag: { env: 'SAMPLE_FLAG', schema: z.boolean().optional(), description: 'plain zod' },
  mode: { env: 'SAMPLE_MODE', schema: z.enum(['a', 'b']), description: 'which | one', default: 'a' },
  url: { env: 'SAMPLE_URL', schema: env.url({ protocols: ['redis', 'rediss'] }).optional(), description: 'where to' },
  secret: {
    env: 'SAMPLE_SECRET',
    schema: env.text({ min: 8 }),
    description: 'a secret',
    secret: true,
    default: 'development',
  },
});

const fails = (environment: NodeJS.ProcessEnv): ConfigError => {
  try {
    loadConfig(spec, environment);
  } catch (error) {
    if (error instanceof ConfigError) return error;
  }
  throw new Error('it was accepted');
};

describe('configuration from the environment', () => {
  it('gives typed values and defaults', () => {
    const loaded = loadConfig(spec, {
      SAMPLE_PORT: '8080',
      SAMPLE_WAIT: '5m',
      SAMPLE_HOSTS: 'a, b,,c',
      SAMPLE_ON: 'yes',
      SAMPLE_FLAG: 'false',
    });
    const port: number = loaded.port;
    const mode: 'a' | 'b' = loaded.mode;
    expect({ ...loaded, port, mode }).toEqual({
      port: 8080,
      wait: 300_000,
      hosts: ['a', 'b', 'c'],
      on: true,
      flag: false,
      mode: 'a',
      url: undefined,
      secret: 'development',
    });
  });

  it('takes an empty variable for one that is not set', () => {
    expect(loadConfig(spec, { SAMPLE_PORT: '' }).port).toBe(4000);
  });

  it('lists everything that is wrong at once, and no value of a secret', () => {
    const error = fails({
      SAMPLE_PORT: '70000',
      SAMPLE_WAIT: 'soon',
      SAMPLE_MODE: 'z',
      SAMPLE_URL: 'http://x',
      SAMPLE_SECRET: 'hunter2',
    });
    expect(error.problems.map(({ env: name }) => name)).toEqual([
      'SAMPLE_PORT',
      'SAMPLE_WAIT',
      'SAMPLE_MODE',
      'SAMPLE_URL',
      'SAMPLE_SECRET',
    ]);
    expect(error.message).toContain('SAMPLE_MODE: must be one of a, b');
    expect(error.message).toContain('SAMPLE_URL: must begin with redis:// or rediss://');
    expect(error.message).not.toContain('hunter2');
  });

  it.each(['1e3', '0x10', ' 1', '1.5', 'NaN', '1e999'])('does not take %j for a whole number', (text) => {
    expect(fails({ SAMPLE_PORT: text }).problems).toHaveLength(1);
  });

  it('refuses a default secret in production, set or not', () => {
    expect(fails({ NODE_ENV: 'production' }).problems.map(({ env: name }) => name)).toEqual(['SAMPLE_SECRET']);
    expect(fails({ NODE_ENV: 'production', SAMPLE_SECRET: 'development' }).problems).toHaveLength(1);
    expect(loadConfig(spec, { NODE_ENV: 'production', SAMPLE_SECRET: 'of-our-own' }).secret).toBe('of-our-own');
  });

  it('names a required variable that is missing', () => {
    const required = defineConfig('sample-required', {
      key: { env: 'SAMPLE_KEY', schema: env.text(), description: 'a key' },
    });
    expect(() => loadConfig(required, {})).toThrow('SAMPLE_KEY: is not set (a key)');
    expect(() => loadConfigs([spec, required], { SAMPLE_PORT: 'x' })).toThrow(/SAMPLE_PORT[\s\S]*SAMPLE_KEY/);
  });

  it('is defined once by name and found in the registry', () => {
    expect(() => defineConfig('sample', {})).toThrow('defined twice');
    expect(allConfigs().map(({ name }) => name)).toEqual(expect.arrayContaining(['sample']));
  });

  it('reads durations', () => {
    expect(['250', '250ms', '30s', '5m', '1h', '7d', '1w', '-1s', ''].map(parseDuration)).toEqual([
      250,
      250,
      30_000,
      300_000,
      3_600_000,
      604_800_000,
      null,
      null,
      null,
    ]);
  });
});

describe('docs/configuration.md', () => {
  it('is the same whatever the order, and shows no secret', () => {
    const other = defineConfig('another', {
      key: { env: 'OTHER_KEY', schema: env.int({ min: 1 }), description: 'x', default: 5 },
    });
    const page = renderConfigDocs([spec, other]);
    expect(renderConfigDocs([other, spec])).toBe(page);
    expect(page.indexOf('## another')).toBeLessThan(page.indexOf('## sample'));
    expect(page).toContain('| `SAMPLE_WAIT` | duration | `30s` | how long |');
    expect(page).toContain('| `SAMPLE_PORT` | integer, 0 to 65535 | `4000` | where it listens |');
    expect(page).toContain('| `SAMPLE_MODE` | one of a, b | `a` | which \\| one |');
    expect(page).toContain('| `OTHER_KEY` | integer ≥ 1 | `5` | x |');
    expect(page).not.toContain('development\n');
    expect(page).not.toMatch(/`development`/);
  });
});
