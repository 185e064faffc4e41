import type { MarketListing } from '@autobroker/market';
import { grouped, money, monthlyRate, slugOf } from '../../shared/format';

const coded = (name: string | null | undefined): { readonly code: string; readonly name: string } | null => (name === null || name === undefined ? null : { code: slugOf(name).toUpperCase().replaceAll('-', ''), name });

/** A listing as the page's own state keeps it. */
export const stateOf = (listing: MarketListing, base: string) => ({
  id: Number(listing.externalId),
  listingType: listing.condition?.code === 'new' ? 'NEW' : 'USED',
  listingTypes: [{ code: listing.condition?.code === 'new' ? 'NEW' : 'USED', name: listing.condition?.text ?? 'Used' }],
  title: listing.title,
  year: listing.year,
  make: coded(listing.make),
  model: coded(listing.model),
  trim: coded(listing.trim),
  bodyStyles: listing.body === null ? [] : [{ code: listing.body.code.toUpperCase(), name: listing.body.text }],
  color: { exteriorColor: listing.colour?.text ?? null, exteriorColorSimple: listing.colour?.code ?? null, interiorColor: listing.interiorColour?.text ?? null },
  mileage: listing.mileage === null ? null : { label: 'mi', value: grouped(listing.mileage, 'en-US') },
  driveType: listing.drivetrain === null ? null : { code: listing.drivetrain.code.toUpperCase(), description: listing.drivetrain.text },
  engine: listing.engine === null ? null : { code: listing.cylinders === null ? null : `${listing.cylinders}CLDR`, name: listing.engine },
  fuelType: listing.fuel === null ? null : { code: listing.fuel.code.toUpperCase(), name: listing.fuel.text },
  transmission: listing.gearbox === null ? null : { code: listing.gearbox.code.slice(0, 4).toUpperCase(), name: listing.gearbox.text },
  doors: listing.doors,
  seats: listing.seats,
  vin: listing.vin,
  stockNumber: listing.stockNumber,
  pricingDetail: {
    salePrice: listing.price,
    salePriceFormatted: listing.price === null ? (listing.priceNote?.text ?? 'Contact for price') : money(listing.price, listing.currency, 'en-US'),
    currency: listing.currency,
    priceReducedFrom: listing.previousPrice,
    estimatedMonthlyPayment: listing.price === null ? null : monthlyRate(listing.price),
    msrp: 0,
    dealIndicator: null,
  },
  images: { primary: 0, sources: listing.pictures.map((picture) => ({ alt: listing.title, src: `${base}/img/${picture.hash}/${picture.n}.jpg`, width: picture.width, height: picture.height })) },
  description: { label: listing.description.slice(0, 120), detail: listing.description, hasMore: listing.description.length > 120 },
  features: listing.features,
  ownerName: listing.seller.name,
  owner: { id: listing.seller.id, name: listing.seller.name, privateSeller: listing.seller.kind === 'private', phone: { value: listing.seller.phone }, location: { address: { city: listing.location.city, state: listing.location.region, zip: listing.location.postalCode }, geo: listing.location.latitude === null ? null : { latitude: listing.location.latitude, longitude: listing.location.longitude } } },
  zip: listing.location.postalCode,
  daysOnSite: null,
  postedDate: listing.listedAt.toISOString(),
  website: { href: listing.path, label: 'View details' },
  type: 'inventory',
});
