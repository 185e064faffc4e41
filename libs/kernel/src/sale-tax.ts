import { type BuyerKind, type Capacity, type Payee, type SellerKind, sellsAsOwn } from './sale-vocabulary';
import { type CarAge, euCountries, isNewTransport, standardVatRate, standardVatRates, taxOn } from './vat';

/** How a sale is taxed. `outside`: not by the union's rules. */
export const vatTreatments = ['standard', 'margin', 'intra_community', 'new_transport', 'reverse_charge', 'outside'] as const;
export type VatTreatment = (typeof vatTreatments)[number];

export interface TaxedParty {
  readonly country: string;
  readonly vatId: string | null;
}

export interface SaleTerms extends CarAge {
  readonly capacity: Capacity;
  readonly sellerKind: SellerKind;
  readonly buyerKind: BuyerKind;
  readonly broker: TaxedParty;
  readonly buyer: TaxedParty;
  /** Where the car goes. */
  readonly destination: string;
  /** Of the supply: `2026-11-20`. */
  readonly day: string;
}

/** From one country of the union into another. */
export const crossesBorder = (from: string, destination: string): boolean => destination !== from && euCountries.has(from) && euCountries.has(destination);

/** Of the car, for who sells it in its own name; of the fee, for an agent. */
export function treatmentOf(terms: SaleTerms): VatTreatment {
  const { capacity, sellerKind, buyerKind, broker, buyer, destination } = terms;
  if (!euCountries.has(broker.country)) return 'outside';
  const businessAbroad = buyerKind === 'business' && buyer.vatId !== null && euCountries.has(buyer.country) && buyer.country !== broker.country;
  if (!sellsAsOwn(capacity)) return businessAbroad ? 'reverse_charge' : 'standard';
  const crosses = crossesBorder(broker.country, destination);
  if (crosses && isNewTransport(terms) === true) return businessAbroad ? 'intra_community' : 'new_transport';
  if (sellerKind !== 'dealer_vat') return 'margin';
  return crosses && businessAbroad ? 'intra_community' : 'standard';
}

interface Line {
  readonly code: string;
  readonly amount: number;
  readonly payee: Payee;
}

/** What of a price is the broker's, and how its tax stands in it. */
export interface TaxParts<L extends Line> {
  /** The tax that the price has as a line of its own. */
  readonly collected: number;
  readonly net: readonly L[];
  /** With its tax inside, where there is any. */
  readonly gross: readonly L[];
}

/** Taxes that stand as lines of their own in a price. */
const taxCodes = new Set(['vat', 'broker_fee_vat']);
const taxCodeOf = (capacity: Capacity): string => (sellsAsOwn(capacity) ? 'vat' : 'broker_fee_vat');

/** Whether a line is the tax of what the broker sells. A new car's tax is paid where it is registered: it passes through the broker's hands. */
export const isOwnTax = (capacity: Capacity, treatment: VatTreatment, { code }: Pick<Line, 'code'>): boolean => treatment !== 'new_transport' && code === taxCodeOf(capacity);

/** An agent's fee by schedule is net; what else was agreed for has its tax inside, as whatever has no line of tax beside it. */
export function taxParts<L extends Line>(capacity: Capacity, treatment: VatTreatment, lines: readonly L[]): TaxParts<L> {
  const collected = lines.filter((line) => isOwnTax(capacity, treatment, line)).reduce((sum, { amount }) => sum + amount, 0);
  const items = lines.filter(({ payee, code, amount }) => payee === 'broker' && !taxCodes.has(code) && amount !== 0);
  const isNet = ({ code }: Line): boolean => collected !== 0 && (sellsAsOwn(capacity) || code === 'broker_fee');
  return { collected, net: items.filter(isNet), gross: items.filter((item) => !isNet(item)) };
}

type Places = Pick<SaleTerms, 'capacity' | 'broker' | 'destination'>;

/** Where what the broker sells may be taxed, the likelier first. */
const placesOf = ({ capacity, broker, destination }: Places): readonly string[] => (sellsAsOwn(capacity) ? [destination, broker.country] : [broker.country, destination]);

/**
 * Where a service is taxed or a delivery begins and ends differ; the tax that was agreed says which of the rates it is. Null
 * where it is that of none.
 */
export function rateOf(terms: Places & Pick<SaleTerms, 'day'>, parts: Pick<TaxParts<Line>, 'collected' | 'net'>): number | null {
  const rates = placesOf(terms).map((country) => standardVatRate(country, terms.day)).filter((rate) => rate !== null);
  return rates.find((rate) => isRateOf(rate, parts)) ?? null;
}

/** Whether the tax that a price has as a line of its own is that of this rate. */
export const isRateOf = (rate: number, { collected, net }: Pick<TaxParts<Line>, 'collected' | 'net'>): boolean => taxOn(net.reduce((total, { amount }) => total + amount, 0), rate) === collected;

export interface SaleTax {
  readonly treatment: VatTreatment;
  /** In hundredths of a percent; 0 where no tax is shown. */
  readonly rate: number;
}

/** How a price is taxed; null where the tax that it has is not the tax that is due, so that somebody has to look. */
export function saleTax(terms: SaleTerms, lines: readonly Line[]): SaleTax | null {
  const treatment = treatmentOf(terms);
  const parts = taxParts(terms.capacity, treatment, lines);
  if (treatment !== 'standard') return treatment === 'outside' || parts.collected === 0 ? { treatment, rate: 0 } : null;
  if (parts.net.length + parts.gross.length === 0) return parts.collected === 0 ? { treatment, rate: 0 } : null;
  const rate = rateOf(terms, parts);
  return rate === null ? null : { treatment, rate };
}

/**
 * The rate by then of what was agreed at another: for all of it that of the day of supply holds (Directive 2006/112, Art. 63 and
 * 93), and what was paid and invoiced before is put right by the invoice of the whole. A car is supplied when it is handed over; an
 * agent's service is done with the contract, whose rate stays.
 */
export function rateAt(day: string, places: Places, agreed: SaleTax & { readonly day: string }): number {
  if (!sellsAsOwn(places.capacity) || agreed.treatment !== 'standard' || agreed.rate === 0 || day < agreed.day) return agreed.rate;
  const place = placesOf(places).find((country) => standardVatRates(country, agreed.day, day).includes(agreed.rate));
  return (place === undefined ? null : standardVatRate(place, day)) ?? agreed.rate;
}

/** The same price, to the cent and by payee but for the authority's share: its tax is inside, and in no line of its own. */
export function taxedInside<L extends Line>(capacity: Capacity, treatment: VatTreatment, lines: readonly L[]): readonly L[] {
  const { collected, net } = taxParts(capacity, treatment, lines);
  const whole = net.reduce((total, { amount }) => total + amount, 0);
  if (collected === 0 || whole === 0) return lines;
  const shares = new Map(net.map((line) => [line, Math.trunc((collected * line.amount) / whole)]));
  const [first] = net;
  const rest = [...shares.values()].reduce((left, share) => left - share, collected);
  return lines
    .filter((line) => !isOwnTax(capacity, treatment, line))
    .map((line) => (shares.has(line) ? { ...line, amount: line.amount + (shares.get(line) ?? 0) + (line === first ? rest : 0) } : line));
}
