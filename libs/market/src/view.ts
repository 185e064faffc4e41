import type { Post } from './car';
import { features } from './data/features';
import { featuresOf, stockNumberOf } from './details';
import { words } from './data/words';
import { Dice } from './dice';
import { slip } from './faults';
import { externalIdOf, pathOf } from './ids';
import { picturesOf } from './picture';
import { omittableFields, placesOfSale, sourceOf, type OmittableField } from './sources';
import { spell } from './spelling';
import { stateAt, type PostState } from './state';
import { describe } from './text';
import type { MarketAuction, MarketListing, Worded } from './types';
import { worth } from './value';
import { mistypeVin, vinOf } from './vin';

export interface View {
  readonly listing: MarketListing;
  /** The view holds until then. */
  readonly until: number;
}

/** What the post's page says at a moment, faults and all. */
export function viewAt(post: Post, now: number): View {
  const state = stateAt(post, now);
  return { listing: build(post, state), until: state.until };
}

function build(post: Post, state: PostState): MarketListing {
  const { car } = post;
  const { language, unit } = placesOfSale[car.country];
  const externalId = externalIdOf(post.source, post.number, post.seed);
  const book = words[language];
  // A stream for each concern: what one throws must not move another.
  const spelt = spell(car, post.source, new Dice(post.seed, 0x11));
  const said = new Dice(post.seed, 0x12);
  const word = <C extends string>(code: C, table: Readonly<Record<C, string>>): Worded<C> => ({ code, text: saying(table[code], post, said) });
  const has = leftOut(post);
  const keep = <T>(field: OmittableField, value: T): T | null => (has(field) ? value : null);
  const noisy = post.faults.includes('html_noise') ? withNoise : (text: string): string => text;
  const price = state.prices.at(-1)?.amount ?? null;
  return {
    source: post.source,
    externalId,
    path: pathOf(post.source, externalId, car),
    carId: carIdOf(car.index),
    country: car.country,
    language,
    status: state.status,
    statusText: saying(book.status[state.status], post, said),
    listedAt: new Date(post.listedAt),
    updatedAt: new Date(state.updatedAt),
    endedAt: state.ended ? new Date(post.endsAt) : null,
    endReason: state.ended ? post.endReason : null,
    price,
    currency: post.currency,
    priceNote: noteOf(post, word),
    previousPrice: state.prices.at(-2)?.amount ?? null,
    title: noisy(spelt.title),
    make: spelt.make,
    model: spelt.model,
    trim: keep('trim', spelt.trim),
    year: keep('year', shownYear(post)),
    productionYear: keep('productionYear', car.productionYear),
    firstRegistration: keep('firstRegistration', post.faults.includes('wrong_year') ? { year: shownYear(post), month: car.registered.month } : car.registered),
    mileage: keep('mileage', shownMileage(post)),
    unit,
    fuel: keep('fuel', word(car.fuel, book.fuel)),
    gearbox: keep('gearbox', word(car.gearbox, book.gearbox)),
    drivetrain: keep('drivetrain', word(car.drivetrain, book.drivetrain)),
    body: keep('body', word(car.body, book.body)),
    powerKw: keep('power', car.powerKw),
    powerHp: keep('power', Math.round(car.powerKw * (language === 'de' || language === 'it' || language === 'fr' ? 1.35962 : 1.34102))),
    engine: keep('engine', spelt.engine),
    displacementCc: keep('displacement', car.displacementCc),
    cylinders: keep('engine', car.cylinders),
    doors: keep('doors', car.doors),
    seats: keep('seats', car.seats),
    colour: keep('colour', word(car.colour, book.colour)),
    // Paints have fancy names, seats have not.
    interiorColour: keep('interiorColour', { code: car.interiorColour, text: book.colour[car.interiorColour].split('|')[0] ?? '' }),
    damage: keep('damage', word(car.damage, book.damage)),
    secondaryDamage: car.secondaryDamage === 'none' ? null : keep('secondaryDamage', word(car.secondaryDamage, book.damage)),
    titleStatus: keep('titleStatus', word(car.titleStatus, book.title)),
    condition: keep('condition', word(car.condition, book.condition)),
    runAndDrive: keep('runAndDrive', car.runAndDrive),
    keys: keep('keys', car.keys),
    features: has('features') ? featuresOf(car).map((place) => features[language][place] ?? '') : [],
    description: noisy(describe(post, state.edition)),
    vin: shownVin(post),
    stockNumber: car.seller.kind !== 'private' && new Dice(post.seed, 0x13).chance(sourceOf(post.source).showsStock) ? stockNumberOf(car) : null,
    owners: keep('owners', car.owners),
    seller: {
      kind: car.seller.kind,
      kindText: word(car.seller.kind, book.seller).text,
      name: car.seller.name,
      id: car.seller.id,
      phone: car.seller.kind === 'dealer' ? car.seller.phone : null,
    },
    location: {
      city: car.place.city,
      region: keep('region', car.place.region),
      postalCode: keep('postalCode', car.place.postalCode),
      country: car.country,
      latitude: keep('coordinates', car.place.latitude),
      longitude: keep('coordinates', car.place.longitude),
    },
    pictures: picturesOf(post),
    auction: auctionOf(post, state, has('estimatedValue')),
    planted: post.faults,
  };
}

/** One of the words that a country's sites use; a site keeps to its own. */
function saying(choices: string, post: Post, dice: Dice): string {
  const list = choices.split('|');
  const house = list[(post.source.length + post.source.charCodeAt(0)) % list.length] ?? choices;
  return sourceOf(post.source).kind === 'marketplace' && dice.chance(0.15) ? dice.pick(list) : house;
}

/** What the source never says, what this seller did not fill in, and what a fault took away. */
function leftOut(post: Post): (field: OmittableField) => boolean {
  const { omits } = sourceOf(post.source);
  const dice = new Dice(post.seed, 0x14);
  const careless = post.car.seller.kind === 'private' ? 0.07 : 0.015;
  const never = new Set<OmittableField>(['year', 'mileage', 'region', 'postalCode', 'coordinates']);
  const missing = new Set(omits);
  for (const field of omittableFields) {
    if (dice.chance(careless) && !never.has(field)) missing.add(field);
  }
  if (post.faults.includes('missing_fields')) {
    const crucial: readonly OmittableField[] = ['mileage', 'year', 'fuel', 'gearbox', 'trim', 'postalCode', 'coordinates', 'colour', 'engine', 'body'];
    for (const field of dice.some(crucial, dice.int(2, 6))) missing.add(field);
    if (missing.has('year')) missing.add('firstRegistration');
  }
  return (field) => !missing.has(field);
}

function shownYear(post: Post): number {
  if (!post.faults.includes('wrong_year')) return post.car.year;
  const dice = new Dice(post.seed, 0x15);
  return post.car.year + dice.pick([-10, -2, -1, -1, 1, 1, 2, 10].filter((shift) => post.car.year + shift <= new Date(post.listedAt).getUTCFullYear()));
}

function shownMileage(post: Post): number {
  const dice = new Dice(post.seed, 0x16);
  const { odometer, seller } = post.car;
  if (post.faults.includes('mileage_typo')) {
    const wrong = slip(odometer, dice);
    return wrong > 2_000_000 ? Math.floor(odometer / 10) : wrong;
  }
  const step = seller.kind === 'private' ? dice.weighted([[1, 40], [100, 27], [500, 8], [1_000, 25]]) : seller.kind === 'dealer' ? dice.weighted([[1, 92], [10, 5], [100, 3]]) : 1;
  return odometer < step * 5 ? odometer : Math.round(odometer / step) * step;
}

function shownVin(post: Post): string | null {
  const shows = post.faults.includes('vin_typo') || new Dice(post.seed, 0x17).chance(sourceOf(post.source).showsVin * (post.car.seller.kind === 'private' ? 0.55 : 1));
  if (!shows) return null;
  return post.faults.includes('vin_typo') ? mistypeVin(vinOf(post.car), post.seed) : vinOf(post.car);
}

function noteOf(post: Post, word: <C extends string>(code: C, table: Readonly<Record<C, string>>) => Worded<C>): MarketListing['priceNote'] {
  const { car } = post;
  const notes = words[placesOfSale[car.country].language].priceNote;
  if (post.faults.includes('price_on_request')) return word('on_request', notes);
  if (car.seller.kind === 'auction') return null;
  const dice = new Dice(post.seed, 0x18);
  if (car.seller.kind === 'private') return dice.chance(0.55) ? word(dice.chance(0.75) ? 'negotiable' : 'fixed', notes) : null;
  return car.country !== 'US' && dice.chance(0.35) ? word('vat_deductible', notes) : null;
}

/** What other sites' editors leave in a text that is pasted from one into another. */
function withNoise(text: string): string {
  return text.replace(' ', '&nbsp;').replaceAll('. ', '.<br />').replace(/ ?(\p{L}+)$/u, ' <b>$1</b>').replaceAll(' & ', ' &amp;amp; ');
}

function auctionOf(post: Post, state: PostState, estimates: boolean): MarketAuction | null {
  const { attempt } = state;
  if (attempt === null) return null;
  const bids = attempt.bids.filter((bid) => bid.at <= state.seenAt);
  const over = state.seenAt >= attempt.saleAt;
  const decided = state.seenAt >= attempt.decidedAt;
  const value = worth({ ...post.car, conditionFactor: 1 }, post.listedAt);
  return {
    lotNumber: externalIdOf(post.source, post.number, post.seed),
    saleAt: over && decided && attempt.result === 'not_sold' ? null : new Date(attempt.saleAt),
    state: !over ? 'upcoming' : decided ? attempt.result : 'on_approval',
    currentBid: bids.at(-1)?.amount ?? 0,
    bids: bids.length,
    buyNow: over ? null : post.buyNow,
    estimatedValue: estimates ? Math.round(value * new Dice(post.seed, 0x19).between(0.92, 1.1)) : null,
    yard: `${post.car.place.region} - ${post.car.place.city.toUpperCase()}`,
    lane: `${'ABCDEF'.charAt(post.seed % 6)}${1 + (post.seed % 380)}`,
    attempt: state.attemptNumber,
  };
}

export function carIdOf(index: number): string {
  return `car_${String(index + 1).padStart(7, '0')}`;
}
