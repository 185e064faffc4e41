import { captureOrigins, type CapturedField, type CapturedFieldName, type CapturedFields } from '@autobroker/contracts';
import { canonicalCar, findMake } from '@autobroker/vocabulary';
import { type Claim, type Draft, type PriceClaim } from './draft';
import { withoutSite } from './page/words';
import { type Reading } from './reading';
import { type ExtractedListing } from './types';

export interface Merged {
  readonly listing: ExtractedListing;
  readonly reasons: readonly string[];
}

const rank = new Map(captureOrigins.map((origin, at) => [origin, at]));
const rankOf = (claim: { readonly from: Claim['from'] }) => rank.get(claim.from) ?? 99;

/** What two layers say is compared without case and signs; numbers by their digits. */
const normal = (claim: Claim): string => {
  if (typeof claim.value !== 'string') return '';
  if (claim.field === 'mileage' || claim.field === 'year' || claim.field === 'doors') return claim.value.replace(/[.,](?:0+|\d{1,2})$/u, '').replace(/\D/gu, '');
  return claim.value.toLowerCase().replace(/[^\p{L}\d]/gu, '');
};

const sameWords = (a: string, b: string) => a === b || (a.length > 2 && b.length > 2 && (a.includes(b) || b.includes(a)));
/** Fields whose layers say different things without contradicting each other. */
const free = new Set<CapturedFieldName>(['title', 'description', 'images', 'features', 'stock_number', 'country', 'engine', 'power', 'trim', 'status', 'listed_at', 'body', 'condition']);

const round = (confidence: number) => Math.round(Math.min(0.99, Math.max(0.05, confidence)) * 100) / 100;

const settle = (claims: readonly Claim[]): CapturedField | null => {
  const sorted = [...claims].sort((a, b) => Number(b.confidence >= 0.5) - Number(a.confidence >= 0.5) || rankOf(a) - rankOf(b) || b.confidence - a.confidence);
  // A site's own name, or a number of its own, where a make should be, gives way to one that everybody knows.
  const known = sorted[0]?.field === 'make' && sorted.length > 1 ? sorted.find(({ value }) => typeof value === 'string' && findMake(value) !== null) : undefined;
  const best = known ?? sorted[0];
  if (best === undefined) return null;
  if (typeof best.value !== 'string') return { value: [...best.value], from: best.from, confidence: round(best.confidence) };
  if (best.field === 'description') {
    // The head's is often cut: of the trustworthy ones the longest.
    const longest = sorted.filter((claim) => claim.confidence >= 0.6).sort((a, b) => b.value.length - a.value.length)[0] ?? best;
    return { value: typeof longest.value === 'string' ? longest.value : best.value, from: longest.from, confidence: round(longest.confidence) };
  }
  const others = sorted.filter((claim) => claim.from !== best.from);
  const same = others.filter((claim) => sameWords(normal(claim), normal(best))).length;
  const against = free.has(best.field) ? 0 : others.filter((claim) => claim.confidence >= 0.5 && !sameWords(normal(claim), normal(best))).length;
  return { value: best.value, from: best.from, confidence: round(best.confidence + (same > 0 ? 0.03 : 0) - against * 0.15) };
};

type Settled = { readonly price: PriceClaim & { readonly others: number } } | { readonly none: string };

/** One total price, or an honest none: places with an equal claim that name different ones cancel each other out. */
const settlePrice = (claims: readonly PriceClaim[], notes: ReadonlySet<string>): Settled => {
  const strong = claims.filter(({ confidence }) => confidence >= 0.78);
  const considered = strong.length > 0 ? strong : claims;
  const amounts = new Set(considered.map(({ amount }) => Number(amount)));
  const [best] = [...considered].sort((a, b) => Number(b.currency !== null) - Number(a.currency !== null) || rankOf(a) - rankOf(b) || b.confidence - a.confidence);
  if (best === undefined) return { none: [...notes].find((note) => note !== 'none') ?? 'not_found' };
  // `17.691 €` beside 17690.54 is the same, rounded for people.
  if (Math.max(...amounts) - Math.min(...amounts) >= 1) return { none: 'conflict' };
  // What people are shown is a hundredth of what a machine noted: the machine counts cents.
  const shown = claims.find((claim) => Number(claim.amount) * 100 === Number(best.amount) && !considered.includes(claim));
  if (shown !== undefined) return { price: { ...shown, currency: shown.currency ?? best.currency, others: 0 } };
  const currencies = new Set(considered.map(({ currency }) => currency).filter((currency) => currency !== null));
  const agrees = (claim: PriceClaim) => Math.abs(Number(claim.amount) - Number(best.amount)) < 1;
  const against = claims.filter((claim) => !agrees(claim)).length;
  const agree = new Set(claims.filter(agrees).map(({ from }) => from)).size - 1;
  return { price: { ...best, currency: currencies.size > 1 ? null : best.currency, confidence: best.confidence + agree * 0.02 - against * 0.15, others: against } };
};

/** `Austin, TX 78701` or `Brest 29200` in a field for the city. */
const splitPlace = (fields: CapturedFields): void => {
  const { city } = fields;
  const coded = typeof city?.value === 'string' ? /^(\D{2,60}) (\d{4,5})$/u.exec(city.value) : null;
  if (city !== undefined && coded !== null) {
    fields.city = { ...city, value: coded[1] ?? '' };
    fields.postal_code ??= { ...city, value: coded[2] ?? '' };
    return;
  }
  const found = typeof city?.value === 'string' ? /^(.{2,60}), ([A-Z]{2})(?: (\d{5}))?$/u.exec(city.value) : null;
  if (city === undefined || found === null) return;
  fields.city = { ...city, value: found[1] ?? '' };
  if (found[2] !== undefined) fields.region ??= { ...city, value: found[2] };
  if (found[3] !== undefined) fields.postal_code ??= { ...city, value: found[3] };
};

/** Where nobody says what model it is, the title may. */
const modelFromTitle = (fields: CapturedFields): void => {
  const [make, title] = [fields.make?.value, fields.title?.value];
  if (fields.model !== undefined || typeof make !== 'string' || typeof title !== 'string') return;
  const car = canonicalCar({ make, title: withoutSite(title).slice(0, 200) });
  if (car.model === null || car.how === 'unknown' || car.how === 'fuzzy') return;
  fields.model = { value: car.model, from: 'title', confidence: round(0.6 * car.confidence) };
  if (car.trim !== null) fields.trim ??= { value: car.trim, from: 'title', confidence: round(0.4 * car.confidence) };
};

/** An auction's API names its highest bid as the price as well. */
const isBid = (amount: string, { current_bid, buy_now_price }: CapturedFields): boolean =>
  typeof current_bid?.value === 'string' && Number(current_bid.value) === Number(amount) && Number(buy_now_price?.value) !== Number(amount);

/** Lays the layers of one listing over each other. */
export const mergeDrafts = (drafts: readonly Draft[], reading: Reading): Merged => {
  const reasons: string[] = [];
  const byField = new Map<CapturedFieldName, Claim[]>();
  for (const claim of drafts.flatMap((draft) => draft.claims)) byField.set(claim.field, [...(byField.get(claim.field) ?? []), claim]);
  const fields: CapturedFields = {};
  for (const [field, claims] of byField) {
    const settled = settle(claims);
    if (settled !== null) fields[field] = settled;
  }
  modelFromTitle(fields);
  const all = drafts.flatMap((draft) => draft.prices);
  const settled = settlePrice(all.filter(({ amount }) => !isBid(amount, fields)), new Set(drafts.flatMap((draft) => [...draft.notes])));
  if ('price' in settled) {
    const { amount, currency, from, confidence } = settled.price;
    fields.price = { value: amount, from, confidence: round(confidence) };
    const said = currency ?? null;
    if (said !== null) fields.currency = { value: said, from, confidence: round(confidence) };
    else if (reading.currency !== null) fields.currency = { value: reading.currency, from: 'derived', confidence: 0.5 };
    if (settled.price.others > 0) reasons.push('price:other_amounts');
  } else {
    reasons.push(`price:${settled.none}`);
    if (settled.none === 'on_request' || settled.none === 'monthly') fields.price_note = { value: settled.none, from: 'derived', confidence: 0.7 };
    // Without an amount a currency says nothing.
    if (fields.current_bid === undefined && fields.buy_now_price === undefined) delete fields.currency;
  }
  const externalId = drafts.map((draft) => draft.externalId).find((id) => id !== null) ?? null;
  const url = drafts.map((draft) => draft.url).find((found) => found !== null)?.replace(/#(?!!).*$/u, '') ?? null;
  splitPlace(fields);
  return { listing: { externalId, url, fields }, reasons };
};
