import { get, isA, localName, nodes, text, type SchemaNode } from './schema-node';
import { type Draft } from '../draft';
import { currencyOf, say, sayPrice, type Reading } from '../reading';

/** Prices that are not what the car costs in all. */
const otherPrice = /listprice|msrp|srp|strikethrough|invoice|minimumadvertised|regularprice|suggested/u;
/** An offer that calls itself one of use, not of the car. */
const rented = /^\W*(?:(?:private?|business|car|auto|operational)[ -]?)?(?:leas(?:e|ing)|rent(?:al)?|subscription|financ(?:e|ing)|miete|abo|finanzierung|location|noleggio|alquiler)\b/iu;
const monthly = /mon(?:th)?$|monat|mois|mese|mes$|week|^ann|year|p1m|day/iu;

/** What it costs for a time, not for good. */
const isRate = (node: SchemaNode): boolean => {
  if (/lease|rent/iu.test(localName(text(node, 'businessfunction') ?? '')) || rented.test(text(node, 'category', 'name') ?? '')) return true;
  if (get(node, 'billingduration', 'billingincrement', 'referencequantity').length > 0) return true;
  return monthly.test(text(node, 'unittext', 'unitcode') ?? '') || isA(node, 'financialproduct', 'loanorcredit', 'monetaryamountdistribution');
};

const isOther = (node: SchemaNode): boolean =>
  isRate(node) || otherPrice.test(localName(text(node, 'pricetype') ?? '')) || isA(node, 'deliverychargespecification', 'paymentchargespecification');

/** True or false, however it is written; null when nobody says so. */
const withTax = (node: SchemaNode): boolean | null => {
  const said = get(node, 'valueaddedtaxincluded')[0];
  return said === undefined || typeof said === 'object' ? null : /^(?:true|1|yes)$/iu.test(String(said));
};

const currencyIn = (offer: SchemaNode) => text(offer, 'pricecurrency', 'currency');

const sayOne = (draft: Draft, holder: SchemaNode, currency: string | null, reading: Reading): void => {
  const confidence = { json_ld: 0.95, microdata: 0.92, rdfa: 0.92 }[holder.from];
  // Attributes for machines hold numbers; where text was taken it may be a person's number.
  for (const written of new Set(get(holder, 'price'))) {
    if (typeof written === 'string' || typeof written === 'number') sayPrice(draft, written, reading, holder.from, confidence, { machine: true, currency: currencyOf(currency) });
    else if (typeof written === 'object' && !isOther(written)) sayOne(draft, { ...written, properties: new Map([...written.properties, ['price', get(written, 'price', 'value')]]) }, currencyIn(written) ?? currency, reading);
  }
};

const sayOffer = (draft: Draft, offer: SchemaNode, inherited: string | null, reading: Reading): void => {
  if (isOther(offer)) return;
  const currency = currencyIn(offer) ?? inherited;
  const low = text(offer, 'lowprice');
  const high = text(offer, 'highprice');
  if (isA(offer, 'aggregateoffer') || low !== null) {
    const inner = nodes(offer, 'offers');
    // A span of prices is not a price.
    if (low !== null && (low === high || (high === null && get(offer, 'offercount').some((count) => String(count) === '1')))) sayPrice(draft, low, reading, offer.from, 0.85, { machine: true, currency: currencyOf(currency) });
    else if (low !== null) draft.notes.add('range');
    for (const each of inner.slice(0, 20)) sayOffer(draft, each, currency, reading);
    if (low !== null || inner.length > 0) return;
  }
  const specifications = nodes(offer, 'pricespecification');
  // `price: 299` beside a specification of 299 per month is that rate.
  const rates = new Set(specifications.filter(isRate).map((each) => text(each, 'price')));
  if (!rates.has(text(offer, 'price')) || text(offer, 'price') === null) sayOne(draft, offer, currency, reading);
  const taxed = specifications.some((each) => !isOther(each) && withTax(each) === true);
  for (const specification of specifications) {
    if (isOther(specification) || (taxed && withTax(specification) === false)) continue;
    const own = new Map([...specification.properties, ['price', get(specification, 'price')]]);
    sayOne(draft, { ...specification, properties: own }, currencyIn(specification) ?? currency, reading);
    for (const component of nodes(specification, 'pricecomponent')) if (!isOther(component)) draft.notes.add('components');
  }
  const availability = text(offer, 'availability');
  if (availability !== null) say(draft, 'status', localName(availability), offer.from, 0.9);
};

/** What the offers of a car say: its price, whether it is still there, who sells it and where. */
export const sayOffers = (draft: Draft, node: SchemaNode, extra: readonly SchemaNode[], reading: Reading): void => {
  const offers = [...extra, ...nodes(node, 'offers', 'offer', 'makesoffer')];
  for (const offer of offers.slice(0, 20)) sayOffer(draft, offer, null, reading);
  if (offers.length === 0) sayOne(draft, node, currencyIn(node), reading);
  for (const offer of offers.slice(0, 1)) {
    const url = text(offer, 'url');
    if (draft.url === null && url !== null) draft.url = url;
  }
};
