import { sayOffers } from './offers';
import { get, isA, isNode, localName, nodes, text, textOfValue, type SchemaNode, type SchemaValue } from './schema-node';
import { newDraft, type Draft } from '../draft';
import { absolute } from '../html/dom';
import { plain, say, sayLabelled, unitOf, vinOf, type Reading } from '../reading';
import { labelMeaning } from '../page/labels';

const vehicleTypes = ['car', 'vehicle', 'motorizedvehicle', 'individualproduct', 'motorcycle', 'motorizedbicycle', 'busorcoach', 'usedcar', 'newcar', 'automobile', 'van', 'truck'];
const vehicleProperties = ['mileagefromodometer', 'vehicleidentificationnumber', 'fueltype', 'vehicletransmission', 'vehiclemodeldate', 'vehicleengine', 'datevehiclefirstregistered', 'bodytype', 'driveWheelConfiguration'];

export interface FoundVehicle {
  readonly node: SchemaNode;
  readonly draft: Draft;
  /** It stands in an ItemList, or as one of several results. */
  readonly listed: boolean;
  /** It is said to be like the page's own car. */
  readonly aside: boolean;
  /** Its type says that it is a vehicle, not only a product. */
  readonly vehicle: boolean;
}

const isVehicle = (node: SchemaNode) => isA(node, ...vehicleTypes) || vehicleProperties.some((name) => node.properties.has(name));

const quantity = (value: SchemaValue | undefined): { readonly text: string; readonly unit: string | null } | null => {
  if (value === undefined) return null;
  if (!isNode(value)) return { text: String(value), unit: null };
  const amount = text(value, 'value', 'minvalue', 'name');
  return amount === null ? null : { text: amount, unit: text(value, 'unitcode', 'unittext') };
};

const sayMileage = (draft: Draft, node: SchemaNode, confidence: number) => {
  const found = quantity(get(node, 'mileagefromodometer', 'mileage', 'odometer')[0]);
  if (found === null) return;
  const unit = unitOf(found.unit);
  say(draft, 'mileage', found.text, node.from, confidence);
  if (unit !== null) say(draft, 'mileage_unit', unit, node.from, confidence);
};

const powerUnits: Readonly<Record<string, string>> = { KWT: 'kW', KW: 'kW', BHP: 'hp', N12: 'PS', HJ: 'PS', PS: 'PS', HP: 'hp' };

const sayEngine = (draft: Draft, node: SchemaNode, confidence: number) => {
  for (const engine of get(node, 'vehicleengine').slice(0, 2)) {
    if (!isNode(engine)) {
      say(draft, 'engine', textOfValue(engine), node.from, confidence);
      continue;
    }
    say(draft, 'engine', text(engine, 'name', 'enginetype'), node.from, confidence);
    say(draft, 'fuel', text(engine, 'fueltype'), node.from, confidence);
    const power = quantity(get(engine, 'enginepower')[0]);
    if (power !== null) say(draft, 'power', `${power.text} ${powerUnits[power.unit?.toUpperCase() ?? ''] ?? power.unit ?? ''}`, node.from, confidence);
    const size = quantity(get(engine, 'enginedisplacement')[0]);
    if (size !== null) say(draft, 'displacement', `${size.text} ${{ CMQ: 'cc', LTR: 'l' }[size.unit?.toUpperCase() ?? ''] ?? size.unit ?? ''}`, node.from, confidence);
  }
};

const sayPlace = (draft: Draft, node: SchemaNode, offers: readonly SchemaNode[], confidence: number) => {
  const holders = [node, ...offers].flatMap((each) => [...nodes(each, 'availableatorfrom', 'areaserved', 'seller', 'offeredby', 'provider', 'location', 'contentlocation'), each]);
  for (const holder of holders) {
    const address = isA(holder, 'postaladdress') ? holder : nodes(holder, 'address')[0];
    const geo = nodes(holder, 'geo')[0];
    if (geo !== undefined) {
      say(draft, 'latitude', text(geo, 'latitude'), node.from, confidence);
      say(draft, 'longitude', text(geo, 'longitude'), node.from, confidence);
    }
    if (address === undefined) continue;
    say(draft, 'city', text(address, 'addresslocality'), node.from, confidence);
    say(draft, 'region', text(address, 'addressregion'), node.from, confidence);
    say(draft, 'postal_code', text(address, 'postalcode'), node.from, confidence);
    say(draft, 'country', text(address, 'addresscountry'), node.from, confidence);
    return;
  }
};

const imagesOf = (node: SchemaNode, base: string | null): readonly string[] =>
  get(node, 'image', 'photo', 'images')
    .map((value) => (isNode(value) ? text(value, 'contenturl', 'url', '@id') : textOfValue(value)))
    .map((written) => absolute(written, base))
    .filter((url) => url !== null);

const readVehicle = (node: SchemaNode, offers: readonly SchemaNode[], reading: Reading): Draft => {
  const draft = newDraft();
  const { from } = node;
  const sure = from === 'json_ld' ? 0.95 : 0.92;
  const put = (field: Parameters<typeof say>[1], ...names: readonly string[]) => say(draft, field, text(node, ...names), from, sure);
  put('title', 'name', 'title');
  const make = get(node, 'brand', 'manufacturer', 'make').map(textOfValue).find((found) => found !== null && plain(found) !== '');
  say(draft, 'make', make, from, sure);
  put('model', 'model', 'vehiclemodel');
  put('trim', 'vehicleconfiguration', 'trim');
  const year = text(node, 'vehiclemodeldate', 'modeldate', 'productiondate', 'modelyear', 'releasedate');
  if (year !== null) say(draft, 'year', /(?:19|20)\d\d/u.exec(year)?.[0], from, sure);
  put('production_year', 'productiondate');
  put('first_registration', 'datevehiclefirstregistered');
  sayMileage(draft, node, sure);
  put('fuel', 'fueltype');
  put('gearbox', 'vehicletransmission', 'transmission');
  put('body', 'bodytype', 'bodystyle');
  put('color', 'color', 'colour', 'vehicleexteriorcolor');
  put('interior_color', 'vehicleinteriorcolor', 'interiorcolor');
  const drive = text(node, 'drivewheelconfiguration');
  say(draft, 'drivetrain', drive === null ? null : localName(drive) === drive.toLowerCase() ? drive : localName(drive).replace('configuration', ''), from, sure);
  sayEngine(draft, node, sure);
  put('doors', 'numberofdoors');
  put('seats', 'vehicleseatingcapacity', 'seatingcapacity');
  put('owners', 'numberofpreviousowners');
  put('description', 'description');
  const vin = text(node, 'vehicleidentificationnumber', 'vin', 'serialnumber');
  if (vin !== null) say(draft, 'vin', vinOf(vin), from, sure);
  const condition = text(node, 'itemcondition') ?? offers.map((offer) => text(offer, 'itemcondition')).find((found) => found !== null) ?? null;
  if (condition !== null) say(draft, 'condition', localName(condition).replace('condition', ''), from, sure);
  const sku = text(node, 'sku');
  say(draft, 'stock_number', sku, from, sure);
  say(draft, 'images', imagesOf(node, reading.url), from, sure);
  for (const extra of nodes(node, 'additionalproperty').slice(0, 60)) {
    const field = labelMeaning(text(extra, 'name', 'propertyid') ?? '');
    const value = text(extra, 'value');
    if (field !== null && value !== null) sayLabelled(draft, field, value, from, sure - 0.1);
  }
  sayPlace(draft, node, [...offers, ...nodes(node, 'offers')], sure - 0.05);
  sayOffers(draft, node, offers, reading);
  draft.url = absolute(text(node, 'url') ?? draft.url ?? (node.id !== null && /^https?:/u.test(node.id) ? node.id : null), reading.url);
  draft.externalId = [text(node, 'productid'), sku, text(node, 'identifier')].find((id) => id !== null && /^[\w.:-]{1,120}$/u.test(id) && vinOf(id) === null) ?? null;
  return draft;
};

const asideProperties = new Set(['issimilarto', 'isrelatedto', 'isaccessoryorsparepartfor', 'isconsumablefor', 'isvariantof', 'review', 'reviews', 'itemreviewed', 'about', 'mentions', 'hasvariant']);

/** Every vehicle (or product with an offer) in a page's structured data, each once. */
export const findVehicles = (tops: readonly SchemaNode[], reading: Reading): readonly FoundVehicle[] => {
  const found: FoundVehicle[] = [];
  const seen = new Set<SchemaNode>();
  let budget = 30_000;
  const visit = (node: SchemaNode, listed: boolean, aside: boolean, offers: readonly SchemaNode[], depth: number): void => {
    budget -= 1;
    if (depth > 12 || budget < 0 || seen.has(node)) return;
    seen.add(node);
    const isOffer = isA(node, 'offer', 'aggregateoffer') || (node.types.length === 0 && node.properties.has('itemoffered'));
    const vehicle = isVehicle(node) && !isOffer;
    if (vehicle || (isA(node, 'product') && (node.properties.has('offers') || offers.length > 0))) {
      found.push({ node, draft: readVehicle(node, offers, reading), listed, aside, vehicle });
    }
    const list = isA(node, 'itemlist', 'offercatalog', 'searchresultspage', 'collectionpage', 'breadcrumblist');
    for (const [name, values] of node.properties) {
      if (isA(node, 'breadcrumblist') || name === 'breadcrumb') continue;
      for (const value of values) {
        if (!isNode(value)) continue;
        const offered = isOffer && name === 'itemoffered' ? [node] : [];
        // Offers that stand below their own car are part of it; a car below a car's offer is the same car.
        if (vehicle && name === 'offers') continue;
        visit(value, listed || list || name === 'itemlistelement', aside || asideProperties.has(name), offered, depth + 1);
      }
    }
  };
  for (const top of tops) visit(top, false, false, [], 0);
  return found;
};
