import { Controller } from '@nestjs/common';
import { Handle, Input, type InputOf, orThrow, ProblemError, reply } from '@autobroker/platform/http';
import { CostRules } from '../application/costs/cost-rules';
import type { AddedRule } from '../application/costs/ports';
import { type Answered, type CostRequest, milesOf, WorkOutCosts } from '../application/costs/work-out-costs';
import type { Span } from '../domain/costs/amount';
import type { LandedCost } from '../domain/costs/question';
import { holdsOn, type CostRule } from '../domain/costs/rules';
import { callerOf } from './caller';
import { addCostRule, endCostRule, findHighestBid, listCostRules, workOutCosts } from './routes/cost.routes';
import type { CostBody } from './schemas/cost';

/** The empty text is what a route gives an operator of no tenant, and a visitor of no host that is known. */
const tenantOf = (tenantId: string): string | null => (tenantId === '' ? null : tenantId);

/** What a car costs landed, and the rules that say so. */
@Controller()
export class CostsController {
  constructor(
    private readonly costs: WorkOutCosts,
    private readonly rules: CostRules,
  ) {}

  @Handle(workOutCosts)
  async landed(@Input() { body, tenantId }: InputOf<typeof workOutCosts>) {
    return reply(landedJson(orThrow(await this.costs.landed(requestOf(body), tenantOf(tenantId)))));
  }

  @Handle(findHighestBid)
  async highestBid(@Input() { body, tenantId }: InputOf<typeof findHighestBid>) {
    const { limit: told, resale, ...rest } = body;
    const limit = resale === undefined ? told : { amount: resale.price.amount - resale.margin.amount, currency: resale.price.currency };
    if (limit === undefined) throw new ProblemError('validation_failed', 'Either a limit, or a resale with its margin.');
    if (rest.price !== undefined && rest.price.currency !== limit.currency) throw new ProblemError('currency_mismatch', 'The limit is in the price’s currency.');
    const { question, answer, converted } = orThrow(await this.costs.highestBid({ ...requestOf(rest), price: { amount: 0, currency: limit.currency } }, limit.amount, tenantOf(tenantId)));
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
    currency: body.currency ?? null,
    firstRegistration: body.first_registration ?? null,
    mileageKm: body.mileage_km ?? null,
    question: {
      buyer: body.buyer_kind,
      buyerVatId: body.buyer_vat_id !== undefined,
      seller: body.auction === undefined ? body.seller_kind : 'auction',
      isNew: body.is_new,
      tradeIn: body.trade_in,
      localRate: body.local_tax_rate ?? null,
      auction: body.auction ?? null,
      transportMethod: transport?.method ?? 'formula',
      enclosed: transport?.enclosed ?? false,
      inoperable: transport?.inoperable ?? false,
      brokerFee: body.broker_fee,
    },
  };
}

function landedJson({ question, answer, converted }: Answered<LandedCost>) {
  const { currency } = answer;
  const span = ({ least, most }: Span) => ({ least: { amount: least, currency }, most: { amount: most, currency } });
  return {
    currency,
    date: question.day,
    distance_miles: question.miles,
    lines: answer.lines.map(({ code, label, amount, rule, because }) => ({
      code,
      label,
      amount: amount === null ? null : span(amount),
      rule: rule === null ? null : { key: rule.key, source: rule.source, confidence: rule.confidence, valid_from: rule.validFrom, note: rule.note },
      because,
    })),
    total: span(answer.total),
    is_exact: answer.isExact,
    unknown: answer.unknown,
    converted: converted === null ? null : { total: { least: converted.least.toJSON(), most: converted.most.toJSON() }, rate: converted.rate, source: converted.source, day: converted.day },
  };
}

const ruleJson = ({ key, jurisdiction, terms, currency, validFrom, validTo, source, confidence, note }: CostRule) => ({ key, jurisdiction, terms, currency, valid_from: validFrom, valid_to: validTo, source, confidence, note });
const addedJson = (rule: AddedRule) => ({ ...ruleJson(rule), id: rule.id, added_at: rule.addedAt.toISOString() });
