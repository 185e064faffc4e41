import { Controller } from '@nestjs/common';
import { Handle, Input, type InputOf } from '@autobroker/platform/http';
import { InspectReturn } from '../application/inspect-return';
import { StepRefusals } from '../application/step-refusals';
import { callerOf, stepAnswer } from './requests';
import { approveReturn, inspectReturn } from './routes/returns.routes';

/** Cars that come back after a withdrawal. */
@Controller()
export class ReturnsController {
  constructor(
    private readonly inspecting: InspectReturn,
    private readonly refusals: StepRefusals,
  ) {}

  @Handle(inspectReturn)
  async inspect(@Input() input: InputOf<typeof inspectReturn>) {
    const [{ id, withdrawal_id }, caller] = [input.params, callerOf(input)];
    const { odometer_km: odometerKm, photos, defects, loss } = input.body;
    return stepAnswer(this.refusals, 'inspect_return', id, caller, await this.inspecting.inspect(id, withdrawal_id, { odometerKm, photos, defects, loss }, caller));
  }

  @Handle(approveReturn)
  async approve(@Input() input: InputOf<typeof approveReturn>) {
    const [{ id, withdrawal_id }, caller] = [input.params, callerOf(input)];
    return stepAnswer(this.refusals, 'approve_return', id, caller, await this.inspecting.approve(id, withdrawal_id, caller));
  }
}
