import { mailer, type Mailer } from '../mail';
import { errors, logger, serveMetrics, startTelemetry, telemetryConfig, type TelemetryHandle } from '../telemetry';
import { appConfig } from './config';
import { createApp, type App } from './create-app';
import type { ServiceDefinition } from './define-service';
import { explain } from './failure';
import { tuneHeap } from './heap';
import { hostedWith } from './installation';
import { Settings } from './settings';
import { collectStartGarbage } from './start-garbage';
import { keepTickShape } from './tick-shape';

const log = logger('app');

/** The main function of every app: starts the process, and ends it well whatever happens. */
export async function runApp(name: string, services: readonly ServiceDefinition[]): Promise<void> {
  tuneHeap();
  keepTickShape();
  const process_ = new RunningProcess(name);
  process_.watchForTrouble();
  try {
    await process_.start(services);
  } catch (error) {
    await process_.fail(error);
  }
}

class RunningProcess {
  private app: App | null = null;
  private telemetry: TelemetryHandle | null = null;
  private stopTimeoutMs = 25_000;
  private stopping: Promise<void> | null = null;

  constructor(private readonly name: string) {}

  async start(services: readonly ServiceDefinition[]): Promise<void> {
    const began = performance.now();
    const settings = Settings.load(hostedWith(services), process.env);
    const { roles, stopTimeoutMs } = settings.get(appConfig);
    this.stopTimeoutMs = stopTimeoutMs;
    const telemetry = settings.get(telemetryConfig);
    this.telemetry = await startTelemetry(this.name, telemetry);
    this.app = await createApp({ name: this.name, services });
    this.telemetry.useMailer({
      send: (message) => (this.app === null ? Promise.resolve() : this.app.get<Mailer>(mailer).send(message)),
    });
    if (this.stopping !== null) return this.app.close();
    collectStartGarbage();
    const url = await this.app.listen();
    if (telemetry.metricsPort !== undefined) await serveMetrics(telemetry.metricsPort);
    await this.app.startWork();
    const startedMs = Math.round(performance.now() - began);
    log.info({ url, roles, services: services.map((service) => service.name), started_ms: startedMs, pid: process.pid }, 'ready');
    process.send?.({ type: 'ready', name: this.name, url });
  }

  /** Everything that can end a process from outside, or from where nobody caught it. */
  watchForTrouble(): void {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => this.asked(signal));
    // Started by a parent that is gone: nobody would ever stop this process.
    process.once('disconnect', () => this.asked('the end of its parent'));
    process.on('uncaughtException', (error) => void this.fail(error));
    process.on('unhandledRejection', (reason) => void this.fail(reason));
  }

  async fail(error: unknown): Promise<never> {
    const explained = explain(error);
    if (explained !== null) {
      process.stderr.write(`${explained}\n`);
    } else {
      log.critical({ err: error }, 'the process cannot go on');
      errors.report(error, 'process');
    }
    const impatience = setTimeout(() => process.exit(1), 5_000);
    impatience.unref();
    await this.telemetry?.stop().catch(() => undefined);
    process.exit(1);
  }

  private asked(why: string): void {
    if (this.stopping !== null) {
      log.warn({ why }, 'asked again to stop: ending at once');
      process.exit(1);
    }
    log.info({ why }, 'stopping');
    this.stopping = this.stop();
  }

  private async stop(): Promise<void> {
    const impatience = setTimeout(() => {
      log.error({ after_ms: this.stopTimeoutMs }, 'did not stop in time: ending anyway');
      process.exit(1);
    }, this.stopTimeoutMs);
    await this.app?.close();
    await this.telemetry?.stop();
    clearTimeout(impatience);
    log.info('stopped');
    process.exit(0);
  }
}
