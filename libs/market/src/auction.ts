import type { Car, Instant, LotAttempt, Post, PriceStep } from './car';
import { Dice, mix } from './dice';
import { postNumber } from './ids';
import type { SourceSlug } from './sources';
import type { EndReason, ListingFault } from './types';
import { plantFaults } from './faults';
import { worth } from './value';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export interface AuctionLife {
  readonly leaves: Instant;
  readonly sold: boolean;
}

interface Schedule {
  readonly source: SourceSlug;
  /** A new number at the auction: what is the same lot keeps its own. */
  readonly fresh: boolean;
  readonly from: Instant;
  readonly saleAt: Instant;
  readonly decidedAt: Instant;
  readonly result: LotAttempt['result'];
}

/** When a wreck comes under the hammer, where, and how it ends: from its seed and its beginning alone. */
function schedule(seed: number, born: Instant): Schedule[] {
  const dice = new Dice(seed, 0xa0c);
  let source: SourceSlug = dice.chance(0.58) ? 'copart' : 'iaai';
  let from = born;
  const rounds: Schedule[] = [];
  let fresh = true;
  for (let round = 0; round < 4; round += 1) {
    const saleAt = saleDay(from + (round === 0 ? dice.between(6, 24) : dice.between(5, 9)) * DAY, dice);
    const roll = dice.next();
    const onApproval = roll > 0.52 && roll < 0.76;
    const decidedAt = onApproval ? Math.round(saleAt + dice.between(14, 70) * HOUR) : saleAt;
    const result = roll < 0.52 || (onApproval && dice.chance(0.6)) ? 'sold' : 'not_sold';
    rounds.push({ source, fresh, from, saleAt, decidedAt, result });
    if (result === 'sold') break;
    from = Math.round(decidedAt + dice.between(3, 30) * HOUR);
    // Most stay where they are as the same lot; some get a new number, some go to the other house.
    const moves = dice.next();
    fresh = moves < 0.35;
    if (moves < 0.17) source = source === 'copart' ? 'iaai' : 'copart';
  }
  return rounds;
}

/** A weekday between 15:00 and 20:00 UTC, when American auctions run. */
function saleDay(at: Instant, dice: Dice): Instant {
  const day = new Date(Math.floor(at / DAY) * DAY);
  const weekday = day.getUTCDay();
  const shift = weekday === 0 ? 1 : weekday === 6 ? 2 : 0;
  return day.getTime() + shift * DAY + 15 * HOUR + dice.int(0, 20) * 0.25 * HOUR;
}

export function auctionLife(seed: number, born: Instant): AuctionLife {
  const last = schedule(seed, born).at(-1);
  if (last === undefined) throw new RangeError('A lot without a sale');
  return { leaves: last.decidedAt + HOUR, sold: last.result === 'sold' };
}

export function auctionPosts(car: Car): Post[] {
  const lots: Schedule[][] = [];
  for (const round of schedule(car.seed, car.born)) {
    if (round.fresh || lots.length === 0) lots.push([round]);
    else lots.at(-1)?.push(round);
  }
  return lots.map((rounds, ordinal) => makeLot(car, ordinal, rounds));
}

function makeLot(car: Car, ordinal: number, rounds: readonly Schedule[]): Post {
  const [first] = rounds;
  const last = rounds.at(-1);
  if (first === undefined || last === undefined) throw new RangeError('A lot without a sale');
  const seed = mix(car.seed, 0x107, ordinal);
  const dice = new Dice(seed);
  const attempts = rounds.map((round) => ({ from: round.from, saleAt: round.saleAt, decidedAt: round.decidedAt, result: round.result, bids: bidsOf(car, round, dice) }));
  const buyNow = dice.chance(0.24) ? Math.round((worth(car, first.from) * dice.between(1.08, 1.35)) / 50) * 50 : null;
  const endReason: EndReason = last.result === 'sold' ? 'sold' : 'removed';
  const planted = plantFaults(car, first.source, buyNow === null ? [] : [{ at: first.from, amount: buyNow }], first.from, last.decidedAt, dice);
  // Money at an auction is the house's own: nobody lures or errs with it.
  const faults = planted.faults.filter((fault): fault is ListingFault => !['price_on_request', 'wrong_currency', 'lifetime_low_bait', 'price_typo'].includes(fault));
  return {
    car,
    ordinal,
    number: postNumber(car.index, ordinal),
    seed,
    source: first.source,
    listedAt: first.from,
    endsAt: last.decidedAt + HOUR,
    endReason,
    currency: car.currency,
    prices: buyNow === null ? [] : [{ at: first.from, amount: buyNow }],
    faults: ordinal === 0 ? faults : ['relisted', ...faults],
    editedAt: null,
    reserved: rounds.filter((round) => round.decidedAt > round.saleAt).map((round) => [round.saleAt, round.decidedAt] as const),
    attempts,
    buyNow,
  };
}

/** Early bids drip in; the hammer falls at the end of a quick climb. */
function bidsOf(car: Car, round: Schedule, dice: Dice): PriceStep[] {
  const value = worth(car, round.saleAt);
  const hammer = value * (round.result === 'sold' ? Math.exp(0.11 * dice.normal()) * 0.95 : dice.between(0.35, 0.78));
  const before = dice.int(2, 7);
  const bids: PriceStep[] = [];
  for (let place = 1; place <= before; place += 1) {
    const share = place / (before + 1);
    bids.push({ at: Math.round(round.from + (round.saleAt - round.from) * (0.12 + 0.86 * share)), amount: step(hammer * 0.62 * share ** 1.6) });
  }
  bids.push({ at: round.saleAt - 60_000, amount: step(hammer * 0.84) }, { at: round.saleAt, amount: step(hammer) });
  return bids.filter((bid, place) => place === 0 || bid.amount > (bids[place - 1]?.amount ?? 0));
}

function step(amount: number): number {
  const size = amount < 1_000 ? 25 : amount < 5_000 ? 50 : 100;
  return Math.max(25, Math.round(amount / size) * size);
}
