import { Module } from '@nestjs/common';
import { defineService } from '@autobroker/platform/app';
import { platformTables } from '@autobroker/platform/database';
import { collectRoutes } from '@autobroker/platform/http';
import { {{Thing}}Controller } from './api/{{thing}}.controller';
import { Open{{Thing}} } from './application/open-{{thing}}';
import { {{Thing}}Store } from './application/ports';
import { Read{{Thing}} } from './application/read-{{thing}}';
import { {{camel}}Entities } from './infrastructure/entities';
import { {{camel}}Migrations } from './infrastructure/migrations';
import { Sql{{Thing}}Store } from './infrastructure/{{thing}}-store';

const controllers = [{{Thing}}Controller];

@Module({
  controllers,
  providers: [Open{{Thing}}, Read{{Thing}}, { provide: {{Thing}}Store, useClass: Sql{{Thing}}Store }],
})
class {{Pascal}}Module {}

/** The {{name}} service, for whichever process hosts it. */
export const {{camel}}Service = defineService({
  name: '{{schema}}',
  module: {{Pascal}}Module,
  entities: {{camel}}Entities,
  migrations: [...platformTables('{{schema}}'), ...{{camel}}Migrations],
  routes: collectRoutes(controllers),
});
