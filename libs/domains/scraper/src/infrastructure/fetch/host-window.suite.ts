import { contractSuite } from '@autobroker/platform/testing';
import type { HostWindows } from './host-window';

/** The budget of a host as two workers see it, whatever keeps it. */
export const hostWindowContract = contractSuite<{ readonly a: HostWindows; readonly b: HostWindows }>('the windows of hosts', (subject) => {
  const free = { perMinute: 1_000, delayMs: 0 };

  it('book each request its pause after the one before, whoever asks', async () => {
    const { a, b } = subject();
    const ask = { perMinute: 1_000, delayMs: 5_000 };
    const slots = [await a.take('copart', ask), await b.take('copart', ask), await a.take('copart', ask)];
    expect(slots.map(({ booked }) => booked)).toEqual([true, true, true]);
    const [first = 0, second = 0, third = 0] = slots.map(({ waitMs }) => waitMs);
    expect(first).toBe(0);
    // In time that goes on while we ask.
    expect([second > 2_000, second <= 5_000, third > second, third <= 10_000]).toEqual([true, true, true, true]);
  });

  it('let no more through in a minute than is allowed, however many ask at once', async () => {
    const { a, b } = subject();
    const ask = { perMinute: 7, delayMs: 0 };
    const slots = await Promise.all(Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? a : b).take('copart', ask)));
    expect(slots.filter(({ booked }) => booked)).toHaveLength(7);
    for (const { booked, waitMs } of slots) if (!booked) expect([waitMs >= 50, waitMs <= 30_000]).toEqual([true, true]);
  });

  it('keep one host apart from another', async () => {
    const { a, b } = subject();
    const ask = { perMinute: 1, delayMs: 0 };
    expect([(await a.take('copart', ask)).booked, (await b.take('copart', ask)).booked, (await b.take('iaai', ask)).booked]).toEqual([true, false, true]);
  });

  it('hold everybody off when a host asks for it, and for the longest time that it asked for', async () => {
    const { a, b } = subject();
    await a.holdOff('copart', 20_000);
    await b.holdOff('copart', 5_000);
    const slot = await b.take('copart', free);
    expect([slot.booked, slot.waitMs > 15_000, slot.waitMs <= 20_000]).toEqual([true, true, true]);
    expect(await b.take('iaai', free)).toEqual({ booked: true, waitMs: 0 });
  });

  it('promise nothing for a time that is far away', async () => {
    const { a, b } = subject();
    await a.holdOff('copart', 120_000);
    const slot = await b.take('copart', free);
    expect([slot.booked, slot.waitMs]).toEqual([false, 30_000]);
  });
});
