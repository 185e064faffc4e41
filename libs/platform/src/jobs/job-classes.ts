/** How the jobs of a class run. A queue `<service>.<class>` takes everything from its class unless it is overridden. */
export interface ClassSettings {
  /** After this the handler's signal is aborted and the attempt has failed. */
  readonly timeoutMs: number;
  readonly attempts: number;
  /** Before the second attempt; doubles with each further one. */
  readonly backoffMs: number;
  readonly backoffMaxMs: number;
  readonly priority: Priority;
  /** Jobs of the queue that one process runs at the same time. */
  readonly concurrency: number;
}

export const priorities = ['high', 'normal', 'low'] as const;
export type Priority = (typeof priorities)[number];

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;

export const jobClasses = {
  default: { timeoutMs: minute, attempts: 3, backoffMs: second, backoffMaxMs: minute, priority: 'normal', concurrency: 5 },
  scraping: { timeoutMs: 30 * minute, attempts: 3, backoffMs: 30 * second, backoffMaxMs: 30 * minute, priority: 'normal', concurrency: 3 },
  alerts: { timeoutMs: 5 * minute, attempts: 5, backoffMs: second, backoffMaxMs: 5 * minute, priority: 'high', concurrency: 10 },
  analysis: { timeoutMs: 30 * minute, attempts: 3, backoffMs: 10 * second, backoffMaxMs: 10 * minute, priority: 'normal', concurrency: 2 },
  documents: { timeoutMs: 5 * minute, attempts: 5, backoffMs: 2 * second, backoffMaxMs: 5 * minute, priority: 'normal', concurrency: 4 },
  payments: { timeoutMs: 2 * minute, attempts: 10, backoffMs: 2 * second, backoffMaxMs: hour, priority: 'normal', concurrency: 5 },
  maintenance: { timeoutMs: hour, attempts: 3, backoffMs: minute, backoffMaxMs: hour, priority: 'low', concurrency: 1 },
} as const satisfies Record<string, ClassSettings>;

export type JobClass = keyof typeof jobClasses;
export const jobClassNames = Object.keys(jobClasses).filter((name): name is JobClass => Object.hasOwn(jobClasses, name));

/** `service.class` */
export type QueueName = `${string}.${JobClass}`;

const queuePattern = /^([a-z][a-z0-9_-]*)\.([a-z]+)$/;

export const classOf = (queue: string): JobClass => {
  const name = queuePattern.exec(queue)?.[2];
  const found = jobClassNames.find((candidate) => candidate === name);
  if (found === undefined) throw new Error(`queue ${queue} is not of the form service.class`);
  return found;
};

export const serviceOf = (queue: string): string => queuePattern.exec(queue)?.[1] ?? queue;

/** A queue's own settings win over its class's, and both over the table. */
export type Overrides = Readonly<Record<string, Partial<ClassSettings>>>;

export const settingsOf = (queue: string, overrides: Overrides = {}): ClassSettings => {
  const jobClass = classOf(queue);
  return { ...jobClasses[jobClass], ...overrides[jobClass], ...overrides[queue] };
};

/** BullMQ's numbers: the lower, the sooner; 0 would overtake everything. */
export const priorityNumber: Readonly<Record<Priority, number>> = { high: 1, normal: 100, low: 1_000 };

/**
 * The pause before the next attempt: doubling, bounded, and shortened by up to a half at random, so that jobs that
 * failed together do not come back together.
 */
export const backoffDelay = (settings: ClassSettings, attemptsMade: number, random: () => number = Math.random): number => {
  const full = Math.min(settings.backoffMaxMs, settings.backoffMs * 2 ** Math.max(0, attemptsMade - 1));
  return Math.round(full * (1 - random() / 2));
};
