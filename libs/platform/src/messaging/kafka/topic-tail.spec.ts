import { BroadcastHub } from '../broadcast-hub';
import { OffsetOutOfRange, type KafkaRecord, type Place } from './kafka-reader';
import { TopicTail } from './topic-tail';

const record = (offset: number, type: string | null = 'lamp.lit.v1'): KafkaRecord => ({ topic: 't.lamp', partition: 1, offset, value: '{}', type });

/** A topic of two partitions, which answers as it is told to, and then has nothing new. */
async function tailOf(answers: readonly (readonly KafkaRecord[] | Error)[]): Promise<{ woken: [number, string[]][]; asked: number[][] }> {
  const [left, woken, asked]: [(readonly KafkaRecord[] | Error)[], [number, string[]][], number[][]] = [[...answers], [], []];
  let stop = (): void => undefined;
  const quiet = new Promise<void>((resolve) => (stop = resolve));
  const tail = new TopicTail({
    reader: {
      fetch: async (places: readonly Place[]) => {
        asked.push(places.map(({ offset }) => offset));
        const answer = left.shift();
        if (answer === undefined) {
          stop();
          return new Promise((resolve) => setImmediate(resolve, []));
        }
        if (answer instanceof Error) throw answer;
        return [...answer];
      },
      offsetAt: async () => 10 * (1 + asked.length),
      close: async () => undefined,
    },
    hub: new BroadcastHub(),
    topics: new Map([['t.lamp', 'lamp']]),
    discover: async () => new Map([['t.lamp', 2]]),
    onNew: (_, partition, types) => woken.push([partition, [...types]]),
  });
  await tail.start(1_000);
  await quiet;
  await tail.stop();
  return { woken, asked };
}

describe('who waits at the ends of the topics', () => {
  it('wakes the consumers when it stands there, since they may have looked before that; then those of what is new', async () => {
    const { woken, asked } = await tailOf([[record(10), record(11, 'lamp.out.v1')], [], [record(12, null)]]);
    expect(woken).toEqual([
      [0, ['*']],
      [1, ['*']],
      [1, ['lamp.lit.v1', 'lamp.out.v1']],
      [1, ['*']],
    ]);
    expect(asked.slice(0, 4)).toEqual([[10, 10], [10, 12], [10, 12], [10, 13]]);
  });

  it('wakes all when it had to find its places anew: what lies between is not seen by it', async () => {
    const { woken, asked } = await tailOf([[], new OffsetOutOfRange('gone'), []]);
    expect(woken).toEqual([
      [0, ['*']],
      [1, ['*']],
      [0, ['*']],
      [1, ['*']],
    ]);
    expect(asked.slice(0, 3)).toEqual([[10, 10], [10, 10], [30, 30]]);
  });
});
