import { createHash } from 'node:crypto';

/** Chance that is the same for the same photograph. */
class Throws {
  private readonly bytes: Buffer;
  private at = 0;

  constructor(seed: string) {
    this.bytes = Buffer.concat([0, 1, 2, 3, 4, 5].map((part) => createHash('sha256').update(`${part}:${seed}`).digest()));
  }

  next(): number {
    const value = this.bytes.readUInt16BE(this.at);
    this.at = (this.at + 2) % (this.bytes.length - 1);
    return value / 65_536;
  }

  between(from: number, to: number): number {
    return Math.round(from + (to - from) * this.next());
  }
}

const paints = ['#1b1d21', '#e9ebee', '#8e959c', '#5b6168', '#1f3f7a', '#9c1f25', '#2d5a3c', '#5c4432', '#cdbfa5', '#c9a227', '#c8591c', '#3b2a55'];

/** Outlines in a box of 400 by 150, wheels at 85 and 315: enough to tell one kind from another. */
const outlines: readonly string[] = [
  'M8 104 Q10 82 44 76 L98 70 Q136 32 168 28 L238 28 Q276 32 306 68 L366 76 Q394 82 394 104 L390 116 L10 116 Z',
  'M10 104 Q12 82 48 76 L104 68 Q140 28 172 26 L286 26 Q336 34 366 72 Q386 80 388 104 L384 116 L12 116 Z',
  'M8 104 Q10 82 44 76 L98 70 Q134 32 166 28 L322 28 Q360 36 378 72 Q392 84 392 104 L388 116 L10 116 Z',
  'M8 104 Q8 66 44 60 L94 54 Q124 14 150 12 L324 12 Q360 20 378 58 Q394 70 394 104 L390 116 L10 116 Z',
  'M8 104 Q10 84 48 80 L120 74 Q160 40 196 36 L232 36 Q280 42 332 76 Q388 80 392 104 L388 116 L10 116 Z',
  'M8 104 Q8 70 44 64 L90 58 Q118 18 142 16 L214 16 Q232 22 240 60 L390 62 Q396 70 394 104 L390 116 L10 116 Z',
  'M8 104 Q6 62 40 52 L82 18 Q92 8 120 6 L370 6 Q390 12 392 50 L394 104 L390 116 L10 116 Z',
];

/**
 * A photograph of a car, drawn from the car and the number of the shot alone: every source shows the same scene, and two
 * cars are never in the same one. Large shapes make the difference, as they do in a perceptual hash. There is no plate.
 */
export function sceneOf(carId: string, shot: number): string {
  const car = new Throws(carId);
  const paint = paints[car.between(0, paints.length - 1)] ?? '#555555';
  const shape = outlines[car.between(0, outlines.length - 1)] ?? '';
  const scene = new Throws(`${carId}/${shot}`);
  const grey = (): string => {
    const value = scene.between(10, 245);
    return `rgb(${value},${Math.min(255, value + scene.between(-14, 14))},${Math.min(255, Math.max(0, value + scene.between(-20, 20)))})`;
  };
  // A patchwork backdrop: walls, halls, hedges, sky, each with a light of its own.
  const patches = Array.from({ length: 30 }, (_, index) => {
    const [column, row] = [index % 6, Math.floor(index / 6)];
    return `<rect x="${column * 107 - 4}" y="${row * 96 - 4}" width="115" height="104" fill="${grey()}"/>`;
  });
  const blobs = Array.from({ length: 5 }, () => `<ellipse cx="${scene.between(0, 640)}" cy="${scene.between(0, 300)}" rx="${scene.between(40, 130)}" ry="${scene.between(30, 100)}" fill="${grey()}" opacity="0.8"/>`);
  const scale = scene.between(100, 135) / 100;
  const [x, y] = [scene.between(10, Math.max(10, Math.round(620 - 400 * scale))), scene.between(200, 400 - Math.round(116 * scale) + 40)];
  const mirrored = scene.next() < 0.5;
  const place = mirrored ? `translate(${x + 400 * scale} ${y}) scale(${-scale} ${scale})` : `translate(${x} ${y}) scale(${scale})`;
  const wheel = (at: number): string => `<circle cx="${at}" cy="114" r="27" fill="#141414"/><circle cx="${at}" cy="114" r="15" fill="#9aa0a6"/>`;
  return `${patches.join('')}${blobs.join('')}<g transform="${place}"><ellipse cx="200" cy="140" rx="205" ry="12" fill="#000" opacity="0.35"/><path d="${shape}" fill="${paint}" stroke="#0c0c0c" stroke-width="3"/>
<path d="M150 72 Q168 38 186 36 L226 36 Q252 40 274 70 Z" fill="#26313b" opacity="0.85"/>${wheel(85)}${wheel(315)}<circle cx="20" cy="92" r="8" fill="#f6f2d4"/><rect x="376" y="86" width="14" height="12" fill="#a31515"/></g>`;
}
