import type { ListingStatus } from '@autobroker/kernel';
import type { Instant, LotAttempt, Post, PriceStep } from './car';
import { sourceOf } from './sources';

/** How a post stands at a moment: its plan, cut off there. */
export interface PostState {
  readonly status: ListingStatus;
  readonly prices: readonly PriceStep[];
  readonly updatedAt: Instant;
  readonly edition: number;
  readonly ended: boolean;
  readonly attempt: LotAttempt | null;
  readonly attemptNumber: number;
  /** The moment it is looked at; its end, once it has ended. */
  readonly seenAt: Instant;
  /** When something about it changes next. */
  readonly until: Instant;
}

export function stateAt(post: Post, now: Instant): PostState {
  const ended = post.endsAt <= now;
  const at = Math.min(now, post.endsAt);
  const prices = post.prices.filter((step) => step.at <= at);
  const attempts = post.attempts.filter((attempt) => attempt.from <= at);
  const attempt = attempts.at(-1) ?? null;
  const held = post.reserved.some(([from, to]) => from <= at && at < to);
  const soldAs: ListingStatus = post.endReason === 'sold' ? 'sold' : 'removed';
  const moments = momentsOf(post);
  let updatedAt = post.listedAt;
  let until = Number.POSITIVE_INFINITY;
  for (const moment of moments) {
    if (moment <= at) updatedAt = Math.max(updatedAt, moment);
    if (moment > now && moment < until) until = moment;
  }
  return {
    status: ended ? soldAs : held && sourceOf(post.source).tellsReserved ? 'reserved' : 'active',
    prices,
    updatedAt: ended ? post.endsAt : updatedAt,
    edition: post.editedAt !== null && post.editedAt <= at ? 1 : 0,
    ended,
    attempt,
    attemptNumber: attempts.length,
    seenAt: at,
    until: ended ? Number.POSITIVE_INFINITY : Math.min(until, post.endsAt),
  };
}

/** Every moment at which the page becomes another. */
function momentsOf(post: Post): Instant[] {
  const moments = post.prices.map((step) => step.at);
  if (post.editedAt !== null) moments.push(post.editedAt);
  for (const [from, to] of post.reserved) moments.push(from, to);
  for (const attempt of post.attempts) {
    moments.push(attempt.from, attempt.saleAt, attempt.decidedAt);
    for (const bid of attempt.bids) moments.push(bid.at);
  }
  return moments;
}
