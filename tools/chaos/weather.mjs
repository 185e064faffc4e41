// Everything that can be made to go wrong, at moments that the seed draws: the switches of the providers, and the platform's end.
import { sleep } from '../bootstrap/lib.mjs';

/** On all the time: the first answer to each change is lost, every message comes three times, late and the last first. */
const always = { duplicate: 2, reorder: true, delay_ms: 80, fail_after_commit: true, rate_limit: { per_minute: 60_000 }, status: { code: 503, share: 0.08 } };
/** For a moment each: nothing arrives, nothing is answered, all is refused, what comes is no answer. */
const squalls = [
  ['no webhook arrives', { drop: true }],
  ['no answer ends', { stall: true }],
  ['every request is refused', { status: { code: 500, share: 1 } }],
  ['answers are garbage', { garbage: true }],
  ['answers are cut off', { broken_html: true }],
  ['too many requests', { rate_limit: { per_minute: 30 } }],
];
/** Of the providers' messages: they never arrive, and are not sent again. */
const lostShare = 0.15;
const vendors = ['stripe', 'paypal'];

/** Not for longer than it is wanted. */
const rest = async (of, ms) => {
  for (const end = performance.now() + ms; performance.now() < end && !of.stopping; ) await sleep(100);
};

export class Weather {
  seen = new Map();
  stopping = false;

  constructor(world, next, say) {
    Object.assign(this, { world, next, say });
  }

  async storm() {
    await this.everywhere({ ...always, reset: true });
    this.world.road.share = lostShare;
    this.over = this.blow();
  }

  async everywhere(wish) {
    for (const vendor of vendors) await this.world.chaos({ vendor, ...wish });
  }

  async blow() {
    while (!this.stopping) {
      await rest(this, 4_000 + this.next() * 6_000);
      if (this.stopping) return;
      const [name, wish] = squalls[Math.floor(this.next() * squalls.length)];
      const vendor = vendors[Math.floor(this.next() * vendors.length)];
      this.seen.set(name, (this.seen.get(name) ?? 0) + 1);
      await this.world.chaos({ vendor, ...wish });
      await rest(this, 1_000 + this.next() * 2_000);
      await this.world.chaos({ vendor, reset: true, ...always });
    }
  }

  async calm() {
    this.stopping = true;
    await this.over;
    this.world.road.share = 0;
    await this.everywhere({ reset: true });
  }
}

/** Kills the platform at random moments, and starts it again at once. */
export class Killer {
  done = 0;
  downMs = 0;
  stopping = false;

  constructor(world, { kills, next, say, every }) {
    Object.assign(this, { world, kills, next, say, every });
  }

  start() {
    this.over = this.work();
    this.over.catch((error) => (this.failure = error));
    /** Only ever rejects: without a platform nobody gets any further. */
    this.trouble = this.over.then(() => new Promise(() => {}));
  }

  async work() {
    while (this.done < this.kills && !this.stopping) {
      await rest(this, (0.4 + this.next() * 1.2) * this.every);
      if (this.stopping) return;
      await this.once();
    }
  }

  async once() {
    const whole = this.next() < 0.5;
    this.done += 1;
    const began = performance.now();
    await this.world.kill(whole);
    await this.world.start();
    const ms = performance.now() - began;
    this.downMs += ms;
    this.say(`kill ${this.done}: SIGKILL to ${whole ? 'the platform and its database' : 'the process that serves'}; up again after ${(ms / 1_000).toFixed(1)} s`);
  }

  async stop() {
    this.stopping = true;
    await this.over;
  }
}
