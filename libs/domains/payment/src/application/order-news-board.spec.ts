import { OrderNewsBoard } from './order-news-board';

const longMs = 60_000;

describe('who waits for news of an order', () => {
  it('is woken by them, all who wait, and by those of no other order', async () => {
    const board = new OrderNewsBoard();
    const [first, second, other] = [board.listen('a', longMs), board.listen('a', longMs), board.listen('b', longMs)];
    const woken = Promise.all([first.next(), second.next()]);
    board.told('a');
    expect(await woken).toEqual([true, true]);
    const never = other.next();
    for (const one of [first, second, other]) one.stop();
    expect([await never, await first.next(), board.size]).toEqual([false, false, 0]);
  });

  it('misses nothing that is told while they look, and waits no longer than they said', async () => {
    const board = new OrderNewsBoard();
    const listener = board.listen('a', longMs);
    board.told('a');
    board.told('a');
    expect(await listener.next()).toBe(true);
    listener.stop();
    const short = board.listen('a', 0);
    expect([await short.next(), board.size]).toEqual([false, 0]);
  });

  it('looks again for what is out and is written down later, elsewhere, whether it waited before it was out or not', async () => {
    const board = new OrderNewsBoard();
    for (const began of ['before', 'after']) {
      const early = began === 'before' ? board.listen(began, 1_000) : null;
      board.announced(began);
      const listener = early ?? board.listen(began, 1_000);
      // It is there at the third look only, and nobody here is told that it is.
      expect([await listener.next(), await listener.next(), await listener.next()]).toEqual([true, true, true]);
      listener.stop();
      expect(await listener.next()).toBe(false);
    }
    expect(board.size).toBe(0);
  });
});
