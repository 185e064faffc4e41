/** A generated car market, the same for the same seed: what the sandbox sells and tests measure against. */
export { Market, type MarketOptions } from './market';
export {
  marketCountries,
  marketSources,
  omittableFields,
  sourceSlugs,
  type Language,
  type MarketCountry,
  type MarketSource,
  type OmittableField,
  type SourceKind,
  type SourceSlug,
} from './sources';
export {
  carFaults,
  listingFaults,
  type CarFault,
  type EndReason,
  type ListingFault,
  type MarketAuction,
  type MarketListing,
  type MarketPicture,
  type TruthLine,
  type TruthListing,
  type TruthMoney,
  type TruthPrice,
  type Worded,
} from './types';
export { pictureSeed, pictureViews, type PicturedCar, type PictureSeed, type PictureView } from './picture';
