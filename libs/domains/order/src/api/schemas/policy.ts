import { idSchema, timestampSchema } from '@autobroker/contracts';
import { z } from 'zod';
import type { NewPolicy } from '../../application/keep-policies';
import type { StoredPolicy } from '../../application/ports';
import { brokerBody, partyJson, partySchema } from './party';

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

const km = z.int().min(0).max(1_000_000);
const use = z
  .strictObject({
    free_km: km.meta({ description: 'Driven by anybody who looks at a car: nothing is owed for it' }),
    life_km: km.meta({ description: 'After so many a car is worn out' }),
    least_km_left: km.meta({ description: 'What an old car is taken to have left at least' }),
    four_eyes_limit: z.int().min(0).max(100_000_000).meta({ description: 'Above this, in minor units, a second person agrees to what was assessed' }),
  })
  .meta({ description: 'What is kept for the use of a car that is given back' });

const version = z.int().min(0);

export const policyBody = z.strictObject({ version: version.optional().meta({ description: 'As it was read: `If-Match` is what counts' }), deadlines, deposit_share: depositShare, use: use.optional().meta({ description: 'Stays as it is where it is left out' }), broker: brokerBody.nullable() });
export const policySchema = z.strictObject({ version, deadlines, deposit_share: depositShare, use, broker: partySchema.nullable() }).meta({ id: 'OrderPolicy' });

export const policyOf = ({ deadlines: told, deposit_share, use: useTold }: z.output<typeof policyBody>): NewPolicy => ({
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
  use: useTold === undefined ? null : { freeKm: useTold.free_km, lifeKm: useTold.life_km, leastKmLeft: useTold.least_km_left, fourEyesLimit: useTold.four_eyes_limit },
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
    use: { free_km: policy.use.freeKm, life_km: policy.use.lifeKm, least_km_left: policy.use.leastKmLeft, four_eyes_limit: policy.use.fourEyesLimit },
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
