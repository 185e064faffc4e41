import { setTimeout as pause } from 'node:timers/promises';
import { ask, signIn, until } from './caller';
import { House, type Account, type RunningApp } from './house';
import { Ledger } from './ledger';
import { picture } from './picture';
import { create, Traffic } from './traffic';

/** The platform as it runs at scale: the built apps with NODE_ENV=production on every real engine, behind PgBouncer. */
let house: House;
let accounts: Account[];
beforeAll(async () => {
  house = await House.open();
  accounts = await house.accounts();
}, 400_000);
afterAll(() => house?.close(), 60_000);

const accountOf = (role: string): Account => {
  const found = accounts.find((account) => account.role === role);
  if (found === undefined) throw new Error(`the demo has no ${role}`);
  return found;
};
interface Media {
  readonly id: string;
  readonly thumbnails: { width: number; url: string }[];
}

/** What a house that works does, at these addresses. */
class Visitor {
  private constructor(
    readonly at: { readonly identity: string; readonly vehicle: string },
    readonly agent: string,
    readonly ledger: Ledger,
  ) {}

  static async of(at: { identity: string; vehicle: string }): Promise<Visitor> {
    const [agent, operator] = [await signIn(at.identity, accountOf('agent')), await signIn(at.identity, accountOf('operator'))];
    return new Visitor(at, agent, new Ledger(at, { agent, operator }));
  }

  async upload(seed: number): Promise<string> {
    const key = `picture-${seed}`;
    const car = await create(this.at.vehicle, this.agent, { key, model: 'Pictures' });
    expect([car.status, car.text]).toEqual([201, expect.any(String)]);
    const address = `${this.at.vehicle}/api/v1/vehicles/${(car.data as { id: string }).id}/media`;
    const body = new FormData();
    body.append('file', new Blob([new Uint8Array(picture(seed))], { type: 'image/png' }), 'car.png');
    const answer = await ask(address, { method: 'POST', token: this.agent, body });
    expect([answer.status, answer.text]).toEqual([201, expect.any(String)]);
    return address;
  }

  async expectThumbnails(address: string): Promise<void> {
    const made = await until('the thumbnails', async () => {
      const answer = await ask(address, { token: this.agent });
      const [media] = (answer.data ?? []) as Media[];
      return media !== undefined && media.thumbnails.length > 0 && media;
    });
    expect(made.thumbnails.map(({ width }) => width)).toEqual([320, 640]);
    const small = await fetch(`${this.at.vehicle}${made.thumbnails[0]?.url}`, { headers: { authorization: `Bearer ${this.agent}` } });
    expect([small.status, small.headers.get('content-type')]).toEqual([200, 'image/webp']);
    expect((await small.arrayBuffer()).byteLength).toBeGreaterThan(100);
  }

  async register(email: string): Promise<void> {
    const answer = await ask(`${this.at.identity}/api/v1/auth/register`, {
      method: 'POST',
      headers: { 'x-tenant': 'aurora-motors' },
      json: { email, password: 'a long enough sentence', name: 'Somebody New', locale: 'en' },
    });
    expect([answer.status, answer.text]).toEqual([202, expect.any(String)]);
  }

  /** Once, however often it was tried. */
  async expectMail(email: string): Promise<string> {
    const mails = async () => (await house.smtp.inbox()).filter(({ to }) => to.includes(email));
    const [mail] = await until(`a mail to ${email}`, async () => (await mails()).length > 0 && mails());
    await pause(500);
    expect(await mails()).toHaveLength(1);
    return mail?.raw.toString('utf8') ?? '';
  }
}

/** While the database is away. The last one is for a write that was committed when its answer could not be kept. */
const bearable = ['503 unavailable', '409 idempotency_in_flight', '409 idempotency_outcome_unknown'];

describe('the platform in one process', () => {
  let app: RunningApp;
  let visitor: Visitor;
  beforeAll(async () => {
    app = await house.start('platform');
    visitor = await Visitor.of({ identity: app.url, vehicle: app.url });
  }, 60_000);
  afterAll(async () => {
    expect(await app?.stop()).toEqual({ code: 0, signal: null });
  }, 60_000);

  it('stands on the engines that it was given', async () => {
    const token = await signIn(app.url, accountOf('operator'));
    // Right after a start everything is busy, and a check that takes too long is told as such.
    const checks = await until('everything is up', async () => {
      const { data } = await ask(`${app.url}/api/v1/monitoring/health`, { token });
      const report = data as { status: string; checks: { name: string; state: string; detail?: unknown }[] };
      return report.status === 'up' && report.checks;
    });
    const details = Object.fromEntries(checks.map(({ name, detail }) => [name, JSON.stringify(detail)]));
    expect(details).toMatchObject({ jobs: expect.stringContaining('redis'), events: expect.stringContaining('kafka'), cache: expect.stringContaining('shared') });
  });

  it('keeps a picture on S3 and has its thumbnails made by a job on Redis', async () => {
    await visitor.expectThumbnails(await visitor.upload(1));
  });

  it('hears of changes over Kafka, and writes them into the audit log', async () => {
    const since = new Date();
    for (const n of [1, 2, 3]) expect((await create(app.url, visitor.agent, { key: `audit-${n}`, model: 'Audited' })).status).toBe(201);
    await visitor.ledger.expectExactlyOnce('Audited', since);
  });

  it('sends mail through the mail server', async () => {
    await visitor.register('new@buyers.example');
    expect(await visitor.expectMail('new@buyers.example')).toMatch(/verify-email/);
  });

  const outage = async (model: string, work: () => Promise<void>): Promise<Traffic> => {
    const since = new Date();
    const traffic = new Traffic(visitor.at, visitor.agent, model);
    try {
      await pause(1_000);
      await work();
      await pause(1_500);
    } finally {
      await traffic.stop();
    }
    // What was answered with success exists, once; what exists was heard of, once.
    const cars = await visitor.ledger.cars(model);
    expect(new Set(cars.map(({ id }) => id))).toEqual(new Set(traffic.promised.values()));
    expect(new Set(cars.map(({ trim }) => trim)).size).toBe(cars.length);
    await visitor.ledger.expectExactlyOnce(model, since);
    return traffic;
  };

  it('answers everything while Redis is away, and does afterwards what was to be done', async () => {
    let address = '';
    const traffic = await outage('Redisless', async () => {
      await Promise.all([house.queue.stop(), house.cache.stop()]);
      address = await visitor.upload(2);
      await visitor.register('redisless@buyers.example');
      await pause(2_000);
      await Promise.all([house.queue.start(), house.cache.start()]);
    });
    expect(traffic.statuses()).toEqual({ fine: traffic.seen.length });
    expect(traffic.slowestMs()).toBeLessThan(5_000);
    await visitor.expectThumbnails(address);
    await visitor.expectMail('redisless@buyers.example');
    await visitor.expectThumbnails(await visitor.upload(3));
  }, 120_000);

  it('answers everything while Kafka is away, and catches up', async () => {
    const traffic = await outage('Kafkaless', async () => {
      await house.kafka.stop();
      await pause(3_000);
      await house.kafka.start();
    });
    expect(traffic.statuses()).toEqual({ fine: traffic.seen.length });
  }, 150_000);

  it('has nothing worse than a 503 to say while PgBouncer starts anew', async () => {
    const traffic = await outage('Bouncerless', async () => {
      await house.bouncer.stop();
      await pause(1_000);
      await house.bouncer.start();
    });
    const { fine = 0, ...others } = traffic.statuses();
    expect(Object.keys(others).filter((name) => !bearable.includes(name))).toEqual([]);
    expect(fine).toBeGreaterThan(50);
    expect(traffic.slowestMs()).toBeLessThan(10_000);
  }, 120_000);

  it('has nothing worse than a 503 to say while PostgreSQL starts anew', async () => {
    const traffic = await outage('Baseless', async () => {
      await house.stopPostgres();
      // Longer than a request waits for a connection: shorter outages nobody notices.
      await pause(3_000);
      await house.startPostgres();
    });
    const { fine = 0, ...others } = traffic.statuses();
    expect(Object.keys(others).filter((name) => !bearable.includes(name))).toEqual([]);
    expect(others['503 unavailable']).toBeGreaterThan(0);
    expect(fine).toBeGreaterThan(50);
    expect(traffic.slowestMs()).toBeLessThan(10_000);
    await visitor.expectThumbnails(await visitor.upload(4));
  }, 120_000);

  it('refuses a picture with a 503 while S3 is away', async () => {
    const car = await create(app.url, visitor.agent, { key: 's3-away', model: 'Pictures' });
    const body = new FormData();
    body.append('file', new Blob([new Uint8Array(picture(5))], { type: 'image/png' }), 'car.png');
    await house.s3.stop();
    try {
      const answer = await ask(`${app.url}/api/v1/vehicles/${(car.data as { id: string }).id}/media`, { method: 'POST', token: visitor.agent, body });
      expect([answer.status, answer.code]).toEqual([503, 'unavailable']);
    } finally {
      await house.s3.start();
    }
    await visitor.expectThumbnails(await visitor.upload(6));
  }, 60_000);
});

describe('the platform in a process per service', () => {
  let identity: RunningApp;
  let vehicle: RunningApp;
  let visitor: Visitor;
  const startVehicle = (port?: number) => house.start('vehicle', { asItself: true, env: { IDENTITY_URL: identity.url }, ...(port === undefined ? {} : { port }) });
  beforeAll(async () => {
    identity = await house.start('identity', { asItself: true });
    vehicle = await startVehicle();
    visitor = await Visitor.of({ identity: identity.url, vehicle: vehicle.url });
  }, 90_000);
  afterAll(async () => {
    for (const app of [identity, vehicle]) expect(await app?.stop()).toEqual({ code: 0, signal: null });
  }, 60_000);

  it('does the same, each under its own login', async () => {
    const since = new Date();
    await visitor.register('spread@buyers.example');
    expect((await create(vehicle.url, visitor.agent, { key: 'spread-1', model: 'Spread' })).status).toBe(201);
    await visitor.expectThumbnails(await visitor.upload(7));
    await visitor.expectMail('spread@buyers.example');
    await visitor.ledger.expectExactlyOnce('Spread', since);
  }, 60_000);

  it('loses and doubles nothing when its processes are killed during a thousand writes', async () => {
    const since = new Date();
    const model = 'Killed';
    const promised = new Set<string>();
    let answered = 0;
    const writes = Array.from({ length: 1_000 }, async (_, n) => {
      const answer = await create(vehicle.url, visitor.agent, { key: `killed-${n}`, model });
      answered += 1;
      if (answer.status === 201) promised.add((answer.data as { id: string }).id);
      return answer.status;
    });
    await until('half of the answers', async () => answered >= 400, 30_000);
    const ports = [identity, vehicle].map((app) => Number(new URL(app.url).port));
    await Promise.all([vehicle.kill(), identity.kill()]);
    const statuses = await Promise.all(writes);
    expect(statuses.filter((status) => status !== 201 && status !== null)).toEqual([]);
    expect(promised.size).toBeLessThan(1_000);

    identity = await house.start('identity', { asItself: true, port: ports[0] ?? 0 });
    vehicle = await startVehicle(ports[1]);
    const cars = await visitor.ledger.cars(model);
    expect([...promised].filter((id) => !cars.some((car) => car.id === id))).toEqual([]);
    await visitor.ledger.expectExactlyOnce(model, since);
  }, 150_000);
});
