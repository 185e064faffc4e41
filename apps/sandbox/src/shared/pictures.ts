import type { MarketListing } from '@autobroker/market';

/** Addresses of a listing's photographs, under the vendor's own host. */
export const pictureUrls = (listing: MarketListing, base: string): readonly string[] => listing.pictures.map((picture) => `${base}/img/${picture.hash}/${picture.n}.jpg`);

export const firstPicture = (listing: MarketListing, base: string): string | null => pictureUrls(listing, base)[0] ?? null;
