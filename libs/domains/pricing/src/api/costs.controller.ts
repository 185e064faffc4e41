import { Controller } from '@nestjs/common';
import type { MoneyJson } from '@autobroker/contracts';
import type { CurrencyCode } from '@autobroker/kernel';
import { scopeOf } from '@autobroker/platform/database';
import { Handle, Input, type InputOf, orThrow, ProblemError, reply } from '@autobroker/platform/http';
import { CostRules } from '../application/costs/cost-rules';
import { BrokerFees } from '../application/costs/broker-fees';
import type { AddedRule, FeeSchedule } from '../application/costs/ports';
import { milesOf } from '../application/costs/distance';
import { type Answered, type CostRequest, WorkOutCosts } from '../application/costs/work-out-costs';
import { percentOf, type Span } from '../domain/costs/amount';
import type { CostLine, LandedCost } from '../domain/costs/question';
import { holdsOn, type CostRule } from '../domain/costs/rules';
import { callerOf } from './caller';
import { addCostRule, addFee, endCostRule, findHighestBid, listCostRules, listFees, workOutCosts } from './routes/cost.routes';
import type { CostBody, MaxBidBody } from './schemas/cost';

/** The empty text is what a route gives an operator of no tenant, and a visitor of no host that is known. */
const tenantOf = (tenantId: string): string | null => (tenantId === '' ? null : tenantId);

/** What a car costs landed, and the rules that say so. */
@Controller()
export class CostsController {
  constructor(
    private readonly costs: WorkOutCosts,
    private readonly rules: CostRules,
    private readonly fees: BrokerFees,
  ) {}

  @Handle(workOutCosts)
  async landed(@Input() { body, tenantId }: InputOf<typeof workOutCosts>) {
    return reply(landedJson(orThrow(await this.costs.landed(requestOf(body), tenantOf(tenantId)))));
  }

  @Handle(findHighestBid)
  async highestBid(@Input() { body, tenantId }: InputOf<typeof findHighestBid>) {
    const limit = limitOf(body);
    if (body.price !== undefined && body.price.currency !== limit.currency) throw new ProblemError('currency_mismatch', 'The limit is in the price’s currency.');
    const { question, answer, converted } = orThrow(await this.costs.highestBid({ ...requestOf(body), price: { amount: 0, currency: limit.currency } }, limit.amount, tenantOf(tenantId)));
    return reply({ bid: { amount: answer.bid, currency: question.currency }, landed: landedJson({ question, answer: answer.landed, converted }) });
  }

  @Handle(listCostRules)
  async list(@Input() { query }: InputOf<typeof listCostRules>) {
    const { shipped, added } = await this.rules.all();
    const { kind, jurisdiction, at } = query;
    const wanted = (rule: CostRule): boolean => (kind === undefined || rule.terms.kind === kind) && (jurisdiction === undefined || rule.jurisdiction === jurisdiction) && (at === undefined || holdsOn(rule, at));
    return reply([...added.filter(wanted).map(addedJson), ...shipped.filter(wanted).map((rule) => ({ ...ruleJson(rule), id: null, added_at: null }))]);
  }

  @Handle(addCostRule)
  async add(@Input() input: InputOf<typeof addCostRule>) {
    const { valid_from: validFrom, valid_to: validTo, ...rest } = input.body;
    return reply(addedJson(orThrow(await this.rules.add({ ...rest, validFrom, validTo }, callerOf(input)))), { status: 201 });
  }

  @Handle(endCostRule)
  async end(@Input() input: InputOf<typeof endCostRule>) {
    return reply(addedJson(orThrow(await this.rules.end(input.params.id, input.body.valid_to, callerOf(input)))));
  }

  @Handle(listFees)
  async schedules(@Input() { tenantId }: InputOf<typeof listFees>) {
    return reply(tenantId === '' ? [] : (await this.fees.all(scopeOf({ tenantId }))).map(feeJson));
  }

  @Handle(addFee)
  async addSchedule(@Input() input: InputOf<typeof addFee>) {
    if (input.tenantId === '') throw new ProblemError('not_found', 'Fees belong to a tenant.');
    const { valid_from: validFrom, ...rest } = input.body;
    return reply(feeJson(orThrow(await this.fees.add(scopeOf({ tenantId: input.tenantId }), { ...rest, validFrom }, callerOf(input)))), { status: 201 });
  }
}

/** What all of it may cost: as told, or so that a margin is left of what the car will bring. */
function limitOf({ limit, resale_value: resale, margin, margin_percent: share }: MaxBidBody): MoneyJson {
  if (limit !== undefined) return limit;
  if (resale === undefined) throw new ProblemError('validation_failed');
  if (margin !== undefined && margin.currency !== resale.currency) throw new ProblemError('currency_mismatch', 'The margin is in the currency of the resale value.');
  return { amount: resale.amount - (margin?.amount ?? percentOf(resale.amount, share ?? '0')), currency: resale.currency };
}

function requestOf(body: CostBody): CostRequest {
  const { origin, destination, transport } = body;
  return {
    vehicleId: body.vehicle_id ?? null,
    price: body.price ?? null,
    day: body.date ?? null,
    origin: { country: origin?.country ?? null, region: origin?.region ?? null, postalCode: origin?.postal_code ?? null },
    destination: { country: destination.country, region: destination.region ?? null, postalCode: destination.postal_code ?? null },
    miles: transport?.distance_miles ?? (transport?.distance_km === undefined ? null : milesOf(transport.distance_km)),
    firstRegistration: body.first_registration ?? null,
    mileageKm: body.mileage_km ?? null,
    buyerCurrency: body.buyer_currency ?? null,
    question: {
      buyer: body.buyer_kind,
      buyerVatId: body.buyer_vat_id !== undefined,
      seller: body.auction === undefined ? body.seller_kind : 'auction',
      isNew: body.is_new,
      tradeIn: body.trade_in,
      boughtFor: body.bought_for ?? null,
      localRate: body.local_tax_rate ?? null,
      auction: body.auction === undefined ? null : { ...body.auction, title: body.auction.title ?? null },
      transportMethod: transport?.method ?? 'formula',
      enclosed: transport?.enclosed ?? false,
      inoperable: transport?.inoperable ?? false,
      brokerFee: body.broker_fee,
    },
  };
}

function landedJson({ question, answer, converted }: Answered<LandedCost>) {
  const spanIn = (currency: CurrencyCode) => ({ least, most }: Span) => ({ least: { amount: least, currency }, most: { amount: most, currency } });
  const span = spanIn(answer.currency);
  const lineJson = ({ code, label, amount, rule, because }: CostLine) => ({
    code,
    label,
    amount: amount === null ? null : span(amount),
    rule: rule === null ? null : { key: rule.key, source: rule.source, confidence: rule.confidence, valid_from: rule.validFrom, valid_to: rule.validTo, note: rule.note },
    because,
  });
  return {
    currency: answer.currency,
    date: question.day,
    distance_miles: question.miles,
    lines: answer.lines.map(lineJson),
    inside: answer.inside.map(lineJson),
    total: span(answer.total),
    converted: converted === null ? null : { total: spanIn(converted.currency)(converted.total), rate: converted.rate, day: converted.day, source: converted.source },
    is_exact: answer.isExact,
    unknown: answer.unknown,
  };
}

const ruleJson = ({ key, jurisdiction, terms, currency, validFrom, validTo, source, confidence, note }: CostRule) => ({ key, jurisdiction, terms, currency, valid_from: validFrom, valid_to: validTo, source, confidence, note });
const addedJson = (rule: AddedRule) => ({ ...ruleJson(rule), id: rule.id, added_at: rule.addedAt.toISOString() });
const feeJson = ({ id, percent, least, most, currency, validFrom, addedAt }: FeeSchedule) => ({ id, percent, least, most, currency, valid_from: validFrom, added_at: addedAt.toISOString() });
