import { Controller, Inject } from '@nestjs/common';
import { authConfig, isInternalCall } from '@autobroker/platform/auth';
import type { ConfigOf } from '@autobroker/platform/config';
import { etagOf, Handle, idPagination, idWindow, Input, type InputOf, orThrow, ProblemError, reply } from '@autobroker/platform/http';
import { PlaceOrder } from '../application/place-order';
import { ReadOrders } from '../application/read-orders';
import { StepRefusals } from '../application/step-refusals';
import { TakeStep } from '../application/take-step';
import { TellParties } from '../application/tell-parties';
import { choicesJson, entryJson, orderJson, partiesJson, termsJson } from './present-order';
import { answer, callerOf, stepAnswer } from './requests';
import { choosePayment, getOrder, getParties, getTerms, listHistory, listOrders, listSteps, placeOrder, takeStep } from './routes/order.routes';
import { closeClaim } from './routes/progress.routes';
import { partyOf } from './schemas/party';

/** Sales, from the quote to the keys. */
@Controller()
export class OrdersController {
  constructor(
    private readonly placing: PlaceOrder,
    private readonly reading: ReadOrders,
    private readonly stepping: TakeStep,
    private readonly parties: TellParties,
    private readonly refusals: StepRefusals,
    @Inject(authConfig.token) private readonly config: Pick<ConfigOf<typeof authConfig>, 'internalSecret'>,
  ) {}

  @Handle(placeOrder)
  async place(@Input() input: InputOf<typeof placeOrder>) {
    const caller = callerOf(input);
    const { quote, locale, payment_method, buyer_id, buyer } = input.body;
    const buyerId = buyer_id ?? caller.id;
    if (buyerId !== caller.id && !caller.manages && !input.principal.roles.includes('partner')) throw new ProblemError('permission_denied', 'Orders for others are for partners and the broker’s own people.');
    const placed = await this.placing.run({ quote, locale, payingBy: payment_method, buyerId, buyer: buyer === undefined ? null : partyOf(buyer, 'buyer') }, caller);
    const isAudited = !placed.ok && (await this.refusals.note('place', caller.id, placed.error, caller));
    const order = orThrow(placed, { isAudited });
    return answer(order, { status: 201, location: `/api/v1/orders/${order.id}` });
  }

  @Handle(listOrders)
  async list(@Input() input: InputOf<typeof listOrders>) {
    const caller = callerOf(input);
    const { query } = input;
    const { state: states = [] } = query;
    const binding = ['orders', caller.tenantId, caller.isStaff ? null : caller.id, states, query.vehicle_id ?? null];
    const page = await this.reading.list({ states, vehicleId: query.vehicle_id ?? null }, idWindow(query, binding), caller);
    return reply(page.orders.map(orderJson), { headers: { 'cache-control': 'no-store' }, pagination: idPagination(query, page, binding) });
  }

  @Handle(getOrder)
  async one(@Input() input: InputOf<typeof getOrder>) {
    return answer(orThrow(await this.reading.one(input.params.id, callerOf(input))));
  }

  @Handle(listSteps)
  async steps(@Input() input: InputOf<typeof listSteps>) {
    const { order, choices } = orThrow(await this.reading.choices(input.params.id, callerOf(input)));
    return reply(choicesJson(order, choices), { etag: etagOf(order.version), headers: { 'cache-control': 'no-store' } });
  }

  @Handle(takeStep)
  async step(@Input() input: InputOf<typeof takeStep>) {
    const caller = callerOf(input);
    const { to, reason = null, fault = null, proven_cost = null, payment_method = null, version = null } = input.body;
    const result = await this.stepping.run(input.params.id, { to, reason, fault, provenCost: proven_cost, payingBy: payment_method, version }, caller);
    return stepAnswer(this.refusals, to, input.params.id, caller, result);
  }

  @Handle(choosePayment)
  async payment(@Input() input: InputOf<typeof choosePayment>) {
    const [{ id }, caller] = [input.params, callerOf(input)];
    return stepAnswer(this.refusals, 'payment_method', id, caller, await this.stepping.choosePayment(id, input.body.payment_method, caller));
  }

  @Handle(closeClaim)
  async close(@Input() input: InputOf<typeof closeClaim>) {
    const [{ id, dispute_id }, caller] = [input.params, callerOf(input)];
    return stepAnswer(this.refusals, 'close_claim', id, caller, await this.stepping.closeClaim(id, dispute_id, input.body.reason, caller));
  }

  @Handle(listHistory)
  async history(@Input() input: InputOf<typeof listHistory>) {
    const { after_version, limit } = input.query;
    const entries = orThrow(await this.reading.history(input.params.id, after_version, limit, callerOf(input)));
    return reply(entries.map(entryJson), { headers: { 'cache-control': 'no-store' } });
  }

  @Handle(getTerms)
  async terms(@Input() input: InputOf<typeof getTerms>) {
    const { order, terms } = orThrow(await this.reading.terms(input.params.id, callerOf(input)));
    return reply(termsJson(order, terms), { headers: { 'cache-control': 'no-store' } });
  }

  @Handle(getParties)
  async tellParties(@Input() input: InputOf<typeof getParties>) {
    if (!isInternalCall(input.headers, this.config.internalSecret)) throw new ProblemError('not_found');
    const told = await this.parties.run(input.params.id);
    if (told === null) throw new ProblemError('not_found', 'Not everybody is named yet.');
    return reply(partiesJson(told), { headers: { 'cache-control': 'no-store' } });
  }
}
