import type { PictureSeed } from '@autobroker/market';
import { LRUCache } from 'lru-cache';
import type { PictureSize } from '../shop';
import { sceneOf } from './scene';

export interface Drawing {
  /** Of the picture at its source. */
  readonly key: string;
  readonly seed: PictureSeed;
  readonly size: PictureSize;
  readonly watermark: string | null;
}

const keptBytes = 8 * 1_024 * 1_024;
const drawn = new LRUCache<string, Buffer>({ maxSize: keptBytes, sizeCalculation: (image) => image.length });

/** A real JPEG: the photograph as this source has cropped, lit and packed it. */
export async function draw(drawing: Drawing): Promise<Buffer> {
  const known = drawn.get(drawing.key);
  if (known !== undefined) return known;
  const image = await encode(drawing);
  drawn.set(drawing.key, image);
  return image;
}

const encode = async ({ key, seed, size, watermark }: Drawing): Promise<Buffer> => {
  // The library costs memory and start time: nobody pays who looks at no picture.
  const { default: sharp } = await import('sharp');
  sharp.cache(false);
  sharp.concurrency(1);
  // A little off every edge, and a little light: no two portals make the same file of one photograph.
  const own = [...key].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % 65_521, 7);
  const cut = 1 + (own % 4) * 2;
  const light = 1 + ((own % 7) - 3) * 0.008;
  const mark = watermark === null ? '' : `<text x="628" y="468" font-family="sans-serif" font-size="15" text-anchor="end" fill="#fff" opacity="0.7">${watermark}</text>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${size.width}" height="${size.height}" viewBox="${cut} ${cut} ${640 - 2 * cut} ${480 - 2 * cut}" preserveAspectRatio="none">${sceneOf(seed)}${mark}</svg>`;
  return sharp(Buffer.from(svg)).flatten({ background: '#808080' }).modulate({ brightness: light }).jpeg({ quality: size.quality }).toBuffer();
};
