import { Agent as PlainAgent, request as plainRequest } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';

export interface Disturbance {
  /** Of attempts: true loses them all. */
  readonly drop: boolean;
  /** How often more than once each message is sent. */
  readonly duplicate: number;
  readonly reorder: boolean;
  readonly delay_ms: number;
  /** What the receiver answers to a first attempt is lost, so that it comes again. */
  readonly fail_after_commit: boolean;
}

/** Quicker than real ones, which go on for days. */
const backOffMs = [250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 60_000, 120_000, 300_000] as const;
const timeoutMs = 10_000;
const gatherMs = 150;
const copyMs = 40;

/** What a vendor says of one attempt: the request to make, or null when there is nothing to be sent any more. */
export interface Letter {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Attempts before this one. */
  readonly before: number;
}

export interface CarrierOptions {
  readonly disturbance: () => Disturbance;
  readonly letter: (id: string) => Letter | null;
  /** What became of an attempt; true asks for another one, after `before` attempts more slowly. */
  readonly tried: (id: string, taken: boolean) => boolean;
  readonly onError: (error: unknown) => void;
}

/** Carries messages to their receivers, and again until somebody takes them: in real time, since receivers live in it. */
export class Carrier {
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly plain = new PlainAgent({ keepAlive: true, maxSockets: 32 });
  private readonly secure = new SecureAgent({ keepAlive: true, maxSockets: 32 });
  private gathered: string[] = [];
  private gathering = false;
  private closed = false;

  constructor(private readonly options: CarrierOptions) {}

  close(): void {
    this.closed = true;
    for (const timer of this.timers) clearTimeout(timer);
    this.plain.destroy();
    this.secure.destroy();
  }

  /** How many of each message there are, as things stand. */
  get copies(): number {
    return 1 + this.options.disturbance().duplicate;
  }

  send(id: string, copy = 0): void {
    const { delay_ms: delay, reorder } = this.options.disturbance();
    if (reorder) this.gather(id, delay);
    else this.after(delay + copy * copyMs, id);
  }

  /** What a former process had still to send. */
  resume(id: string): void {
    this.after(0, id);
  }

  /** What happens within a moment is sent the last first. */
  private gather(id: string, delay: number): void {
    this.gathered.push(id);
    if (this.gathering) return;
    this.gathering = true;
    this.timer(gatherMs + delay, () => {
      const ids = this.gathered.reverse();
      this.gathered = [];
      this.gathering = false;
      ids.forEach((one, place) => this.after(place * 5, one));
    });
  }

  private after(ms: number, id: string): void {
    this.timer(ms, () => void this.attempt(id).catch(this.options.onError));
  }

  private timer(ms: number, act: () => void): void {
    if (this.closed) return;
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      if (!this.closed) act();
    }, ms);
    this.timers.add(timer);
  }

  private async attempt(id: string): Promise<void> {
    const letter = this.options.letter(id);
    if (letter === null) return;
    const { drop, fail_after_commit: lost } = this.options.disturbance();
    const taken = !drop && (await this.post(letter)) && !(lost && letter.before === 0);
    if (this.closed) return;
    if (this.options.tried(id, taken)) this.after(backOffMs[Math.min(letter.before, backOffMs.length - 1)] ?? 300_000, id);
  }

  /** True when the receiver took it. */
  private post({ url, headers, body }: Letter): Promise<boolean> {
    const secure = new URL(url).protocol === 'https:';
    const options = { method: 'POST', agent: secure ? this.secure : this.plain, timeout: timeoutMs, headers: { ...headers, 'content-length': Buffer.byteLength(body) } };
    return new Promise((resolve) => {
      const sent = (secure ? secureRequest : plainRequest)(url, options, (answer) => {
        answer.resume();
        answer.once('error', () => resolve(false));
        answer.once('end', () => resolve((answer.statusCode ?? 500) >= 200 && (answer.statusCode ?? 500) < 300));
      });
      sent.once('timeout', () => sent.destroy());
      sent.once('error', () => resolve(false));
      sent.end(body);
    });
  }
}
