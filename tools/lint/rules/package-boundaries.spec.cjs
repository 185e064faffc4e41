'use strict';

const rule = require('./package-boundaries.cjs');
const { at, test } = require('./tester.cjs');

const bad = (path, code, messageId) => ({ ...at(path, code), errors: [{ messageId }] });

test('package-boundaries', rule, {
  valid: [
    at('libs/kernel/src/a.ts', "import { ok } from './result';"),
    at('libs/kernel/src/a.spec.ts', "import fc from 'fast-check';"),
    at('libs/market/src/a.ts', "import { makes } from '@autobroker/vocabulary';"),
    at('libs/contracts/src/a.ts', "import { Money } from '@autobroker/kernel'; import { z } from 'zod';"),
    at('libs/platform/src/http/a.ts', "import { problems } from '@autobroker/contracts'; import { createHash } from 'node:crypto'; import fastify from 'fastify';"),
    at('libs/platform/src/http/a.ts', "import { Database } from '../database';"),
    at('libs/platform/src/http/list/a.ts', "import { inner } from '../reply/wire'; import { Database } from '../../database/index';"),
    at('libs/platform/src/http/a.spec.ts', "import { testDatabase } from '../testing';"),
    at('libs/platform/src/http/a.db.spec.ts', "import { notes } from '../app/test-service/notes';"),
    at('libs/platform/src/testing/a.ts', "const { createApp } = await import('@autobroker/platform/app');"),
    at('libs/domains/order/src/api/a.ts', "import { can } from '@autobroker/platform/http'; import { GBT } from 'zod';"),
    at('libs/domains/order/src/testing/build.ts', "import { testDatabase } from '@autobroker/platform/testing';"),
    at('apps/order/src/main.ts', "import { orderService } from '@autobroker/order'; import { runApp } from '@autobroker/platform/app';"),
    at('apps/portal/src/a.ts', "import { client } from '@autobroker/api-client'; import { Button } from '@autobroker/ui'; import react from 'react';"),
    at('apps/e2e/src/a.e2e.spec.ts', "import { launch } from '../../../tools/engines/postgres.mjs';"),
    at('libs/platform/src/cache/a.engines.spec.ts', "import { launch } from '../../../../tools/engines/redis.mjs';"),
    at('tools/bench/run.ts', "import { vehicleService } from '@autobroker/vehicle';"),
    at('eslint.config.mjs', "import plugin from './tools/lint/plugin.cjs';"),
  ],
  invalid: [
    bad('libs/kernel/src/a.ts', "import { z } from 'zod';", 'npm'),
    bad('libs/kernel/src/a.spec.ts', "import lodash from 'lodash';", 'npm'),
    bad('libs/kernel/src/a.ts', "import { join } from 'path';", 'node'),
    bad('libs/kernel/src/a.ts', "export * from 'node:fs';", 'node'),
    bad('libs/kernel/src/a.ts', "import type { Problem } from '@autobroker/contracts';", 'direction'),
    bad('libs/contracts/src/a.ts', "const db = require('@autobroker/platform/database');", 'direction'),
    bad('libs/contracts/src/a.ts', "import pg from 'pg';", 'npm'),
    bad('libs/platform/src/app/a.ts', "const service = await import('@autobroker/vehicle');", 'direction'),
    bad('libs/platform/src/app/a.ts', "import { hidden } from '../database/pool';", 'internals'),
    bad('libs/platform/src/http/a.ts', "import { notes } from '../app/test-service/notes';", 'internals'),
    bad('libs/platform/src/app/a.ts', "import { recordEvents } from '../testing';", 'testing'),
    bad('libs/platform/src/app/a.ts', "import { x } from '@autobroker/platform/http';", 'internals'),
    bad('libs/domains/order/src/api/a.ts', "import { vehicleService } from '@autobroker/vehicle';", 'domains'),
    bad('libs/domains/order/src/api/a.spec.ts', "import type { Vehicle } from '@autobroker/vehicle';", 'domains'),
    bad('libs/domains/order/src/api/a.ts', "type Vehicle = import('@autobroker/vehicle').Vehicle;", 'domains'),
    bad('libs/domains/order/src/api/a.ts', "import { x } from '../../../vehicle/src/domain/x';", 'relative'),
    bad('libs/domains/order/src/api/a.ts', "import { x } from '@autobroker/platform/http/route/input';", 'internals'),
    bad('libs/domains/order/src/api/a.ts', "import { x } from '@autobroker/platform';", 'internals'),
    bad('libs/domains/order/src/api/a.ts', "import { x } from '@autobroker/platform/testing';", 'testing'),
    bad('libs/domains/order/src/api/a.ts', "import { x } from '@autobroker/app-order';", 'apps'),
    bad('apps/order/src/main.ts', "import { x } from '../../vehicle/src/main';", 'relative'),
    bad('apps/order/src/main.ts', "import { x } from '@autobroker/app-vehicle';", 'apps'),
    bad('apps/portal/src/a.ts', "import { x } from '@autobroker/platform/http';", 'direction'),
    bad('apps/ops/src/a.ts', "import { x } from '@autobroker/order';", 'direction'),
    bad('libs/ui-ops/src/a.ts', "import { DataSource } from 'typeorm';", 'npm'),
    bad('libs/market/src/a.ts', "import { x } from '@autobroker/platform/database';", 'direction'),
    bad('libs/vocabulary/src/a.ts', "import { z } from 'zod';", 'npm'),
    bad('libs/vocabulary/src/a.ts', "import { x } from '@autobroker/market';", 'direction'),
  ],
});
