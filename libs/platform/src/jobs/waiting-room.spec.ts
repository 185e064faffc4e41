import { setTimeout as pause } from 'node:timers/promises';
import { WaitingRoom } from './waiting-room';

const away = new Error('away');

describe('jobs that wait for their store', () => {
  let open = false;
  let put: string[] = [];
  const job = (name: string) => (): Promise<void> => {
    if (!open) return Promise.reject(away);
    put.push(name);
    return Promise.resolve();
  };
  beforeEach(() => {
    open = false;
    put = [];
  });

  it('go in when it is back, each once and in their order', async () => {
    const room = new WaitingRoom((error) => error === away, 10);
    for (const name of ['a', 'b', 'c']) room.hold(name, job(name));
    await pause(40);
    expect([put, room.size]).toEqual([[], 3]);
    open = true;
    await pause(60);
    expect([put, room.size]).toEqual([['a', 'b', 'c'], 0]);
    await pause(30);
    expect(put).toHaveLength(3);
    room.close();
  });

  it('do not hold up the others when one is refused for good', async () => {
    const room = new WaitingRoom((error) => error === away, 10);
    open = true;
    room.hold('bad', () => Promise.reject(new Error('bad')));
    room.hold('good', job('good'));
    await room.empty();
    expect([put, room.size]).toEqual([['good'], 0]);
    room.close();
  });

  it('are only so many', () => {
    const room = new WaitingRoom(() => true, 60_000);
    for (let n = 0; n < 10_005; n += 1) room.hold('many', job('many'));
    expect(room.size).toBe(10_000);
    room.close();
    expect(room.size).toBe(0);
  });
});
