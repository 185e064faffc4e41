import { idSchema } from '@autobroker/contracts';
import { can, publicRoute } from '@autobroker/platform/auth';
import { defineRoute, pageQuery } from '@autobroker/platform/http';
import { z } from 'zod';
import { quoteBody, quoteKeySchema, quoteSchema } from '../schemas/quote';

const tag = 'quotes';
const manage = { tag, access: can('signing_key.manage') } as const;

export const makeQuote = defineRoute({
  method: 'POST',
  path: '/quotes',
  tag,
  summary: 'Ask for a binding price, with everything that is due',
  description: 'Good for 72 hours and one order. What is missing for a line is named in the refusal; with `accept_ranges` such lines stand beside the total as open.',
  access: can('quote.create', { auditRefusals: true }),
  body: quoteBody,
  response: { status: 201, data: quoteSchema, headers: { location: { description: 'Address of the quote' } } },
  errors: ['not_found', 'no_rule', 'quote_incomplete', 'vehicle_unavailable', 'price_on_request', 'currency_mismatch'],
});

export const getQuote = defineRoute({
  method: 'GET',
  path: '/quotes/:id',
  tag,
  summary: 'A quote, for its buyer, whoever asked for it, and the broker’s people',
  access: can('quote.create'),
  params: z.strictObject({ id: idSchema }),
  response: { status: 200, data: quoteSchema },
  errors: ['not_found'],
});

export const listQuotes = defineRoute({
  method: 'GET',
  path: '/quotes',
  tag,
  summary: 'One’s own quotes, and those one has asked for, latest first',
  access: can('quote.create'),
  query: z.strictObject({ ...pageQuery.shape }),
  response: { status: 200, data: z.array(quoteSchema), paginated: true },
  errors: ['page_too_deep', 'invalid_cursor'],
});

export const quoteJwks = defineRoute({
  method: 'GET',
  path: '/quotes/jwks.json',
  tag,
  summary: 'Public keys of quotes (RFC 7517)',
  description: 'Holds the next key before it signs, and the previous one until its last quote has run out.',
  access: publicRoute({ ownCredentials: true }),
  response: { status: 200, raw: 'application/json', schema: z.strictObject({ keys: z.array(z.looseObject({ kty: z.string(), kid: z.string() })) }) },
});

export const listQuoteKeys = defineRoute({ ...manage, method: 'GET', path: '/quotes/signing-keys', summary: 'Keys that sign quotes', response: { status: 200, data: z.array(quoteKeySchema) } });

export const rotateQuoteKeys = defineRoute({
  ...manage,
  method: 'POST',
  path: '/quotes/signing-keys/rotate',
  summary: 'Sign quotes with the next key from now on',
  idempotency: 'exempt',
  description: 'The schedule does this every 30 days; quotes of the replaced key stay good until they run out.',
  response: { status: 200, data: z.array(quoteKeySchema) },
});
