import { DatabaseHost } from '../../../database';
import { Idempotency } from '../idempotency';
import { ForgetfulStore, order, requestOf, secret, shop, wireOf } from './orders';

/** Carries out one request and is killed: before its commit, or between the commit and the keeping of its answer. */
async function main(): Promise<void> {
  const key = process.env.CHILD_KEY ?? '';
  const die = (): Promise<never> => {
    process.kill(process.pid, 'SIGKILL');
    return new Promise(() => undefined);
  };
  const host = await DatabaseHost.open({ url: process.env.CHILD_DATABASE ?? '', applicationName: 'killed-child', poolSize: 2 }, [shop]);
  const db = host.of('shop');
  const idempotency = new Idempotency({ lockMs: 500, secret });
  await idempotency.run(new ForgetfulStore(db, die), requestOf(key), async () => {
    await db.transaction(async (tx) => {
      await order(tx, key);
      if (process.env.CHILD_DIES === 'before') await die();
    });
    return wireOf(201);
  });
}

void main();
