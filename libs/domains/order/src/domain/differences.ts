import type { Order, PriceChange } from './order';

export interface Difference {
  readonly before: Readonly<Record<string, unknown>>;
  readonly after: Readonly<Record<string, unknown>>;
}

/** A quote's token is its buyer's to show. */
const shown = (change: PriceChange | null): Omit<PriceChange, 'token'> | null => {
  if (change === null) return null;
  const { token: _token, ...rest } = change;
  return rest;
};

/** What of an order can change, by the names that its history uses. What decides the buyer’s tax is left out: nothing of it is about a person. */
function parts(order: Order): Record<string, unknown> {
  const { dueAt } = order;
  const { buyerTaxed: _buyerTaxed, ...progress } = order.progress;
  return {
    state: order.state,
    due_at: dueAt?.toISOString() ?? null,
    vehicle_id: order.vehicleId,
    holds_vehicle: order.holdsVehicle,
    price: order.price,
    quote_id: order.quote.id,
    vin: order.car?.vin ?? null,
    paying_by: order.payingBy,
    deposit: order.deposit,
    settled_at: order.settledAt,
    resume_state: order.resumeState,
    cancellation: order.cancellation,
    ...Object.fromEntries(Object.entries({ ...progress, change: shown(progress.change) }).map(([name, value]: [string, unknown]) => [`progress.${name}`, value])),
  };
}

/** Only what is another now than before. */
export function differences(before: Order | null, after: Order): Difference {
  const now = parts(after);
  const old: Record<string, unknown> = before === null ? {} : parts(before);
  const names = Object.keys(now).filter((name) => JSON.stringify(old[name] ?? null) !== JSON.stringify(now[name] ?? null));
  const pick = (from: Record<string, unknown>): Record<string, unknown> => Object.fromEntries(names.map((name) => [name, from[name] ?? null]));
  return { before: before === null ? {} : pick(old), after: pick(now) };
}
