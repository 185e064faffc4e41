import { type ListingStatus, type Refusal, type Result, type VehicleStatus, defineStateMachine, ok, refuse } from '@autobroker/kernel';
import type { Vehicle } from './vehicle';

/** `staff` are people who may change the vehicle, `source` is what its offers at the sources say. */
export type Mover = 'staff' | 'source' | 'system';

const anybody = ['staff', 'source', 'system'] as const;

/** The life of a car in the catalogue. `deleted` is never seen from outside. */
export const vehicleLife = defineStateMachine({
  name: 'vehicle',
  initial: 'available',
  states: {
    available: { label: 'For sale' },
    reserved: { label: 'Held for a buyer' },
    sold: { label: 'Sold' },
    withdrawn: { label: 'Taken off the market' },
    deleted: { label: 'Deleted', terminal: true },
  },
  transitions: [
    { from: 'available', trigger: 'reserve', to: 'reserved', who: anybody },
    { from: 'reserved', trigger: 'release', to: 'available', who: anybody },
    { from: ['available', 'reserved'], trigger: 'sell', to: 'sold', who: anybody },
    { from: ['available', 'reserved'], trigger: 'withdraw', to: 'withdrawn', who: anybody },
    { from: ['sold', 'withdrawn'], trigger: 'relist', to: 'available', who: anybody, doc: 'The sale fell through, or it is offered again' },
    { from: ['available', 'sold', 'withdrawn'], trigger: 'delete', to: 'deleted', who: ['staff', 'system'], doc: 'A held car is released first' },
  ],
});

export type TransitionRefusal = Refusal<'transition_not_allowed'>;

/** The move that leads from one status to another, if the life of a car has it. */
export function moveTo(from: VehicleStatus, to: VehicleStatus | 'deleted', who: Mover): Result<void, TransitionRefusal> {
  const transition = vehicleLife.transitions.find((move) => move.from === from && move.to === to);
  if (transition === undefined) return refuse('transition_not_allowed', `A vehicle that is ${from} cannot become ${to}`, { extra: { from, to } });
  const decision = vehicleLife.decide(from, transition.trigger, { who, facts: undefined });
  return decision.ok ? ok() : refuse('transition_not_allowed', decision.error.detail, { extra: { from, to } });
}

export const isOnMarket = (status: VehicleStatus): boolean => status === 'available' || status === 'reserved';

/** The car with a status, as its next version: one that comes onto the market is listed then. */
export const withStatus = (before: Vehicle, status: VehicleStatus, at: Date): Vehicle => ({
  ...before,
  version: before.version + 1,
  status,
  listedAt: !isOnMarket(before.status) && isOnMarket(status) ? at : before.listedAt,
  updatedAt: at,
});

const meaning: Readonly<Record<ListingStatus, VehicleStatus>> = {
  active: 'available',
  reserved: 'reserved',
  sold: 'sold',
  removed: 'withdrawn',
};

export const statusOfListing = (listing: ListingStatus): VehicleStatus => meaning[listing];

/**
 * What a source's word means for the car: nothing while it repeats itself (our staff may know better), and nothing where
 * the car's life has no such move.
 */
export function statusAfterSighting(current: VehicleStatus, before: ListingStatus, after: ListingStatus): VehicleStatus {
  if (before === after) return current;
  const meant = statusOfListing(after);
  return moveTo(current, meant, 'source').ok ? meant : current;
}
