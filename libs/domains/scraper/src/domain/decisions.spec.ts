import fc from 'fast-check';
import { missingCounts, needsDetail, noveltyOf, stopAfter, type Known, type ListPage } from './listing';
import { delayBetween, maxAttempts, parseRetryAfter, retryAfter } from './retry';
import { add, errorClasses, failureReason, noCounts, outcomeOf } from './run';
import { takeSlot, type Window } from './window';

const now = new Date('2026-11-20T12:00:00.000Z');
const day = 86_400_000;
const known = (more: Partial<Known> = {}): Known => ({ contentHash: 'a', status: 'active', lastDetailAt: now, ...more });

describe('a listing that is met', () => {
  it('is new, has changed, or is as it was; one that was gone is news', () => {
    expect([noveltyOf(undefined, 'a'), noveltyOf(known(), 'b'), noveltyOf(known(), 'a')]).toEqual(['new', 'changed', 'unchanged']);
    expect([noveltyOf(known({ status: 'removed' }), 'a'), noveltyOf(known({ status: 'sold' }), 'a')]).toEqual(['changed', 'changed']);
  });

  it('has its page read when it is news, and after its time when it is not', () => {
    expect(needsDetail('changed', known(), now, 14)).toBe(true);
    expect(needsDetail('unchanged', known({ lastDetailAt: new Date(now.getTime() - 13 * day) }), now, 14)).toBe(false);
    expect(needsDetail('unchanged', known({ lastDetailAt: new Date(now.getTime() - 14 * day) }), now, 14)).toBe(true);
    expect(needsDetail('unchanged', known({ lastDetailAt: null }), now, 14)).toBe(true);
  });
});

describe('a list is read on', () => {
  const page = (more: Partial<ListPage>): ListPage => ({ kind: 'full', fresh: 20, stale: 0, items: 20, news: 5, foundBefore: 40, maxResults: null, ...more });
  it.each<[string, Partial<ListPage>, ReturnType<typeof stopAfter>]>([
    ['by a full run although nothing is news', { news: 0 }, null],
    ['until a page is empty', { items: 0, fresh: 0, news: 0 }, 'empty'],
    ['by an incremental run while there is news', { kind: 'incremental', news: 1 }, null],
    ['by an incremental run no further than what is known', { kind: 'incremental', news: 0 }, 'all_known'],
    ['past a page or two that only repeats', { fresh: 0, stale: 2, news: 0 }, null],
    ['but not for ever where every page is the last one', { fresh: 0, stale: 8, news: 0 }, 'nothing_fresh'],
    ['until there is enough', { kind: 'query', maxResults: 60 }, 'enough'],
    ['while there is not enough', { kind: 'query', maxResults: 61 }, null],
    ['no further than a page by a probe', { kind: 'check' }, 'enough'],
  ])('%s', (_name, more, stop) => expect(stopAfter(page(more))).toBe(stop));
});

it.each([
  ['a list that broke off proves nothing', { complete: false, found: 900, knownActive: 1_000, hasPages: true }, false],
  ['most are still there', { complete: true, found: 900, knownActive: 1_000, hasPages: false }, true],
  ['a feed that has shrunk to nothing is broken', { complete: true, found: 10, knownActive: 1_000, hasPages: false }, false],
  ['so is a great list', { complete: true, found: 0, knownActive: 1_000, hasPages: true }, false],
  ['a small one whose pages can be asked', { complete: true, found: 0, knownActive: 5, hasPages: true }, true],
  ['a small feed that is empty', { complete: true, found: 0, knownActive: 5, hasPages: false }, false],
])('missing or not: %s', (_name, list, counts) => expect(missingCounts(list)).toBe(counts));

describe('a page that failed', () => {
  it('is asked for again after a pause that doubles, is bounded, and is drawn from half to whole', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: maxAttempts - 1 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, random) => {
        const verdict = retryAfter('server_error', attempt, null, random);
        const full = 1_000 * 2 ** (attempt - 1);
        expect(verdict.again && verdict.afterMs >= full / 2 - 1 && verdict.afterMs <= full).toBe(true);
      }),
    );
  });

  it('is given up after its attempts, and at once where waiting changes nothing', () => {
    expect(retryAfter('timeout', maxAttempts, null, 0)).toEqual({ again: false });
    for (const error of errorClasses) {
      const final = ['robots', 'address_refused', 'off_origin', 'redirect_loop', 'too_many_redirects', 'too_large', 'content_type', 'client_error', 'budget', 'unreadable', 'consent', 'not_captured', 'gone'];
      expect([error, retryAfter(error, 1, null, 0).again]).toEqual([error, !final.includes(error)]);
    }
  });

  it('is not given up so soon for what we do to ourselves', () => {
    for (const error of ['own_limit', 'circuit_open'] as const) expect([retryAfter(error, maxAttempts, null, 0).again, retryAfter(error, maxAttempts * 3, null, 0).again]).toEqual([true, false]);
  });

  it('waits as long as the site asks, unless that is too long for this run', () => {
    expect(retryAfter('rate_limited', 1, 120_000, 0.5)).toEqual({ again: true, afterMs: 120_000 });
    expect(retryAfter('rate_limited', 1, 3_600_000, 0.5)).toEqual({ again: false });
  });

  it('Retry-After is seconds or a date, and nothing else', () => {
    expect(parseRetryAfter('120', now)).toBe(120_000);
    expect(parseRetryAfter('Fri, 20 Nov 2026 12:05:00 GMT', now)).toBe(300_000);
    expect(parseRetryAfter('Fri, 20 Nov 2026 11:00:00 GMT', now)).toBe(0);
    for (const text of [null, '', 'soon', '-5', '1e3', '3.5']) expect([text, parseRetryAfter(text, now)]).toEqual([text, null]);
  });

  it('the pause between requests never undercuts the crawl delay', () => {
    expect([delayBetween({ minMs: 1_000, maxMs: 3_000 }, null, 0.5), delayBetween({ minMs: 1_000, maxMs: 3_000 }, 10_000, 0.9)]).toEqual([2_000, 10_000]);
  });
});

describe('the budget of a host', () => {
  const empty: Window = { bucket: 0, current: 0, previous: 0, freeAtMs: 0 };

  it('lets no more than its number through in any minute, whoever asks', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 50 }), fc.array(fc.integer({ min: 0, max: 5_000 }), { minLength: 50, maxLength: 300 }), (perMinute, gaps) => {
        let window = empty;
        let at = 1_000_000_000_000;
        const sent: number[] = [];
        for (const gap of gaps) {
          at += gap;
          const slot = takeSlot(window, { perMinute, delayMs: 0 }, at);
          if (!slot.booked) continue;
          window = slot.window;
          sent.push(at + slot.waitMs);
        }
        // Two buckets estimate a sliding minute; what they let through beyond it is bounded by a bucket's worth.
        for (const [index, time] of sent.entries()) {
          const inMinute = sent.slice(index).filter((other) => other - time < 60_000).length;
          expect(inMinute).toBeLessThanOrEqual(perMinute * 2);
        }
        const minutes = new Map<number, number>();
        for (const time of sent) minutes.set(Math.floor(time / 60_000), (minutes.get(Math.floor(time / 60_000)) ?? 0) + 1);
        for (const count of minutes.values()) expect(count).toBeLessThanOrEqual(perMinute);
      }),
    );
  });

  it('books each request its pause after the one before', () => {
    const first = takeSlot(empty, { perMinute: 100, delayMs: 2_000 }, 60_000);
    const second = takeSlot(first.booked ? first.window : empty, { perMinute: 100, delayMs: 2_000 }, 60_500);
    expect([first.waitMs, second.waitMs]).toEqual([0, 1_500]);
  });

  it('makes no promise for a time that is too far away', () => {
    expect(takeSlot({ ...empty, freeAtMs: 200_000 }, { perMinute: 10, delayMs: 0 }, 100_000)).toMatchObject({ booked: false });
  });
});

describe('a run is called', () => {
  const some = add(noCounts, { found: 3, captured: 3 });
  it.each([
    ['completed', { counts: some, pagesRead: 2, cancelled: false, dropped: false }],
    ['partial', { counts: add(some, { failed: 'timeout' }), pagesRead: 2, cancelled: false, dropped: false }],
    ['failed', { counts: add(noCounts, { failed: 'blocked' }), pagesRead: 0, cancelled: false, dropped: false }],
    ['cancelled', { counts: some, pagesRead: 2, cancelled: true, dropped: true }],
  ])('%s', (state, run) => expect(outcomeOf(run)).toBe(state));

  it('failed for what failed most', () => {
    const blocked = add(add(noCounts, { failed: 'blocked' }), { failed: 'robots' });
    expect([failureReason([blocked, add(noCounts, { failed: 'timeout' })]), failureReason([]), failureReason([add(noCounts, { failed: 'budget' })])]).toEqual(['blocked', 'no_source', 'budget_exhausted']);
  });
});
