import { randomInt } from 'node:crypto';
import { eventually } from './eventually';
import { call, signIn, walk } from './own-client';
import { OwnPlatform } from './own-platform';

const platform = new OwnPlatform();
afterAll(() => platform.dispose());

const total = 1_000;
const atOnce = 200;

const repeated = (values: readonly string[]) => values.filter((value, index) => values.indexOf(value) !== index);

interface Written {
  readonly number: number;
  readonly id: string;
}

/** Sends the cars `from` to `to`; what is answered 201 is a promise that the platform has to keep. */
const write = async (url: string, token: string, numbers: readonly number[], model: string, acknowledged: Written[], hopeless: () => boolean) => {
  const left = [...numbers];
  const others: string[] = [];
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let number = left.shift(); number !== undefined && !hopeless(); number = left.shift()) {
        const car = { make: 'Crash', model, year: 2020, mileage: { value: number, unit: 'km' }, price: { amount: 1_000_000, currency: 'EUR' } };
        try {
          const { status, body } = await call(url, '/vehicles', token, car, { 'idempotency-key': `${model.replace(' ', '-')}-${number}` });
          if (status === 201) acknowledged.push({ number, id: (body.data as { id: string }).id });
          else others.push(`${status} ${body.error?.code}`);
        } catch {
          // The connection broke: whether the car exists is for the platform to know.
        }
      }
    }),
  );
  return others;
};

describe('a platform that is killed while it writes', () => {
  it('has delivered every committed change to its consumer exactly once, and nothing else', async () => {
    const acknowledged: Written[] = [];
    const numbers = Array.from({ length: total }, (_, index) => index + 1);
    let running = await platform.start();
    // The demo brings cars of its own; what is counted begins after it.
    const began = Date.now();
    const model = `Test ${began}`;

    // Killed whole, database and all, at a moment that nobody chose; twice, since one moment proves little.
    for (const share of [0.35, 0.7]) {
      const token = await signIn(running, 'agent');
      const moment = Math.round(total * share) + randomInt(-100, 100);
      let dead = false;
      // Not the ones whose answer was lost: they may have been written.
      const tried = Math.max(0, ...acknowledged.map(({ number }) => number)) + (acknowledged.length === 0 ? 0 : atOnce);
      const writing = write(running.url, token, numbers.filter((number) => number > tried), model, acknowledged, () => dead);
      const over = writing.then(() => true);
      await Promise.race([over, eventually('enough to be written', () => (acknowledged.length >= moment ? true : undefined), 90_000)]);
      platform.killEverything();
      dead = true;
      expect((await writing).filter((answer) => !answer.startsWith('503'))).toEqual([]);
      await platform.gone();
      running = await platform.start();
    }

    // The rest, so that what comes after a crash is seen to arrive as well.
    const token = await signIn(running, 'agent');
    const tried = Math.max(...acknowledged.map(({ number }) => number)) + atOnce;
    const others = await write(running.url, token, numbers.filter((number) => number > tried), model, acknowledged, () => false);
    expect(others).toEqual([]);

    const cars = await walk<{ id: string; mileage: { value: number } }>(running.url, `/vehicles?make=Crash&model=${encodeURIComponent(model)}&sort=mileage`, token);
    // What was promised is there; what was not answered may be, but never twice.
    const kept = new Set(cars.map(({ id }) => id));
    expect(acknowledged.filter(({ id }) => !kept.has(id))).toEqual([]);
    expect(repeated(cars.map(({ mileage }) => String(mileage.value)))).toEqual([]);

    // Identity heard of each through an event: what it keeps of them is what has reached a consumer.
    const operator = await signIn(running, 'operator');
    const since = encodeURIComponent(new Date(began).toISOString());
    const heard = await eventually(
      'every event to arrive',
      async () => {
        const entries = await walk<{ object: { id: string } }>(running.url, `/audit-log?action=vehicle.created&from=${since}`, operator);
        return new Set(entries.map(({ object }) => object.id)).size >= kept.size ? entries : undefined;
      },
      60_000,
    );
    const objects = heard.map(({ object }) => object.id);
    expect(repeated(objects)).toEqual([]);
    expect(objects.filter((id) => !kept.has(id))).toEqual([]);
    expect([...kept].filter((id) => !objects.includes(id))).toEqual([]);

    const dead = await call(running.url, '/monitoring/dead-letters', operator);
    expect(dead.body.data).toEqual([]);
  }, 300_000);
});
