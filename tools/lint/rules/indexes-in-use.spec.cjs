'use strict';

const rule = require('./indexes-in-use.cjs');
const { at, test } = require('./tester.cjs');

const path = 'libs/domains/order/src/infrastructure/migrations/0099-later.ts';
const sql = (text) => `export const later = { id: '0099-later', up: \`${text}\` };`;
const bad = (text, index, table = 'orders.orders') => ({ ...at(path, sql(text)), errors: [{ messageId: 'locks', data: { index, table } }] });

test('indexes-in-use', rule, {
  valid: [
    at(path, sql('create table orders.marks (id uuid primary key); create index marks_of_order on orders.marks (id);')),
    at(path, "export const later = indexesInUse({ id: '0099-later', create: ['create index concurrently orders_late on orders.orders (due_at)'] });"),
    at(path, sql('create unique index concurrently orders_late on orders.orders (due_at)')),
    at(path, sql('create table orders.marks (id uuid); alter table orders.orders add column mark uuid; create index on orders.marks (id);')),
    at('libs/domains/vehicle/src/infrastructure/migrations/0005-rare-values.ts', sql('create index vehicles_by_owners on vehicle.vehicles (owners_count)')),
    at('libs/domains/order/src/infrastructure/late.db.spec.ts', sql('create index orders_late on orders.orders (due_at)')),
  ],
  invalid: [
    bad('create index orders_late on orders.orders (due_at)', 'orders_late'),
    bad('CREATE UNIQUE INDEX IF NOT EXISTS orders_late ON ONLY orders.orders (due_at)', 'orders_late'),
    bad('create table orders.marks (id uuid); create index orders_late\n  on orders.orders (due_at);', 'orders_late'),
    bad('create index on orders.orders (due_at)', 'The index'),
    { ...at(path, "const up = 'create index orders_late on orders.orders (due_at)';"), errors: [{ messageId: 'locks' }] },
    { ...at('libs/domains/order/src/infrastructure/migrations/0005-rare-values.ts', sql('create index orders_late on orders.orders (due_at)')), errors: [{ messageId: 'locks' }] },
  ],
});
