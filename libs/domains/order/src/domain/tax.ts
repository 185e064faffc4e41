import { dayIn, type OrderState, rateAt, saleTax, type SaleTax, taxedInside, type TaxedParty } from '@autobroker/kernel';
import type { Moment, Order } from './order';

/** Sales of before it was written down: who buys is known, and nobody looked at what of them decides the tax. */
export const lacksBuyer = ({ state, progress }: Pick<Order, 'state' | 'progress'>): boolean => progress.buyerTaxed === null && (state === 'inspection' || progress.contractedAt !== null);

/**
 * How what was agreed is taxed, as the invoice will have it. Null where it can't be said: while somebody has not said who they
 * are, and where the price has a tax that is due by no rule. The day is the broker's, as it is on the invoice.
 */
export function taxOf({ capacity, sellerKind, buyerKind, jurisdiction, car, price, progress }: Order, broker: TaxedParty | null, { at, timeZone }: { readonly at: Moment; readonly timeZone: string }): SaleTax | null {
  const { buyerTaxed, inspection } = progress;
  if (broker === null || buyerTaxed === null) return null;
  const { country, hasVatId } = buyerTaxed;
  return saleTax(
    {
      capacity,
      sellerKind,
      buyerKind,
      broker,
      buyer: { country, vatId: hasVatId ? country : null },
      destination: jurisdiction.country,
      firstRegistration: car?.firstRegistration ?? null,
      mileageKm: inspection?.report?.mileageKm ?? car?.mileageKm ?? null,
      day: dayIn(at, timeZone),
    },
    price.lines,
  );
}

/** When the invoice is written, and when the car is handed over. */
const looksAtRate: readonly OrderState[] = ['balance_paid', 'delivered'];

/**
 * What is agreed, by the rate of the day on which the sale takes a step: that of the handover holds for the whole, and the invoice that
 * comes before it goes by what is known then. The buyer pays what the contract says, to the cent: where that has the tax as a line of its own, it is inside
 * the price from then on, since what is net of it is another amount. The order as it is where the rate has not changed.
 */
export function atRateOf(order: Order, to: OrderState, broker: TaxedParty | null, { at, timeZone }: { readonly at: Moment; readonly timeZone: string }): Order {
  const { capacity, jurisdiction, price, progress } = order;
  const { tax, contractedAt, deliveredAt } = progress;
  if (tax === null || contractedAt === null || deliveredAt !== null || broker === null || !looksAtRate.includes(to)) return order;
  const rate = rateAt(dayIn(at, timeZone), { capacity, broker, destination: jurisdiction.country }, { ...tax, day: dayIn(contractedAt, timeZone) });
  if (rate === tax.rate) return order;
  return { ...order, price: { ...price, lines: taxedInside(capacity, tax.treatment, price.lines) }, progress: { ...progress, tax: { ...tax, rate } } };
}
