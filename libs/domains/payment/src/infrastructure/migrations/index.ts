import type { Migration } from '@autobroker/platform/database';
import { payments } from './0001-payments';
import { ledger } from './0002-ledger';
import { reconciliation } from './0003-reconciliation';
import { savedCards } from './0004-saved-cards';
import { refundsDue } from './0005-refunds-due';
import { sendBack } from './0006-send-back';
import { taxOfSales } from './0007-tax-of-sales';
import { carReturns } from './0008-car-returns';
import { desk } from './0009-desk';

/** Forward only and in this order: once it has run anywhere, a migration never changes. */
export const paymentMigrations: readonly Migration[] = [payments, ledger, reconciliation, savedCards, refundsDue, sendBack, taxOfSales, carReturns, desk];
