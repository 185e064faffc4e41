import { databaseConfig, databaseSettings } from '../../database';
import {
  allSchedules,
  createPostgresJobsBackend,
  createRedisJobsBackend,
  JobRunner,
  Jobs,
  JobsAdmin,
  JobSchedules,
  JobStore,
  jobClassNames,
  jobHandledBy,
  jobsConfig,
  overridesOf,
  reconcileEveryMs,
  type JobDef,
  type JobProcessor,
  type JobsBackend,
} from '../../jobs';
import { logger } from '../../telemetry';
import { enginesConfig, redisCa } from '../config';
import type { ServiceDefinition } from '../define-service';
import type { Settings } from '../settings';
import type { Made } from './discover';

const log = logger('app.jobs');

/** The queues of a process: what puts work in, what works it, what looks at it. */
export class JobParts {
  readonly store: JobStore;
  readonly jobs: Jobs;
  readonly admin: JobsAdmin;
  private readonly runner: JobRunner;
  private readonly schedules: JobSchedules;
  private readonly services: readonly string[];
  private reconciling: NodeJS.Timeout | undefined;

  constructor(name: string, settings: Settings, services: readonly ServiceDefinition[]) {
    this.services = services.map((service) => service.name);
    this.store = new JobStore(backendFor(name, settings), (queue, error) =>
      log.warn({ err: error, queue }, 'the store of a queue does not answer'),
    );
    const overrides = overridesOf(settings.get(jobsConfig).settings);
    this.runner = new JobRunner(this.store, { overrides });
    this.jobs = new Jobs(this.store, overrides, this.runner);
    this.schedules = new JobSchedules(this.store, overrides);
    const queues = this.services.flatMap((service) => jobClassNames.map((jobClass) => `${service}.${jobClass}`));
    this.admin = new JobsAdmin(this.store, () => queues);
  }

  /** Finds the handlers among the providers that Nest has made. */
  register(made: readonly Made[]): void {
    for (const { type, instance } of made) {
      const def = jobHandledBy(type);
      if (def === undefined) continue;
      if (!isProcessor(instance)) throw new Error(`${type.name} handles the job ${def.name} but has no method run`);
      this.runner.register(def, instance);
    }
  }

  /** Work of the platform's own, which is not found among providers. */
  handle(def: JobDef, processor: JobProcessor): void {
    this.runner.register(def, processor);
  }

  async start(): Promise<void> {
    await this.runner.start();
    await this.reconcile();
    this.reconciling = setInterval(() => {
      this.reconcile().catch((error: unknown) => log.warn({ err: error }, 'the schedules could not be looked at'));
    }, reconcileEveryMs);
    this.reconciling.unref();
    this.admin.watch();
  }

  drain(): Promise<void> {
    clearInterval(this.reconciling);
    return this.runner.drain();
  }

  private reconcile(): Promise<void> {
    return this.schedules.reconcile(this.services, allSchedules().filter((def) => this.hosts(def.job.queue)));
  }

  private hosts(queue: string): boolean {
    return this.services.some((service) => queue.startsWith(`${service}.`));
  }
}

function backendFor(name: string, settings: Settings): JobsBackend {
  const engines = settings.get(enginesConfig);
  const { redisQueueUrl, jobsPoolSize } = engines;
  const onError = (error: Error): void => log.warn({ err: error }, 'the store of the jobs does not answer');
  if (redisQueueUrl !== undefined) return createRedisJobsBackend({ url: redisQueueUrl, ca: redisCa(engines), onError });
  const { url, directUrl, tls } = databaseSettings(settings.get(databaseConfig), `autobroker-${name}`);
  return createPostgresJobsBackend({
    connection: { connectionString: directUrl ?? url, ...(tls === undefined ? {} : { ssl: { ...tls } }) },
    poolSize: jobsPoolSize,
    onError,
  });
}

const isProcessor = (instance: object): instance is JobProcessor => 'run' in instance && typeof instance.run === 'function';
