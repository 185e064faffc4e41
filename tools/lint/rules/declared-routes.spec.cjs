'use strict';

const rule = require('./declared-routes.cjs');
const { at, test } = require('./tester.cjs');

const api = 'libs/domains/order/src/api/order.routes.ts';

test('declared-routes', rule, {
  valid: [
    at(api, "export const get = defineRoute({ method: 'GET', path: '/orders', access: can('order.read') });"),
    at(api, "export const get = defineRoute({ ...shared, path: '/orders' });"),
    at(api, "import { Controller, Injectable } from '@nestjs/common';"),
    at('libs/platform/src/http/health.ts', "import { Get } from '@nestjs/common';"),
  ],
  invalid: [
    { ...at(api, "export const get = defineRoute({ method: 'GET', path: '/orders' });"), errors: [{ messageId: 'access' }] },
    { ...at(api, "import { Controller, Get as Read, Post } from '@nestjs/common';"), errors: [{ messageId: 'bare', data: { name: 'Get' } }, { messageId: 'bare', data: { name: 'Post' } }] },
    { ...at('apps/order/src/main.ts', "import { Sse } from '@nestjs/common';"), errors: [{ messageId: 'bare' }] },
  ],
});
