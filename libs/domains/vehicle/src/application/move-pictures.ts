import type { Tx } from '@autobroker/platform/database';
import type { MediaRecord, MediaStore } from './media-ports';

/** How many each of two cars has, after pictures went from one to the other. */
export interface PicturesMoved {
  readonly from: number;
  readonly to: number;
  /** All that the one had, in their order: what stayed because the other has it already is among them. */
  readonly ids: readonly string[];
}

/** Pictures of a car that was merged into another come after that one's own. */
export async function bringPictures(media: MediaStore, tx: Tx, fromVehicleId: string, toVehicleId: string): Promise<PicturesMoved> {
  const theirs = await media.ofVehicle(tx, fromVehicleId);
  const own = await media.ofVehicle(tx, toVehicleId);
  const coming = without(theirs, own);
  await media.move(tx, idsOf(coming), toVehicleId);
  await media.reorder(tx, toVehicleId, idsOf([...own, ...coming]));
  return { from: theirs.length - coming.length, to: own.length + coming.length, ids: idsOf(theirs) };
}

/** Of the pictures that came with a merge, those that are still there go back, into the order that they had. */
export async function returnPictures(media: MediaStore, tx: Tx, fromVehicleId: string, toVehicleId: string, ids: readonly string[]): Promise<PicturesMoved> {
  const held = await media.ofVehicle(tx, fromVehicleId);
  const stayed = await media.ofVehicle(tx, toVehicleId);
  const going = without(held.filter(({ id }) => ids.includes(id)), stayed);
  const place = ({ id }: MediaRecord): number => (ids.includes(id) ? ids.indexOf(id) : ids.length);
  await media.move(tx, idsOf(going), toVehicleId);
  await media.reorder(tx, toVehicleId, idsOf([...stayed, ...going].toSorted((a, b) => place(a) - place(b))));
  await media.reorder(tx, fromVehicleId, idsOf(held.filter((one) => !going.includes(one))));
  return { from: held.length - going.length, to: stayed.length + going.length, ids: idsOf(going) };
}

/** A car has a picture once. */
const without = (pictures: readonly MediaRecord[], others: readonly MediaRecord[]): MediaRecord[] =>
  pictures.filter((one) => !others.some(({ sha256 }) => sha256 === one.sha256));

const idsOf = (pictures: readonly MediaRecord[]): string[] => pictures.map(({ id }) => id);
