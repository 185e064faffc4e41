/**
 * The closed table of everything that can be refused on the wire. A `code` is what clients branch on; it never changes
 * its meaning. Each has a page docs/problems/<code>.md, and `type` in a problem object points to it.
 */
export const problems = {
  // 400: the request itself is not right
  malformed_request: { status: 400, title: 'The request could not be read' },
  malformed_json: { status: 400, title: 'The body is not valid JSON' },
  validation_failed: { status: 400, title: 'Some values are not valid' },
  page_too_deep: { status: 400, title: 'Pages end at 10,000 entries; use the cursor to go deeper' },
  invalid_cursor: { status: 400, title: 'The cursor does not belong to this list' },
  idempotency_key_required: { status: 400, title: 'This request needs an Idempotency-Key' },
  idempotency_key_invalid: { status: 400, title: 'The Idempotency-Key is not valid' },
  credentials_ambiguous: { status: 400, title: 'The request carries more than one credential' },
  currency_mismatch: { status: 400, title: 'The amounts are in different currencies' },
  currency_unsupported: { status: 400, title: 'There is no reference rate for this currency' },
  quote_invalid: { status: 400, title: 'The quote is not valid here' },
  quote_incomplete: { status: 400, title: 'The quote needs to know more' },
  token_invalid: { status: 400, title: 'This link or code is not valid, was used before, or has expired' },
  password_unacceptable: { status: 400, title: 'This password does not meet the policy' },
  file_unsupported: { status: 400, title: 'The file is not of a supported kind' },
  file_unreadable: { status: 400, title: 'The file is damaged and could not be read' },
  header_invalid: { status: 400, title: 'A request header is not valid' },

  // 401, 403: who is asking
  unauthenticated: { status: 401, title: 'Sign in, or send a valid credential' },
  token_expired: { status: 401, title: 'The access token has expired' },
  invalid_credentials: { status: 401, title: 'The e-mail address or the password is wrong' },
  mfa_required: { status: 401, title: 'A second factor is needed to finish signing in' },
  mfa_invalid: { status: 401, title: 'The code is wrong or has been used' },
  refresh_token_invalid: { status: 401, title: 'The refresh token is not valid' },
  recent_login_required: { status: 401, title: 'Sign in again to do this' },
  permission_denied: { status: 403, title: 'You may not do this' },
  quote_not_yours: { status: 403, title: 'The quote was made for somebody else' },
  account_disabled: { status: 403, title: 'This account is disabled' },
  email_unverified: { status: 403, title: 'Verify the e-mail address first' },
  mfa_enrolment_required: { status: 403, title: 'This role needs a second factor' },
  signature_invalid: { status: 403, title: 'The signature is not valid or has expired' },

  // 404, 405, 406
  not_found: { status: 404, title: 'There is nothing here' },
  route_not_found: { status: 404, title: 'There is no such address' },
  tenant_not_found: { status: 404, title: 'There is no such tenant' },
  method_not_allowed: { status: 405, title: 'This address does not take that method' },
  not_acceptable: { status: 406, title: 'None of the accepted representations is available' },
  request_timeout: { status: 408, title: 'The request took too long to arrive' },

  // 409: the state of things
  conflict: { status: 409, title: 'The request conflicts with the current state' },
  already_exists: { status: 409, title: 'There is one already' },
  transition_not_allowed: { status: 409, title: 'That step is not possible from the current state' },
  vehicle_unavailable: { status: 409, title: 'The vehicle is not available' },
  idempotency_in_flight: { status: 409, title: 'A request with this Idempotency-Key is still being processed' },
  idempotency_outcome_unknown: { status: 409, title: 'The request with this Idempotency-Key was carried out, but its answer is lost' },
  last_admin: { status: 409, title: 'The tenant needs at least one active admin' },
  mfa_already_enrolled: { status: 409, title: 'A second factor is set up already' },
  mfa_not_enrolled: { status: 409, title: 'No second factor is set up' },
  legal_hold: { status: 409, title: 'The law requires that this is kept for now' },
  limit_reached: { status: 409, title: 'The limit of this plan is reached' },
  listing_taken: { status: 409, title: 'This source listing belongs to another vehicle' },
  key_not_rotatable: { status: 409, title: 'The key cannot be rotated in its current state' },
  source_unavailable: { status: 409, title: 'The source cannot be read now' },
  run_in_progress: { status: 409, title: 'A run of this source is under way' },
  no_rule: { status: 409, title: 'No rule says what this costs' },
  price_on_request: { status: 409, title: 'The price is not fixed' },
  quote_expired: { status: 409, title: 'The quote has expired' },
  quote_used: { status: 409, title: 'An order was placed with this quote' },
  offer_unchecked: { status: 409, title: 'Whether the offer still stands is being looked at' },
  offer_changed: { status: 409, title: 'The offer is not what was quoted any more' },
  price_consent_required: { status: 409, title: 'The buyer has to agree to the new price first' },
  vin_missing: { status: 409, title: 'The number of the car (VIN) is not known' },
  withdrawal_not_possible: { status: 409, title: 'This sale can’t be withdrawn from' },
  payment_in_progress: { status: 409, title: 'A payment for this is under way' },
  nothing_owed: { status: 409, title: 'Nothing is owed' },
  payment_method_unavailable: { status: 409, title: 'This way to pay is not available here' },
  refund_exceeds_payment: { status: 409, title: 'More would go back than was paid' },
  second_approval_required: { status: 409, title: 'Somebody else has to approve this' },
  document_final: { status: 409, title: 'The document is issued and can only be replaced' },
  already_signed: { status: 409, title: 'It is signed already' },
  not_revertible: { status: 409, title: 'This merge or split cannot be taken back as things are' },
  not_replayable: { status: 409, title: 'This message cannot be replayed' },

  // 412 to 431: conditions and sizes
  precondition_failed: { status: 412, title: 'The object has changed since it was read' },
  payload_too_large: { status: 413, title: 'The body is too large' },
  uri_too_long: { status: 414, title: 'The address is too long' },
  unsupported_media_type: { status: 415, title: 'This media type is not supported here' },
  range_not_satisfiable: { status: 416, title: 'The range lies outside the object' },
  idempotency_key_reused: { status: 422, title: 'The Idempotency-Key was used with another request' },
  precondition_required: { status: 428, title: 'Send If-Match with the version that you read' },
  rate_limited: { status: 429, title: 'Too many requests' },
  account_locked: { status: 429, title: 'Too many attempts; try again later' },
  headers_too_large: { status: 431, title: 'The request headers are too large' },

  // 5xx: ours
  internal_error: { status: 500, title: 'Something went wrong on our side' },
  upstream_failed: { status: 502, title: 'A service that this depends on failed' },
  unavailable: { status: 503, title: 'Temporarily unavailable' },
  upstream_timeout: { status: 504, title: 'A service that this depends on did not answer in time' },
} as const satisfies Record<string, { status: number; title: string }>;

/** The machine-readable reason in every problem object. */
export type ProblemCode = keyof typeof problems;

export const problemCodes = Object.keys(problems) as ProblemCode[];

export const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(problems, code);
