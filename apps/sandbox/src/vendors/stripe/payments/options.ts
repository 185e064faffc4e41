import { invalid } from '../core/errors';
import { isHash, type RawHash } from '../core/form';
import { anything, hash, oneOf, type Reader, type Spec } from '../core/params';

const known = (names: string, more: Spec = {}): Reader<unknown> => {
  const spec: Spec = Object.fromEntries(names.split(' ').map((name) => [name, anything]));
  return hash({ ...spec, ...more });
};

/** Where accounts for transfers in euro are. */
export const euroTransfer = hash({ country: oneOf('DE', 'FR', 'IE', 'NL') });

const transfer = hash({ eu_bank_transfer: euroTransfer, requested_address_types: anything, type: oneOf('eu_bank_transfer', 'gb_bank_transfer', 'jp_bank_transfer', 'mx_bank_transfer', 'us_bank_transfer') });

/** What there is to be said of cards and of bank transfers, for payments, set-ups and Checkout; of other kinds anything goes, since none is played that has options. */
const kinds: Readonly<Record<string, Reader<unknown>>> = {
  card: known('capture_method cvc_token installments mandate_options moto network request_extended_authorization request_incremental_authorization request_multicapture request_overcapture request_three_d_secure require_cvc_recollection restrictions setup_credential_usage setup_future_usage statement_descriptor_suffix_kana statement_descriptor_suffix_kanji stored_credential_usage three_d_secure'),
  customer_balance: known('setup_future_usage', { bank_transfer: transfer, funding_type: oneOf('bank_transfer') }),
};

/** `payment_method_options`, by kind of method. */
export const methodOptions: Reader<RawHash> = (raw, name) => {
  if (!isHash(raw)) throw invalid('Invalid object', { param: name });
  for (const [kind, read] of Object.entries(kinds)) {
    const given = raw[kind];
    if (given !== undefined && given !== '') read(given, `${name}[${kind}]`);
  }
  return raw;
};
