import { logger } from './logger';
import { metrics } from './metrics';
import { redactText } from './redaction';

export interface CriticalAlert {
  readonly kind: string;
  readonly count: number;
  readonly windowMs: number;
  readonly service: string;
  readonly at: string;
  readonly lastError: string | null;
}

/** Where somebody hears about it: a webhook, an e-mail. */
export interface AlertChannel {
  readonly name: string;
  send(alert: CriticalAlert): Promise<void>;
}

export interface ThresholdSettings {
  readonly service: string;
  /** Failures within the window that raise an alert, by kind: `api_failures`, `search_failures`, `alert_failures`. */
  readonly limits: Readonly<Record<string, number>>;
  readonly defaultLimit: number;
  readonly windowMs: number;
  readonly channels: readonly AlertChannel[];
}

const log = logger('telemetry.thresholds');
const failures = metrics.counter({ name: 'failures_total', help: 'Failures counted against a threshold', labels: ['kind'] });

/** Counts failures by kind over a sliding window and raises one critical alert a window when there are too many. */
export class ErrorThresholds {
  private settings: ThresholdSettings = { service: 'unknown', limits: {}, defaultLimit: 5, windowMs: 3_600_000, channels: [] };
  private readonly recent = new Map<string, number[]>();
  private readonly alertedAt = new Map<string, number>();
  private readonly sending = new Set<Promise<void>>();

  constructor(private readonly now: () => number = () => performance.now()) {}

  configure(settings: ThresholdSettings): void {
    this.settings = settings;
    this.recent.clear();
    this.alertedAt.clear();
  }

  record(kind: string, error?: unknown): void {
    failures.inc({ kind });
    const { windowMs, defaultLimit, limits } = this.settings;
    const limit = Math.max(1, limits[kind] ?? defaultLimit);
    const now = this.now();
    const kept = (this.recent.get(kind) ?? []).filter((at) => at > now - windowMs);
    kept.push(now);
    this.recent.set(kind, kept.slice(-limit));
    const last = this.alertedAt.get(kind);
    if (kept.length < limit || (last !== undefined && now - last < windowMs)) return;
    this.alertedAt.set(kind, now);
    this.raise(kind, kept.length, error);
  }

  /** For a graceful stop: alerts that are on their way. */
  async flush(): Promise<void> {
    await Promise.all(this.sending);
  }

  private raise(kind: string, count: number, error: unknown): void {
    const alert: CriticalAlert = {
      kind,
      count,
      windowMs: this.settings.windowMs,
      service: this.settings.service,
      at: new Date().toISOString(),
      lastError: error === undefined ? null : redactText(error instanceof Error ? error.message : String(error)),
    };
    log.critical({ alert }, `${kind}: ${count} within ${Math.round(alert.windowMs / 60_000)} minutes`);
    for (const channel of this.settings.channels) {
      const sent = channel.send(alert).catch((reason: unknown) => {
        // Not counted as another failure: an alert about alerts that cannot be sent would never end.
        log.error({ err: reason, channel: channel.name }, 'a critical alert could not be sent');
      });
      this.sending.add(sent);
      void sent.finally(() => this.sending.delete(sent));
    }
  }
}

export const errorThresholds = new ErrorThresholds();

export class WebhookAlertChannel implements AlertChannel {
  readonly name = 'webhook';
  constructor(
    private readonly url: string,
    private readonly timeoutMs = 10_000,
  ) {}

  async send(alert: CriticalAlert): Promise<void> {
    const answer = await fetch(this.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ severity: 'critical', text: summaryOf(alert), ...alert }),
      signal: AbortSignal.timeout(this.timeoutMs),
    });
    await answer.body?.cancel();
    if (!answer.ok) throw new Error(`the alert webhook answered ${answer.status}`);
  }
}

/** The little of a mailer that an alert needs. */
export interface AlertMailer {
  send(message: { to: string; subject: string; text: string; html: string }): Promise<unknown>;
}

export class MailAlertChannel implements AlertChannel {
  readonly name = 'mail';
  constructor(
    private readonly mailer: AlertMailer,
    private readonly to: string,
  ) {}

  async send(alert: CriticalAlert): Promise<void> {
    const text = `${summaryOf(alert)}\n\nLast error: ${alert.lastError ?? 'not recorded'}\nAt: ${alert.at}\n`;
    const html = `<p>${escapeHtml(text).replaceAll('\n', '<br>')}</p>`;
    await this.mailer.send({ to: this.to, subject: `[critical] ${alert.service}: ${alert.kind}`, text, html });
  }
}

const summaryOf = (alert: CriticalAlert): string =>
  `${alert.service}: ${alert.count} ${alert.kind} within ${Math.round(alert.windowMs / 60_000)} minutes`;

const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
