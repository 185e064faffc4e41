import { Controller, Inject } from '@nestjs/common';
import { Handle, Input, type InputOf, invalid, noContent, orThrow, ProblemError, rawJson, stream } from '@autobroker/platform/http';
import { objectStore, parseRange, type ObjectStore } from '@autobroker/platform/storage';
import { AddMedia } from '../application/add-media';
import { MediaStore, thumbnailKey } from '../application/media-ports';
import { OrderMedia } from '../application/order-media';
import { OfferReader } from '../application/offer-reader';
import { RemoveMedia } from '../application/remove-media';
import { requesterOf, tenantOf } from './requester';
import { deleteMedia, listMedia, mediaContent, orderMedia, uploadMedia } from './routes/media.routes';

@Controller()
export class MediaController {
  constructor(
    private readonly adding: AddMedia,
    private readonly ordering: OrderMedia,
    private readonly removing: RemoveMedia,
    private readonly media: MediaStore,
    private readonly reader: OfferReader,
    @Inject(objectStore) private readonly objects: ObjectStore,
  ) {}

  @Handle(listMedia)
  list(@Input() { params, tenantId }: InputOf<typeof listMedia>) {
    return this.answer(params.id, tenantOf(tenantId));
  }

  @Handle(uploadMedia)
  async upload(@Input() input: InputOf<typeof uploadMedia>) {
    const [file] = input.body.files;
    if (file === undefined) throw invalid('/file', 'required', 'A file is needed, as a part of multipart/form-data.');
    const { id } = orThrow(await this.adding.run(input.params.id, file.bytes, requesterOf(input)));
    const one = await this.reader.oneMedia(input.params.id, id);
    return rawJson(one, { status: 201, location: `/api/v1/vehicles/${input.params.id}/media/${id}/content` });
  }

  @Handle(orderMedia)
  async order(@Input() input: InputOf<typeof orderMedia>) {
    const order = { vehicleId: input.params.id, ids: input.body.order, expectedVersion: input.ifMatch };
    orThrow(await this.ordering.run(order, requesterOf(input)));
    return this.answer(input.params.id, tenantOf(input.tenantId));
  }

  @Handle(deleteMedia)
  async delete(@Input() input: InputOf<typeof deleteMedia>) {
    const ref = { vehicleId: input.params.id, mediaId: input.params.media_id, expectedVersion: input.ifMatch };
    orThrow(await this.removing.run(ref, requesterOf(input)));
    return noContent();
  }

  @Handle(mediaContent)
  async content(@Input() { params, query, tenantId, headers }: InputOf<typeof mediaContent>) {
    const media = await this.media.visible(params.media_id, params.id, tenantOf(tenantId));
    if (media === null) throw new ProblemError('not_found', 'There is no such picture.');
    const width = query.size !== undefined && media.sizes.includes(query.size) ? query.size : undefined;
    const key = width === undefined ? media.objectKey : thumbnailKey(media.objectKey, width);
    const info = await this.objects.head(key);
    if (info === null) throw new ProblemError('not_found', 'There is no such picture.');

    const etag = `"${media.sha256.slice(0, 22)}-${width ?? 'full'}"`;
    // A thumbnail that is still to come must not be remembered as the picture itself.
    const settled = query.size === undefined || width !== undefined || media.sizes.length > 0;
    const whose = media.ownerTenantId === null ? 'public' : 'private';
    const base = {
      'cache-control': settled ? `${whose}, max-age=31536000, immutable` : 'private, no-cache',
      'accept-ranges': 'bytes',
      'content-disposition': 'inline',
      'content-security-policy': "default-src 'none'; sandbox",
      'last-modified': media.createdAt.toUTCString(),
    };
    const usable = headers['if-range'] === undefined || headers['if-range'] === etag;
    const range = usable ? parseRange(headers.range, info.size) : 'whole';
    if (range === 'unsatisfiable') {
      throw new ProblemError('range_not_satisfiable', undefined, { headers: { 'content-range': `bytes */${info.size}` } });
    }
    const part = range === 'whole' ? undefined : range;
    const object = await this.objects.get(key, part);
    if (object === null) throw new ProblemError('not_found', 'There is no such picture.');
    if (part === undefined) return stream(object.stream, media.contentType, { etag, headers: base, length: info.size });
    return stream(object.stream, media.contentType, {
      status: 206,
      etag,
      headers: { ...base, 'content-range': `bytes ${part.start}-${part.end}/${info.size}` },
      length: part.end - part.start + 1,
    });
  }

  private async answer(vehicleId: string, tenantId: string | null) {
    const found = await this.reader.media(vehicleId, tenantId);
    if (found === null) throw new ProblemError('not_found', 'There is no such vehicle.');
    return rawJson(found.json, { etag: `"${found.version}-media"` });
  }
}
