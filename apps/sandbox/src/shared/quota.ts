/** Requests a second and a day per key, as interfaces for machines count them. Real seconds, the sandbox's days. */
export class Quota {
  private second = -1;
  private inSecond = 0;
  private day = '';
  private inDay = 0;

  constructor(
    private readonly perSecond: number,
    readonly perDay: number,
  ) {}

  take(now: Date): 'ok' | 'second' | 'day' {
    const second = Math.floor(performance.now() / 1_000);
    const day = now.toISOString().slice(0, 10);
    if (second !== this.second) [this.second, this.inSecond] = [second, 0];
    if (day !== this.day) [this.day, this.inDay] = [day, 0];
    if (this.inDay >= this.perDay) return 'day';
    if (this.inSecond >= this.perSecond) return 'second';
    this.inSecond += 1;
    this.inDay += 1;
    return 'ok';
  }

  get leftToday(): number {
    return this.perDay - this.inDay;
  }
}
