import { endingOf, nextStep, type OpenQuery } from './query-state';

const now = new Date('2026-11-20T12:00:00.000Z');
const later = new Date(now.getTime() + 1);
const query = (more: Partial<OpenQuery>): OpenQuery => ({ status: 'pending', scrape: 'requested', dueAt: later, capturesTold: 0, heard: 0, captured: 0, arrived: 0, ...more });

describe('a price query', () => {
  it.each<[string, Partial<OpenQuery>, ReturnType<typeof nextStep>]>([
    ['waits for the scraper', {}, { kind: 'wait' }],
    ['goes on without a scraper that never answers', { dueAt: now }, { kind: 'finish', scrape: 'timed_out' }],
    ['waits for what was captured to be on the market', { status: 'calculating', scrape: 'completed', captured: 3, arrived: 2 }, { kind: 'wait' }],
    ['waits for captures that it is told of and has not heard of yet', { status: 'calculating', scrape: 'completed', capturesTold: 4, heard: 3, captured: 3, arrived: 3 }, { kind: 'wait' }],
    ['is finished when all of it is', { status: 'calculating', scrape: 'completed', captured: 3, arrived: 3 }, { kind: 'finish', scrape: 'completed' }],
    ['is finished without what was refused', { status: 'calculating', scrape: 'completed', captured: 3, arrived: 2, dueAt: now }, { kind: 'finish', scrape: 'completed' }],
    ['is finished at once when nothing was found', { status: 'calculating', scrape: 'completed' }, { kind: 'finish', scrape: 'completed' }],
    ['is finished at once when the scrape failed', { status: 'calculating', scrape: 'failed' }, { kind: 'finish', scrape: 'failed' }],
    ['is finished once', { status: 'completed', scrape: 'completed', dueAt: now }, { kind: 'wait' }],
  ])('%s', (_name, more, step) => expect(nextStep(query(more), now)).toEqual(step));

  it('fails only where nothing is known and nothing could be looked for', () => {
    expect(endingOf('timed_out', true)).toEqual({ status: 'completed' });
    expect(endingOf('timed_out', false)).toEqual({ status: 'failed', reason: 'scrape_timed_out' });
    expect(endingOf('failed', false)).toEqual({ status: 'failed', reason: 'scrape_failed' });
    expect([endingOf('completed', false), endingOf('skipped', false)]).toEqual([{ status: 'completed' }, { status: 'completed' }]);
  });
});
