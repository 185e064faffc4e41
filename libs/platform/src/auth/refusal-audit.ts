import type { ProblemCode } from '@autobroker/contracts';
import { logger, metrics } from '../telemetry';
import type { Principal } from './principal';

/** A request that was turned away: for who asked, for what it said, or for how things stand. */
export interface RefusedRequest {
  readonly principal: Principal;
  readonly code: ProblemCode;
  readonly status: number;
  readonly method: string;
  /** The template of the route. */
  readonly route: string;
  /** What its `id` names; null where it has none, or none that could be one. */
  readonly objectId: string | null;
  /** Codes of the values that were not right. */
  readonly because: readonly string[];
  readonly ip: string;
  readonly requestId: string;
}

/** Keeps refusals that somebody may have to explain later: on routes that move money or orders. */
export interface RefusalAudit {
  refused(request: RefusedRequest): void;
}

/** Writes one refusal as an audit row. */
export type RefusalSink = (request: RefusedRequest) => Promise<void>;

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

/** Who has not signed in shares a budget of their own: a storm of forged requests must not hide what people of the house try. */
const nobodys = { perCallerAMinute: 10, totalAMinute: 120 };

/** What is over the cap still counts in the metrics. */
export class CappedRefusalAudit implements RefusalAudit {
  private readonly known: RefusalCap;
  private readonly unknown: RefusalCap;

  constructor(
    private readonly sink: RefusalSink,
    limits?: ConstructorParameters<typeof RefusalCap>[0],
    now?: ConstructorParameters<typeof RefusalCap>[1],
  ) {
    this.known = new RefusalCap(limits, now);
    this.unknown = new RefusalCap(limits ?? nobodys, now);
  }

  refused(request: RefusedRequest): void {
    const { principal, ip } = request;
    const takes = principal.id === null ? this.unknown.takes(ip) : this.known.takes(principal.id);
    counted.inc({ outcome: takes ? 'written' : 'capped' });
    if (!takes) return;
    this.sink(request).catch((error: unknown) => {
      log.error({ err: error, code: request.code, route: request.route }, 'a refusal could not be audited');
    });
  }
}
