import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { buyerKinds, signerRoles } from '@autobroker/kernel';
import { appConfig, type AppSettings } from '@autobroker/platform/app';
import { authConfig, internalSecretHeader } from '@autobroker/platform/auth';
import type { ConfigOf } from '@autobroker/platform/config';
import { httpClient, type HttpClient } from '@autobroker/platform/http';
import { z } from 'zod';
import { documentsConfig, type DocumentsConfig } from '../application/config';
import { Orders } from '../application/ports';
import type { OrderParties } from '../application/sale';
import type { PaperParty, RefundRule } from '../domain/paper/paper';

const text = z.string().nullish().transform((value) => value ?? null);
const number = z.number().nullish().transform((value) => value ?? null);

const partySchema = z.object({
  role: z.enum(signerRoles),
  name: z.string(),
  kind: z.enum(buyerKinds),
  address: z.object({ line1: text, line2: text, postal_code: text, city: text, region: text, country: z.string() }),
  email: text,
  vat_id: text,
  licence_no: text,
});

/** A row of the refund matrix. What may be kept is said as a part of what was paid. */
const ruleSchema = z.looseObject({ stage: z.string(), fault: z.string(), refund_percent: number, keeps: z.enum(['nothing', 'proven_cost', 'restocking_fee', 'excess_use']).nullish(), return_paid_by: z.enum(['buyer', 'seller']).nullish(), note: text });

const answerSchema = z.object({
  data: z.object({
    order_id: z.string(),
    buyer: partySchema,
    seller: partySchema.nullable(),
    broker: partySchema,
    vehicle: z.object({
      make: z.string(),
      model: z.string(),
      trim: text,
      year: number,
      vin: text,
      first_registration: text,
      mileage_km: number,
      colour: text,
      damage_type: text,
      title_status: text,
      condition: text,
      features: z.array(z.string()).nullish(),
      owners_count: number,
    }),
    contract: z.object({ guarantee_months: number, guarantee_note: text, delivery: z.object({ place: text, date: text }).nullish(), defects: z.array(z.string()).nullish() }).nullish(),
    inspection: z.looseObject({ summary: text, at: text, waived: z.boolean().nullish() }).nullish(),
    handover: z.object({ place: text, at: text, odometer_km: number, keys: number, papers: z.array(z.string()).nullish(), photos: number, defects: z.array(z.string()).nullish() }).nullish(),
    cancellation: z.looseObject({ retain: z.number() }).nullish(),
    policies: z.looseObject({ withdrawal: z.looseObject({ days: z.number(), basis: z.string(), object: z.enum(['goods', 'service']).default('goods') }).nullish(), refund_matrix: z.array(ruleSchema).nullish() }).nullish(),
  }),
});

type Answer = z.output<typeof answerSchema>['data'];

/** The order service over REST, in one process as in many: what it answers is its own business. */
@Injectable()
export class RemoteOrders extends Orders implements OnApplicationShutdown {
  private readonly client: HttpClient;

  constructor(
    @Inject(documentsConfig.token) config: DocumentsConfig,
    @Inject(authConfig.token) private readonly auth: ConfigOf<typeof authConfig>,
    @Inject(appConfig.token) { publicUrl, port }: AppSettings,
  ) {
    super();
    this.client = httpClient({ name: 'order', baseUrl: config.orderUrl ?? publicUrl ?? `http://localhost:${port}`, timeoutMs: 5_000, retries: 2 });
  }

  override async parties(orderId: string, tenantId: string): Promise<OrderParties | null> {
    const answer = await this.client.get(`/api/v1/orders/${orderId}/parties`, { headers: { [internalSecretHeader]: this.auth.internalSecret, 'x-tenant': tenantId } });
    if (answer.status === 404) return null;
    if (!answer.ok) throw new Error(`the parties of an order were answered with ${answer.status}`);
    return partiesOf(answerSchema.parse(answer.json()).data);
  }

  onApplicationShutdown(): void {
    this.client.dispose();
  }
}

function partiesOf({ buyer, seller, broker, vehicle, contract, inspection, handover, cancellation, policies }: Answer): OrderParties {
  return {
    buyer: partyOf(buyer),
    seller: seller === null ? null : partyOf(seller),
    broker: partyOf(broker),
    vehicle: {
      make: vehicle.make,
      model: vehicle.model,
      trim: vehicle.trim,
      year: vehicle.year,
      vin: vehicle.vin,
      firstRegistration: vehicle.first_registration?.slice(0, 10) ?? null,
      mileageKm: vehicle.mileage_km,
      colour: vehicle.colour,
      damageType: vehicle.damage_type,
      titleStatus: vehicle.title_status,
      condition: vehicle.condition,
      features: vehicle.features ?? [],
      ownersCount: vehicle.owners_count,
    },
    contract: contract == null ? null : { guaranteeMonths: contract.guarantee_months, guaranteeNote: contract.guarantee_note, delivery: contract.delivery ?? null, defects: contract.defects ?? [] },
    inspection: inspection == null ? null : { summary: inspection.summary, at: inspection.at, waived: inspection.waived ?? false },
    handover:
      handover == null
        ? null
        : { place: handover.place, at: handover.at, odometerKm: handover.odometer_km, keys: handover.keys, papers: handover.papers ?? [], photos: handover.photos ?? 0, defects: handover.defects ?? [] },
    kept: cancellation?.retain ?? null,
    withdrawal: policies?.withdrawal == null ? null : { days: policies.withdrawal.days, basis: policies.withdrawal.basis, object: policies.withdrawal.object },
    refundMatrix: (policies?.refund_matrix ?? []).map(ruleOf),
  };
}

function partyOf({ role, name, kind, address, email, vat_id: vatId, licence_no: licenceNo }: z.output<typeof partySchema>): PaperParty {
  return {
    role,
    name,
    kind,
    address: { line1: address.line1 ?? '', line2: address.line2, postalCode: address.postal_code ?? '', city: address.city ?? '', region: address.region, country: address.country },
    email,
    vatId: vatId?.replaceAll(/\s/gu, '') ?? null,
    licenceNo,
  };
}

const ruleOf = ({ stage, fault, refund_percent: percent, keeps, return_paid_by: returnPaidBy, note }: z.output<typeof ruleSchema>): RefundRule => ({ stage, fault, percent, keeps: keeps ?? null, returnPaidBy: returnPaidBy ?? null, note });
