import { Injectable } from '@nestjs/common';
import { type Result, ok, refuse } from '@autobroker/kernel';
import sharp from 'sharp';
import { Pictures, type Picture, type PictureRefusal } from '../../application/media-ports';
import { sniffImage } from './sniff';

/** A picture of a car needs no more; a small file that unfolds into a huge one is an attack. */
const maxPixels = 50_000_000;
const maxEdge = 2_560;

// The work runs in libuv's threads; one thread per picture leaves the others to everybody else.
sharp.concurrency(1);
sharp.cache(false);

@Injectable()
export class SharpPictures extends Pictures {
  override async accept(upload: Buffer): Promise<Result<Picture, PictureRefusal>> {
    if (sniffImage(upload) === null) {
      return refuse('file_unsupported', 'Pictures are JPEG, PNG, WebP or AVIF; what counts is the content, not the name');
    }
    try {
      const { width, height } = await sharp(upload, { limitInputPixels: false }).metadata();
      if (width * height > maxPixels) {
        return refuse('payload_too_large', `The picture has ${width} × ${height} pixels; ${maxPixels / 1_000_000} million are the most`);
      }
      // Upright first: the turn is noted in the metadata that is left behind.
      const { data, info } = await sharp(upload, { limitInputPixels: maxPixels, failOn: 'error' })
        .rotate()
        .resize({ width: maxEdge, height: maxEdge, fit: 'inside', withoutEnlargement: true })
        .webp({ quality: 82 })
        .toBuffer({ resolveWithObject: true });
      return ok({ bytes: data, contentType: 'image/webp', width: info.width, height: info.height });
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      return refuse('file_unreadable', 'The file begins like a picture, but it is none that can be read');
    }
  }

  override shrink(picture: Buffer, width: number): Promise<Buffer> {
    return sharp(picture, { limitInputPixels: maxPixels })
      .resize({ width, withoutEnlargement: true })
      .webp({ quality: 78 })
      .toBuffer();
  }
}
