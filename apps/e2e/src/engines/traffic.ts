import { setTimeout as pause } from 'node:timers/promises';
import { ask, type Answer } from './caller';

interface Seen {
  readonly what: string;
  readonly status: number | null;
  readonly code: string | null;
  readonly ms: number;
  readonly text: string;
}

const everyMs = 25;

/** Visitors and a dealer who go on asking, whatever happens; a write that was not answered is tried again with its key. */
export class Traffic {
  readonly seen: Seen[] = [];
  /** Cars that somebody was told exist, by their key. */
  readonly promised = new Map<string, string>();
  private running = true;
  private readonly done: Promise<unknown>;

  constructor(
    private readonly at: { readonly identity: string; readonly vehicle: string },
    private readonly token: string,
    readonly model: string,
  ) {
    const looks = [`${at.vehicle}/api/v1/vehicles?per_page=5`, `${at.vehicle}/api/v1/vehicles?model=${model}&sort=-price`, `${at.identity}/api/v1/me`];
    this.done = Promise.all([...looks.map((address) => this.look(address)), this.write(0), this.write(1)]);
  }

  /** No new requests; what is under way is carried to its end. */
  async stop(): Promise<void> {
    this.running = false;
    await this.done;
  }

  /** Statuses that were given, with how often. */
  statuses(): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { status, code } of this.seen) {
      const name = status !== null && status < 300 ? 'fine' : `${status ?? 'broken'} ${code ?? ''}`.trim();
      counts[name] = (counts[name] ?? 0) + 1;
    }
    return counts;
  }

  slowestMs(): number {
    return Math.max(...this.seen.map(({ ms }) => ms));
  }

  private async look(address: string): Promise<void> {
    while (this.running) {
      await this.timed(`GET ${new URL(address).pathname}`, () => ask(address, { token: this.token }));
      await pause(everyMs);
    }
  }

  private async write(writer: number): Promise<void> {
    for (let n = 0; this.running; n += 1) {
      const key = `${this.model}-${writer}-${n}`;
      const end = performance.now() + 90_000;
      while (!this.promised.has(key)) {
        if (performance.now() > end) throw new Error(`${key} was never answered`);
        const answer = await this.timed('POST /vehicles', () => create(this.at.vehicle, this.token, { key, model: this.model }));
        const id = carOf(answer);
        if (id === undefined) await pause(250);
        else this.promised.set(key, id);
      }
      await pause(everyMs);
    }
  }

  private async timed(what: string, work: () => Promise<Answer>): Promise<Answer> {
    const began = performance.now();
    const answer = await work();
    const { status, code, text } = answer;
    this.seen.push({ what, status, code, ms: performance.now() - began, text: status === null || status >= 400 ? text : '' });
    return answer;
  }
}

/** The car that an answer is about: the one that was made, or was made before and whose answer got lost in the outage. */
function carOf({ status, code, data, text }: Answer): string | undefined {
  if (status === 201) return (data as { id: string }).id;
  if (code !== 'idempotency_outcome_unknown') return undefined;
  return (JSON.parse(text) as { error: { object?: { id: string } } }).error.object?.id;
}

/** A dealer's car whose trim is the key, so that a double would show. */
export const create = (vehicle: string, token: string, car: { key: string; model: string }): Promise<Answer> =>
  ask(`${vehicle}/api/v1/vehicles`, {
    method: 'POST',
    token,
    headers: { 'idempotency-key': car.key },
    json: { make: 'Volkswagen', model: car.model, trim: car.key, year: 2021, mileage: { value: 42_000, unit: 'km' }, price: { amount: 1_899_000, currency: 'EUR' } },
  });
