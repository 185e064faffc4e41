import { ailments, callsForPause, pauseMs, type HealthLimits, type RunFacts, type SourceFacts } from './health';
import { add, type ErrorClass, noCounts, type RunCounts } from './run';

const now = new Date('2026-11-20T12:00:00.000Z');
const hour = 3_600_000;
const told = (read: number, more: Partial<Record<'title_or_make' | 'price' | 'year', number>> = {}, reading: 'summary' | 'detail' = 'detail'): Record<string, number> => ({
  [`${reading}.read`]: read,
  ...Object.fromEntries((['title_or_make', 'price', 'year'] as const).map((name) => [`${reading}.${name}`, more[name] ?? read])),
});
const limits: HealthLimits = { minPerDay: 100, apiFailuresPerHour: 10, searchFailuresPerHour: 5, staleAfterMs: 48 * hour };
const failing = (counts: RunCounts, error: ErrorClass, times: number): RunCounts => Array.from({ length: times }).reduce<RunCounts>((sum) => add(sum, { failed: error }), counts);
const run = (more: Partial<RunFacts> = {}): RunFacts => ({
  kind: 'full',
  state: 'completed',
  counts: add(noCounts, { found: 200, captured: 200 }),
  fields: told(200, { price: 190, year: 180 }),
  finishedAt: new Date(now.getTime() - hour),
  ...more,
});
const source = (more: Partial<SourceFacts> = {}): SourceFacts => ({ runs: [run(), run(), run()], errorsLastHour: {}, seenLastDay: 400, carries: { summary: ['title_or_make', 'price'], detail: ['title_or_make', 'price', 'year'] }, lastSuccessAt: now, firstRunAt: now, ...more });

it('a source that gives what it always gave is well', () => {
  expect(ailments(source(), limits, now)).toEqual([]);
});

it.each<[string, Partial<SourceFacts>, string[]]>([
  ['nothing read for two days', { lastSuccessAt: new Date(now.getTime() - 48 * hour) }, ['stale']],
  ['never read since it was first tried', { lastSuccessAt: null, firstRunAt: new Date(now.getTime() - 49 * hour) }, ['stale']],
  ['half of what it usually gives', { runs: [run({ counts: add(noCounts, { found: 99, captured: 99 }), fields: told(99) }), run(), run()] }, ['low_yield']],
  ['fewer than a hundred in a day', { seenLastDay: 99 }, ['low_yield']],
  ['prices are no longer found', { runs: [run({ fields: told(200, { price: 20, year: 180 }) }), run(), run()] }, ['selectors_rotten']],
  ['nothing can be read', { runs: [run({ state: 'failed', counts: failing(noCounts, 'unreadable', 3), fields: {} }), run()] }, ['selectors_rotten', 'low_yield']],
  ['a wall stands before it', { runs: [run({ kind: 'incremental', state: 'failed', counts: failing(noCounts, 'blocked', 4), fields: {} }), run()] }, ['blocked']],
  ['it wants fewer requests', { runs: [run({ kind: 'incremental', state: 'failed', counts: failing(noCounts, 'rate_limited', 4), fields: {} }), run()] }, ['rate_limited']],
  ['it is down', { runs: [run({ kind: 'incremental', state: 'failed', counts: failing(noCounts, 'timeout', 4), fields: {} }), run()] }, ['unreachable']],
  ['ten requests failed within the hour', { errorsLastHour: { timeout: 6, server_error: 4 } }, ['errors']],
  ['five runs failed within the hour', { runs: Array.from({ length: 5 }, () => run({ kind: 'incremental', state: 'failed', counts: noCounts, fields: {}, finishedAt: new Date(now.getTime() - 60_000) })) }, ['errors']],
])('%s', (_name, facts, reasons) => expect(ailments(source(facts), limits, now)).toEqual(reasons));

it('that too many of us wait for a source is none of its ailments', () => {
  expect(ailments(source({ runs: [run({ kind: 'query', state: 'failed', counts: failing(noCounts, 'own_limit', 4), fields: {} }), run()], errorsLastHour: { own_limit: 40 } }), limits, now)).toEqual([]);
});

it('a source that never had prices is not rotten for it: it is compared with itself', () => {
  const bare = run({ fields: told(200, { price: 10, year: 180 }) });
  expect(ailments(source({ runs: [bare, bare, bare, bare] }), limits, now)).toEqual([]);
});

it('lists that never name the year are no sign of rot when most of a run is lists: like is compared with like', () => {
  const list = told(200, { year: 0 }, 'summary');
  const first = run({ fields: { ...list, ...told(200) } });
  const second = run({ counts: add(noCounts, { found: 200, unchanged: 180, captured: 200 }), fields: { ...list, ...told(20) } });
  expect(ailments(source({ runs: [second, first] }), limits, now)).toEqual([]);
  // Pages without prices are, although lists have them and there are many more of them; and the other way round.
  expect(ailments(source({ runs: [run({ fields: { ...list, ...told(20, { price: 1 }) } }), first] }), limits, now)).toEqual(['selectors_rotten']);
  expect(ailments(source({ runs: [run({ fields: { ...told(200, { year: 0, price: 3 }, 'summary'), ...told(20) } }), first] }), limits, now)).toEqual(['selectors_rotten']);
});

it('without a history only what the source is known to say is asked for', () => {
  const bare = (reading: 'summary' | 'detail') => run({ fields: told(50, { year: 0 }, reading) });
  expect(ailments(source({ runs: [bare('summary')] }), limits, now)).toEqual([]);
  expect(ailments(source({ runs: [bare('detail')] }), limits, now)).toEqual(['selectors_rotten']);
  expect(ailments(source({ runs: [bare('detail')], carries: { summary: [], detail: [] } }), limits, now)).toEqual([]);
});

it('a probe of a handful never counts as a low yield, and shows rot all the same', () => {
  const probe = run({ kind: 'check', counts: add(noCounts, { found: 5, captured: 5 }), fields: told(5) });
  expect(ailments(source({ runs: [probe, run(), run()], seenLastDay: 5 }), limits, now)).toEqual([]);
  expect(ailments(source({ runs: [{ ...probe, fields: told(5, { price: 0 }) }, run(), run()], seenLastDay: 5 }), limits, now)).toEqual(['selectors_rotten']);
});

it('a source that is small by nature is no worse for it', () => {
  const small = run({ counts: add(noCounts, { found: 60, captured: 60 }), fields: told(60) });
  expect(ailments(source({ runs: [small, small], seenLastDay: 60 }), limits, now)).toEqual([]);
  expect(ailments(source({ runs: [small], seenLastDay: 60 }), limits, now)).toEqual(['low_yield']);
});

it('a day in which no list was read says nothing about the yield', () => {
  expect(ailments(source({ seenLastDay: null }), limits, now)).toEqual([]);
});

it('a source of a few cars may sell them all', () => {
  const few = (found: number) => run({ counts: add(noCounts, { found, captured: found }), fields: {} });
  expect(ailments(source({ runs: [few(0), few(4), few(4)], seenLastDay: null }), limits, now)).toEqual([]);
});

it('the first run has nothing to be compared with, and a handful of listings proves nothing', () => {
  expect(ailments(source({ runs: [run()] }), limits, now)).toEqual([]);
  expect(ailments(source({ runs: [run({ kind: 'incremental', counts: add(noCounts, { found: 3, captured: 3 }), fields: {} }), run()] }), limits, now)).toEqual([]);
});

it('what knocking makes worse pauses the source, for longer each time up to a day', () => {
  expect([callsForPause(['blocked']), callsForPause(['selectors_rotten', 'low_yield']), callsForPause(['low_yield', 'stale', 'errors'])]).toEqual([true, true, false]);
  expect([1, 2, 3, 7, 8, 50].map((pauses) => pauseMs(pauses) / 60_000)).toEqual([15, 30, 60, 960, 1_440, 1_440]);
});
