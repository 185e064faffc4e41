import type { Market, MarketListing, MarketPicture, MarketSource, PictureSeed } from '@autobroker/market';
import { slugOf } from './format';

/** What a visitor may narrow a list by; what is undefined does not narrow. */
export interface Wanted {
  readonly makes?: readonly string[];
  readonly models?: readonly string[];
  readonly yearFrom?: number | undefined;
  readonly yearTo?: number | undefined;
  readonly priceFrom?: number | undefined;
  readonly priceTo?: number | undefined;
  readonly mileageTo?: number | undefined;
  readonly words?: string | undefined;
}

export interface Page {
  readonly items: readonly MarketListing[];
  readonly total: number;
  readonly number: number;
  readonly pages: number;
}

/** Between 0 and 1, by chance, but always the same for the same two. */
const distance = (one: string, other: string): number => {
  let hash = 0x811c9dc5;
  for (const character of `${one}/${other}`) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  return (hash >>> 0) / 4_294_967_296;
};

export type PictureSize = Pick<MarketPicture, 'width' | 'height' | 'quality'>;

/** What one source offers in the market. */
export class Shop {
  private size: PictureSize | null = null;

  constructor(
    readonly source: MarketSource,
    private readonly market: () => Market,
  ) {}

  /** On offer now, newest first. */
  onOffer(wanted: Wanted = {}): readonly MarketListing[] {
    const all = this.market().listings(this.source.slug);
    return narrows(wanted) ? all.filter((listing) => fits(listing, wanted)) : all;
  }

  /** An ended one too: the vendor says what became of it. */
  find(externalId: string): MarketListing | undefined {
    return this.market().listing(this.source.slug, externalId);
  }

  /** A page beyond the last is empty. `cap` is the last page that the site shows, however many there are. */
  page(wanted: Wanted, number: number, size: number, cap = Number.MAX_SAFE_INTEGER): Page {
    const filtered = narrows(wanted) ? this.onOffer(wanted) : null;
    const total = filtered?.length ?? this.count;
    const pages = Math.min(cap, Math.max(1, Math.ceil(total / size)));
    const start = (number - 1) * size;
    const items = number > cap ? [] : (filtered?.slice(start, start + size) ?? this.market().page(this.source.slug, start, size));
    return { items, total, number, pages };
  }

  /** Others that are on offer, for the boxes beside a car: of the same make where there are some, the same ones at every look. */
  similar(listing: MarketListing, count: number): readonly MarketListing[] {
    const others = this.onOffer().filter((other) => other.externalId !== listing.externalId && (other.price !== null || other.auction !== null));
    const sameMake = others.filter((other) => other.make === listing.make);
    return (sameMake.length >= count ? sameMake : others)
      .map((other) => ({ other, far: distance(listing.externalId, other.externalId) }))
      .sort((a, b) => a.far - b.far)
      .slice(0, count)
      .map(({ other }) => other);
  }

  /** What the photograph behind an image address shows; undefined for an address that was never given out. */
  picture(hash: string): PictureSeed | undefined {
    return this.market().picture(this.source.slug, hash);
  }

  /** How this source packs its pictures: the same for all of them. */
  pictureSize(): PictureSize {
    this.size ??= this.onOffer().find((listing) => listing.pictures.length > 0)?.pictures[0] ?? null;
    return this.size ?? { width: 640, height: 480, quality: 75 };
  }

  get count(): number {
    return this.market().count(this.source.slug);
  }

  /** Makes on offer with how many there are of each: for the boxes of a search form. */
  makes(): readonly (readonly [make: string, count: number])[] {
    const counts = new Map<string, number>();
    for (const { make } of this.onOffer()) counts.set(make, (counts.get(make) ?? 0) + 1);
    return [...counts].sort((a, b) => b[1] - a[1] || a[0].localeCompare(b[0]));
  }
}

const narrows = (wanted: Wanted): boolean => Object.values(wanted).some((value) => value !== undefined && !(Array.isArray(value) && value.length === 0));

function fits(listing: MarketListing, wanted: Wanted): boolean {
  const { makes = [], models = [], yearFrom, yearTo, priceFrom, priceTo, mileageTo, words } = wanted;
  if (makes.length > 0 && !makes.some((make) => slugOf(make) === slugOf(listing.make))) return false;
  if (models.length > 0 && !models.some((model) => namesModel(model, listing))) return false;
  if (yearFrom !== undefined && (listing.year === null || listing.year < yearFrom)) return false;
  if (yearTo !== undefined && (listing.year === null || listing.year > yearTo)) return false;
  if (priceFrom !== undefined && (listing.price === null || listing.price < priceFrom)) return false;
  if (priceTo !== undefined && (listing.price === null || listing.price > priceTo)) return false;
  if (mileageTo !== undefined && (listing.mileage === null || listing.mileage > mileageTo)) return false;
  if (words === undefined) return true;
  const text = slugOf(`${listing.title} ${listing.make} ${listing.model} ${listing.trim ?? ''}`);
  return words.split(/\s+/u).filter(Boolean).every((word) => text.includes(slugOf(word)));
}

/** Some sites name the make in front of the model, `bmw-3_series`. */
const namesModel = (wanted: string, listing: MarketListing): boolean => {
  const asked = slugOf(wanted);
  return asked === slugOf(listing.model) || asked === `${slugOf(listing.make)}-${slugOf(listing.model)}`;
};

/** A number of a query, undefined where there is none. */
export const limitOf = (given: string | null | undefined): number | undefined => (given !== null && given !== undefined && /^[0-9]{1,9}$/u.test(given) ? Number(given) : undefined);

/** The names of a query that are there. */
export const named = (...given: readonly (string | null | undefined)[]): readonly string[] => given.flatMap((one) => (one === null || one === undefined || one === '' ? [] : [one]));
