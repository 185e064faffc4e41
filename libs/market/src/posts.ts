import type { CurrencyCode } from '@autobroker/kernel';
import { auctionPosts } from './auction';
import type { Car, Instant, Post, PriceStep } from './car';
import { Dice, mix } from './dice';
import { plantFaults } from './faults';
import { MAX_POSTS, postNumber } from './ids';
import { askedAt, sellerPrices } from './prices';
import { sourceOf, type SourceSlug } from './sources';
import type { EndReason, ListingFault } from './types';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** One for all: the market holds very many posts. */
const none: readonly never[] = [];

/** Every offer of the car, from the first to the last, all decided now. */
export function planPosts(car: Car): Post[] {
  if (car.seller.kind === 'auction') return auctionPosts(car);
  const dice = new Dice(car.seed, 0x9057);
  const asked = sellerPrices(car, dice);
  const held = reservations(car, dice);
  const posts: Post[] = [];
  sourcesFor(car, dice).forEach((source, place) => {
    // The first always finds its way back: as long as the seller wants to sell, the car is on offer somewhere.
    for (const run of runsAt(car, source, place === 0, dice)) {
      if (posts.length < MAX_POSTS - 2) posts.push(makePost(car, posts.length, source, run, asked, held));
    }
    if (dice.chance(0.012)) {
      const twice = posts.at(-1);
      const from = twice === undefined ? 0 : twice.listedAt + dice.between(0.2, 50) * HOUR;
      if (twice !== undefined && from < twice.endsAt - HOUR) {
        posts.push(makePost(car, posts.length, source, { from: Math.round(from), to: twice.endsAt, reason: twice.endReason, faults: ['duplicate_listing'] }, asked, held));
      }
    }
  });
  return posts;
}

/** Where such a seller offers such a car. */
export function sourcesFor(car: Car, dice: Dice): SourceSlug[] {
  const { kind, channel } = car.seller;
  const chances = chancesOf(car, kind === 'dealer', channel);
  const chosen = chances.filter(([, chance]) => dice.chance(chance)).map(([source]) => source);
  if (chosen.length === 0) chosen.push(dice.weighted(chances));
  return dice.some(chosen, 4);
}

function chancesOf(car: Car, dealer: boolean, channel: Car['seller']['channel']): (readonly [SourceSlug, number])[] {
  switch (car.country) {
    case 'US':
      return dealer
        ? [['autotrader', 0.62], ['cars-com', 0.58], ['cargurus', 0.66], ['facebook', 0.16], ['craigslist', 0.08], ['ebay', 0.12]]
        : [['facebook', 0.66], ['craigslist', 0.52], ['ebay', 0.08], ['autotrader', 0.06], ['cargurus', 0.05]];
    case 'DE':
      if (!dealer) return [['mobile-de', 0.62], ['autoscout24', 0.48], ['ebay', 0.14]];
      return [['mobile-de', 0.72], ['autoscout24', 0.68], ['ebay', 0.12], ...(channel === 'site' ? ([['dealer-site', 1]] as const) : channel === 'feed' ? ([['dealer-feed', 1]] as const) : [])];
    case 'GB':
      return dealer ? [['gumtree', 0.55], ['ebay', 0.55], ...(channel === 'feed' ? ([['dealer-feed', 1]] as const) : [])] : [['gumtree', 0.7], ['ebay', 0.45]];
    case 'IT':
    case 'FR':
      return [['autoscout24', 0.9], ['ebay', dealer ? 0.18 : 0.3]];
  }
}

interface Run {
  readonly from: Instant;
  readonly to: Instant;
  readonly reason: EndReason;
  readonly faults: readonly ListingFault[];
}

/** One source's offers of the car one after the other: they lapse or are taken down, and come again under another id. */
function runsAt(car: Car, source: SourceSlug, first: boolean, dice: Dice): Run[] {
  const { expiresAfter, tellsSold } = sourceOf(source);
  const span = car.leaves - car.born;
  const last: EndReason = car.sold && tellsSold && dice.chance(0.8) ? 'sold' : 'removed';
  // Who sells a car doesn't run to every site at once.
  const stop = car.leaves + (first ? 0 : Math.min(3 * DAY, dice.wait(0.5 * DAY)));
  let from = first ? car.born : car.born + Math.min(dice.wait(0.6 * DAY), span * 0.5);
  const runs: Run[] = [];
  for (let round = 0; round < 6; round += 1) {
    const faults: readonly ListingFault[] = round === 0 ? [] : ['relisted'];
    const lapses = expiresAfter === null ? Number.POSITIVE_INFINITY : from + expiresAfter * DAY;
    const pulled = stop - from > 12 * DAY && dice.chance(0.07) ? from + dice.between(0.25, 0.7) * (stop - from) : Number.POSITIVE_INFINITY;
    const to = Math.min(stop, lapses, pulled);
    runs.push({ from: Math.round(from), to: Math.round(to), reason: to === stop ? last : to === lapses ? 'expired' : 'removed', faults });
    if (to === stop) break;
    const back = to + dice.between(2, to === lapses ? 60 : 200) * HOUR;
    if (back > stop - 6 * HOUR || (!first && to === lapses && dice.chance(0.3))) break;
    from = back;
  }
  return runs;
}

/** When the car is held for a buyer; most times he then buys. */
function reservations(car: Car, dice: Dice): (readonly [Instant, Instant])[] {
  const span = car.leaves - car.born;
  const held: (readonly [Instant, Instant])[] = [];
  if (span > 6 * DAY && dice.chance(0.08)) {
    const from = Math.round(car.born + dice.between(0.2, 0.6) * span);
    held.push([from, Math.round(Math.min(from + dice.between(0.5, 4) * DAY, car.born + 0.85 * span))]);
  }
  if (car.sold && dice.chance(0.35)) held.push([Math.round(Math.max(car.born + 0.87 * span, car.leaves - dice.between(0.3, 4) * DAY)), Number.POSITIVE_INFINITY]);
  return held;
}

function makePost(car: Car, ordinal: number, source: SourceSlug, run: Run, asked: readonly PriceStep[], held: readonly (readonly [Instant, Instant])[]): Post {
  const seed = mix(car.seed, 0x705, ordinal);
  const dice = new Dice(seed);
  const planted = plantFaults(car, source, askedAt(asked, source, car, run.from, run.to, dice), run.from, run.to, dice);
  const duration = run.to - run.from;
  const currency: CurrencyCode = planted.currency;
  return {
    car,
    ordinal,
    number: postNumber(car.index, ordinal),
    seed,
    source,
    listedAt: run.from,
    endsAt: run.to,
    endReason: run.reason,
    currency,
    prices: planted.prices,
    faults: run.faults.length + planted.faults.length === 0 ? none : [...run.faults, ...planted.faults],
    editedAt: duration > 2 * DAY && dice.chance(0.16) ? Math.round(run.from + dice.between(0.15, 0.9) * duration) : null,
    reserved: sourceOf(source).tellsReserved && held.length > 0 ? held : none,
    attempts: none,
    buyNow: null,
  };
}
