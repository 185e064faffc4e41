import type { RegisteredConsumer } from './event-run';
import { InboxProcessor, type BatchOutcome } from './inbox-processor';
import { Loop, type Next } from './loop';
import type { Lane } from './lane';
import type { TransportPlan } from './transport';

/** Looks by itself this often, although it is woken: for a source that appears later, and against anything unforeseen. */
const defaultPollMs = 5_000;

/** While another replica is at work, one asks again this often, so as to take over when that one dies. */
const busyMs = 250;

/** Runs one consumer along one lane. */
export class LaneWorker {
  readonly log: string;
  readonly consumer: string;
  private readonly types: ReadonlySet<string>;
  private readonly processor: InboxProcessor;
  private readonly loop: Loop;
  private moved = false;
  private announced = false;
  /** A process has died here: until this one got past that, what comes first is taken apart from all others. */
  private suspected: boolean | undefined;
  private readonly gatherMs: number;
  private gathered = false;
  private lookedAt = performance.now();

  constructor(
    consumer: RegisteredConsumer,
    readonly lane: Lane,
    private readonly plan: Pick<TransportPlan, 'isolation' | 'onDeferred'>,
    private readonly pollMs = defaultPollMs,
  ) {
    this.log = lane.identity.log;
    this.consumer = consumer.def.name;
    this.types = new Set(consumer.def.types);
    this.gatherMs = consumer.def.gatherMs;
    this.processor = new InboxProcessor(consumer, lane.identity.source, lane);
    this.loop = new Loop(`${this.consumer} at ${this.log}`, () => this.round(), pollMs);
  }

  /** Whether it has something to do when a log has new events of these types. */
  hears(log: string, types: ReadonlySet<string>): boolean {
    if (log !== this.log) return false;
    for (const type of this.types) if (types.has(type)) return true;
    return false;
  }

  start(): void {
    this.loop.start();
  }

  wake(): void {
    this.loop.wake();
  }

  /** The stored offset was moved by hand, or the log is not what it was taken for. */
  reset(): void {
    this.moved = true;
    this.loop.wake();
  }

  /** Where its stored offset is, as somebody has seen who asks for all. */
  stored(position: number | undefined): void {
    if (this.lane.strays(position)) this.reset();
  }

  stop(): Promise<void> {
    return this.loop.stop();
  }

  /** Once per process, before its first event here: should that one kill it, the next process knows. */
  private async announce(): Promise<void> {
    const { first } = this.lane;
    if (this.announced || first === undefined) return;
    const starts = await this.lane.start();
    if (starts === null) return;
    this.announced = true;
    this.processor.started(starts, first);
  }

  /** Only what was alone in work when a process died is counted as its second death, or a later one. */
  private async work(): Promise<BatchOutcome> {
    const { isolation } = this.plan;
    this.suspected ??= await this.lane.died();
    const next = async (): Promise<BatchOutcome> => {
      await this.announce();
      return this.processor.next();
    };
    return this.suspected ? isolation.apart(next) : isolation.among(next);
  }

  private async round(): Promise<Next> {
    // Somebody in another process may have moved the stored offset too.
    if (this.moved || (this.lane.empty && performance.now() - this.lookedAt > this.pollMs)) {
      this.moved = false;
      this.lookedAt = performance.now();
      this.lane.forget();
    }
    // What is waiting already has gathered: a backlog is worked off without pauses.
    if (this.gatherMs > 0 && this.lane.empty && !this.lane.hasMore && !this.gathered) {
      this.gathered = true;
      return { inMs: this.gatherMs, undisturbed: true };
    }
    this.gathered = false;
    if (!(await this.lane.fill()) || this.lane.empty) return 'idle';
    const outcome = await this.work();
    switch (outcome.state) {
      case 'handled':
        this.suspected = false;
        this.lane.committed();
        if (outcome.deferred > 0) this.plan.onDeferred(this.consumer);
        // Either more is at hand, or a look is worth it: under load there is something new by now.
        return 'now';
      case 'idle':
        this.suspected = false;
        return 'now'; // the offset was elsewhere than remembered
      case 'busy':
        this.lane.forget();
        return { inMs: busyMs };
      case 'failed':
        this.lane.forget();
        return outcome.retryInMs === 0 ? 'now' : { inMs: outcome.retryInMs, undisturbed: true };
    }
  }
}
