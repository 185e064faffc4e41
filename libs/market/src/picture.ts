import type { Body, Colour } from '@autobroker/kernel';
import type { Car, Post } from './car';
import { Dice, mix } from './dice';
import type { SourceSlug } from './sources';
import type { MarketPicture } from './types';

export const pictureViews = ['front_left', 'side', 'rear_right', 'front', 'rear', 'interior', 'dashboard', 'wheel', 'engine', 'trunk'] as const;
export type PictureView = (typeof pictureViews)[number];

/** What to draw so that the same car is known again, and another is not taken for it. */
export interface PictureSeed {
  /** The same for one photograph wherever it appears: everything drawn by chance comes from it. */
  readonly seed: number;
  readonly view: PictureView;
  readonly body: Body;
  readonly colour: Colour;
  /** The paint as 0–255, a little different from car to car. */
  readonly paint: { readonly r: number; readonly g: number; readonly b: number };
  /** What stands around it: a hue of 0–359, a horizon of 0–1 from the top, how many buildings. */
  readonly scene: { readonly hue: number; readonly horizon: number; readonly buildings: number; readonly sun: number };
  /** Where the car stands and how large it is, as shares of the picture. */
  readonly placing: { readonly x: number; readonly y: number; readonly scale: number };
  readonly damaged: boolean;
}

/** The little of a car that its pictures show. */
export interface PicturedCar {
  readonly seed: number;
  readonly body: Body;
  readonly colour: Colour;
  readonly damage: string;
}

const paint: Readonly<Record<Colour, readonly [number, number, number]>> = {
  black: [24, 24, 28], white: [240, 240, 238], silver: [190, 194, 198], grey: [112, 116, 122], blue: [32, 62, 140], red: [168, 24, 32], green: [28, 92, 56], brown: [92, 60, 40], beige: [206, 188, 156], yellow: [236, 200, 32], orange: [226, 106, 26], gold: [188, 154, 82], purple: [86, 44, 120], other: [120, 150, 150],
};

/** `shot` is which of the car's photographs: the same shot is the same picture at every source, whatever its size. */
export function pictureSeed(car: PicturedCar, shot: number): PictureSeed {
  const dice = new Dice(car.seed, 0xf070, shot);
  const own = new Dice(car.seed, 0xf071);
  const [r, g, b] = paint[car.colour];
  const tint = (value: number): number => Math.max(0, Math.min(255, Math.round(value + own.between(-12, 12))));
  return {
    seed: mix(car.seed, 0xf072, shot),
    view: pictureViews[shot % pictureViews.length] ?? 'side',
    body: car.body,
    colour: car.colour,
    paint: { r: tint(r), g: tint(g), b: tint(b) },
    scene: { hue: own.int(0, 359), horizon: dice.between(0.28, 0.55), buildings: own.int(0, 6), sun: dice.next() },
    placing: { x: dice.between(0.36, 0.64), y: dice.between(0.55, 0.75), scale: dice.between(0.5, 0.86) },
    damaged: car.damage !== 'none' && car.damage !== 'unknown',
  };
}

const sizes: Readonly<Record<SourceSlug, readonly [width: number, height: number, quality: number]>> = {
  autotrader: [640, 480, 78], 'cars-com': [620, 465, 82], cargurus: [600, 450, 75], autoscout24: [720, 540, 80], 'mobile-de': [800, 600, 85], ebay: [500, 375, 72], facebook: [480, 480, 65], gumtree: [640, 480, 70], craigslist: [600, 450, 68], copart: [640, 480, 60], iaai: [576, 432, 62], 'dealer-site': [960, 640, 88], 'dealer-feed': [1024, 768, 86],
};

/** The seller's photographs, in this source's size. Most sellers use the same everywhere; some leave some out. */
export function picturesOf(post: Post): MarketPicture[] {
  const own = new Dice(post.car.seed, 0xf0);
  const taken = post.car.seller.kind === 'private' ? own.int(1, 7) : own.int(4, 10);
  const dice = new Dice(post.seed, 0xf1);
  if (post.car.seller.kind === 'private' && dice.chance(0.04)) return [];
  const shown = dice.chance(0.7) ? taken : dice.int(1, taken);
  const [width, height, quality] = sizes[post.source];
  return Array.from({ length: shown }, (_, shot) => ({ hash: pictureHash(post, shot), n: shot + 1, shot, width, height, quality, variant: post.seed % 1_000 }));
}

function pictureHash(post: Post, shot: number): string {
  return [post.number, mix(post.seed, 0xf2, shot)].map((word) => word.toString(16).padStart(8, '0')).join('');
}

/** The number of the post that a hash belongs to; undefined for what can't be a hash of the market. */
export function numberInHash(hash: string): number | undefined {
  return /^[0-9a-f]{16}$/u.test(hash) ? Number.parseInt(hash.slice(0, 8), 16) : undefined;
}

export function pictured(car: Car): PicturedCar {
  return { seed: car.seed, body: car.body, colour: car.colour, damage: car.damage };
}
