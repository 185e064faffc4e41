import type { Account } from './account';
import type { Hash } from './core/reading';
import { renderOrder, sketchOrder, sketchPaid } from './orders/render';
import { renderAlone, sketch } from './payments/render';

/** How things are shown again to whoever asks for them with a request that was made before; null for nothing. */
export function show(account: Account, [view, id]: readonly [string, string], whole: boolean): Hash | null {
  const brief = (all: Hash | null): Hash | null => (all === null || whole ? all : sketch(all));
  const order = account.orders.get(id);
  switch (view) {
    case 'order':
      return order === undefined ? null : whole ? renderOrder(account, order) : sketchOrder(account, order);
    case 'paid':
      return order === undefined ? null : whole ? renderOrder(account, order) : sketchPaid(account, order);
    case 'void': {
      const one = account.authorizations.get(id);
      return one === undefined || !whole ? null : renderAlone.authorization(account, one);
    }
    case 'authorization': {
      const one = account.authorizations.get(id);
      return brief(one === undefined ? null : renderAlone.authorization(account, one));
    }
    case 'capture': {
      const one = account.captures.get(id);
      return brief(one === undefined ? null : renderAlone.capture(account, one));
    }
    case 'refund': {
      const one = account.refunds.get(id);
      return brief(one === undefined ? null : renderAlone.refund(account, one));
    }
    default:
      return null;
  }
}
