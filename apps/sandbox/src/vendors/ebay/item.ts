import type { MarketListing } from '@autobroker/market';
import { grouped, monthYear } from '../../shared/format';
import { firstPicture, pictureUrls } from '../../shared/pictures';

/** What the site's own forms call each field. */
const names: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  en: { make: 'Make', model: 'Model', trim: 'Trim', year: 'Year', registered: 'Date of 1st Registration', mileage: 'Mileage', fuel: 'Fuel Type', gearbox: 'Transmission', drive: 'Drive Type', body: 'Body Type', colour: 'Exterior Color', inside: 'Interior Color', engine: 'Engine', cc: 'Engine Size', cylinders: 'Number of Cylinders', power: 'Power', doors: 'Number of Doors', seats: 'Number of Seats', owners: 'Previous owners', vin: 'VIN (Vehicle Identification Number)', title: 'Vehicle Title', damage: 'Damage', seller: 'For Sale By', features: 'Features', stock: 'Stock Number' },
  de: { make: 'Marke', model: 'Modell', trim: 'Ausstattungsvariante', year: 'Baujahr', registered: 'Datum der Erstzulassung', mileage: 'Kilometerstand', fuel: 'Kraftstoff', gearbox: 'Getriebe', drive: 'Antriebsart', body: 'Fahrzeugtyp', colour: 'Außenfarbe', inside: 'Innenfarbe', engine: 'Motor', cc: 'Hubraum', cylinders: 'Anzahl Zylinder', power: 'Leistung', doors: 'Anzahl der Türen', seats: 'Anzahl Sitzplätze', owners: 'Anzahl Vorbesitzer', vin: 'Fahrzeug-Identifizierungsnummer', title: 'Fahrzeugtitel', damage: 'Schäden', seller: 'Verkäufer', features: 'Ausstattung', stock: 'Interne Nummer' },
  it: { make: 'Marca', model: 'Modello', trim: 'Allestimento', year: 'Anno di produzione', registered: 'Data di prima immatricolazione', mileage: 'Chilometraggio', fuel: 'Carburante', gearbox: 'Cambio', drive: 'Trazione', body: 'Carrozzeria', colour: 'Colore esterno', inside: 'Colore interni', engine: 'Motore', cc: 'Cilindrata', cylinders: 'Numero di cilindri', power: 'Potenza', doors: 'Numero di porte', seats: 'Numero di posti', owners: 'Proprietari precedenti', vin: 'Numero di telaio', title: 'Documenti', damage: 'Danni', seller: 'Venditore', features: 'Dotazioni', stock: 'Numero interno' },
  fr: { make: 'Marque', model: 'Modèle', trim: 'Finition', year: 'Année', registered: 'Date de 1re mise en circulation', mileage: 'Kilométrage', fuel: 'Carburant', gearbox: 'Boîte de vitesses', drive: 'Transmission', body: 'Carrosserie', colour: 'Couleur extérieure', inside: 'Couleur intérieure', engine: 'Moteur', cc: 'Cylindrée', cylinders: 'Nombre de cylindres', power: 'Puissance', doors: 'Nombre de portes', seats: 'Nombre de places', owners: 'Propriétaires précédents', vin: 'Numéro de série (VIN)', title: 'Titre du véhicule', damage: 'Dommages', seller: 'Vendeur', features: 'Équipements', stock: 'Numéro de stock' },
};

const aspectsOf = (listing: MarketListing) => {
  const words = names[listing.language.slice(0, 2)] ?? {};
  const unit = listing.unit === 'mi' ? '' : ' km';
  const values: Readonly<Record<string, string | number | null | undefined>> = {
    make: listing.make,
    model: listing.model,
    trim: listing.trim,
    year: listing.year,
    registered: listing.firstRegistration === null ? null : monthYear(listing.firstRegistration),
    mileage: listing.mileage === null ? null : `${unit === '' ? listing.mileage : grouped(listing.mileage, listing.language)}${unit}`,
    fuel: listing.fuel?.text,
    gearbox: listing.gearbox?.text,
    drive: listing.drivetrain?.text,
    body: listing.body?.text,
    colour: listing.colour?.text,
    inside: listing.interiorColour?.text,
    engine: listing.engine,
    cc: listing.displacementCc === null ? null : listing.unit === 'mi' ? String(listing.displacementCc) : `${grouped(listing.displacementCc, listing.language)} cm³`,
    cylinders: listing.cylinders,
    power: listing.powerKw === null ? null : listing.unit === 'mi' ? `${listing.powerHp ?? ''} bhp` : `${listing.powerKw} kW (${listing.powerHp ?? ''} PS)`,
    doors: listing.doors,
    seats: listing.seats,
    owners: listing.owners,
    vin: listing.vin,
    title: listing.titleStatus?.text,
    damage: listing.damage?.text,
    seller: listing.seller.kindText,
    features: listing.features.length === 0 ? null : listing.features.join(', '),
    stock: listing.stockNumber,
  };
  return Object.entries(values).flatMap(([name, value]) => (value === null || value === undefined ? [] : [{ type: 'STRING', name: words[name] ?? name, value: String(value) }]));
};

const moneyOf = (amount: number, currency: string) => ({ value: `${amount}.00`, currency });

/** An advert without a price is a classified ad there, with no `price` at all. */
export const summaryOf = (listing: MarketListing, base: string, marketplace: string) => {
  const image = firstPicture(listing, base);
  return {
    itemId: listing.externalId,
    legacyItemId: listing.externalId.split('|')[1],
    title: listing.title,
    leafCategoryIds: ['6001'],
    categories: [{ categoryId: '6001', categoryName: 'Cars & Trucks' }],
    ...(image === null ? {} : { image: { imageUrl: image }, thumbnailImages: [{ imageUrl: image }] }),
    additionalImages: pictureUrls(listing, base).slice(1).map((imageUrl) => ({ imageUrl })),
    ...(listing.price === null ? {} : { price: moneyOf(listing.price, listing.currency) }),
    ...(listing.previousPrice === null ? {} : { marketingPrice: { originalPrice: moneyOf(listing.previousPrice, listing.currency), priceTreatment: 'LIST_PRICE' } }),
    itemHref: `${base}${listing.path}`,
    itemWebUrl: `${base}/itm/${listing.externalId.split('|')[1] ?? ''}`,
    seller: { username: listing.seller.id, feedbackPercentage: '99.4', feedbackScore: 214, sellerAccountType: listing.seller.kind === 'private' ? 'INDIVIDUAL' : 'BUSINESS' },
    condition: listing.condition?.text ?? 'Used',
    conditionId: listing.condition?.code === 'new' ? '1000' : listing.condition?.code === 'not_running' ? '7000' : '3000',
    buyingOptions: [listing.price === null ? 'CLASSIFIED_AD' : 'FIXED_PRICE', ...(listing.priceNote?.code === 'negotiable' ? ['BEST_OFFER'] : [])],
    itemLocation: { city: listing.location.city, stateOrProvince: listing.location.region ?? undefined, postalCode: listing.location.postalCode ?? undefined, country: listing.location.country },
    itemCreationDate: listing.listedAt.toISOString(),
    listingMarketplaceId: marketplace,
    adultOnly: false,
    priorityListing: false,
  };
};

export const itemOf = (listing: MarketListing, base: string, marketplace: string) => ({
  ...summaryOf(listing, base, marketplace),
  shortDescription: listing.description.slice(0, 160),
  description: `<div class="vi-desc"><p>${listing.description.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\n', '<br>')}</p></div>`,
  categoryPath: 'eBay Motors|Cars & Trucks',
  categoryId: '6001',
  localizedAspects: aspectsOf(listing),
  ...(listing.endedAt === null ? {} : { itemEndDate: listing.endedAt.toISOString() }),
  estimatedAvailabilities: [{ estimatedAvailabilityStatus: listing.endedAt === null ? 'IN_STOCK' : 'OUT_OF_STOCK', estimatedAvailableQuantity: listing.endedAt === null ? 1 : 0, estimatedSoldQuantity: listing.status === 'sold' ? 1 : 0 }],
  topRatedBuyingExperience: false,
  lotSize: 0,
});
