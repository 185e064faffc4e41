import { dayIn, saleTax, type SaleTax, type TaxedParty } from '@autobroker/kernel';
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
