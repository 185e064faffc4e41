import type { IdempotencyRef } from './store';

/** One text for the three parts; none of them holds a line feed. */
export const refText = (ref: IdempotencyRef): string => `${ref.scope}\n${ref.route}\n${ref.key}`;
