import type { Migration } from '@autobroker/platform/database';
import { {{thingsCamel}} } from './0001-{{things}}';

/** Forward only and in this order: once it has run anywhere, a migration never changes. */
export const {{camel}}Migrations: readonly Migration[] = [{{thingsCamel}}];
