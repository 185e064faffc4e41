import { idSchema, timestampSchema } from '@autobroker/contracts';
import { z } from 'zod';
import type { StoredPolicy } from '../../application/ports';
import type { TenantPolicy } from '../../domain/tenant-policy';
import { partyBody, partyJson, partySchema } from './party';

const duration = z.templateLiteral(['P', z.string().max(30)]).meta({ description: 'ISO 8601', example: 'PT72H' });
const days = z.int().min(1).max(60).meta({ description: 'Days on which banks work' });

const deadlines = z.strictObject({
  requested: duration,
  reserved_by_card: duration,
  reserved_by_transfer: duration,
  deposit_held: duration,
  before_capture: duration,
  inspection: duration,
  decision: duration,
  balance_business_days: days,
  dunning_business_days: days,
  title_request_business_days: days,
  titling: duration,
  transit_grace: duration,
  acceptance: duration,
  dispute_lead: duration,
  offer_check: duration,
});
const depositShare = z.int().min(100).max(5_000).meta({ description: 'Of the total, in hundredths of a per cent' });

export const policyBody = z.strictObject({ deadlines, deposit_share: depositShare, broker: partyBody.nullable() });
export const policySchema = z.strictObject({ version: z.int().min(0), deadlines, deposit_share: depositShare, broker: partySchema.nullable() }).meta({ id: 'OrderPolicy' });

export const policyOf = ({ deadlines: told, deposit_share }: z.output<typeof policyBody>): TenantPolicy => ({
  deadlines: {
    requested: told.requested,
    reservedByCard: told.reserved_by_card,
    reservedByTransfer: told.reserved_by_transfer,
    depositHeld: told.deposit_held,
    beforeCapture: told.before_capture,
    inspection: told.inspection,
    decision: told.decision,
    balanceBusinessDays: told.balance_business_days,
    dunningBusinessDays: told.dunning_business_days,
    titleRequestBusinessDays: told.title_request_business_days,
    titling: told.titling,
    transitGrace: told.transit_grace,
    acceptance: told.acceptance,
    disputeLead: told.dispute_lead,
    offerCheck: told.offer_check,
  },
  depositShare: deposit_share,
});

export const policyJson = ({ policy, broker, version }: StoredPolicy): z.output<typeof policySchema> => {
  const { deadlines: kept } = policy;
  return {
    version,
    deadlines: {
      requested: kept.requested,
      reserved_by_card: kept.reservedByCard,
      reserved_by_transfer: kept.reservedByTransfer,
      deposit_held: kept.depositHeld,
      before_capture: kept.beforeCapture,
      inspection: kept.inspection,
      decision: kept.decision,
      balance_business_days: kept.balanceBusinessDays,
      dunning_business_days: kept.dunningBusinessDays,
      title_request_business_days: kept.titleRequestBusinessDays,
      titling: kept.titling,
      transit_grace: kept.transitGrace,
      acceptance: kept.acceptance,
      dispute_lead: kept.disputeLead,
      offer_check: kept.offerCheck,
    },
    deposit_share: policy.depositShare,
    broker: broker === null ? null : partyJson(broker),
  };
};

export const opsItemSchema = z
  .strictObject({
    id: idSchema,
    order_id: idSchema,
    kind: z.string(),
    detail: z.string(),
    created_at: timestampSchema,
    resolved_at: timestampSchema.nullable(),
    resolved_by: z.string().nullable(),
    note: z.string().nullable(),
  })
  .meta({ id: 'OrderOpsItem' });
