import type { Refusal, Result } from '@autobroker/kernel';
import type { Tx } from '@autobroker/platform/database';

export interface Picture {
  readonly bytes: Buffer;
  readonly contentType: 'image/webp';
  readonly width: number;
  readonly height: number;
}

export type PictureRefusal = Refusal<'file_unsupported' | 'file_unreadable' | 'payload_too_large'>;

/** The widths that thumbnails come in. */
export const thumbnailWidths = [320, 640, 1280] as const;

export abstract class Pictures {
  /** Reads whatever was uploaded and paints it anew: upright, without metadata, no larger than we serve. */
  abstract accept(upload: Buffer): Promise<Result<Picture, PictureRefusal>>;
  /** Of a picture of ours; never enlarged. */
  abstract shrink(picture: Buffer, width: number): Promise<Buffer>;
}

export interface MediaRecord {
  readonly id: string;
  readonly vehicleId: string;
  readonly position: number;
  readonly contentType: string;
  readonly width: number;
  readonly height: number;
  readonly bytes: number;
  readonly sha256: string;
  readonly objectKey: string;
  readonly sizes: readonly number[];
  readonly createdAt: Date;
}

export abstract class MediaStore {
  /** In order; the first is the cover. */
  abstract ofVehicle(tx: Tx, vehicleId: string): Promise<MediaRecord[]>;
  abstract insert(tx: Tx, media: MediaRecord): Promise<void>;
  abstract remove(tx: Tx, id: string): Promise<void>;
  /** To another vehicle; the order there is for the caller to say. */
  abstract move(tx: Tx, ids: readonly string[], toVehicleId: string): Promise<void>;
  abstract reorder(tx: Tx, vehicleId: string, ids: readonly string[]): Promise<void>;
  abstract find(id: string): Promise<MediaRecord | null>;
  /** The vehicle that it is of by now; null where it was taken away. */
  abstract thumbnailsMade(id: string, sizes: readonly number[]): Promise<string | null>;
  /** Where the tenant may see its vehicle. `ownerTenantId` decides how long strangers' caches may keep it. */
  abstract visible(
    id: string,
    vehicleId: string,
    tenantId: string | null,
  ): Promise<(MediaRecord & { readonly ownerTenantId: string | null }) | null>;
  /** Pictures whose thumbnails were asked for before this moment and are still missing. */
  abstract withoutThumbnails(before: Date, limit: number): Promise<string[]>;
  /** Of these object keys, those that no picture uses. */
  abstract unused(keys: readonly string[]): Promise<string[]>;
}

/** All keys of a vehicle's pictures begin with this. */
export const mediaPrefix = 'vehicles/';

export const thumbnailKey = (objectKey: string, width: number): string => objectKey.replace(/\.webp$/u, `-${width}.webp`);
