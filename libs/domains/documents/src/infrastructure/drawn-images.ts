import { Injectable } from '@nestjs/common';
import sharp from 'sharp';
import { DrawnImages } from '../application/drawn-images';

const maxBytes = 200_000;
const maxPixels = 4_000_000;

/** Paints an uploaded signature anew, small and without anything else that the file may hold. */
@Injectable()
export class SharpDrawnImages extends DrawnImages {
  override async clean(base64: string): Promise<string | null> {
    const bytes = Buffer.from(base64, 'base64');
    // The eight bytes that every PNG begins with.
    if (bytes.length > maxBytes || bytes.subarray(0, 8).toString('hex') !== '89504e470d0a1a0a') return null;
    try {
      const painted = await sharp(bytes, { limitInputPixels: maxPixels, failOn: 'error' })
        .flatten({ background: '#ffffff' })
        .resize({ width: 800, height: 300, fit: 'inside', withoutEnlargement: true })
        .greyscale()
        .png({ compressionLevel: 9, palette: false })
        .toBuffer();
      const { channels } = await sharp(painted).stats();
      // One colour all over is an empty pad.
      return channels.every(({ stdev }) => stdev < 1) ? null : painted.toString('base64');
    } catch {
      return null;
    }
  }

  override async logo(base64: string): Promise<string | null> {
    try {
      const painted = await sharp(Buffer.from(base64, 'base64'), { limitInputPixels: 20_000_000, failOn: 'error' })
        .rotate()
        .flatten({ background: '#ffffff' })
        .resize({ width: 800, height: 220, fit: 'inside', withoutEnlargement: true })
        .png({ compressionLevel: 9 })
        .toBuffer();
      return painted.toString('base64');
    } catch {
      return null;
    }
  }
}
