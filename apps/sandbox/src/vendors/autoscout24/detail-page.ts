import type { MarketListing } from '@autobroker/market';
import { grouped, money, monthYear, monthlyRate } from '../../shared/format';
import { html, raw, scriptJson, type Markup } from '../../shared/markup';
import { pictureUrls } from '../../shared/pictures';
import type { World } from '../../shared/vendor';
import { layout, wordsOf } from './layout';
import { powerText, priceText } from './list-page';

const structured = (listing: MarketListing, base: string) => ({
  '@context': 'https://schema.org',
  '@type': 'Product',
  name: `${listing.make} ${listing.model}`,
  brand: listing.make,
  image: pictureUrls(listing, base),
  offers: {
    '@type': 'Offer',
    ...(listing.price === null ? {} : { price: listing.price, priceCurrency: listing.currency }),
    availability: 'https://schema.org/InStock',
    url: `${base}${listing.path}`,
    itemOffered: {
      '@type': 'Car',
      brand: listing.make,
      manufacturer: listing.make,
      model: listing.model,
      vehicleConfiguration: listing.trim ?? undefined,
      bodyType: listing.body?.text,
      color: listing.colour?.text,
      numberOfDoors: listing.doors ?? undefined,
      vehicleSeatingCapacity: listing.seats ?? undefined,
      vehicleTransmission: listing.gearbox?.text,
      productionDate: listing.firstRegistration === null ? undefined : `${listing.firstRegistration.year}-${String(listing.firstRegistration.month).padStart(2, '0')}-01`,
      itemCondition: listing.condition?.code === 'new' ? 'https://schema.org/NewCondition' : 'https://schema.org/UsedCondition',
      mileageFromOdometer: listing.mileage === null ? undefined : { '@type': 'QuantitativeValue', value: String(listing.mileage), unitText: 'KMT' },
      vehicleEngine: [
        {
          '@type': 'EngineSpecification',
          fuelType: listing.fuel?.text,
          ...(listing.displacementCc === null ? {} : { engineDisplacement: { '@type': 'QuantitativeValue', value: listing.displacementCc, unitCode: 'CMQ' } }),
          ...(listing.powerKw === null ? {} : { enginePower: [{ '@type': 'QuantitativeValue', value: listing.powerKw, unitCode: 'KWT' }] }),
        },
      ],
    },
    seller: { '@type': listing.seller.kind === 'private' ? 'Person' : 'AutoDealer', name: listing.seller.name, address: { '@type': 'PostalAddress', addressLocality: listing.location.city, postalCode: listing.location.postalCode ?? undefined, addressCountry: listing.location.country } },
  },
});

const stateOf = (listing: MarketListing, base: string) => ({
  id: listing.externalId,
  identifier: { id: listing.externalId, crossReferenceId: listing.stockNumber, offerReference: listing.stockNumber },
  description: listing.description,
  images: pictureUrls(listing, base),
  prices: {
    isFinalPrice: listing.priceNote?.code === 'fixed',
    public: listing.price === null ? null : { price: priceText(listing), priceRaw: listing.price, taxDeductible: listing.priceNote?.code === 'vat_deductible', negotiable: listing.priceNote?.code === 'negotiable' },
    dealer: null,
    suggestedRetail: listing.previousPrice === null ? null : { price: `€ ${grouped(listing.previousPrice, listing.language)}`, priceRaw: listing.previousPrice },
  },
  vehicle: {
    make: listing.make,
    model: listing.model,
    modelVersionInput: listing.trim,
    variant: listing.trim,
    bodyType: listing.body?.text ?? null,
    mileageInKm: listing.mileage === null ? null : `${grouped(listing.mileage, listing.language)} km`,
    mileageInKmRaw: listing.mileage,
    firstRegistrationDate: listing.firstRegistration === null ? null : monthYear(listing.firstRegistration),
    firstRegistrationDateRaw: listing.firstRegistration === null ? null : `${listing.firstRegistration.year}-${String(listing.firstRegistration.month).padStart(2, '0')}-01T00:00:00.000Z`,
    productionYear: listing.productionYear,
    transmissionType: listing.gearbox?.text ?? null,
    driveTrain: listing.drivetrain?.text ?? null,
    fuelCategory: listing.fuel === null ? null : { formatted: listing.fuel.text },
    rawPowerInKw: listing.powerKw,
    rawPowerInHp: listing.powerHp,
    rawDisplacementInCCM: listing.displacementCc,
    cylinders: listing.cylinders,
    numberOfDoors: listing.doors,
    numberOfSeats: listing.seats,
    bodyColor: listing.colour?.text ?? null,
    upholsteryColor: listing.interiorColour?.text ?? null,
    noOfPreviousOwners: listing.owners,
    damage: listing.damage?.text ?? null,
    condition: listing.condition?.text ?? null,
    vin: listing.vin,
    equipment: { comfortAndConvenience: listing.features.map((feature) => ({ id: { formatted: feature } })) },
  },
  location: { countryCode: listing.location.country, zip: listing.location.postalCode, city: listing.location.city, region: listing.location.region, latitude: listing.location.latitude, longitude: listing.location.longitude },
  seller: { id: listing.seller.id, isDealer: listing.seller.kind !== 'private', companyName: listing.seller.name, phones: listing.seller.phone === null ? [] : [{ formattedNumber: listing.seller.phone }] },
  createdTimestampWithOffset: listing.listedAt.toISOString(),
  modifiedTimestampWithOffset: listing.updatedAt.toISOString(),
  status: 'Active',
});

const row = (name: string, value: string | number | null | undefined): Markup | null => (value === null || value === undefined ? null : html`<dt class="DataGrid_defaultDtStyle__">${name}</dt><dd class="DataGrid_defaultDdStyle__">${value}</dd>`);

export const detailPage = (world: World, listing: MarketListing): Markup => {
  const base = world.baseUrl();
  const words = wordsOf(listing.language);
  return layout({
    title: `${listing.title} gebraucht kaufen in ${listing.location.city} - AutoScout24`,
    head: html`<link rel="canonical" href="${base}${listing.path}"><script type="application/ld+json">${scriptJson(structured(listing, base))}</script>`,
    main: html`<main class="DetailsPage_main__"><h1 class="StageTitle_title__"><span>${listing.make}</span> <span>${listing.model}</span><div class="StageTitle_modelVersion__">${listing.trim}</div></h1>
<div class="Gallery">${pictureUrls(listing, base).map((url) => html`<img src="${url}" alt="${listing.title}">`)}</div>
<div data-testid="price-section">${listing.previousPrice === null ? null : html`<s>${money(listing.previousPrice, 'EUR', listing.language)}</s>`}<span class="PriceInfo_price__XU0aF">${priceText(listing)}</span>
${listing.price === null ? null : html`<span class="Finance_rate__">ab ${monthlyRate(listing.price)} € ${words.monthly}, 60 Raten, Anzahlung ${grouped(listing.price * 0.2, 'de')} €</span>`}</div>
<ul class="VehicleOverview_list__">${[
      [words.mileage, listing.mileage === null ? '-' : `${grouped(listing.mileage, listing.language)} km`],
      [words.gearbox, listing.gearbox?.text ?? '-'],
      [words.registered, listing.firstRegistration === null ? '-' : monthYear(listing.firstRegistration)],
      [words.fuel, listing.fuel?.text ?? '-'],
      [words.power, powerText(listing)],
    ].map(([name, value]) => html`<li><div class="VehicleOverview_itemTitle__">${name}</div><div class="VehicleOverview_itemText__">${value}</div></li>`)}</ul>
<section data-cy="basic-details-section"><h2>Basisdaten</h2><dl class="DataGrid_defaultDlStyle__">${row('Karosserieform', listing.body?.text)}${row('Sitzplätze', listing.seats)}${row('Türen', listing.doors)}${row('Angebotsnummer', listing.stockNumber)}${row('Fahrgestellnummer', listing.vin)}</dl></section>
<section data-cy="technical-details-section"><h2>Technische Daten</h2><dl class="DataGrid_defaultDlStyle__">${row('Hubraum', listing.displacementCc === null ? null : `${grouped(listing.displacementCc, 'de')} cm³`)}${row('Zylinder', listing.cylinders)}${row('Antriebsart', listing.drivetrain?.text)}</dl></section>
<section data-cy="color-section"><h2>Farbe</h2><dl>${row('Außenfarbe', listing.colour?.text)}${row('Innenfarbe', listing.interiorColour?.text)}</dl></section>
<section data-cy="equipment-section"><h2>Ausstattung</h2><ul>${listing.features.map((feature) => html`<li>${feature}</li>`)}</ul></section>
<section data-cy="seller-notes-section"><h2>Fahrzeugbeschreibung</h2><div class="SellerNotesSection_content__">${listing.planted.includes('html_noise') ? raw(listing.description) : listing.description}</div></section>
<section data-cy="vendor-section"><h2>${listing.seller.kindText}</h2><p>${listing.seller.name}</p><a href="https://maps.example/">${listing.location.country}-${listing.location.postalCode} ${listing.location.city}</a></section>
<section class="Recommendations_root__"><h2>Ähnliche Fahrzeuge</h2>${world
      .shop()
      .similar(listing, 4)
      .map((other) => html`<a class="Recommendation" href="${other.path}"><span>${other.make} ${other.model}</span><strong class="Price_price__APlgs">${priceText(other)}</strong><span>${other.mileage === null ? '-' : `${grouped(other.mileage, 'de')} km`}</span></a>`)}</section></main>`,
    data: { page: '/details/[slug]', query: { slug: listing.path.split('/').pop() }, pageProps: { listingDetails: stateOf(listing, base), recommendations: [], translations: {} } },
  });
};

export const gonePage = (): Markup =>
  layout({
    title: 'Dieses Angebot ist nicht mehr verfügbar | AutoScout24',
    head: html`<meta name="robots" content="noindex">`,
    main: html`<main class="ErrorPage_main__"><h1>Dieses Fahrzeug ist leider nicht mehr verfügbar</h1><p>Vielleicht gefällt Ihnen eines unserer anderen Angebote ab 4.990 €.</p><a href="/lst">Zur Suche</a></main>`,
    data: { page: '/details/[slug]', query: {}, pageProps: { listingDetails: null, statusCode: 410 } },
  });
