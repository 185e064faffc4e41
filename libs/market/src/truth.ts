import { exponentOf, type CurrencyCode } from '@autobroker/kernel';
import type { Car, Instant, Post, PriceStep } from './car';
import { externalIdOf, pathOf } from './ids';
import { stateAt } from './state';
import type { CarFault, TruthLine, TruthListing, TruthMoney, TruthPrice } from './types';
import { worth } from './value';
import { carIdOf } from './view';
import { vinOf } from './vin';

/** What is so of a car at a moment; undefined before it was offered for the first time. */
export function truthOf(car: Car, posts: readonly Post[], now: Instant): TruthLine | undefined {
  const seen = posts.filter((post) => post.listedAt <= now);
  if (seen.length === 0) return undefined;
  const soldAt = car.sold && car.leaves <= now ? car.leaves : null;
  return {
    car_id: carIdOf(car.index),
    vin: vinOf(car),
    make: car.spec.make.name,
    model: car.spec.name,
    trim: car.trim,
    year: car.year,
    mileage_km: car.mileageKm,
    fuel: car.fuel,
    body: car.body,
    color: car.colour,
    damage: car.damage,
    country: car.country,
    first_seen: iso(Math.min(...seen.map((post) => post.listedAt))),
    on_market: seen.some((post) => post.endsAt > now),
    listings: seen.map((post) => truthOfPost(post, now)),
    sold_at: soldAt === null ? null : iso(soldAt),
    true_value: money(worth(car, Math.min(now, car.leaves)), car.currency),
    planted: [...car.planted, ...happened(seen)],
  };
}

function truthOfPost(post: Post, now: Instant): TruthListing {
  const state = stateAt(post, now);
  const externalId = externalIdOf(post.source, post.number, post.seed);
  const bids = post.attempts.flatMap((attempt) => attempt.bids).filter((bid) => bid.at <= state.seenAt);
  return {
    source: post.source,
    external_id: externalId,
    url: pathOf(post.source, externalId, post.car),
    listed_at: iso(post.listedAt),
    ended_at: state.ended ? iso(post.endsAt) : null,
    end_reason: state.ended ? post.endReason : null,
    prices: state.prices.map((step) => priced(step, post.currency)),
    bids: bids.map((bid) => priced(bid, post.currency)),
    planted: post.faults,
  };
}

function happened(posts: readonly Post[]): CarFault[] {
  const faults: CarFault[] = [];
  if (posts.some((post) => post.faults.includes('relisted'))) faults.push('relisted');
  if (new Set(posts.filter((post) => post.attempts.length > 0).map((post) => post.source)).size > 1) faults.push('moved_auction');
  return faults;
}

function priced(step: PriceStep, currency: CurrencyCode): TruthPrice {
  return { at: iso(step.at), ...money(step.amount, currency) };
}

function money(amount: number, currency: CurrencyCode): TruthMoney {
  return { amount: Math.round(amount) * 10 ** exponentOf(currency), currency };
}

function iso(at: Instant): string {
  return new Date(at).toISOString();
}
