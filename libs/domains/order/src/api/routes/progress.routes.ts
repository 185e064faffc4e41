import { idSchema } from '@autobroker/contracts';
import { can } from '@autobroker/platform/auth';
import { defineRoute } from '@autobroker/platform/http';
import { z } from 'zod';
import { arrangeBody, assessmentBody, changeBody, decisionBody, handoverBody, idParams, legBody, legChangeBody, orderSchema, reason, registrationBody, reportBody, termsBody, waiverBody, withdrawalBody } from '../schemas/order';

const tag = 'orders';
const answer = { status: 200, data: orderSchema, headers: { etag: { description: 'Version of the order' } } } as const;
const refusals = ['not_found', 'permission_denied', 'transition_not_allowed', 'conflict'] as const;
const base = { tag, params: idParams, response: answer, errors: refusals } as const;
const buyers = { ...base, access: can('order.act', { auditRefusals: true }) } as const;
const staffs = { ...base, access: can('order.manage', { auditRefusals: true }) } as const;
const partly = z.strictObject({ id: idSchema, change_id: idSchema });

export const arrangeInspection = defineRoute({ ...staffs, method: 'POST', path: '/orders/:id/inspection', summary: 'Have the car looked at; with an inspector the inspection begins', body: arrangeBody });
export const waiveInspection = defineRoute({ ...buyers, method: 'POST', path: '/orders/:id/inspection/waiver', summary: 'Do without an inspection, and take the car as it is', body: waiverBody, errors: [...refusals, 'price_consent_required', 'vin_missing'] });
export const reportInspection = defineRoute({ ...staffs, method: 'POST', path: '/orders/:id/inspection/report', summary: 'Tell what was found', body: reportBody });
export const decideInspection = defineRoute({ ...buyers, method: 'POST', path: '/orders/:id/inspection/decision', summary: 'Take the car as it was found, or not', body: decisionBody, errors: [...refusals, 'price_consent_required', 'vin_missing'] });

const changes = { ...buyers, errors: [...refusals, 'quote_invalid', 'quote_not_yours', 'quote_expired', 'quote_used', 'currency_mismatch', 'unavailable'] } as const;
export const proposeChange = defineRoute({ ...changes, method: 'POST', path: '/orders/:id/price-changes', summary: 'Propose another price: shown as `price_change`, and nothing changes yet', body: changeBody });
export const confirmChange = defineRoute({ ...changes, method: 'POST', path: '/orders/:id/price-changes/:change_id/confirm', summary: 'Agree to the proposed price', params: partly });
export const takeBackChange = defineRoute({ ...changes, method: 'POST', path: '/orders/:id/price-changes/:change_id/decline', summary: 'Decline a proposed price, or take it back', params: partly });

export const setTerms = defineRoute({ ...staffs, method: 'POST', path: '/orders/:id/contract-terms', summary: 'What the contract says beside the price', body: termsBody });
export const noteRegistration = defineRoute({ ...staffs, method: 'POST', path: '/orders/:id/registration', summary: 'Note title, power of attorney, tax and plates', body: registrationBody });
export const addLeg = defineRoute({ ...staffs, method: 'POST', path: '/orders/:id/transport-legs', summary: 'Plan a leg of the way', body: legBody });
export const changeLeg = defineRoute({ ...staffs, method: 'POST', path: '/orders/:id/transport-legs/:leg_id', summary: 'Note how a leg goes', params: z.strictObject({ id: idSchema, leg_id: idSchema }), body: legChangeBody });
export const recordHandover = defineRoute({ ...staffs, method: 'POST', path: '/orders/:id/handover', summary: 'Record the handover', body: handoverBody });
export const acceptHandover = defineRoute({ ...buyers, method: 'POST', path: '/orders/:id/handover/acceptance', summary: 'Put one’s name under the handover' });

const ofWithdrawal = z.strictObject({ id: idSchema, withdrawal_id: idSchema });
const withdrawals = { ...buyers, errors: [...refusals, 'withdrawal_not_possible'] } as const;
export const declareWithdrawal = defineRoute({ ...withdrawals, method: 'POST', path: '/orders/:id/withdrawal', summary: 'Withdraw from contract here: the first of two steps', bodyOptional: true, body: withdrawalBody });
export const confirmWithdrawal = defineRoute({ ...withdrawals, method: 'POST', path: '/orders/:id/withdrawal/:withdrawal_id/confirm', summary: 'Confirm the withdrawal', params: ofWithdrawal });

export const assessUse = defineRoute({ ...staffs, method: 'POST', path: '/orders/:id/withdrawal/:withdrawal_id/assessment', summary: 'Say what the car has lost by its use, where the odometer does not say it', params: ofWithdrawal, body: assessmentBody });
export const approveAssessment = defineRoute({ ...staffs, method: 'POST', path: '/orders/:id/withdrawal/:withdrawal_id/assessment/approve', summary: 'Agree, as a second person, to what is kept for use', params: ofWithdrawal, errors: [...refusals, 'second_approval_required'] });

export const closeClaim = defineRoute({ ...buyers, method: 'POST', path: '/orders/:id/disputes/:dispute_id/close', summary: 'Say that a claim is settled; the staff then let the sale go on', params: z.strictObject({ id: idSchema, dispute_id: idSchema }), body: z.strictObject({ reason }) });
