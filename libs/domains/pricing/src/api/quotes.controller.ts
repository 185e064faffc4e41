import { Controller } from '@nestjs/common';
import { isStaff } from '@autobroker/contracts';
import { capacities, isUuid } from '@autobroker/kernel';
import { etagOfText, Handle, idPagination, idWindow, Input, type InputOf, orThrow, plain, ProblemError, reply } from '@autobroker/platform/http';
import { signingKeyJson } from '@autobroker/platform/signing';
import { MakeQuote, type QuoteAsker, type QuoteRequest } from '../application/quotes/make-quote';
import type { Quote, QuotePage, UsedRule } from '../application/quotes/ports';
import { QuoteKeys } from '../application/quotes/quote-keys';
import { ReadQuotes } from '../application/quotes/read-quotes';
import { callerOf } from './caller';
import { getQuote, listQuoteKeys, listQuotes, makeQuote, quoteJwks, rotateQuoteKeys } from './routes/quote.routes';
import type { QuoteBody } from './schemas/quote';

/** What a car costs its buyer, in writing. */
@Controller()
export class QuotesController {
  constructor(
    private readonly making: MakeQuote,
    private readonly reading: ReadQuotes,
    private readonly keys: QuoteKeys,
  ) {}

  @Handle(makeQuote)
  async make(@Input() input: InputOf<typeof makeQuote>) {
    const asker = askerOf(input);
    const quote = orThrow(await this.making.run(requestOf(input.body), asker));
    return reply(this.json(quote), { status: 201, location: `/api/v1/quotes/${quote.id}`, headers: { 'cache-control': 'no-store' } });
  }

  @Handle(getQuote)
  async one(@Input() { params, principal }: InputOf<typeof getQuote>) {
    // Its own tenant, not the one of the host name: the installation's operator belongs to none.
    const quote = await this.reading.one(params.id, { userId: principal.id, tenantId: principal.tenantId, roles: principal.roles });
    if (quote === null) throw new ProblemError('not_found', 'There is no such quote.');
    return reply(this.json(quote), { headers: { 'cache-control': 'no-store' } });
  }

  @Handle(listQuotes)
  async mine(@Input() { query, principal }: InputOf<typeof listQuotes>) {
    const { id, tenantId } = principal;
    const binding = ['quotes', tenantId, id];
    const window = idWindow(query, binding);
    // Quotes belong to somebody, at a broker: whoever is at none has none.
    const page = id === null || !isUuid(id) || tenantId === null ? noQuotes : await this.reading.mine(tenantId, id, window);
    return reply(page.quotes.map((quote) => this.json(quote)), { headers: { 'cache-control': 'no-store' }, pagination: idPagination(query, page, binding) });
  }

  @Handle(quoteJwks)
  async jwks(@Input() _input: InputOf<typeof quoteJwks>) {
    // Five minutes are well within the hour by which a key is announced before it signs.
    const keys = JSON.stringify({ keys: await this.keys.keys() });
    return plain(keys, 'application/json; charset=utf-8', { etag: etagOfText(keys), headers: { 'cache-control': 'public, max-age=300' } });
  }

  @Handle(listQuoteKeys)
  async list(@Input() _input: InputOf<typeof listQuoteKeys>) {
    return reply((await this.keys.published()).map(signingKeyJson));
  }

  @Handle(rotateQuoteKeys)
  async rotate(@Input() input: InputOf<typeof rotateQuoteKeys>) {
    await this.keys.rotate({ force: true, by: callerOf(input) });
    return reply((await this.keys.published()).map(signingKeyJson));
  }

  private json(quote: Quote) {
    const { currency } = quote;
    const money = (amount: number) => ({ amount, currency });
    return {
      id: quote.id,
      status: this.reading.hasExpired(quote) ? ('expired' as const) : ('valid' as const),
      buyer_id: quote.buyerId,
      vehicle_id: quote.vehicleId,
      listing_id: quote.listingId,
      price_version: quote.priceVersion,
      asked_price: money(quote.askedPrice),
      capacity: quote.capacity,
      destination: quote.destination,
      distance_miles: quote.distanceMiles,
      lines: quote.lines.map(({ code, label, amount, payee, because, rule }) => ({ code, label, amount: money(amount), payee, because, rule: ruleJson(rule) })),
      open: quote.open.map(({ code, label, least, most, because, rule }) => ({ code, label, least: least === null ? null : money(least), most: most === null ? null : money(most), because, rule: ruleJson(rule) })),
      total: money(quote.total),
      token: quote.token,
      issued_at: quote.issuedAt.toISOString(),
      expires_at: quote.expiresAt.toISOString(),
    };
  }
}

const noQuotes: QuotePage = { quotes: [], total: 0, next: null };

/** What costs the broker money when it is not so is said by the broker's own people. */
function refuseStaffTerms({ delivery, auction, seller_kind, trade_in, fees }: QuoteBody): void {
  const told = [delivery?.distance_miles, auction?.tier, seller_kind, trade_in, fees];
  if (told.some((value) => value !== undefined)) throw new ProblemError('permission_denied', 'A distance, a tier, who sells, a trade-in and agreed fees are for the broker’s own people to say.');
}

function askerOf(input: InputOf<typeof makeQuote>): QuoteAsker {
  const { principal, body } = input;
  const { tenantId } = principal;
  if (principal.id === null || !isUuid(principal.id) || tenantId === null) throw new ProblemError('permission_denied', 'A quote is made to somebody, by a broker.');
  if (!isStaff(principal)) refuseStaffTerms(body);
  const buyerId = body.buyer_id ?? principal.id;
  if (buyerId !== principal.id && !isStaff(principal) && !principal.roles.includes('partner')) throw new ProblemError('permission_denied', 'Quotes for others are the broker’s own people’s.');
  return { tenantId, userId: principal.id, buyerId, by: callerOf(input) };
}

function requestOf(body: QuoteBody): QuoteRequest {
  const { destination, delivery, auction } = body;
  const capacity = capacities.find((known) => known === body.capacity.toLowerCase());
  if (capacity === undefined) throw new ProblemError('validation_failed');
  return {
    vehicleId: body.vehicle_id,
    wish: { listingId: body.listing_id ?? null, bid: body.bid ?? null, currency: body.currency ?? null },
    capacity,
    destination: { country: destination.country, region: destination.region ?? null, postalCode: destination.postal_code ?? null },
    delivery: delivery === undefined ? null : { miles: delivery.distance_miles ?? null, enclosed: delivery.enclosed, inoperable: delivery.inoperable, method: delivery.method },
    fees: body.fees ?? [],
    acceptRanges: body.accept_ranges,
    terms: {
      buyer: body.buyer_kind,
      buyerVatId: body.buyer_vat_id !== undefined,
      seller: body.seller_kind ?? 'private',
      tradeIn: body.trade_in ?? 0,
      localRate: body.local_tax_rate ?? null,
      auction: auction === undefined ? null : { tier: auction.tier ?? 'standard', bid: auction.bid },
    },
  };
}

const ruleJson = (rule: UsedRule | null) => (rule === null ? null : { key: rule.key, version: rule.version, source: rule.source, confidence: rule.confidence, valid_from: rule.validFrom });
