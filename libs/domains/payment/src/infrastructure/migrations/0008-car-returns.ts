import type { Migration } from '@autobroker/platform/database';

/** Whether a refund waits for the car that was withdrawn from, or what is kept for it is said. */
export const carReturns: Migration = {
  id: '0008-car-returns',
  up: `
alter table payment.orders add column car_return text not null default 'none' check (car_return in ('none', 'awaited', 'settled'));
`,
};
