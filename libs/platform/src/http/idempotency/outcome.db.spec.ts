import { spawn } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { SystemClock } from '@autobroker/kernel';
import { ClaimLostError, type Database } from '../../database';
import { testDatabase, type TestDatabase } from '../../testing';
import type { ProblemError } from '../errors/problem-error';
import { toProblem } from '../errors/mapping';
import { Idempotency } from './idempotency';
import { PgIdempotencyStore } from './pg-store';
import { CutOffStore, ForgetfulStore, order, requestOf, secret, shop, wireOf, yard } from './suite/orders';

let test: TestDatabase<SystemClock>;
let db: Database;
let store: PgIdempotencyStore;
const statements: string[] = [];
const idempotency = new Idempotency({ lockMs: 60_000, secret });
const hasty = new Idempotency({ lockMs: 0, secret });

beforeAll(async () => {
  test = await testDatabase({ services: [shop, yard], clock: new SystemClock(), hooks: { onQuery: ({ sql }) => statements.push(sql) } });
  db = test.of('shop');
  store = new PgIdempotencyStore(db);
}, 120_000);
afterAll(() => test?.close());

let keys = 0;
const newKey = (): string => `order-${(keys += 1)}`;
const ordersOf = async (key: string): Promise<number> =>
  (await db.query('select 1 from shop.orders where name = $1', [key])).length;
const make = (key: string) => () => db.transaction((tx) => order(tx, key)).then(() => wireOf(201));
const repeated = async (key: string, more: object = {}): Promise<ProblemError | number> =>
  idempotency.run(store, requestOf(key, more), make(key)).then(
    ({ status }) => status,
    (error: ProblemError) => error,
  );
const unknown = { code: 'idempotency_outcome_unknown', status: 409 };

async function killedWith(key: string, dies: 'before' | 'after'): Promise<void> {
  const child = spawn(
    process.execPath,
    ['--conditions=@autobroker/source', '-r', createRequire(__filename).resolve('@swc-node/register'), join(__dirname, 'suite/killed-child.ts')],
    {
      env: {
        ...process.env,
        NODE_OPTIONS: '',
        TS_NODE_PROJECT: join(__dirname, '../../../../../tsconfig.base.json'),
        CHILD_DATABASE: test.url,
        CHILD_KEY: key,
        CHILD_DIES: dies,
      },
      stdio: ['ignore', 'ignore', 'inherit'],
    },
  );
  const signal = await new Promise((resolve) => child.once('exit', (_, name) => resolve(name)));
  expect(signal).toBe('SIGKILL');
}

/** As a caller does who is told to wait. */
async function untilNotInFlight(key: string): Promise<ProblemError | number> {
  for (;;) {
    const answer = await repeated(key);
    if (typeof answer === 'number' || answer.code !== 'idempotency_in_flight') return answer;
    await pause(50);
  }
}

describe('a process that is killed', () => {
  it('between the commit of its work and the keeping of its answer has done the work once and for all', async () => {
    const key = newKey();
    await killedWith(key, 'after');
    expect(await untilNotInFlight(key)).toMatchObject({ ...unknown, extra: { object: { type: 'order', id: key } } });
    expect(await repeated(key)).toMatchObject(unknown);
    expect(await ordersOf(key)).toBe(1);
  });

  it('before the commit has done nothing, and the same request does it', async () => {
    const key = newKey();
    await killedWith(key, 'before');
    expect(await untilNotInFlight(key)).toBe(201);
    expect(await ordersOf(key)).toBe(1);
  });
});

describe('work that was committed and has no answer', () => {
  it('is not done again when the answer could not be kept', async () => {
    const key = newKey();
    const away = new ForgetfulStore(db, () => Promise.reject(new Error('away')));
    expect((await hasty.run(away, requestOf(key), make(key))).status).toBe(201);
    expect(await repeated(key)).toMatchObject(unknown);
    expect(await repeated(key, { requestHash: Buffer.from('another') })).toMatchObject({ code: 'idempotency_key_reused' });
    expect(await ordersOf(key)).toBe(1);
  });

  it('is not done again when it failed later on, and nobody has to wait to be told', async () => {
    for (const fails of [() => Promise.resolve(wireOf(500)), () => Promise.reject(new Error('bug'))]) {
      const key = newKey();
      await idempotency.run(store, requestOf(key), async () => (await make(key)(), fails())).catch(() => undefined);
      expect(await repeated(key)).toMatchObject(unknown);
      expect(await ordersOf(key)).toBe(1);
    }
  });

  it('is noted with the first transaction that writes, however many read before it', async () => {
    const key = newKey();
    const away = new ForgetfulStore(db, () => Promise.resolve(false));
    await hasty.run(away, requestOf(key), async () => {
      await db.transaction((tx) => tx.query('select 1'));
      return make(key)();
    });
    expect(await repeated(key)).toMatchObject(unknown);
  });

  it('names its object to people with a name only', async () => {
    const key = newKey();
    await hasty.run(new ForgetfulStore(db, () => Promise.resolve(false)), requestOf(key), make(key));
    expect(await repeated(key, { anonymous: true })).toMatchObject({ ...unknown, extra: {} });
  });

  it('is forgotten with its key after its time', async () => {
    const key = newKey();
    const brief = new Idempotency({ lockMs: 0, keepMs: 0, secret });
    await brief.run(new ForgetfulStore(db, () => Promise.resolve(false)), requestOf(key), make(key));
    expect(await repeated(key)).toBe(201);
    expect(await repeated(key)).toBe(201);
    expect(await ordersOf(key)).toBe(2);
  });
});

describe('work of which nothing was committed', () => {
  it('is done by the next try', async () => {
    const nothing: readonly ((key: string) => Promise<unknown>)[] = [
      () => Promise.resolve(),
      () => db.transaction((tx) => tx.query('select 1 from shop.orders')),
      () => db.transaction((tx) => tx.query('select 1'), { readOnly: true }),
      (key) => db.transaction((tx) => order(tx, key).then(() => Promise.reject(new Error('undone')))).catch(() => undefined),
      (key) => test.of('yard').transaction((tx) => order(tx, key)),
    ];
    for (const work of nothing) {
      const key = newKey();
      expect((await idempotency.run(store, requestOf(key), () => work(key).then(() => wireOf(503)))).status).toBe(503);
      expect(await repeated(key)).toBe(201);
      expect(await ordersOf(key)).toBe(1);
    }
  });

  it('may be tried again after a refusal to let somebody in, even if the try was counted', async () => {
    const key = newKey();
    expect((await idempotency.run(store, requestOf(key), async () => (await make(key)(), wireOf(401)))).status).toBe(401);
    expect(await repeated(key)).toBe(201);
  });
});

describe('a claim whose answer is lost with the connection', () => {
  it('does not hold up the next try', async () => {
    const key = newKey();
    const claiming = idempotency.run(new CutOffStore(db), requestOf(key), make(key));
    await expect(claiming).rejects.toMatchObject({ code: 'database_unavailable', outcomeUnknown: true });
    expect(await untilNotInFlight(key)).toBe(201);
    expect(await ordersOf(key)).toBe(1);
  });
});

describe('work that outlasts its claim', () => {
  it('is undone at its commit when a repetition has taken it over', async () => {
    const key = newKey();
    let heir: ProblemError | number = 0;
    const late = hasty.run(store, requestOf(key), () =>
      db
        .transaction(async (tx) => {
          await order(tx, key);
          heir = await repeated(key);
        })
        .then(() => wireOf(201)),
    );
    const failure: unknown = await late.catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ClaimLostError);
    expect(toProblem(failure)).toMatchObject({ code: 'idempotency_in_flight', status: 409 });
    expect(heir).toBe(201);
    expect(await ordersOf(key)).toBe(1);
    // The late one has not taken the heir's answer away either.
    expect((await idempotency.run(store, requestOf(key), make(key))).headers['idempotency-replayed']).toBe('true');
  });

  it('keeps what it has committed: then nobody takes it over', async () => {
    const key = newKey();
    const outcome = await hasty.run(store, requestOf(key), async () => {
      await make(key)();
      expect(await repeated(key)).toMatchObject(unknown);
      await db.transaction((tx) => tx.query(`insert into shop.orders values ('more of it')`));
      return wireOf(201);
    });
    expect(outcome.status).toBe(201);
    expect(await repeated(key)).toBe(201);
    expect(await ordersOf(key)).toBe(1);
  });
});

describe('what it costs', () => {
  const during = async (work: () => Promise<unknown>): Promise<number> => {
    statements.length = 0;
    await work();
    return statements.length;
  };

  it('is no statement where the work tells of itself, and one where it does not', async () => {
    const quiet = (key: string) => db.transaction((tx) => tx.query('insert into shop.orders values ($1)', [key])).then(() => wireOf(201));
    const alone = [await during(make(newKey())), await during(() => quiet(newKey()))];
    const claimed = [];
    for (const work of [(key: string) => make(key)(), quiet]) {
      const key = newKey();
      claimed.push(await during(() => idempotency.run(store, requestOf(key), () => work(key))));
    }
    // To claim and to settle are two.
    expect(claimed).toEqual([(alone[0] ?? 0) + 2, (alone[1] ?? 0) + 2 + 1]);
  });
});
