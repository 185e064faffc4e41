/** A sliding minute per client. Real time: manners are not simulated. */
export class RateLimit {
  private readonly seen = new Map<string, number[]>();

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Seconds until the next request may be made; 0 when this one may. A refused request does not count. */
  take(client: string, perMinute: number): number {
    const at = this.now();
    const times = (this.seen.get(client) ?? []).filter((time) => at - time < 60_000);
    this.seen.set(client, times);
    const oldest = times[times.length - perMinute];
    if (times.length < perMinute || oldest === undefined) {
      times.push(at);
      return 0;
    }
    return Math.max(1, Math.ceil((oldest + 60_000 - at) / 1_000));
  }

  clear(): void {
    this.seen.clear();
  }
}
