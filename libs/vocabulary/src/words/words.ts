import type { Body, Condition, DamageType, Drivetrain, Fuel, Gearbox, ListingStatus, TitleStatus } from '@autobroker/kernel';
import { bodyRows, drivetrainRows, fuelRows, gearboxRows, type Rows } from '../data/words/drive';
import { featureRows, type Feature } from '../data/words/feature';
import { conditionRows, damageRows, listingRows, titleRows } from '../data/words/state';
import { Phrasebook } from '../text/phrases';

type Text = string | null | undefined;

/** Indexed at first use: importing the package costs nothing. */
function book<V extends string>(rows: Rows<V>): () => Phrasebook<V> {
  let made: Phrasebook<V> | undefined;
  return () => (made ??= new Phrasebook(rows));
}

const fuel = book<Fuel>(fuelRows);
const gearbox = book<Gearbox>(gearboxRows);
const drivetrain = book<Drivetrain>(drivetrainRows);
const body = book<Body>(bodyRows);
const damage = book<DamageType>(damageRows);
const title = book<TitleStatus>(titleRows);
const condition = book<Condition>(conditionRows);
const listing = book<ListingStatus>(listingRows);
const feature = book<Feature>(featureRows);

export const fuelOf = (text: Text): Fuel | null => fuel().find(text);
export const gearboxOf = (text: Text): Gearbox | null => gearbox().find(text);
export const drivetrainOf = (text: Text): Drivetrain | null => drivetrain().find(text);
export const bodyOf = (text: Text): Body | null => body().find(text);
export const damageOf = (text: Text): DamageType | null => damage().find(text);
export const titleStatusOf = (text: Text): TitleStatus | null => title().find(text);
export const conditionOf = (text: Text): Condition | null => condition().find(text);
export const listingStatusOf = (text: Text): ListingStatus | null => listing().find(text);
export const featureOf = (text: Text): Feature | null => feature().find(text);
/** Every feature that a text names, for lists that come as one line. */
export const featuresIn = (text: Text): Feature[] => feature().all(text);
