import { buildSchema } from 'graphql';

/** As much of the marketplace's graph as a visitor's pages ask for. */
export const schema = buildSchema(`
type Query {
  marketplace_search(count: Int, cursor: String, params: MarketplaceSearchInput): MarketplaceSearch!
  viewer: Viewer!
  node(id: ID!): GroupCommerceProductItem
}
input MarketplaceSearchInput { query: String, make: String, model: String, min_year: Int, max_year: Int, price_lower_bound: Int, price_upper_bound: Int, max_mileage: Int }
type Viewer { marketplace_product_details_page(targetId: ID!): MarketplaceProductDetailsPage }
type MarketplaceProductDetailsPage { target: GroupCommerceProductItem }
type MarketplaceSearch { feed_units: MarketplaceFeedUnitsConnection! }
type MarketplaceFeedUnitsConnection { edges: [MarketplaceFeedUnitEdge!]!, page_info: PageInfo! }
type PageInfo { end_cursor: String, has_next_page: Boolean! }
type MarketplaceFeedUnitEdge { cursor: String!, node: MarketplaceFeedUnit! }
union MarketplaceFeedUnit = MarketplaceFeedListingStoryObject | MarketplaceFeedAdStory
type MarketplaceFeedListingStoryObject { story_key: String!, listing: GroupCommerceProductItem! }
type MarketplaceFeedAdStory { story_key: String!, ad_title: String!, ad_price: String! }
type FormattedAmount { amount: String, amount_with_offset_in_currency: String, currency: String, formatted_amount: String }
type Image { uri: String!, width: Int, height: Int }
type Photo { image: Image! }
type Text { text: String }
type CityPage { display_name: String, id: ID }
type ReverseGeocode { city: String, state: String, postal_code: String, city_page: CityPage }
type Location { latitude: Float, longitude: Float, reverse_geocode: ReverseGeocode }
type Odometer { unit: String, value: Int }
type Subtitle { subtitle: String }
type Seller { id: ID, name: String }
type GroupCommerceProductItem {
  id: ID!
  marketplace_listing_title: String
  custom_title: String
  custom_sub_titles_with_rendering_flags: [Subtitle!]
  listing_price: FormattedAmount
  strikethrough_price: FormattedAmount
  primary_listing_photo: Photo
  listing_photos: [Photo!]
  location: Location
  location_text: Text
  redacted_description: Text
  creation_time: Int
  is_live: Boolean
  is_pending: Boolean
  is_sold: Boolean
  is_hidden: Boolean
  share_uri: String
  vehicle_make_display_name: String
  vehicle_model_display_name: String
  vehicle_trim_display_name: String
  vehicle_year: Int
  vehicle_odometer_data: Odometer
  vehicle_transmission_type: String
  vehicle_fuel_type: String
  vehicle_body_style: String
  vehicle_exterior_color: String
  vehicle_interior_color: String
  vehicle_condition: String
  vehicle_title_status: String
  vehicle_identification_number: String
  vehicle_number_of_owners: String
  vehicle_seller_type: String
  marketplace_listing_seller: Seller
}
`);

const card = `id marketplace_listing_title custom_title custom_sub_titles_with_rendering_flags { subtitle } listing_price { amount amount_with_offset_in_currency currency formatted_amount }
strikethrough_price { amount currency formatted_amount } primary_listing_photo { image { uri } } location { reverse_geocode { city state city_page { display_name id } } } is_live is_pending is_sold is_hidden`;

/** The site's own pages send the number of a stored query in place of its text. */
export const stored: ReadonlyMap<string, string> = new Map([
  [
    '7111939778879383',
    `query CometMarketplaceSearchContentPaginationQuery($count: Int, $cursor: String, $params: MarketplaceSearchInput) { marketplace_search(count: $count, cursor: $cursor, params: $params) { feed_units { edges { cursor node { __typename ... on MarketplaceFeedListingStoryObject { story_key listing { ${card} } } ... on MarketplaceFeedAdStory { story_key ad_title ad_price } } } page_info { end_cursor has_next_page } } } }`,
  ],
  [
    '6204519089593047',
    `query MarketplacePDPContainerQuery($targetId: ID!) { viewer { marketplace_product_details_page(targetId: $targetId) { target { ${card} listing_photos { image { uri width height } } location { latitude longitude } location_text { text } redacted_description { text } creation_time share_uri
vehicle_make_display_name vehicle_model_display_name vehicle_trim_display_name vehicle_year vehicle_odometer_data { unit value } vehicle_transmission_type vehicle_fuel_type vehicle_body_style vehicle_exterior_color vehicle_interior_color vehicle_condition vehicle_title_status
vehicle_identification_number vehicle_number_of_owners vehicle_seller_type marketplace_listing_seller { id name } } } } }`,
  ],
]);
