import type { ProblemCode } from '@autobroker/contracts';
import { logger, metrics } from '../telemetry';
import type { Principal } from './principal';

export interface RefusedAccess {
  readonly principal: Principal;
  readonly code: ProblemCode;
  readonly method: string;
  readonly route: string;
  readonly ip: string;
  readonly requestId: string;
}

/** Keeps refusals that somebody may have to explain later: on routes that move money or orders. */
export interface RefusalAudit {
  refused(access: RefusedAccess): void;
}

/** Writes one refusal as an audit row. */
export type RefusalSink = (access: RefusedAccess) => Promise<void>;

const log = logger('auth.refusals');
const counted = metrics.counter({
  name: 'audited_refusals_total',
  help: 'Refusals on audited routes; `capped` ones were counted but not written',
  labels: ['outcome'],
});

/** At most so many rows a minute for one caller, and for everybody together: a refusal must not become a way to fill the disk. */
export class RefusalCap {
  private window = -1;
  private total = 0;
  private readonly perCaller = new Map<string, number>();

  constructor(
    private readonly limits = { perCallerAMinute: 10, totalAMinute: 600 },
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Whether one more of this caller may be written. */
  takes(caller: string): boolean {
    const window = Math.floor(this.now() / 60_000);
    if (window !== this.window) {
      this.window = window;
      this.total = 0;
      this.perCaller.clear();
    }
    const before = this.perCaller.get(caller) ?? 0;
    if (before >= this.limits.perCallerAMinute || this.total >= this.limits.totalAMinute) return false;
    this.perCaller.set(caller, before + 1);
    this.total += 1;
    return true;
  }
}

/** What is over the cap still counts in the metrics. */
export class CappedRefusalAudit implements RefusalAudit {
  private readonly cap: RefusalCap;

  constructor(
    private readonly sink: RefusalSink,
    ...cap: ConstructorParameters<typeof RefusalCap>
  ) {
    this.cap = new RefusalCap(...cap);
  }

  refused(access: RefusedAccess): void {
    if (!this.cap.takes(access.principal.id ?? access.ip)) {
      counted.inc({ outcome: 'capped' });
      return;
    }
    counted.inc({ outcome: 'written' });
    this.sink(access).catch((error: unknown) => {
      log.error({ err: error, code: access.code, route: access.route }, 'a refusal could not be audited');
    });
  }
}
