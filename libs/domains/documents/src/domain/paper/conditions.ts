import { euCountries, sellsAsOwn } from '@autobroker/kernel';
import { crossesBorder, type TaxedParty, treatmentOf } from '../invoice/treatment';
import { newMeans, taxDayOf } from './fields';
import type { Paper, PaperParty } from './paper';
import type { Condition } from './template';

/** What the law of a sale turns on. */
interface Standing {
  readonly own: boolean;
  readonly america: boolean;
  /** A consumer buys from somebody whose trade it is. */
  readonly consumerSale: boolean;
  readonly privateSale: boolean;
}

function standingOf({ order }: Paper): Standing {
  const own = sellsAsOwn(order.capacity);
  const america = order.country === 'US';
  const privateSale = !own && order.sellerKind === 'private';
  return { own, america, privateSale: privateSale && !america, consumerSale: !america && !privateSale && order.buyerKind === 'private' };
}

/** Which right to withdraw a document speaks of: a mandate of the one from the broker’s service, all others of the one from the sale. */
function withdrawalIn({ kind, order, withdrawal }: Paper, { own, america }: Standing): 'europe' | 'america' | 'later' | 'none' {
  if (withdrawal === null) return 'none';
  if (kind !== 'mandate') return withdrawal.object !== 'goods' ? 'none' : america ? 'america' : 'europe';
  if (withdrawal.object === 'service' || (order.capacity === 'buyer_agent' && !america)) return 'europe';
  return own || america ? 'later' : 'none';
}

/** Under the margin scheme: by its invoice, else by the rule that the invoice will go by. A new car that crosses a border is never under it. */
function isMargin(paper: Paper, own: boolean): boolean {
  const { invoice, order, parties, vehicle } = paper;
  const { broker, buyer, seller } = parties;
  if (invoice !== null) return invoice.treatment === 'margin';
  if (!euCountries.has(broker.address.country) || order.country === 'US') return false;
  // An agent's invoice is of the fee: whose car it is, and from where, says how the car is taxed.
  if (!own) return order.sellerKind === 'dealer_margin' && !(crossesBorder((seller ?? broker).address.country, order.country) && newMeans(paper));
  const terms = { capacity: order.capacity, sellerKind: order.sellerKind, buyerKind: order.buyerKind, destination: order.country, firstRegistration: vehicle.firstRegistration, mileageKm: vehicle.mileageKm, day: taxDayOf(paper) };
  const taxed = ({ address, vatId }: PaperParty): TaxedParty => ({ country: address.country, vatId });
  return treatmentOf({ ...terms, broker: taxed(broker), buyer: taxed(buyer) }) === 'margin';
}

/** What can be asked of a sale by a template. */
export function holds(when: Condition | undefined, paper: Paper): boolean {
  if (when === undefined) return true;
  const { order, invoice, vehicle, contract } = paper;
  const standing = standingOf(paper);
  switch (when) {
    case 'america':
      return standing.america;
    case 'elsewhere':
      return !standing.america;
    case 'california':
      return standing.america && order.region === 'CA';
    case 'agent':
      return !standing.own;
    case 'buyer_agent':
    case 'seller_agent':
    case 'dealer':
      return order.capacity === when;
    case 'own_name':
      return standing.own;
    case 'private_buyer':
      return order.buyerKind === 'private';
    case 'business_buyer':
      return order.buyerKind === 'business';
    case 'consumer_sale':
      return standing.consumerSale;
    case 'shortened_guarantee':
      return standing.consumerSale && (contract?.guaranteeMonths ?? 24) < 24;
    case 'private_sale':
      return standing.privateSale;
    case 'business_sale':
      return !standing.america && !standing.privateSale && order.buyerKind === 'business';
    case 'withdrawal':
      return withdrawalIn(paper, standing) === 'europe';
    case 'withdrawal_america':
      return withdrawalIn(paper, standing) === 'america';
    case 'withdrawal_later':
      return withdrawalIn(paper, standing) === 'later';
    case 'no_withdrawal':
      return withdrawalIn(paper, standing) === 'none';
    case 'margin':
      return isMargin(paper, standing.own);
    case 'taxed':
      return !isMargin(paper, standing.own);
    case 'new_transport':
      return invoice?.treatment === 'new_transport' || (invoice?.treatment === 'intra_community' && newMeans(paper));
    case 'to_pay':
      return invoice !== null && invoice.due > 0;
    case 'paid':
      return invoice !== null && invoice.due === 0;
    case 'model_2011':
      return (vehicle.year ?? 0) >= 2011;
  }
}
