'use strict';

const rule = require('./no-foreign-schema.cjs');
const { at, test } = require('./tester.cjs');

const file = 'libs/domains/order/src/infrastructure/orders.ts';
const bad = (code, schema) => ({ ...at(file, code), errors: [{ messageId: 'foreign', data: { schema } }] });

test('no-foreign-schema', rule, {
  valid: [
    at(file, "sql('SELECT * FROM orders.orders o JOIN orders.lines l ON l.order_id = o.id');"),
    at(file, "sql('INSERT INTO \"orders\".\"orders\" VALUES ($1)');"),
    at(file, "const type = 'vehicle.listed.v1'; const text = 'Select a vehicle, or update it';"),
    at(file, "sql('SELECT now() FROM pg_catalog.pg_class');"),
    at('libs/platform/src/messaging/relay.ts', "sql('SELECT * FROM vehicle.outbox');"),
  ],
  invalid: [
    { ...at('libs/domains/payment/src/infrastructure/a.ts', "sql('SELECT * FROM orders.orders');"), errors: [{ messageId: 'foreign', data: { schema: 'orders' } }] },
    bad("sql('SELECT * FROM vehicle.vehicles');", 'vehicle'),
    bad("sql('select 1 from orders join\\n  identity.users on true');", 'identity'),
    bad('sql(`UPDATE "payment"."intents" SET a = ${value}`);', 'payment'),
    bad('sql(`INSERT INTO ${table} SELECT * FROM pricing.valuations`);', 'pricing'),
    bad("sql('DELETE FROM orders.orders USING vehicle.vehicles v WHERE true');", 'vehicle'),
    bad("sql('ALTER TABLE a ADD FOREIGN KEY (user_id) REFERENCES identity.users (id)');", 'identity'),
    bad("sql('SELECT * FROM orders.orders o, search.matches m');", 'search'),
    bad("@Entity({ schema: 'vehicle', name: 'vehicles' }) class A {}", 'vehicle'),
  ],
});
