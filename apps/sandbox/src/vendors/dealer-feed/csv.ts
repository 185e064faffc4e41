import type { MarketListing } from '@autobroker/market';
import { germanDay, grouped, monthYear } from '../../shared/format';
import { pictureUrls } from '../../shared/pictures';

type Column = readonly [name: string, value: (listing: MarketListing, base: string) => string | number | null | undefined];

/** German numbers: a point between the thousands, a comma before the cents. */
const columns: readonly Column[] = [
  ['Fahrzeugnummer', (listing) => listing.externalId],
  ['Interne Nr.', (listing) => listing.stockNumber],
  ['FIN', (listing) => listing.vin],
  ['Marke', (listing) => listing.make],
  ['Modell', (listing) => listing.model],
  ['Ausführung', (listing) => listing.trim],
  ['Fahrzeugtitel', (listing) => listing.title],
  ['Zustand', (listing) => listing.condition?.text],
  ['Status', (listing) => listing.statusText],
  ['Erstzulassung', (listing) => (listing.firstRegistration === null ? null : monthYear(listing.firstRegistration, '.'))],
  ['Baujahr', (listing) => listing.productionYear ?? listing.year],
  ['Kilometerstand', (listing) => (listing.mileage === null ? null : grouped(listing.mileage, 'de'))],
  ['Kraftstoff', (listing) => listing.fuel?.text],
  ['Getriebe', (listing) => listing.gearbox?.text],
  ['Antrieb', (listing) => listing.drivetrain?.text],
  ['Aufbau', (listing) => listing.body?.text],
  ['Farbe', (listing) => listing.colour?.text],
  ['Innenfarbe', (listing) => listing.interiorColour?.text],
  ['Leistung (kW)', (listing) => listing.powerKw],
  ['Hubraum (ccm)', (listing) => (listing.displacementCc === null ? null : grouped(listing.displacementCc, 'de'))],
  ['Türen', (listing) => listing.doors],
  ['Sitze', (listing) => listing.seats],
  ['Vorbesitzer', (listing) => listing.owners],
  ['Unfallschaden', (listing) => listing.damage?.text],
  ['Preis (brutto)', (listing) => (listing.price === null ? (listing.priceNote?.text ?? 'auf Anfrage') : `${grouped(listing.price, 'de')},00`)],
  ['Preis alt', (listing) => (listing.previousPrice === null ? null : `${grouped(listing.previousPrice, 'de')},00`)],
  ['Rate mtl.', (listing) => (listing.price === null ? null : `${grouped(listing.price * 0.0179, 'de')},00`)],
  ['Währung', (listing) => listing.currency],
  ['MwSt. ausweisbar', (listing) => (listing.priceNote?.code === 'vat_deductible' ? 'J' : 'N')],
  ['PLZ', (listing) => listing.location.postalCode],
  ['Ort', (listing) => listing.location.city],
  ['Land', (listing) => listing.location.country],
  ['Ausstattung', (listing) => listing.features.join(', ')],
  ['Beschreibung', (listing) => listing.description],
  ['Bilder', (listing, base) => pictureUrls(listing, base).join('|')],
  ['Eingestellt am', (listing) => germanDay(listing.listedAt)],
  ['Geändert am', (listing) => germanDay(listing.updatedAt)],
];

const cell = (value: string | number | null | undefined): string => {
  const text = value === null || value === undefined ? '' : String(value);
  return /[;"\r\n]/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

export const csvFeed = (listings: readonly MarketListing[], base: string): string =>
  [columns.map(([name]) => cell(name)).join(';'), ...listings.map((listing) => columns.map(([, value]) => cell(value(listing, base))).join(';')), ''].join('\r\n');
