import { noAccess } from './core/errors';
import type { Endpoint } from './core/routes';
import type { Sent } from './core/render';

export const accountId = 'acct_1Sandbox0000000001';

/** Whose account it is. */
const profile = (): Sent => ({
  id: accountId,
  object: 'account',
  business_profile: { mcc: '5521', name: 'The Sandbox', product_description: null, support_address: null, support_email: null, support_phone: null, support_url: null, url: null },
  business_type: 'company',
  capabilities: { card_payments: 'active', eu_bank_transfer_payments: 'active', gb_bank_transfer_payments: 'active', sepa_debit_payments: 'active', transfers: 'active', us_bank_transfer_payments: 'active' },
  charges_enabled: true,
  controller: { type: 'account' },
  country: 'IE',
  default_currency: 'eur',
  details_submitted: true,
  email: 'sandbox@example.com',
  metadata: {},
  payouts_enabled: true,
  settings: { dashboard: { display_name: 'The Sandbox', timezone: 'Etc/UTC' }, payments: { statement_descriptor: 'SANDBOX' }, payouts: { debit_negative_balances: true, schedule: { delay_days: 2, interval: 'daily' }, statement_descriptor: null } },
  type: 'standard',
});

export const profileEndpoints: readonly Endpoint[] = [
  ['GET', '/v1/account', profile],
  ['GET', '/v1/accounts/:id', ({ params }) => {
    if (params['id'] !== accountId) throw noAccess(params['id'] ?? '');
    return profile();
  }],
];
