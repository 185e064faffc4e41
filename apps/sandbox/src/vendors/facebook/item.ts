import type { MarketListing } from '@autobroker/market';
import { grouped, money } from '../../shared/format';

const amount = (value: number, listing: MarketListing) => ({ amount: `${value}.00`, amount_with_offset_in_currency: String(value * 100), currency: listing.currency, formatted_amount: money(value, listing.currency, 'en-US') });

/** «120K miles», as the card has it: not exact. */
const rounded = (mileage: number): string => (mileage >= 1_000 ? `${Math.round(mileage / 1_000)}K miles` : `${grouped(mileage, 'en-US')} miles`);

/** A listing as the graph has it; GraphQL picks what a query asks for. Without a price the site shows «Free». */
export const itemOf = (listing: MarketListing, base: string) => {
  const photos = listing.pictures.map((picture) => ({ image: { uri: `${base}/img/${picture.hash}/${picture.n}.jpg`, width: picture.width, height: picture.height } }));
  const place = [listing.location.city, listing.location.region].filter((part) => part !== null).join(', ');
  return {
    __typename: 'GroupCommerceProductItem',
    id: listing.externalId,
    marketplace_listing_title: listing.title,
    custom_title: listing.title,
    custom_sub_titles_with_rendering_flags: listing.mileage === null ? [] : [{ subtitle: rounded(listing.mileage) }],
    listing_price: listing.price === null ? { ...amount(0, listing), formatted_amount: listing.priceNote?.text ?? 'Free' } : amount(listing.price, listing),
    strikethrough_price: listing.previousPrice === null ? null : amount(listing.previousPrice, listing),
    primary_listing_photo: photos[0] ?? null,
    listing_photos: photos,
    location: { latitude: listing.location.latitude, longitude: listing.location.longitude, reverse_geocode: { city: listing.location.city, state: listing.location.region, postal_code: listing.location.postalCode, city_page: { display_name: place, id: `10${listing.externalId.slice(-9)}` } } },
    location_text: { text: place },
    redacted_description: { text: listing.description },
    creation_time: Math.floor(listing.listedAt.getTime() / 1_000),
    is_live: listing.endedAt === null,
    is_pending: listing.status === 'reserved',
    is_sold: listing.status === 'sold',
    is_hidden: false,
    share_uri: `${base}${listing.path}`,
    vehicle_make_display_name: listing.make,
    vehicle_model_display_name: listing.model,
    vehicle_trim_display_name: listing.trim,
    vehicle_year: listing.year,
    vehicle_odometer_data: listing.mileage === null ? null : { unit: listing.unit === 'mi' ? 'MILES' : 'KILOMETERS', value: listing.mileage },
    vehicle_transmission_type: listing.gearbox?.text.toUpperCase() ?? null,
    vehicle_fuel_type: listing.fuel?.text.toUpperCase() ?? null,
    vehicle_body_style: listing.body?.text ?? null,
    vehicle_exterior_color: listing.colour?.text ?? null,
    vehicle_interior_color: listing.interiorColour?.text ?? null,
    vehicle_condition: listing.condition?.text.toUpperCase().replaceAll(' ', '_') ?? null,
    vehicle_title_status: listing.titleStatus?.text.toUpperCase() ?? null,
    vehicle_identification_number: listing.vin,
    vehicle_number_of_owners: listing.owners === null ? null : String(listing.owners),
    vehicle_seller_type: listing.seller.kind === 'private' ? 'PRIVATE_SELLER' : 'DEALER',
    marketplace_listing_seller: { id: listing.seller.id, name: listing.seller.name },
  };
};
