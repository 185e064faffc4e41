export const queryStatuses = ['pending', 'calculating', 'completed', 'failed'] as const;
export type QueryStatus = (typeof queryStatuses)[number];

/** How its ad-hoc scrape stands. */
export const scrapeStates = ['requested', 'completed', 'failed', 'timed_out', 'skipped'] as const;
export type ScrapeState = (typeof scrapeStates)[number];

export const isOver = (status: QueryStatus): boolean => status === 'completed' || status === 'failed';

export interface OpenQuery {
  readonly status: QueryStatus;
  readonly scrape: ScrapeState;
  /** Until when the scraper, or after it the vehicle service, has time. */
  readonly dueAt: Date | null;
  /** Captures that the scraper says there are, and those that have been heard of. */
  readonly capturesTold: number;
  readonly heard: number;
  /** Listings they are of, and how many of those are on the market by now. */
  readonly captured: number;
  readonly arrived: number;
}

export type Step = { readonly kind: 'wait' } | { readonly kind: 'finish'; readonly scrape: ScrapeState };

/** What is to be done with a query now. Captures that were refused never arrive: the deadline ends the wait for them. */
export function nextStep({ status, scrape, dueAt, capturesTold, heard, captured, arrived }: OpenQuery, now: Date): Step {
  if (isOver(status)) return { kind: 'wait' };
  const due = dueAt !== null && dueAt.getTime() <= now.getTime();
  switch (scrape) {
    case 'requested':
      return due ? { kind: 'finish', scrape: 'timed_out' } : { kind: 'wait' };
    case 'completed':
      return due || (heard >= capturesTold && arrived >= captured) ? { kind: 'finish', scrape } : { kind: 'wait' };
    case 'failed':
    case 'timed_out':
    case 'skipped':
      return { kind: 'finish', scrape };
  }
}

export type Ending = { readonly status: 'completed' } | { readonly status: 'failed'; readonly reason: 'scrape_failed' | 'scrape_timed_out' };

/** A question whose scrape went well is answered, if only with «there is none»; one without scrape needs something to say. */
export function endingOf(scrape: ScrapeState, known: boolean): Ending {
  if (known || scrape === 'completed' || scrape === 'skipped') return { status: 'completed' };
  return { status: 'failed', reason: scrape === 'failed' ? 'scrape_failed' : 'scrape_timed_out' };
}
