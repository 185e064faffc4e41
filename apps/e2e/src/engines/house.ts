import { fork, type ChildProcess } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startKafka, type KafkaServer } from '../../../../tools/engines/kafka.mjs';
import { startPgBouncer, type PgBouncerServer } from '../../../../tools/engines/pgbouncer.mjs';
import { startPostgres, type PostgresServer } from '../../../../tools/engines/postgres.mjs';
import { startRedis, type RedisServer } from '../../../../tools/engines/redis.mjs';
import { startS3, type S3Server } from '../../../../tools/engines/s3.mjs';
import { startSmtp, type SmtpServer } from '../../../../tools/engines/smtp.mjs';

const apps = join(__dirname, '../../..');
const secret = (): string => randomBytes(32).toString('base64');

/** Each service of the distributed shape signs in to the database as itself. */
const passwords: Readonly<Record<string, string>> = {
  identity: randomBytes(12).toString('hex'),
  vehicle: randomBytes(12).toString('hex'),
};

export interface Account {
  readonly role: string;
  readonly tenant: string | null;
  readonly email: string;
  readonly password: string;
}

/** A real process of a built app. */
export interface RunningApp {
  readonly url: string;
  /** What it has logged at ERROR or above. */
  complaints(): Promise<string[]>;
  stop(): Promise<{ code: number | null; signal: string | null }>;
  kill(): Promise<void>;
}

/** Everything that architecture.md names for scale, for real, and the apps on it. */
export class House {
  private readonly running = new Set<RunningApp>();
  private readonly fixed: Readonly<Record<string, string>>;
  private starts = 0;
  private database: PostgresServer;

  private constructor(
    private readonly folder: string,
    database: PostgresServer,
    readonly bouncer: PgBouncerServer,
    readonly queue: RedisServer,
    readonly cache: RedisServer,
    readonly kafka: KafkaServer,
    readonly s3: S3Server,
    readonly smtp: SmtpServer,
  ) {
    this.database = database;
    this.fixed = {
      PATH: process.env['PATH'] ?? '',
      HOME: process.env['HOME'] ?? '',
      NODE_ENV: 'production',
      HOST: '127.0.0.1',
      LOG_LEVEL: process.env['LOG_LEVEL'] ?? 'warning',
      AUTOBROKER_DATA: folder,
      DATABASE_DIRECT_URL: database.url,
      DATABASE_URL: bouncer.url('autobroker'),
      REDIS_QUEUE_URL: queue.url,
      REDIS_CACHE_URL: cache.url,
      KAFKA_BROKERS: kafka.brokers.join(','),
      S3_ENDPOINT: s3.endpoint,
      S3_REGION: s3.region,
      S3_BUCKET: 'pictures',
      S3_CREATE_BUCKET: 'true',
      S3_ACCESS_KEY_ID: s3.accessKeyId,
      S3_SECRET_ACCESS_KEY: s3.secretAccessKey,
      SMTP_URL: smtp.url,
      SMTP_TLS: 'off',
      RATE_LIMIT_SCALE: '1000',
      REFERENCE_RATES_URL: 'http://127.0.0.1:9',
      PII_MASTER_KEYS: `engines:${secret()}`,
      PII_INDEX_KEY: secret(),
      CAPTURE_KEYS: `engines:${secret()}`,
      HTTP_SECRET: secret(),
      OBJECT_URL_SECRET: secret(),
      DOCUMENT_SIGNING_KEY: generateKeyPairSync('rsa', { modulusLength: 2_048 }).privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
      INTERNAL_SECRET: secret(),
    };
  }

  static async open(): Promise<House> {
    const folder = await mkdtemp(join(tmpdir(), 'autobroker-house-'));
    const database = await startPostgres({ dataDir: join(folder, 'postgres') });
    const logins = Object.fromEntries(Object.entries(passwords).map(([name, password]) => [`autobroker_${name}`, password]));
    const engines = [
      startPgBouncer({ upstream: database.url, poolSize: 10, logins }),
      startRedis({ args: ['--maxmemory-policy', 'noeviction'] }),
      startRedis({ args: ['--maxmemory', '64mb', '--maxmemory-policy', 'allkeys-lru'] }),
      startKafka(),
      startS3(),
      startSmtp(),
    ] as const;
    const [bouncer, queue, cache, kafka, s3, smtp] = await Promise.all(engines).catch(async (error: unknown) => {
      // Where one does not start the others would keep the process, and the whole run, from ending.
      for (const engine of await Promise.allSettled(engines)) if (engine.status === 'fulfilled') await engine.value.dispose();
      await database.stop();
      throw error;
    });
    const house = new House(folder, database, bouncer, queue, cache, kafka, s3, smtp);
    try {
      await house.prepare();
    } catch (error) {
      await house.close();
      throw error;
    }
    return house;
  }

  /** Migrations and the demo, as before a first start. A demo is refused in production, which the apps are started as. */
  private async prepare(): Promise<void> {
    const pairs = Object.entries(passwords).map(([name, password]) => `${name}:${password}`);
    const { child, log } = this.fork('platform', 'prepare', { NODE_ENV: 'development', DEMO_SEED: 'true', DATABASE_SERVICE_PASSWORDS: pairs.join(',') });
    const code = await new Promise<number | null>((resolve) => child.once('exit', resolve));
    if (code !== 0) throw new Error(`the preparation ended with ${code}:\n${await readFile(log, 'utf8')}`);
  }

  async accounts(): Promise<Account[]> {
    const demo: { accounts: Account[] } = JSON.parse(await readFile(join(this.folder, 'installation.json'), 'utf8'));
    return demo.accounts;
  }

  /** Starts an app; `asItself` signs in to the database as the service that it hosts. */
  async start(app: string, options: { port?: number; asItself?: boolean; env?: Record<string, string> } = {}): Promise<RunningApp> {
    const { child, log } = this.fork(app, 'main', {
      PORT: String(options.port ?? 0),
      ...(options.asItself === true ? { DATABASE_URL: this.loginOf(app, this.bouncer.url('autobroker')), DATABASE_DIRECT_URL: this.loginOf(app, this.database.url) } : {}),
      ...options.env,
    });
    const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) => {
      child.once('exit', (code, signal) => resolve({ code, signal }));
    });
    const url = await new Promise<string>((resolve, reject) => {
      child.on('message', (message: { type?: string; url?: string }) => {
        if (message.type === 'ready') resolve(message.url ?? '');
      });
      void ended.then(async ({ code }) => reject(new Error(`${app} did not start (${code}):\n${await readFile(log, 'utf8')}`)));
    });
    const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
      this.running.delete(running);
      child.kill(signal);
      return ended;
    };
    const running: RunningApp = {
      url,
      complaints: async () => (await readFile(log, 'utf8')).split('\n').filter((line) => /"level":"(?:ERROR|CRITICAL)"/.test(line)),
      stop: () => end('SIGTERM'),
      kill: async () => void (await end('SIGKILL')),
    };
    this.running.add(running);
    return running;
  }

  private loginOf(service: string, address: string): string {
    const url = new URL(address);
    url.username = `autobroker_${service}`;
    url.password = passwords[service] ?? '';
    return url.href;
  }

  private fork(app: string, main: string, env: Record<string, string>): { child: ChildProcess; log: string } {
    const log = join(this.folder, `${app}-${main}-${(this.starts += 1)}.log`);
    const output = createWriteStream(log);
    const child = fork(join(apps, app, 'dist', `${main}.js`), [], {
      env: { ...this.fixed, ...env },
      execArgv: ['--enable-source-maps'],
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    child.stdout?.pipe(output, { end: false });
    child.stderr?.pipe(output, { end: false });
    child.once('close', () => output.end());
    return { child, log };
  }

  async stopPostgres(): Promise<void> {
    await this.database.stop();
  }

  /** On the port that it had. */
  async startPostgres(): Promise<void> {
    const { port } = this.database;
    this.database = await startPostgres({ dataDir: join(this.folder, 'postgres'), port });
    if (this.database.port !== port) throw new Error(`somebody took the port ${port} of the database meanwhile`);
  }

  async close(): Promise<void> {
    await Promise.all([...this.running].map((app) => app.stop()));
    await Promise.all([this.bouncer, this.queue, this.cache, this.kafka, this.s3, this.smtp].map((engine) => engine.dispose()));
    await this.database.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}
