import { cancelFaults, type CancelFault, euCountries, type OrderState } from '@autobroker/kernel';

/** How far money has gone: held at the bank, taken but to be given back, for a signed contract, for a car that is on its way or here. */
export const refundStages = ['before_capture', 'deposit_taken', 'contracted', 'delivered'] as const;
export type RefundStage = (typeof refundStages)[number];

export const refundAreas = ['eu', 'us_ca', 'us', 'elsewhere'] as const;
export type RefundArea = (typeof refundAreas)[number];

/** What may be kept: nothing, what the sale has provably cost up to the deposit, a fee that the law sets, or what use has taken of the car. */
export const keepsKinds = ['nothing', 'proven_cost', 'restocking_fee', 'excess_use'] as const;
export type Keeps = (typeof keepsKinds)[number];

export interface RefundRow {
  readonly stage: RefundStage;
  readonly fault: CancelFault;
  readonly area: RefundArea;
  readonly keeps: Keeps;
  /** 100 where everything goes back; null where it depends. */
  readonly refundPercent: 100 | null;
  readonly returnPaidBy: 'buyer' | 'seller' | null;
  /** Within so many days. */
  readonly days: number;
  readonly note: string;
  readonly source: string;
}

interface Rule {
  readonly stages: readonly RefundStage[];
  readonly faults: readonly CancelFault[];
  readonly areas: readonly RefundArea[];
  readonly keeps: Keeps;
  readonly returnPaidBy?: 'buyer' | 'seller';
  readonly note: string;
  readonly source: string;
}

/** The first rule that names a combination decides it; between them they name every one. */
const rules: readonly Rule[] = [
  { stages: ['before_capture'], faults: cancelFaults, areas: refundAreas, keeps: 'nothing', note: 'The hold is let go.', source: 'house rule' },
  { stages: ['deposit_taken'], faults: cancelFaults, areas: refundAreas, keeps: 'nothing', note: 'The deposit is a liability until both have signed.', source: 'house rule' },
  { stages: ['delivered'], faults: ['withdrawal'], areas: ['eu'], keeps: 'excess_use', returnPaidBy: 'buyer', note: 'All of it with the standard delivery, less what the car was used beyond a look; the way back is the buyer’s, if told.', source: 'Directive 2011/83/EU Art. 13, 14' },
  { stages: ['delivered'], faults: ['withdrawal'], areas: ['us_ca'], keeps: 'restocking_fee', returnPaidBy: 'buyer', note: '1.5 % of the price, from 200 to 600 dollars.', source: 'California SB 766' },
  { stages: ['contracted', 'delivered'], faults: ['withdrawal'], areas: refundAreas, keeps: 'nothing', note: 'A right that the law gives.', source: 'Directive 2011/83/EU Art. 13' },
  { stages: ['contracted', 'delivered'], faults: ['seller', 'broker', 'inspection'], areas: refundAreas, keeps: 'nothing', returnPaidBy: 'seller', note: 'Everything goes back; a claim remains.', source: 'house rule' },
  { stages: ['contracted', 'delivered'], faults: ['nobody'], areas: refundAreas, keeps: 'nothing', note: 'Everything goes back.', source: 'house rule' },
  { stages: ['contracted', 'delivered'], faults: ['buyer'], areas: refundAreas, keeps: 'proven_cost', returnPaidBy: 'buyer', note: 'At most what it has provably cost, and never more than the deposit.', source: 'house rule' },
];

const rowOf = (stage: RefundStage, fault: CancelFault, area: RefundArea): RefundRow => {
  const rule = rules.find(({ stages, faults, areas }) => stages.includes(stage) && faults.includes(fault) && areas.includes(area));
  if (rule === undefined) throw new Error(`no rule says what goes back: ${stage}, ${fault}, ${area}`);
  return { stage, fault, area, keeps: rule.keeps, refundPercent: rule.keeps === 'nothing' ? 100 : null, returnPaidBy: rule.returnPaidBy ?? null, days: 14, note: rule.note, source: rule.source };
};

/** Stage × fault × jurisdiction. A combination without a rule stops the process where it starts. */
export const refundMatrix: readonly RefundRow[] = refundStages.flatMap((stage) => cancelFaults.flatMap((fault) => refundAreas.map((area) => rowOf(stage, fault, area))));

export function areaOf({ country, region }: { readonly country: string; readonly region: string | null }): RefundArea {
  if (euCountries.has(country)) return 'eu';
  if (country !== 'US') return 'elsewhere';
  return region === 'CA' ? 'us_ca' : 'us';
}

export const rowsFor = (area: RefundArea): readonly RefundRow[] => refundMatrix.filter((row) => row.area === area);

const late: readonly OrderState[] = ['in_transit', 'delivered', 'completed'];
const sold: readonly OrderState[] = ['contracted', 'balance_paid', 'titling'];

export function stageOf(state: OrderState, depositTaken: boolean): RefundStage {
  if (late.includes(state)) return 'delivered';
  if (sold.includes(state)) return 'contracted';
  return depositTaken ? 'deposit_taken' : 'before_capture';
}

export interface Settlement {
  readonly row: RefundRow;
  readonly retain: number;
  readonly refundDueAt: Date;
}

export interface SettlementInput {
  readonly stage: RefundStage;
  readonly fault: CancelFault;
  readonly area: RefundArea;
  readonly deposit: number;
  /** What the broker can prove that it has cost. */
  readonly provenCost: number;
  /** Where the law sets one. */
  readonly restockingFee: number;
  /** What the car has lost by having been used beyond a look. */
  readonly excessUse?: number;
  readonly at: Date;
}

/** What is kept and by when the rest is back. Never more than was held as a deposit, but for what the law says. */
export function settle({ stage, fault, area, deposit, provenCost, restockingFee, excessUse = 0, at }: SettlementInput): Settlement {
  const row = refundMatrix.find((one) => one.stage === stage && one.fault === fault && one.area === area);
  if (row === undefined) throw new Error(`no row for ${stage}, ${fault}, ${area}`);
  const kept: Readonly<Record<Keeps, number>> = { nothing: 0, proven_cost: Math.min(Math.max(0, provenCost), deposit), restocking_fee: restockingFee, excess_use: excessUse };
  return { row, retain: kept[row.keeps], refundDueAt: new Date(at.getTime() + row.days * 86_400_000) };
}
