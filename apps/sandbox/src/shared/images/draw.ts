import type { MarketPicture } from '@autobroker/market';
import { LRUCache } from 'lru-cache';
import { sceneOf } from './scene';

export interface Drawing {
  readonly key: string;
  readonly carId: string;
  readonly picture: MarketPicture;
  readonly watermark: string | null;
}

const keptBytes = 8 * 1_024 * 1_024;
const drawn = new LRUCache<string, Buffer>({ maxSize: keptBytes, sizeCalculation: (image) => image.length });

/** A real JPEG, as this source would have encoded the photograph again. */
export async function draw(drawing: Drawing): Promise<Buffer> {
  const known = drawn.get(drawing.key);
  if (known !== undefined) return known;
  const image = await encode(drawing);
  drawn.set(drawing.key, image);
  return image;
}

const encode = async ({ carId, picture, watermark }: Drawing): Promise<Buffer> => {
  // The library costs memory and start time: nobody pays who looks at no picture.
  const { default: sharp } = await import('sharp');
  sharp.cache(false);
  sharp.concurrency(1);
  const cut = 2 + (picture.variant % 5) * 2;
  const light = ((picture.variant % 7) - 3) * 0.008;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${picture.width}" height="${picture.height}" viewBox="${cut} ${cut} ${640 - 2 * cut} ${480 - 2 * cut}" preserveAspectRatio="none">${sceneOf(carId, picture.shot)}${
    watermark === null ? '' : `<text x="628" y="468" font-family="sans-serif" font-size="15" text-anchor="end" fill="#fff" opacity="0.7">${watermark}</text>`
  }</svg>`;
  return sharp(Buffer.from(svg)).flatten({ background: '#808080' }).modulate({ brightness: 1 + light }).jpeg({ quality: picture.quality }).toBuffer();
};
