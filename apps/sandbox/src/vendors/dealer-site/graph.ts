import type { MarketListing } from '@autobroker/market';
import { html, scriptJson, type Markup } from '../../shared/markup';
import { pictureUrls } from '../../shared/pictures';

/** One graph with everything that the site's plug-in knows; the car is one node of it and points to others. */
export const graphOf = (listing: MarketListing, base: string): Markup => {
  const url = `${base}${listing.path}`;
  const first = listing.firstRegistration;
  return html`<script type="application/ld+json" class="seo-schema-graph">${scriptJson({
    '@context': 'https://schema.org',
    '@graph': [
      { '@type': 'WebSite', '@id': `${base}/#website`, url: `${base}/`, name: 'Autohaus Brandt', publisher: { '@id': `${base}/#organization` }, potentialAction: [{ '@type': 'SearchAction', target: `${base}/?s={search_term_string}` }] },
      { '@type': ['AutoDealer', 'Organization'], '@id': `${base}/#organization`, name: listing.seller.name, priceRange: '€€', telephone: listing.seller.phone ?? undefined, address: { '@type': 'PostalAddress', postalCode: listing.location.postalCode ?? undefined, addressLocality: listing.location.city, addressCountry: listing.location.country } },
      { '@type': 'WebPage', '@id': url, url, name: listing.title, isPartOf: { '@id': `${base}/#website` }, datePublished: listing.listedAt.toISOString(), dateModified: listing.updatedAt.toISOString() },
      {
        '@type': ['Car', 'Product'],
        '@id': `${url}#car`,
        mainEntityOfPage: { '@id': url },
        name: listing.title,
        image: pictureUrls(listing, base),
        sku: listing.stockNumber ?? undefined,
        vehicleIdentificationNumber: listing.vin ?? undefined,
        brand: { '@type': 'Brand', name: listing.make },
        model: listing.model,
        vehicleConfiguration: listing.trim ?? undefined,
        bodyType: listing.body?.text,
        color: listing.colour?.text,
        vehicleInteriorColor: listing.interiorColour?.text,
        fuelType: listing.fuel?.text,
        vehicleTransmission: listing.gearbox?.text,
        numberOfDoors: listing.doors ?? undefined,
        vehicleSeatingCapacity: listing.seats ?? undefined,
        numberOfPreviousOwners: listing.owners ?? undefined,
        dateVehicleFirstRegistered: first === null ? undefined : `${first.year}-${String(first.month).padStart(2, '0')}`,
        productionDate: listing.productionYear === null ? undefined : String(listing.productionYear),
        mileageFromOdometer: listing.mileage === null ? undefined : { '@type': 'QuantitativeValue', value: listing.mileage, unitCode: 'KMT' },
        vehicleEngine: {
          '@type': 'EngineSpecification',
          ...(listing.powerKw === null ? {} : { enginePower: { '@type': 'QuantitativeValue', value: listing.powerKw, unitCode: 'KWT' } }),
          ...(listing.displacementCc === null ? {} : { engineDisplacement: { '@type': 'QuantitativeValue', value: listing.displacementCc, unitCode: 'CMQ' } }),
        },
        description: listing.description,
        offers: { '@id': `${url}#offer` },
      },
      {
        '@type': 'Offer',
        '@id': `${url}#offer`,
        ...(listing.price === null ? {} : { price: listing.price.toFixed(2), priceCurrency: listing.currency }),
        availability: `https://schema.org/${listing.status === 'sold' ? 'SoldOut' : listing.status === 'reserved' ? 'LimitedAvailability' : 'InStock'}`,
        itemCondition: 'https://schema.org/UsedCondition',
        seller: { '@id': `${base}/#organization` },
      },
    ],
  })}</script>`;
};
