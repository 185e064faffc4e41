'use strict';

const rule = require('./layers.cjs');
const { at, test } = require('./tester.cjs');

const src = 'libs/domains/order/src';
const bad = (path, code, messageId) => ({ ...at(`${src}/${path}`, code), errors: [{ messageId }] });

test('layers', rule, {
  valid: [
    at(`${src}/domain/price.ts`, "import { Money } from '@autobroker/kernel'; import { fee } from './fee';"),
    at(`${src}/domain/words.ts`, "import { makeOf } from '@autobroker/vocabulary';"),
    at(`${src}/application/place-order.ts`, "import { price } from '../domain/price'; import { Injectable } from '@nestjs/common'; import { Database } from '@autobroker/platform/database';"),
    at(`${src}/application/list-orders.ts`, "import { pageOf, type Page } from '@autobroker/platform/http'; import type { ProblemError } from '@autobroker/platform/http';"),
    at(`${src}/infrastructure/orders.ts`, "import { Entity } from 'typeorm'; import type { Orders } from '../application/ports'; import { price } from '../domain/price';"),
    at(`${src}/api/order.controller.ts`, "import { PlaceOrder } from '../application/place-order'; import { Controller } from '@nestjs/common'; import { orThrow } from '@autobroker/platform/http';"),
    at(`${src}/api/order.db.spec.ts`, "import { OrderRow } from '../infrastructure/orders'; import { orderService } from '../order.module';"),
    at(`${src}/order.module.ts`, "import { OrderRow } from './infrastructure/orders'; import { OrderController } from './api/order.controller';"),
    at(`${src}/index.ts`, "export { orderService } from './order.module';"),
    at(`${src}/testing.ts`, "import { OrderRow } from './infrastructure/orders';"),
    at('libs/platform/src/http/a.ts', "import { DataSource } from 'typeorm';"),
  ],
  invalid: [
    bad('domain/price.ts', "import { Injectable } from '@nestjs/common';", 'pure'),
    bad('domain/price.ts', "import { z } from 'zod';", 'pure'),
    bad('domain/price.ts', "import { market } from '@autobroker/market';", 'pure'),
    bad('domain/price.ts', "import { createHash } from 'node:crypto';", 'pure'),
    bad('domain/price.ts', "import type { Role } from '@autobroker/contracts';", 'pure'),
    bad('domain/price.ts', "import type { Orders } from '../application/ports';", 'layer'),
    bad('domain/rules/price.ts', "export { row } from '../../infrastructure/orders';", 'layer'),
    bad('application/place-order.ts', "import { OrderRow } from '../infrastructure/orders';", 'layer'),
    bad('application/place-order.ts', "import { present } from '../api/present';", 'layer'),
    bad('application/place-order.ts', "import type { EntityManager } from 'typeorm';", 'application'),
    bad('application/place-order.ts', "import { HttpException } from '@nestjs/common';", 'application'),
    bad('application/place-order.ts', "import { NotFoundException } from '@nestjs/common';", 'application'),
    bad('application/place-order.ts', "import { orThrow } from '@autobroker/platform/http';", 'application'),
    bad('application/place-order.ts', "import { orderService } from '../order.module';", 'wiring'),
    bad('application/place-order.ts', "import { orderService } from '..';", 'wiring'),
    bad('infrastructure/orders.ts', "import { present } from '../api/present';", 'layer'),
    bad('infrastructure/orders.ts', "import { Controller } from '@nestjs/common';", 'http'),
    bad('api/order.controller.ts', "import { OrderRow } from '../infrastructure/orders';", 'layer'),
    bad('api/order.controller.ts', "import { Pool } from 'pg';", 'api'),
    bad('helpers.ts', 'export const a = 1;', 'homeless'),
    bad('common/helpers.ts', 'export const a = 1;', 'homeless'),
    bad('index.ts', "export { price } from './domain/price';", 'index'),
    bad('index.ts', 'export const version = 1;', 'index'),
  ],
});
