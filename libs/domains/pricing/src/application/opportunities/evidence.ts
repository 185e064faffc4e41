import type { MoneyJson } from '@autobroker/contracts';
import type { CostKind } from './ports';

/** The car as it was when the opportunity was found. */
export interface VehicleCard {
  readonly make: string;
  readonly model: string;
  readonly trim: string | null;
  readonly year: number;
  readonly mileage_km: number | null;
  readonly fuel: string | null;
  readonly gearbox: string | null;
  readonly body: string | null;
  readonly colour: string | null;
  readonly title_status: string;
  readonly damage_type: string;
  readonly condition: string;
  readonly country: string | null;
  readonly region: string | null;
  readonly city: string | null;
  readonly coordinates: { readonly lat: number; readonly lon: number } | null;
  readonly sources: string[];
}

export interface ShownLine {
  readonly kind: CostKind;
  readonly code: string;
  readonly amount: MoneyJson;
  readonly low: MoneyJson;
  readonly high: MoneyJson;
  readonly rule: string | null;
  readonly source: string | null;
}

/** What stands behind an opportunity, as it is kept and as it is shown. */
export interface OpportunityEvidence {
  readonly vehicle: VehicleCard;
  readonly market_analysis: {
    readonly kbb_value: MoneyJson | null;
    readonly edmunds_value: MoneyJson | null;
    readonly perplexity_insights: Record<string, unknown> | null;
    readonly comparable_prices: MoneyJson[];
    readonly market_average: MoneyJson | null;
    readonly method: string;
    readonly model_version: string | null;
    readonly effective_comparables: number;
    readonly quantiles: { readonly q10: number; readonly q35: number; readonly q50: number; readonly q65: number; readonly q90: number };
  };
  readonly cost_breakdown: {
    readonly purchase_price: MoneyJson;
    readonly sales_tax: MoneyJson | null;
    readonly title_fee: MoneyJson | null;
    readonly registration_fee: MoneyJson | null;
    readonly transportation_cost: MoneyJson | null;
    readonly other_costs: MoneyJson;
    readonly total_cost: MoneyJson;
    readonly total_low: MoneyJson;
    readonly total_high: MoneyJson;
    readonly unknown: string[];
    readonly lines: ShownLine[];
  };
  readonly holding_percent: number;
  readonly score_parts: { readonly part: string; readonly weight: number; readonly points: number; readonly because: number | null }[];
  readonly uncapped_score: number;
  readonly risks: { readonly code: string; readonly weight: number; readonly caps_score_at: number | null; readonly reason: string; readonly facts: Record<string, string | number | null> }[];
}
