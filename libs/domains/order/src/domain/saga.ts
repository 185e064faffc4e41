import { type Order, stageStateOf } from './order';

/** What has to be undone when a sale comes to nothing, in the order in which it is. */
export const compensationKinds = ['stop_carrier', 'recall_seller_payment', 'annul_documents', 'refund', 'release_vehicle'] as const;
export type CompensationKind = (typeof compensationKinds)[number];

/** `here` is done with the cancellation itself, `heard` when another service says so, `people` by the broker’s own. */
export type CompensationWay = 'here' | 'heard' | 'people';

export interface Compensation {
  readonly kind: CompensationKind;
  readonly way: CompensationWay;
  /** When somebody has to look after it that was not heard of. */
  readonly overdueAt: Date | null;
  readonly why: string;
}

/** Under which it waits for people: once, whoever puts it there. */
const waitingAs = (kind: CompensationKind): string => `compensation:${kind}`;

/** What only people can undo now, as they find it. */
export const askPeople = ({ kind, why }: Pick<Compensation, 'kind' | 'why'>) => ({ kind: 'compensation', detail: `${kind}: ${why}`, dedupe: waitingAs(kind) }) as const;

/** What somebody has undone by settling what they were asked. */
export const undoneBy = ({ kind, dedupe }: { readonly kind: string; readonly dedupe: string }): CompensationKind | null =>
  kind === 'compensation' ? (compensationKinds.find((one) => dedupe === waitingAs(one)) ?? null) : null;

const afterPayment = new Set(['balance_paid', 'titling', 'in_transit', 'delivered', 'completed']);
const hourMs = 3_600_000;

/** Undoes what was done, the last thing first. `invoiced` tells whether papers are out that a credit note has to take back. */
export function compensationsFor(order: Order, invoiced: boolean, now: Date, refundWaitsUntil: Date | null = null): readonly Compensation[] {
  const stage = stageStateOf(order);
  const { legs } = order.progress;
  const underWay = legs.some(({ status }) => status === 'picked_up');
  const booked = legs.some(({ status }) => status === 'planned' || status === 'accepted');
  const list: Compensation[] = [];
  if (underWay) list.push({ kind: 'stop_carrier', way: 'people', overdueAt: now, why: 'The carrier has the car: it has to be turned round' });
  else if (booked) list.push({ kind: 'stop_carrier', way: 'here', overdueAt: null, why: 'The transport is called off' });
  if (afterPayment.has(stage)) list.push({ kind: 'recall_seller_payment', way: 'people', overdueAt: now, why: 'The seller may have been paid' });
  if (invoiced) list.push({ kind: 'annul_documents', way: 'heard', overdueAt: new Date(now.getTime() + hourMs), why: 'Invoices are taken back by credit notes' });
  // Before a car is reserved nobody can have paid anything.
  if (stage !== 'requested') list.push({ kind: 'refund', way: 'heard', overdueAt: refundWaitsUntil ?? new Date(now.getTime() + (order.deposit === null ? 24 : 72) * hourMs), why: 'What is held is let go, what was paid goes back' });
  if (order.holdsVehicle) list.push({ kind: 'release_vehicle', way: 'here', overdueAt: null, why: 'The car is free again' });
  return list;
}
