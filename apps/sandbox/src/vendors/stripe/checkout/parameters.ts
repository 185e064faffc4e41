import { email } from '../core/contacts';
import { invalid } from '../core/errors';
import { anything, flag, hash, int, list, metadata, notPlayed, offOnly, oneOf, text, unsettable, type Given, type Reader } from '../core/params';
import { currency } from '../money/amounts';
import { descriptor } from '../payments/descriptors';
import { methodOptions } from '../payments/options';
import { anyTypes } from '../payments/types';

const locales = ['auto', 'bg', 'cs', 'da', 'de', 'el', 'en', 'en-GB', 'es', 'es-419', 'et', 'fi', 'fil', 'fr', 'fr-CA', 'hi-IN', 'hr', 'hu', 'id', 'it', 'ja', 'ko', 'lt', 'lv', 'ms', 'mt', 'nb', 'nl', 'pl', 'pt', 'pt-BR', 'ro', 'ru', 'sk', 'sl', 'sv', 'th', 'tr', 'vi', 'zh', 'zh-HK', 'zh-TW'] as const;

const url: Reader<string> = (raw, name) => {
  const value = text()(raw, name);
  if (!URL.canParse(value.replaceAll('{CHECKOUT_SESSION_ID}', 'cs_test'))) throw invalid('Not a valid URL', { code: 'url_invalid', param: name });
  return value;
};

export const priceData = hash({ currency, product: text(), product_data: hash({ name: text(), description: text(), images: anything, metadata, tax_code: text(), tax_details: anything, unit_label: text() }), recurring: anything, tax_behavior: oneOf('exclusive', 'inclusive', 'unspecified'), unit_amount: int({ min: 0 }), unit_amount_decimal: text() });
const itemSpec = hash({ adjustable_quantity: anything, dynamic_tax_rates: notPlayed, metadata, price: text(), price_data: priceData, quantity: int({ min: 1, max: 999_999 }), tax_rates: notPlayed });
const intentData = hash({ application_fee_amount: notPlayed, capture_method: oneOf('automatic', 'automatic_async', 'manual'), description: text(1_000), metadata, on_behalf_of: notPlayed, receipt_email: email(800), setup_future_usage: oneOf('off_session', 'on_session'), shipping: anything, statement_descriptor: descriptor, statement_descriptor_suffix: descriptor, transfer_data: notPlayed, transfer_group: text() });
export type IntentData = Given<{ capture_method: Reader<'automatic' | 'automatic_async' | 'manual'>; description: Reader<string>; metadata: typeof metadata; receipt_email: Reader<string>; setup_future_usage: Reader<string>; statement_descriptor: Reader<string>; statement_descriptor_suffix: Reader<string>; transfer_group: Reader<string> }>;

/** What may still be said of the payment when the session is there. */
export const laterIntentData = hash({ description: unsettable(text(1_000)), metadata, setup_future_usage: unsettable(oneOf('off_session', 'on_session')), statement_descriptor_suffix: unsettable(descriptor) });

/** What a session may be made with. */
export const spec = {
  adaptive_pricing: anything, after_expiration: anything, allow_promotion_codes: flag, allowed_payment_method_types: anyTypes, automatic_tax: offOnly, billing_address_collection: oneOf('auto', 'required'), branding_settings: anything, cancel_url: url, client_reference_id: text(200), consent_collection: anything, currency, custom_fields: anything, custom_text: anything, customer: text(), customer_account: text(), customer_creation: oneOf('always', 'if_required'), customer_email: email(800), customer_update: anything, discounts: notPlayed, excluded_payment_method_types: anyTypes, expires_at: int(), integration_identifier: text(), invoice_creation: offOnly, line_items: list(itemSpec), locale: oneOf(...locales), managed_payments: anything, metadata, mode: oneOf('payment', 'setup', 'subscription'), name_collection: anything, optional_items: notPlayed, origin_context: text(), payment_intent_data: intentData, payment_method_collection: oneOf('always', 'if_required'), payment_method_configuration: text(), payment_method_data: anything, payment_method_options: methodOptions, payment_method_types: list(oneOf('card', 'customer_balance')), permissions: anything, phone_number_collection: hash({ enabled: flag }), redirect_on_completion: oneOf('always', 'if_required', 'never'), return_url: url, saved_payment_method_options: anything, setup_intent_data: hash({ description: text(), metadata, on_behalf_of: notPlayed }), shipping_address_collection: anything, shipping_options: notPlayed, subscription_data: notPlayed, submit_type: oneOf('auto', 'book', 'donate', 'pay', 'subscribe'), success_url: url, tax_id_collection: anything, ui_mode: text(), wallet_options: anything,
} as const;
