import { type BuyerKind, type Capacity, euCountries, type SellerKind } from '@autobroker/kernel';
import { type SellerStanding, standingOf } from '../capacity';

/** A fee that the seller may keep when the buyer gives the car back. */
export interface RestockingFee {
  readonly basisPoints: number;
  readonly least: number;
  readonly most: number;
  readonly currency: 'USD';
}

/** A right to withdraw, as a row that can be corrected. */
export interface WithdrawalRule {
  readonly key: string;
  readonly countries: readonly string[];
  readonly region: string | null;
  readonly buyer: BuyerKind;
  readonly standing: SellerStanding | null;
  readonly capacity: Capacity | null;
  readonly object: 'goods' | 'service';
  readonly days: number;
  /** Goods from possession, a service from its conclusion. */
  readonly from: 'delivery' | 'mandate';
  readonly monthsIfNotTold: number;
  readonly mostKm: number | null;
  /** Only cars up to this price, and no new ones. */
  readonly mostPrice: { readonly amount: number; readonly currency: string } | null;
  readonly usedOnly: boolean;
  readonly fee: RestockingFee | null;
  /** Withdrawing is declared and then confirmed by a function of the site. */
  readonly twoSteps: boolean;
  readonly returnPaidBy: 'buyer' | 'seller' | null;
  readonly basis: string;
  readonly validFrom: string;
  readonly validUntil: string | null;
  readonly confidence: 'official' | 'secondary' | 'unverified';
}

const eu = { countries: [...euCountries], region: null, buyer: 'private', capacity: null, monthsIfNotTold: 12, mostKm: null, mostPrice: null, usedOnly: false, fee: null } as const;

/** Of rows that fit, the first one counts; a row that would take the right away is not needed: none is the default. */
export const withdrawalRules: readonly WithdrawalRule[] = [
  { ...eu, key: 'eu-goods', standing: 'trader', object: 'goods', days: 14, from: 'delivery', twoSteps: true, returnPaidBy: 'buyer', basis: 'Directive 2011/83/EU Art. 9–11a', validFrom: '2026-06-19', validUntil: null, confidence: 'official' },
  { ...eu, key: 'eu-goods-before-11a', standing: 'trader', object: 'goods', days: 14, from: 'delivery', twoSteps: false, returnPaidBy: 'buyer', basis: 'Directive 2011/83/EU Art. 9–11', validFrom: '2014-06-13', validUntil: '2026-06-18', confidence: 'official' },
  // The car of a private seller can't be given back; the broker’s own service can be given up until it is done.
  { ...eu, key: 'eu-brokerage', standing: null, capacity: 'buyer_agent', object: 'service', days: 14, from: 'mandate', twoSteps: true, returnPaidBy: null, basis: 'Directive 2011/83/EU Art. 9, 11a, 16(a)', validFrom: '2014-06-13', validUntil: null, confidence: 'unverified' },
  {
    key: 'us-ca-sb766',
    countries: ['US'],
    region: 'CA',
    buyer: 'private',
    standing: 'trader',
    capacity: null,
    object: 'goods',
    days: 3,
    from: 'delivery',
    monthsIfNotTold: 0,
    mostKm: 644, // 400 miles
    mostPrice: { amount: 5_000_000, currency: 'USD' },
    usedOnly: true,
    fee: { basisPoints: 150, least: 20_000, most: 60_000, currency: 'USD' },
    twoSteps: false,
    returnPaidBy: 'buyer',
    basis: 'California SB 766',
    validFrom: '2026-10-01',
    validUntil: null,
    confidence: 'secondary',
  },
];

export interface Sale {
  readonly buyerKind: BuyerKind;
  readonly sellerKind: SellerKind;
  readonly capacity: Capacity;
  readonly jurisdiction: { readonly country: string; readonly region: string | null };
  /** Of the car alone, in minor units. */
  readonly carPrice: number;
  readonly currency: string;
  readonly isNew: boolean;
  /** The day on which the buyer ordered: which law held then. */
  readonly day: string;
}

const fits = (rule: WithdrawalRule, sale: Sale): boolean =>
  rule.countries.includes(sale.jurisdiction.country) &&
  (rule.region === null || rule.region === sale.jurisdiction.region) &&
  rule.buyer === sale.buyerKind &&
  (rule.standing === null || rule.standing === standingOf(sale.capacity, sale.sellerKind)) &&
  (rule.capacity === null || rule.capacity === sale.capacity) &&
  (rule.mostPrice === null || (rule.mostPrice.currency === sale.currency && sale.carPrice <= rule.mostPrice.amount)) &&
  !(rule.usedOnly && sale.isNew) &&
  rule.validFrom <= sale.day &&
  (rule.validUntil === null || sale.day <= rule.validUntil);

/** The rights of a sale, the one to give the car back first. */
export const rightsOf = (sale: Sale): readonly WithdrawalRule[] => withdrawalRules.filter((rule) => fits(rule, sale));

const dayMs = 86_400_000;

/** The end of a right that began then: the last moment of its last day, a year later when the buyer was not told of it. */
export function endOf(rule: Pick<WithdrawalRule, 'days' | 'monthsIfNotTold'>, began: Date, told: boolean): Date {
  const plain = new Date(began.getTime() + rule.days * dayMs);
  const last = new Date(Date.UTC(plain.getUTCFullYear(), plain.getUTCMonth() + (told ? 0 : rule.monthsIfNotTold), plain.getUTCDate()));
  // A day that a month does not have is its last one.
  if (last.getUTCDate() !== plain.getUTCDate()) last.setUTCDate(0);
  return new Date(last.getTime() + dayMs - 1_000);
}

/** What may be kept of a price when the car comes back under this right. */
export const restockingFee = ({ fee }: Pick<WithdrawalRule, 'fee'>, carPrice: number, currency: string): number =>
  fee === null || fee.currency !== currency ? 0 : Math.min(fee.most, Math.max(fee.least, Math.floor((carPrice * fee.basisPoints + 5_000) / 10_000)));
