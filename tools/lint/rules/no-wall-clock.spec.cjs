'use strict';

const rule = require('./no-wall-clock.cjs');
const { at, test } = require('./tester.cjs');

const domain = 'libs/domains/order/src/domain/a.ts';
const bad = (code, what, path = domain) => ({ ...at(path, code), errors: [{ messageId: 'clock', data: { what } }] });

test('no-wall-clock', rule, {
  valid: [
    at(domain, 'export const due = (at: Date) => new Date(at.getTime() + 5);'),
    at(domain, 'export const now = (clock: Clock) => clock.now();'),
    at(domain, 'export const f = (Date: { now(): number }) => Date.now();'),
    at('libs/domains/order/src/infrastructure/a.ts', 'const started = Date.now();'),
    at('libs/domains/order/src/domain/a.spec.ts', 'const started = new Date();'),
    at('libs/platform/src/http/a.ts', 'const started = new Date();'),
  ],
  invalid: [
    bad('const a = new Date();', 'new Date()'),
    bad('const a = Date();', 'Date()'),
    bad('const a = Date.now();', 'Date.now'),
    bad("const a = Date['now']();", 'Date.now'),
    bad('const read = Date.now;', 'Date.now'),
    bad('const a = performance.now();', 'performance.now'),
    bad('const a = new SystemClock();', 'new SystemClock()', 'libs/domains/order/src/application/place-order.ts'),
  ],
});
