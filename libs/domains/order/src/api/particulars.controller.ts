import { Controller } from '@nestjs/common';
import { etagOf, Handle, Input, type InputOf, orThrow, reply } from '@autobroker/platform/http';
import { ConfirmOffer } from '../application/confirm-offer';
import { IdentifyCar } from '../application/identify-car';
import { NameParties } from '../application/name-parties';
import { StepRefusals } from '../application/step-refusals';
import { callerOf, stepAnswer } from './requests';
import { confirmOffer, getBuyer, identifyCar, nameBuyer, nameSeller } from './routes/particulars.routes';
import { partyJson, partyOf } from './schemas/party';

/** What people know of a sale and nobody could read: that the offer stands, which car it is, who takes part. */
@Controller()
export class ParticularsController {
  constructor(
    private readonly offers: ConfirmOffer,
    private readonly cars: IdentifyCar,
    private readonly naming: NameParties,
    private readonly refusals: StepRefusals,
  ) {}

  @Handle(confirmOffer)
  async confirm(@Input() input: InputOf<typeof confirmOffer>) {
    const [{ id }, caller] = [input.params, callerOf(input)];
    return stepAnswer(this.refusals, 'confirm_offer', id, caller, await this.offers.run(id, input.body.reason, caller));
  }

  @Handle(identifyCar)
  async identify(@Input() input: InputOf<typeof identifyCar>) {
    const [{ id }, caller] = [input.params, callerOf(input)];
    return stepAnswer(this.refusals, 'identify_car', id, caller, await this.cars.run(id, input.body.vin, caller));
  }

  @Handle(getBuyer)
  async buyer(@Input() input: InputOf<typeof getBuyer>) {
    const { order, buyer } = orThrow(await this.naming.buyer(input.params.id, callerOf(input)));
    return reply(partyJson(buyer), { etag: etagOf(order.version), headers: { 'cache-control': 'no-store' } });
  }

  @Handle(nameBuyer)
  async nameBuyer(@Input() input: InputOf<typeof nameBuyer>) {
    const [{ id }, caller] = [input.params, callerOf(input)];
    return stepAnswer(this.refusals, 'name_buyer', id, caller, await this.naming.run(id, 'buyer', partyOf(input.body, 'buyer'), input.ifMatch, caller));
  }

  @Handle(nameSeller)
  async nameSeller(@Input() input: InputOf<typeof nameSeller>) {
    const [{ id }, caller] = [input.params, callerOf(input)];
    return stepAnswer(this.refusals, 'name_seller', id, caller, await this.naming.run(id, 'seller', partyOf(input.body, 'seller'), input.ifMatch, caller));
  }
}
