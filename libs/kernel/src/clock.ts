/** Where code gets the time from, so that a test or a sandbox can move it. */
export interface Clock {
  now(): Date;
}

/** The machine's own time, moved by `offsetMs` when a sandbox has shifted the platform's clock. */
export class SystemClock implements Clock {
  private offset = 0;

  now(): Date {
    return new Date(Date.now() + this.offset);
  }

  get offsetMs(): number {
    return this.offset;
  }

  /** Moves this clock against the machine's. Time goes on running. */
  shift(ms: number): void {
    this.offset += finite(ms);
  }
}

/** Stands still until it is told to move. */
export class ManualClock implements Clock {
  private time: number;

  constructor(start: Date | string | number = '2026-01-05T09:00:00.000Z') {
    this.time = instant(start);
  }

  now(): Date {
    return new Date(this.time);
  }

  set(to: Date | string | number): void {
    this.time = instant(to);
  }

  advance(ms: number): Date {
    this.time += finite(ms);
    return this.now();
  }
}

function instant(value: Date | string | number): number {
  return finite(new Date(value).getTime());
}

function finite(value: number): number {
  if (!Number.isFinite(value)) throw new RangeError('A clock needs a real date or a finite number of milliseconds');
  return value;
}
