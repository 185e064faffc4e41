import { noAccess } from './core/errors';
import type { Endpoint } from './core/routes';
import type { Sent } from './core/render';

export const accountId = 'acct_1Sandbox0000000001';

/** Whose account it is. */
const profile = (): Sent => ({
  id: accountId,
  object: 'account',
  business_profile: { mcc: '5521', minority_owned_business_designation: null, name: 'The Sandbox', product_description: null, support_address: null, support_email: null, support_phone: null, specified_commercial_transactions_act_url: null, support_url: null, url: null },
  business_type: 'company',
  capabilities: { card_payments: 'active', gb_bank_transfer_payments: 'active', sepa_bank_transfer_payments: 'active', sepa_debit_payments: 'active', transfers: 'active', us_bank_transfer_payments: 'active' },
  charges_enabled: true,
  controller: { type: 'account' },
  country: 'IE',
  default_currency: 'eur',
  details_submitted: true,
  email: 'sandbox@example.com',
  metadata: {},
  payouts_enabled: true,
  settings: { branding: { icon: null, logo: null, primary_color: null, secondary_color: null }, card_payments: { statement_descriptor_prefix: 'SANDBOX', statement_descriptor_prefix_kana: null, statement_descriptor_prefix_kanji: null }, dashboard: { display_name: 'The Sandbox', timezone: 'Etc/UTC' }, payments: { statement_descriptor: 'SANDBOX', statement_descriptor_kana: null, statement_descriptor_kanji: null, statement_descriptor_prefix_kana: null, statement_descriptor_prefix_kanji: null }, payouts: { debit_negative_balances: true, schedule: { delay_days: 2, interval: 'daily' }, statement_descriptor: null } },
  type: 'standard',
});

export const profileEndpoints: readonly Endpoint[] = [
  ['GET', '/v1/account', profile],
  ['GET', '/v1/accounts/:id', ({ params }) => {
    if (params['id'] !== accountId) throw noAccess(params['id'] ?? '');
    return profile();
  }],
];
