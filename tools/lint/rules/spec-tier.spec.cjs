'use strict';

const rule = require('./spec-tier.cjs');
const { at, test } = require('./tester.cjs');

const src = 'libs/domains/order/src/application';

test('spec-tier', rule, {
  valid: [
    at(`${src}/place-order.spec.ts`, "import { ManualClock } from '@autobroker/platform/testing';"),
    at(`${src}/place-order.db.spec.ts`, "import { testDatabase, testApp } from '@autobroker/platform/testing';"),
    at('libs/platform/src/cache/cache.contract.spec.ts', 'it("a", () => {});'),
    at('libs/platform/src/cache/cache.engines.spec.ts', 'it("a", () => {});'),
    at('apps/e2e/src/login.e2e.spec.ts', 'it("a", () => {});'),
    at('apps/e2e/src/outage.engines.spec.ts', 'it("a", () => {});'),
    at(`${src}/place-order.ts`, 'export const a = 1;'),
    at(`${src}/latest.ts`, 'export const a = 1;'),
  ],
  invalid: [
    { ...at(`${src}/a.int.spec.ts`, ''), errors: [{ messageId: 'suffix' }] },
    { ...at(`${src}/a.test.ts`, ''), errors: [{ messageId: 'suffix' }] },
    { ...at(`${src}/a.e2e.spec.ts`, ''), errors: [{ messageId: 'e2e' }] },
    { ...at('apps/e2e/src/login.spec.ts', ''), errors: [{ messageId: 'e2e' }] },
    { ...at(`${src}/a.spec.ts`, "import { testDatabase } from '@autobroker/platform/testing';"), errors: [{ messageId: 'server' }] },
    { ...at('libs/platform/src/http/a.spec.ts', "import { testApp } from '../testing';"), errors: [{ messageId: 'server' }] },
    { ...at(`${src}/a.spec.ts`, 'it.only("a", () => {});'), errors: [{ messageId: 'focused' }] },
    { ...at(`${src}/a.db.spec.ts`, 'describe.only.each([])("a", () => {});'), errors: [{ messageId: 'focused' }] },
    { ...at(`${src}/a.spec.ts`, 'fit("a", () => {});'), errors: [{ messageId: 'focused' }] },
  ],
});
