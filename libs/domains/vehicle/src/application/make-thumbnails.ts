import { buffer } from 'node:stream/consumers';
import { Inject, Injectable } from '@nestjs/common';
import { objectStore, type ObjectStore, putOnce } from '@autobroker/platform/storage';
import { MediaStore, Pictures, thumbnailKey, thumbnailWidths } from './media-ports';
import { CacheNotice } from './ports';

/** Paints the small versions of a picture. Safe to repeat: it makes the same files, and a deleted picture is nothing to do. */
@Injectable()
export class MakeThumbnails {
  constructor(
    @Inject(objectStore) private readonly objects: ObjectStore,
    private readonly media: MediaStore,
    private readonly pictures: Pictures,
    private readonly caches: CacheNotice,
  ) {}

  async run(mediaId: string): Promise<readonly number[]> {
    const media = await this.media.find(mediaId);
    if (media === null) return [];
    const original = await this.objects.get(media.objectKey);
    if (original === null) return [];
    const bytes = await buffer(original.stream);
    const fitting = thumbnailWidths.filter((width) => width <= media.width);
    // One that is smaller than all of them is its own thumbnail.
    const widths = fitting.length > 0 ? fitting : [thumbnailWidths[0]];
    for (const width of widths) await putOnce(this.objects, thumbnailKey(media.objectKey, width), await this.pictures.shrink(bytes, width), 'image/webp');
    // Its car may have been put into another meanwhile.
    const vehicleId = await this.media.thumbnailsMade(media.id, widths);
    if (vehicleId !== null) this.caches.changed([{ id: vehicleId, ownerTenantId: null }]);
    return widths;
  }
}
