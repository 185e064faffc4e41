import type { Migration } from '@autobroker/platform/database';
import { payments } from './0001-payments';

/** Forward only and in this order: once it has run anywhere, a migration never changes. */
export const paymentMigrations: readonly Migration[] = [payments];
