import { Controller } from '@nestjs/common';
import { Handle, Input, type InputOf } from '@autobroker/platform/http';
import { AssessUse } from '../application/assess-use';
import { CarryOut } from '../application/carry-out';
import { ChangePrice } from '../application/change-price';
import { InspectCar } from '../application/inspect-car';
import { StepRefusals } from '../application/step-refusals';
import { Withdraw } from '../application/withdraw';
import { callerOf, stepAnswer } from './requests';
import {
  acceptHandover,
  addLeg,
  approveAssessment,
  arrangeInspection,
  assessUse,
  changeLeg,
  confirmChange,
  confirmWithdrawal,
  decideInspection,
  declareWithdrawal,
  noteRegistration,
  proposeChange,
  recordHandover,
  reportInspection,
  setTerms,
  takeBackChange,
  waiveInspection,
} from './routes/progress.routes';

/** What is done for a sale between its states. */
@Controller()
export class ProgressController {
  constructor(
    private readonly inspecting: InspectCar,
    private readonly pricing: ChangePrice,
    private readonly carrying: CarryOut,
    private readonly withdrawing: Withdraw,
    private readonly assessing: AssessUse,
    private readonly refusals: StepRefusals,
  ) {}

  @Handle(arrangeInspection)
  async arrange(@Input() input: InputOf<typeof arrangeInspection>) {
    const [{ id }, caller] = [input.params, callerOf(input)];
    const { inspector = null, appointment = null } = input.body;
    return stepAnswer(this.refusals, 'arrange_inspection', id, caller, await this.inspecting.arrange(id, { inspector, appointment }, caller));
  }

  @Handle(waiveInspection)
  async waive(@Input() input: InputOf<typeof waiveInspection>) {
    const [{ id }, caller] = [input.params, callerOf(input)];
    return stepAnswer(this.refusals, 'waive_inspection', id, caller, await this.inspecting.waive(id, input.body.information_received, caller));
  }

  @Handle(reportInspection)
  async report(@Input() input: InputOf<typeof reportInspection>) {
    const [{ id }, caller] = [input.params, callerOf(input)];
    const { mileage_km: mileageKm, ...report } = input.body;
    return stepAnswer(this.refusals, 'report_inspection', id, caller, await this.inspecting.report(id, { ...report, mileageKm }, caller));
  }

  @Handle(decideInspection)
  async decide(@Input() input: InputOf<typeof decideInspection>) {
    const [{ id }, caller] = [input.params, callerOf(input)];
    const { decision, information_received: informed, reason = null } = input.body;
    return stepAnswer(this.refusals, `inspection_${decision}`, id, caller, await this.inspecting.decide(id, { accept: decision === 'accept', informed, reason }, caller));
  }

  @Handle(proposeChange)
  async propose(@Input() input: InputOf<typeof proposeChange>) {
    const [{ id }, caller] = [input.params, callerOf(input)];
    const { quote = null, lines, reason } = input.body;
    return stepAnswer(this.refusals, 'propose_price', id, caller, await this.pricing.propose(id, { quote, lines, reason }, caller));
  }

  @Handle(confirmChange)
  async confirm(@Input() input: InputOf<typeof confirmChange>) {
    const [{ id, change_id }, caller] = [input.params, callerOf(input)];
    return stepAnswer(this.refusals, 'confirm_price', id, caller, await this.pricing.confirm(id, change_id, caller));
  }

  @Handle(takeBackChange)
  async takeBack(@Input() input: InputOf<typeof takeBackChange>) {
    const [{ id, change_id }, caller] = [input.params, callerOf(input)];
    return stepAnswer(this.refusals, 'decline_price', id, caller, await this.pricing.takeBack(id, change_id, caller));
  }

  @Handle(setTerms)
  async terms(@Input() input: InputOf<typeof setTerms>) {
    const [{ id }, caller] = [input.params, callerOf(input)];
    const { guarantee_months: guaranteeMonths, guarantee_note: guaranteeNote, delivery, defects, withdrawal_told = null } = input.body;
    return stepAnswer(this.refusals, 'contract_terms', id, caller, await this.carrying.terms(id, { guaranteeMonths, guaranteeNote, delivery, defects, withdrawalTold: withdrawal_told }, caller));
  }

  @Handle(noteRegistration)
  async registration(@Input() input: InputOf<typeof noteRegistration>) {
    const [{ id }, caller] = [input.params, callerOf(input)];
    const { title_received_at, poa_received_at, tax_remitted_at, plates } = input.body;
    const change = {
      ...(title_received_at === undefined ? {} : { titleReceivedAt: title_received_at }),
      ...(poa_received_at === undefined ? {} : { poaReceivedAt: poa_received_at }),
      ...(tax_remitted_at === undefined ? {} : { taxRemittedAt: tax_remitted_at }),
      ...(plates === undefined ? {} : { plates }),
    };
    return stepAnswer(this.refusals, 'registration', id, caller, await this.carrying.registration(id, change, caller));
  }

  @Handle(addLeg)
  async leg(@Input() input: InputOf<typeof addLeg>) {
    const [{ id }, caller] = [input.params, callerOf(input)];
    return stepAnswer(this.refusals, 'transport', id, caller, await this.carrying.addLeg(id, input.body, caller));
  }

  @Handle(changeLeg)
  async change(@Input() input: InputOf<typeof changeLeg>) {
    const [{ id, leg_id }, caller] = [input.params, callerOf(input)];
    const { status = null, insurance = null, eta = null, pickup_photos = null } = input.body;
    return stepAnswer(this.refusals, 'transport', id, caller, await this.carrying.changeLeg(id, leg_id, { status, insurance, eta, pickupPhotos: pickup_photos }, caller));
  }

  @Handle(recordHandover)
  async handover(@Input() input: InputOf<typeof recordHandover>) {
    const [{ id }, caller] = [input.params, callerOf(input)];
    const { odometer_km: odometerKm, signed_on_paper: signedOnPaper, ...rest } = input.body;
    return stepAnswer(this.refusals, 'handover', id, caller, await this.carrying.handover(id, { ...rest, odometerKm, signedOnPaper }, caller));
  }

  @Handle(acceptHandover)
  async accept(@Input() input: InputOf<typeof acceptHandover>) {
    const [{ id }, caller] = [input.params, callerOf(input)];
    return stepAnswer(this.refusals, 'accept_handover', id, caller, await this.carrying.acceptHandover(id, caller));
  }

  @Handle(declareWithdrawal)
  async declare(@Input() input: InputOf<typeof declareWithdrawal>) {
    const [{ id }, caller] = [input.params, callerOf(input)];
    return stepAnswer(this.refusals, 'declare_withdrawal', id, caller, await this.withdrawing.declare(id, input.body?.odometer_km ?? null, caller));
  }

  @Handle(confirmWithdrawal)
  async confirmed(@Input() input: InputOf<typeof confirmWithdrawal>) {
    const [{ id, withdrawal_id }, caller] = [input.params, callerOf(input)];
    return stepAnswer(this.refusals, 'confirm_withdrawal', id, caller, await this.withdrawing.confirm(id, withdrawal_id, caller));
  }

  @Handle(assessUse)
  async assess(@Input() input: InputOf<typeof assessUse>) {
    const [{ id, withdrawal_id }, caller] = [input.params, callerOf(input)];
    return stepAnswer(this.refusals, 'assess_use', id, caller, await this.assessing.assess(id, withdrawal_id, input.body, caller));
  }

  @Handle(approveAssessment)
  async approve(@Input() input: InputOf<typeof approveAssessment>) {
    const [{ id, withdrawal_id }, caller] = [input.params, callerOf(input)];
    return stepAnswer(this.refusals, 'approve_assessment', id, caller, await this.assessing.approve(id, withdrawal_id, caller));
  }
}
