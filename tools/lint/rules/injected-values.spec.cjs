'use strict';

const rule = require('./injected-values.cjs');
const { at, test } = require('./tester.cjs');

const file = 'libs/domains/order/src/application/place-order.ts';

test('injected-values', rule, {
  valid: [
    at(file, "import { Orders } from './orders'; @Injectable() class A { constructor(private readonly orders: Orders) {} }"),
    at(file, "import type { Orders } from './orders'; @Injectable() class A { constructor(@Inject(ORDERS) private readonly orders: Orders) {} }"),
    at(file, "import type { Orders } from './orders'; class A { constructor(private readonly orders: Orders) {} }"),
    at(file, "import type { Orders } from './orders'; @JobHandler(job) class A { constructor(private readonly orders: Orders) {} }"),
    at(file, 'class A { constructor(a: 1, b: 2, c: 3, d: 4, e: 5, f: 6) {} }'),
    at(file, 'class A { private constructor(a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7) {} }'),
  ],
  invalid: [
    {
      ...at(file, "import type { Orders } from './orders'; @Injectable() class A { constructor(private readonly orders: Orders) {} }"),
      errors: [{ messageId: 'type', data: { name: 'Orders' } }],
    },
    { ...at(file, "import { type Orders } from './orders'; @Controller() class A { constructor(orders: Orders) {} }"), errors: [{ messageId: 'type' }] },
    { ...at(file, 'class A { constructor(a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7) {} }'), errors: [{ messageId: 'many' }] },
  ],
});
