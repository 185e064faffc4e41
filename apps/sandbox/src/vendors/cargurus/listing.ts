import type { MarketListing } from '@autobroker/market';
import { grouped, money, monthlyRate } from '../../shared/format';
import { firstPicture } from '../../shared/pictures';
import type { World } from '../../shared/vendor';

const place = (listing: MarketListing): string => [listing.location.city, listing.location.region].filter((part) => part !== null).join(', ');

export const tileOf = (listing: MarketListing, base: string, now: Date, rank: number) => ({
  id: Number(listing.externalId),
  rank,
  listingTitle: listing.title,
  makeName: listing.make,
  modelName: listing.model,
  trimName: listing.trim,
  carYear: listing.year,
  mileage: listing.mileage,
  mileageString: listing.mileage === null ? 'Mileage unknown' : grouped(listing.mileage, 'en-US'),
  unitMileage: { value: listing.mileage, unit: 'MILES' },
  price: listing.price,
  priceString: listing.price === null ? (listing.priceNote?.text ?? 'No price listed') : money(listing.price, listing.currency, 'en-US'),
  localCurrency: listing.currency,
  // What the site thinks the car is worth: not what the seller asks.
  expectedPrice: listing.price === null ? null : Math.round(listing.price * (0.94 + (rank % 13) / 100)),
  expectedPriceString: listing.price === null ? null : money(Math.round(listing.price * (0.94 + (rank % 13) / 100)), listing.currency, 'en-US'),
  dealRating: ['GREAT_PRICE', 'GOOD_PRICE', 'FAIR_PRICE', 'POOR_PRICE'][rank % 4],
  priceDropAmount: listing.previousPrice !== null && listing.price !== null ? listing.previousPrice - listing.price : null,
  monthlyPayment: listing.price === null ? null : monthlyRate(listing.price),
  exteriorColorName: listing.colour?.text ?? null,
  normalizedExteriorColor: listing.colour?.code.toUpperCase() ?? null,
  interiorColorName: listing.interiorColour?.text ?? null,
  localizedTransmission: listing.gearbox?.text ?? null,
  localizedDriveTrain: listing.drivetrain?.text ?? null,
  localizedEngineDisplayName: listing.engine,
  localizedFuelType: listing.fuel?.text ?? null,
  bodyTypeName: listing.body?.text ?? null,
  sellerCity: place(listing),
  sellerPostalCode: listing.location.postalCode,
  sellerRegion: listing.location.region,
  serviceProviderName: listing.seller.name,
  sellerType: listing.seller.kind === 'private' ? 'PRIVATE' : 'DEALER',
  phoneNumberString: listing.seller.phone,
  vin: listing.vin,
  stockNumber: listing.stockNumber,
  ownerCount: listing.owners,
  daysOnMarket: Math.max(0, Math.floor((now.getTime() - listing.listedAt.getTime()) / 86_400_000)),
  listedDate: listing.listedAt.toISOString(),
  originalPictureData: listing.pictures.length === 0 ? null : { url: firstPicture(listing, base), width: listing.pictures[0]?.width, height: listing.pictures[0]?.height },
  pictureCount: listing.pictures.length,
});

/** What stands between the cars and is none. */
export const adOf = (start: number) => ({ id: `merch-${start}`, title: 'Sell your car 100% online', priceString: '$24,500', cta: 'Get my offer' });

export const detailOf = (world: World, listing: MarketListing, now: Date) => {
  const base = world.baseUrl();
  return {
    listing: {
      ...tileOf(listing, base, now, Number(listing.externalId) % 100),
      description: listing.description,
      doorCount: listing.doors,
      seatCount: listing.seats,
      cylinders: listing.cylinders,
      vehicleTitle: listing.titleStatus?.text ?? null,
      vehicleCondition: listing.condition?.text ?? null,
      options: listing.features,
      latitude: listing.location.latitude,
      longitude: listing.location.longitude,
      pictures: listing.pictures.map((picture) => ({ url: `${base}/img/${picture.hash}/${picture.n}.jpg`, width: picture.width, height: picture.height })),
      availability: listing.statusText,
      isSold: false,
    },
    seller: { id: listing.seller.id, name: listing.seller.name, privateSeller: listing.seller.kind === 'private', address: { city: listing.location.city, region: listing.location.region, postalCode: listing.location.postalCode, country: listing.location.country } },
    similarListings: world
      .shop()
      .similar(listing, 4)
      .map((other) => ({ id: Number(other.externalId), listingTitle: other.title, price: other.price, mileage: other.mileage })),
  };
};
