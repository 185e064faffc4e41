import { auctionLife } from './auction';
import type { Car, Instant, Post } from './car';
import { Dice, hashText, mix } from './dice';
import { Heap } from './heap';
import { carAndOrdinal, externalIdOf, numberOf } from './ids';
import { makeArrival, makeCar, type Arrival } from './make-car';
import { numberInHash, pictured, pictureSeed, picturesOf, type PictureSeed } from './picture';
import { planPosts } from './posts';
import { Sellers } from './sellers';
import { marketSources, sourceSlugs, type MarketSource, type SourceSlug } from './sources';
import { truthOf } from './truth';
import type { MarketListing, TruthLine } from './types';
import { viewAt, type View } from './view';

const DAY = 86_400_000;
/** Cars of an arrival, on average: most come alone, a dealer's fleet comes together. */
const CARS_PER_ARRIVAL = 1.046;
/** How long a car is on offer, on average: a fortieth of the stock changes every day. */
const MEAN_DAYS = 40;
const AUCTION_SHARE = { arriving: 0.17, standing: 0.09 };
const VIEWS_KEPT = 20_000;

export interface MarketOptions {
  readonly seed: string | number;
  /** On offer at any time, about; 5,000 if nothing is said. */
  readonly cars?: number;
  readonly start: Date;
}

/**
 * A market of cars that lives by its clock. Everything follows from the seed and the time: each car's whole life is
 * decided when it arrives, and what is seen is that plan, cut off at the present.
 */
export class Market {
  private readonly seed: number;
  private readonly size: number;
  private readonly start: Instant;
  private readonly sellers: Sellers;
  private readonly cars: Car[] = [];
  private readonly posts: (readonly Post[])[] = [];
  /** On offer now, oldest first. */
  private readonly open = new Map<SourceSlug, Post[]>(sourceSlugs.map((slug) => [slug, []]));
  /** Where something has ended since anybody looked. */
  private readonly stale = new Set<SourceSlug>();
  private readonly starting = new Heap<Post>();
  private readonly ending = new Heap<Post>();
  private readonly views = new Map<Post, View>();
  private arrivals = 0;
  private nextArrival: Instant;
  private at: Instant;

  constructor({ seed, cars = 5_000, start }: MarketOptions) {
    if (!(Number.isInteger(cars) && cars > 0)) throw new RangeError('A market has a whole number of cars, at least one');
    if (Number.isNaN(start.getTime())) throw new RangeError('A market starts at a real date');
    this.seed = typeof seed === 'number' ? mix(seed, 1) : hashText(seed);
    this.size = cars;
    this.start = start.getTime();
    this.at = this.start;
    this.sellers = new Sellers(this.seed, cars);
    while (this.cars.length < cars) this.settle();
    this.nextArrival = this.arrivalTime(0);
    this.catchUp();
  }

  get now(): Date {
    return new Date(this.at);
  }

  /** The first moment after now at which anything appears, goes, or may appear. */
  get nextChange(): Date {
    return new Date(Math.min(this.nextArrival, this.starting.nextKey, this.ending.nextKey));
  }

  /** Time only goes forward; one step or many come to the same. */
  advanceTo(at: Date): void {
    const to = at.getTime();
    if (!(to >= this.at)) throw new RangeError(`The market can't go from ${this.now.toISOString()} to ${Number.isNaN(to) ? 'no date' : at.toISOString()}`);
    this.at = to;
    while (this.nextArrival <= to) this.arrive();
    this.catchUp();
  }

  sources(): readonly MarketSource[] {
    return marketSources;
  }

  /** On offer now, newest first. For a few of many, `page` is cheaper. */
  listings(source: SourceSlug): readonly MarketListing[] {
    return this.page(source, 0, Number.POSITIVE_INFINITY);
  }

  count(source: SourceSlug): number {
    return this.openAt(source).length;
  }

  page(source: SourceSlug, offset: number, limit: number): readonly MarketListing[] {
    const posts = this.openAt(source);
    const end = Math.max(0, posts.length - offset);
    return posts.slice(Math.max(0, end - limit), end).reverse().map((post) => this.view(post));
  }

  /** One offer, ended ones too; undefined before it appears and for ids that never were. */
  listing(source: SourceSlug, externalId: string): MarketListing | undefined {
    const number = numberOf(source, externalId);
    const post = number === undefined ? undefined : this.postOf(number);
    if (post === undefined || post.source !== source || post.listedAt > this.at) return undefined;
    return externalIdOf(source, post.number, post.seed) === externalId ? this.view(post) : undefined;
  }

  /** What to draw for a hash that stands in a listing's `pictures`. */
  picture(source: SourceSlug, hash: string): PictureSeed | undefined {
    const post = this.postOf(numberInHash(hash) ?? 0);
    if (post === undefined || post.source !== source || post.listedAt > this.at) return undefined;
    const shot = picturesOf(post).find((picture) => picture.hash === hash)?.shot;
    return shot === undefined ? undefined : pictureSeed(pictured(post.car), shot);
  }

  /** Every car that has been on offer, ended ones too, in the order of arrival. */
  *truth(): Generator<TruthLine, void, undefined> {
    for (const [index, car] of this.cars.entries()) {
      const line = truthOf(car, this.posts[index] ?? [], this.at);
      if (line !== undefined) yield line;
    }
  }

  /** A car of the stock that stands there at the start: somewhere in the middle of its time on offer. */
  private settle(): void {
    const dice = new Dice(this.seed, 0x11fe, this.cars.length);
    // Who is met at a random moment tends to be one who stays long: one throw more than for those who arrive.
    const days = lifeDays(dice, 3);
    const age = dice.next();
    const early = Math.round(this.start - age * Math.max(days, 16) * DAY);
    const arrival = this.newArrival(early, AUCTION_SHARE.standing);
    const born = Math.round(this.start - age * (arrival.kind === 'auction' ? 16 : days) * DAY);
    this.add(arrival, born, days, this.start);
  }

  private arrive(): void {
    const arrival = this.newArrival(this.nextArrival, AUCTION_SHARE.arriving);
    this.add(arrival, this.nextArrival, lifeDays(new Dice(this.seed, 0x11fe, this.cars.length), 2), this.nextArrival);
    this.nextArrival = this.arrivalTime(this.arrivals);
  }

  private newArrival(at: Instant, auctionShare: number): Arrival {
    return makeArrival(this.seed, this.cars.length, at, this.sellers, auctionShare);
  }

  private arrivalTime(n: number): Instant {
    const gap = (DAY * MEAN_DAYS * CARS_PER_ARRIVAL) / this.size;
    this.arrivals = n + 1;
    return Math.round(this.start + (n + new Dice(this.seed, 0xa77, n).between(0.05, 1)) * gap);
  }

  private add(arrival: Arrival, born: Instant, days: number, notGoneBefore: Instant): void {
    for (let nth = 0; nth < arrival.fleet; nth += 1) {
      const index = this.cars.length;
      const dice = new Dice(arrival.seed, 0xdead, nth);
      // Cars of a fleet are entered one after the other, and sell one by one.
      const from = Math.round(born + nth * dice.between(60_000, 5_400_000));
      const life = arrival.kind === 'auction' ? lotLife(arrival.seed, from, nth, notGoneBefore) : { born: from, leaves: Math.round(from + Math.max(1, days * (nth === 0 ? 1 : dice.between(0.7, 1.5))) * DAY), sold: dice.chance(0.82) };
      const car = makeCar(arrival, nth, index, this.seed, life);
      const posts = planPosts(car);
      this.cars.push(car);
      this.posts.push(posts);
      for (const post of posts) this.starting.push(post.listedAt, post);
    }
  }

  private catchUp(): void {
    for (let post = this.starting.popUntil(this.at); post !== undefined; post = this.starting.popUntil(this.at)) {
      if (post.endsAt <= this.at) continue;
      append(this.listOf(post.source), post);
      this.ending.push(post.endsAt, post);
    }
    for (let post = this.ending.popUntil(this.at); post !== undefined; post = this.ending.popUntil(this.at)) this.stale.add(post.source);
  }

  private openAt(source: SourceSlug): Post[] {
    if (this.stale.delete(source)) this.open.set(source, this.listOf(source).filter((post) => post.endsAt > this.at));
    return this.listOf(source);
  }

  private listOf(source: SourceSlug): Post[] {
    const posts = this.open.get(source);
    if (posts === undefined) throw new RangeError(`No such source: ${source}`);
    return posts;
  }

  private postOf(number: number): Post | undefined {
    const { carIndex, ordinal } = carAndOrdinal(number);
    return this.posts[carIndex]?.[ordinal];
  }

  private view(post: Post): MarketListing {
    const kept = this.views.get(post);
    if (kept !== undefined && kept.until > this.at) return kept.listing;
    const view = viewAt(post, this.at);
    if (this.views.size >= VIEWS_KEPT) this.views.clear();
    this.views.set(post, view);
    return view.listing;
  }
}

/** They come by time; those of one moment are ordered by number, however the clock got there. */
function append(posts: Post[], post: Post): void {
  let at = posts.length;
  for (let before = posts[at - 1]; before !== undefined && before.listedAt === post.listedAt && before.number > post.number; before = posts[at - 1]) {
    posts[at] = before;
    at -= 1;
  }
  posts[at] = post;
}

function lifeDays(dice: Dice, throws: number): number {
  let days = 0;
  for (let n = 0; n < throws; n += 1) days += dice.wait(MEAN_DAYS / 2);
  return days;
}

/** A lot of the standing stock is one whose sale is still to come: begun later if need be. */
function lotLife(arrivalSeed: number, born: Instant, nth: number, notGoneBefore: Instant): Pick<Car, 'born' | 'leaves' | 'sold'> {
  const seed = mix(arrivalSeed, 3, nth);
  let from = born;
  for (;;) {
    const life = auctionLife(seed, from);
    if (life.leaves > notGoneBefore) return { born: from, ...life };
    from = Math.min(notGoneBefore, from + 3 * DAY);
  }
}
