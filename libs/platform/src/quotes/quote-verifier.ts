import { verify, type KeyObject } from 'node:crypto';
import { quoteClaimsSchema, quoteType, type QuoteClaims } from '@autobroker/contracts';
import { ok, refuse, type Clock, type Refusal, type Result } from '@autobroker/kernel';
import { z } from 'zod';
import { AuthRefusal, type KeyRing } from '../auth';

export interface QuoteVerifierOptions {
  readonly issuer: string;
  /** Quotes run out by the platform's clock: it is the one that deadlines of orders go by. */
  readonly clock: Clock;
  /** By how much the clock of the process that made it may be ahead. */
  readonly clockSkewS?: number;
}

/** Who shows the quote, and for what. */
export interface QuoteExpectation {
  readonly tenantId: string;
  readonly buyerId: string;
  readonly vehicleId?: string;
  /** In which the buyer is going to pay. */
  readonly currency?: string;
}

export type QuoteRefusal = Refusal<'quote_invalid' | 'quote_not_yours' | 'quote_expired' | 'currency_mismatch' | 'unavailable'>;

const headerSchema = z.object({
  // The one algorithm; above all not `none`.
  alg: z.literal('EdDSA'),
  kid: z.string().min(1).max(200),
  // An access token is signed the same way, and is no quote.
  typ: z.literal(quoteType),
  // Extensions that must be understood: we understand none.
  crit: z.undefined().optional(),
  b64: z.undefined().optional(),
});
const shape = /^[\w-]+\.[\w-]+\.[\w-]+$/;
const maxLength = 65_536;

interface Parts {
  readonly kid: string;
  readonly signed: string;
  readonly payload: string;
  readonly signature: string;
}

/** Tells whether a quote is the pricing service's, unchanged, and still good, from its public keys alone. */
export class QuoteVerifier {
  private readonly skewS: number;

  constructor(
    private readonly keys: KeyRing,
    private readonly options: QuoteVerifierOptions,
  ) {
    this.skewS = options.clockSkewS ?? 30;
  }

  async verify(token: string, expected: QuoteExpectation): Promise<Result<QuoteClaims, QuoteRefusal>> {
    const parts = read(token);
    if (parts === null) return invalid('It is not a signed quote.');
    const key = await this.keyOf(parts.kid);
    if (key === 'away') return refuse('unavailable', 'Quotes can’t be checked right now.');
    if (key === null) return invalid('It was signed with an unknown key.');
    if (!isSignedBy(key, parts)) return invalid('Its signature is wrong.');
    const claims = quoteClaimsSchema.safeParse(parseJson(parts.payload));
    if (!claims.success || claims.data.iss !== this.options.issuer) return invalid('It was made by or for somebody else.');
    return this.check(claims.data, expected);
  }

  private check(claims: QuoteClaims, { tenantId, buyerId, vehicleId, currency }: QuoteExpectation): Result<QuoteClaims, QuoteRefusal> {
    if (claims.tid !== tenantId || claims.sub !== buyerId) return refuse('quote_not_yours', 'It was made for somebody else.');
    if (vehicleId !== undefined && claims.vehicle_id !== vehicleId) return invalid('It was made for another vehicle.');
    if (currency !== undefined && claims.currency !== currency) return refuse('currency_mismatch', `It is in ${claims.currency}.`);
    const now = this.options.clock.now().getTime() / 1_000;
    if (claims.nbf > now + this.skewS || claims.iat > now + this.skewS) return invalid('It is not valid yet.');
    if (claims.exp <= now) return refuse('quote_expired', 'Ask for a new one: prices may have changed.');
    return ok(claims);
  }

  private async keyOf(kid: string): Promise<KeyObject | null | 'away'> {
    try {
      return this.keys.peek(kid) ?? (await this.keys.find(kid));
    } catch (error) {
      if (error instanceof AuthRefusal) return 'away';
      throw error;
    }
  }
}

const invalid = (why: string): Result<never, QuoteRefusal> => refuse('quote_invalid', why);

function read(token: string): Parts | null {
  const [head, payload, signature] = token.length <= maxLength && shape.test(token) ? token.split('.') : [];
  if (head === undefined || payload === undefined || signature === undefined) return null;
  const header = headerSchema.safeParse(parseJson(head));
  return header.success ? { kid: header.data.kid, signed: `${head}.${payload}`, payload, signature } : null;
}

/** A signature has one spelling: the bits that base64url leaves over are zero, or it is another text. */
function isSignedBy(key: KeyObject, { signed, signature }: Parts): boolean {
  const bytes = Buffer.from(signature, 'base64url');
  return bytes.toString('base64url') === signature && verify(null, Buffer.from(signed), key, bytes);
}

/** One spelling of JSON too: a member that is told twice means one thing to us and may mean another to the next reader. */
function parseJson(part: string): unknown {
  const text = Buffer.from(part, 'base64url').toString('utf8');
  try {
    const value: unknown = JSON.parse(text);
    return JSON.stringify(value) === text ? value : null;
  } catch {
    return null;
  }
}
