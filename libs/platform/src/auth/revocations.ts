import { setTimeout as pause } from 'node:timers/promises';
import { logger } from '../telemetry';
import type { RevocationSource, SessionRevocations } from './ports';

const log = logger('auth.revocations');

/** Longer than any two clocks may differ: a token may be presented a little after its time. */
const marginMs = 6 * 60_000;
/** For what does not say itself when the last token ends: longer than access tokens live. */
const subjectMs = 60 * 60_000;

/** Sessions that ended before their tokens did, each remembered until its tokens are no good anyway. */
export class RecentRevocations implements SessionRevocations {
  private readonly sessions = new Map<string, number>();
  private readonly subjects = new Map<string, { readonly before: number; readonly until: number }>();
  private sweptAt = 0;

  constructor(private readonly now: () => number = Date.now) {}

  revokeSession(sessionId: string, tokensExpireAt: Date): void {
    this.sweep();
    this.sessions.set(sessionId, tokensExpireAt.getTime() + marginMs);
  }

  /** Everything that was issued to somebody up to a moment: erasure. */
  revokeSubject(subject: string, before: Date): void {
    this.sweep();
    this.subjects.set(subject, { before: Math.floor(before.getTime() / 1_000), until: this.now() + subjectMs });
  }

  isRevoked(token: { readonly sessionId: string | null; readonly subject: string; readonly issuedAt: number }): boolean {
    if (this.sessions.size > 0 && token.sessionId !== null && this.sessions.has(token.sessionId)) return true;
    if (this.subjects.size === 0) return false;
    const subject = this.subjects.get(token.subject);
    return subject !== undefined && token.issuedAt < subject.before;
  }

  private sweep(): void {
    const now = this.now();
    if (now - this.sweptAt < 60_000) return;
    this.sweptAt = now;
    for (const [id, until] of this.sessions) if (now > until) this.sessions.delete(id);
    for (const [id, { until }] of this.subjects) if (now > until) this.subjects.delete(id);
  }
}

/**
 * Broadcasts tell of revocations from now on. What happened before a process began to listen, or while it could not, is
 * asked for here, again and again until whoever knows has answered.
 */
export class RevocationCatchUp {
  private readonly stopping = new AbortController();
  private underway: Promise<void> | null = null;
  private again = false;

  constructor(
    private readonly source: RevocationSource,
    private readonly into: RecentRevocations,
    private readonly retryMs = 5_000,
  ) {}

  /** Resolves when it has caught up, or was stopped. A call during a run makes another one: its answer may be too old. */
  run(): Promise<void> {
    this.again = true;
    this.underway ??= this.loop().finally(() => (this.underway = null));
    return this.underway;
  }

  stop(): void {
    this.stopping.abort();
  }

  private async loop(): Promise<void> {
    const { signal } = this.stopping;
    while (this.again && !signal.aborted) {
      this.again = false;
      try {
        for (const { id, tokensExpireAt } of await this.source.recent()) this.into.revokeSession(id, tokensExpireAt);
      } catch (error) {
        this.again = true;
        log.warn({ err: error, retry_in_ms: this.retryMs }, 'recently ended sessions could not be asked for');
        await pause(this.retryMs, undefined, { signal, ref: false }).catch(() => undefined);
      }
    }
  }
}
