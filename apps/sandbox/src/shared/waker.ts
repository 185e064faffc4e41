import type { World } from './vendor';

/** What has things of its own to do as time goes by. */
export interface Sleeper {
  /** Does everything that is due, and says in how many seconds the next thing will be; null for nothing. */
  catchUp(): number | null;
  close(): void;
}

export interface Waker {
  /** Does what is due now, and asks when to come again. */
  readonly settle: () => void;
  /** Does something, and then what has become due by it, whatever came of it. */
  readonly within: <T>(act: () => T) => T;
}

const longestSleepMs = 3_600_000;

/** Wakes an account whenever something is due by the world's clock, until the world closes; whatever stands on it is closed first. */
export function waker(world: World, account: Sleeper, before: { close(): void }): Waker {
  let timer: NodeJS.Timeout | undefined;
  let closed = false;
  const settle = (): void => {
    if (closed) return;
    clearTimeout(timer);
    const due = account.catchUp();
    if (due !== null) timer = setTimeout(settle, Math.min(longestSleepMs, Math.max(0, due) * 1_000 + 20)).unref();
  };
  world.whenMoved(settle);
  world.whenClosed(() => {
    closed = true;
    clearTimeout(timer);
    before.close();
    account.close();
  });
  // Once the address is known.
  timer = setTimeout(settle, 50).unref();
  const within = <T>(act: () => T): T => {
    try {
      return act();
    } finally {
      settle();
    }
  };
  return { settle, within };
}
