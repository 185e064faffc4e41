import { Injectable } from '@nestjs/common';
import sharp from 'sharp';
import { DrawnImages } from '../application/drawn-images';

const maxBytes = 200_000;
const maxPixels = 4_000_000;
/** By the bytes that they begin with: what is drawn by a program of its own (SVG) is not let near it. */
const png = Buffer.from('89504e470d0a1a0a', 'hex');
const jpeg = Buffer.from('ffd8ff', 'hex');
const isA = (kind: Buffer, bytes: Buffer): boolean => bytes.subarray(0, kind.length).equals(kind);

/** Paints an uploaded signature anew, small and without anything else that the file may hold. */
@Injectable()
export class SharpDrawnImages extends DrawnImages {
  override async clean(base64: string): Promise<string | null> {
    const bytes = Buffer.from(base64, 'base64');
    if (bytes.length > maxBytes || !isA(png, bytes)) return null;
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
    const bytes = Buffer.from(base64, 'base64');
    if (!isA(png, bytes) && !isA(jpeg, bytes)) return null;
    try {
      const painted = await sharp(bytes, { limitInputPixels: 20_000_000, failOn: 'error' })
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
