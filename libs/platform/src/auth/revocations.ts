import type { SessionRevocations } from './ports';

/**
 * Sessions that ended before their tokens did. Tokens live for a quarter of an hour, so that is how long an entry is
 * kept; every process hears of them by broadcast.
 */
export class RecentRevocations implements SessionRevocations {
  private readonly sessions = new Map<string, number>();
  private readonly subjects = new Map<string, { readonly before: number; readonly heardAt: number }>();
  private sweptAt = 0;

  constructor(
    private readonly keepForMs = 16 * 60_000,
    private readonly now: () => number = Date.now,
  ) {}

  revokeSession(sessionId: string): void {
    this.sweep();
    this.sessions.set(sessionId, this.now());
  }

  /** Everything that was issued to somebody up to a moment: “log out everywhere”, a new password, erasure. */
  revokeSubject(subject: string, before: Date): void {
    this.sweep();
    this.subjects.set(subject, { before: Math.floor(before.getTime() / 1_000), heardAt: this.now() });
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
    for (const [id, at] of this.sessions) if (now - at > this.keepForMs) this.sessions.delete(id);
    for (const [id, { heardAt }] of this.subjects) if (now - heardAt > this.keepForMs) this.subjects.delete(id);
  }
}
