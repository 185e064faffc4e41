import { Client } from 'pg';
import { engineOf } from './suite/engines';
import { newKey, parcels, parcelLost, range, until, World } from './suite/world';

const partOf = (statement: unknown, key: string): unknown => (typeof statement === 'object' && statement !== null ? Reflect.get(statement, key) : undefined);
/** What goes in one message with it. */
const companionsOf = (statement: unknown, key: 'before' | 'after'): string => JSON.stringify(partOf(partOf(statement, 'companions'), key) ?? []);

const textOf = (statement: unknown): string =>
  typeof statement === 'string' ? statement : String(partOf(statement, 'text') ?? '');

describe('what an event costs', () => {
  let world: World;
  beforeAll(async () => {
    world = await World.open(() => Promise.resolve(engineOf({ kind: 'postgres' })));
  });
  afterAll(() => world?.close());

  it('is three messages a consumer, its own one included, and one look at the outbox for all of them', async () => {
    const defs = range(3).map((n) => parcels(`costs-${n}`));
    const others = parcels('costs-nothing', { on: [parcelLost] });
    const process = world.process();
    for (const def of [...defs, others]) process.consumer(def);
    await process.start();
    const handled = async (count: number): Promise<void> => {
      for (const def of defs) await until(async () => (await world.effects(def)).length >= count);
    };
    const costOf = async (n: number): Promise<Record<string, number>> => {
      const sent = jest.spyOn(Client.prototype, 'query');
      await world.publish(newKey(), n);
      await handled(n);
      const statements = sent.mock.calls.map(([statement]) => statement as unknown);
      sent.mockRestore();
      const texts = statements.map(textOf);
      const count = (part: string): number => texts.filter((text) => text.includes(part)).length;
      return {
        begun: statements.filter((one) => companionsOf(one, 'before') === '["begin","set local role autobroker_depot","set local statement_timeout = 30000"]' && textOf(one).includes('for update skip locked')).length,
        accepted: count('for update skip locked'),
        handled: count('insert into depot.effect'),
        progressed: count('update depot.consumer_offset'),
        committed: statements.filter((one) => companionsOf(one, 'after') === '["commit"]').length,
        alone: count('begin') + count('commit') + count('set local'),
        looked: count('depot.outbox_news('),
        noted: count('depot.inbox') + count('select distinct key from depot.deferred'),
      };
    };
    // A statement alone in its transaction, here that of who publishes, is committed after it has been answered.
    const usual = { begun: 3, accepted: 3, handled: 3, progressed: 3, committed: 3, alone: 1, looked: 1, noted: 3 + 3 };
    // The first ones cost more: a consumer writes down that its process has begun, and each connection learns the words to begin and to commit.
    const costs: Record<string, number>[] = [];
    while (costs.length < 60 && costs.at(-1)?.alone !== usual.alone) costs.push(await costOf(costs.length + 1));
    expect(costs.at(-1)).toEqual(usual);
    await process.stop();
  });
});
