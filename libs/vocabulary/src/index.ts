/** What cars, places and quantities are called, in several languages: facts and pure functions over them. */
export { parseCount, parseNumber, type ReadOptions } from './numbers/number';
export { parsePrice, type PriceOptions, type PriceRead } from './numbers/price';
export { parseMileage, type MileageOptions, type MileageRead } from './numbers/mileage';
export { parseDisplacementCc, parsePowerKw } from './numbers/engine';
export { parseDay, parseYear, type DayOptions } from './numbers/dates';
export { makes } from './cars/catalogue';
export { findMake, type MakeFound } from './cars/find-make';
export { canonicalCar, type CanonicalCar, type CarWords } from './cars/canonical-car';
export { type MakeEntry, type ModelEntry } from './cars/parse';
export { colourOf } from './words/colours';
export { bodyOf, conditionOf, damageOf, drivetrainOf, featureOf, featuresIn, fuelOf, gearboxOf, listingStatusOf, titleStatusOf } from './words/words';
export { features, type Feature } from './data/words/feature';
export { fold, keyOf, tidy } from './text/fold';
export { locate, type Located, type PlaceWords } from './places/locate';
export { distanceKm, earthRadiusKm } from './places/distance';
export { firstMark, redactPersonalData, type Redacted, type Removed } from './privacy/redact';
