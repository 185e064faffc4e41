import { Inject, Injectable } from '@nestjs/common';
import { type Database, databaseOf } from '@autobroker/platform/database';
import { logger, metrics } from '@autobroker/platform/telemetry';
import { isStale, readWeights, type Weights } from '../../domain/external/external-valuation';
import type { MarketCar } from '../../domain/market-car';
import { MarketCars } from '../ports';
import { externalConfig, type ExternalConfig } from './config';
import { type Asking, ExternalValuations, type Failure, failure, passes, type Place, RegionalResearch, type SourceRecord, type ValuationSource, ValuationSources, type ValuedCar } from './ports';

const log = logger('pricing.external');
const asked = metrics.counter({ name: 'external_valuations_total', help: 'What other valuers were asked, by source and outcome', labels: ['source', 'outcome'] });
const system = { kind: 'system', id: 'pricing.external-valuations' } as const;

/** Another attempt may do better: the job's own back-off decides when. */
export class SomeUnavailableError extends Error {
  override readonly name = 'SomeUnavailableError';
}

export interface RefreshReport {
  readonly outcomes: Readonly<Record<string, string>>;
}

/** Asks every source whose word on a car is missing or old, and keeps what it says. No transaction is open meanwhile. */
@Injectable()
export class RefreshValuations {
  private readonly weights: Weights;

  constructor(
    @Inject(databaseOf('pricing')) private readonly db: Database,
    private readonly cars: MarketCars,
    private readonly sources: ValuationSources,
    private readonly research: RegionalResearch,
    private readonly store: ExternalValuations,
    @Inject(externalConfig.token) private readonly config: ExternalConfig,
  ) {
    this.weights = readWeights(config.weights);
  }

  async run(vehicleId: string, how: Asking): Promise<RefreshReport> {
    const car = await this.cars.byId(vehicleId);
    if (car === null) return { outcomes: {} };
    const known = new Map((await this.store.of(vehicleId)).map((record) => [record.source, record]));
    const wanted = this.sources.all().filter(({ source }) => (this.weights[source] ?? 0) > 0);
    const told = await Promise.all(wanted.map(async (source) => [source.source, await this.ask(source, car, known.get(source.source), how)] as const));
    const outcomes = new Map<string, string>(told);
    // No deal is judged by what is said of its region: only people want to read that.
    const place = how.urgency === 'spread' ? null : placeOf(car);
    if (place !== null) outcomes.set('region', await this.askRegion(place, how));
    const again = [...outcomes].filter(([, outcome]) => outcome === 'again').map(([source]) => source);
    if (again.length > 0) throw new SomeUnavailableError(`not answered for now: ${again.join(', ')}`);
    return { outcomes: Object.fromEntries(outcomes) };
  }

  private async ask(source: ValuationSource, car: MarketCar, known: SourceRecord | undefined, how: Asking): Promise<string> {
    const now = this.db.clock.now();
    const value = known?.value ?? null;
    if (value !== null && !isStale(value, now)) return 'fresh';
    if (!(await this.store.claim(car.vehicleId, source.source, now))) return 'claimed';
    const answer = await this.guarded(how, () => source.value(valuedCar(car, value?.vendorRef ?? null, now), how));
    const at = this.db.clock.now();
    asked.inc({ source: source.source, outcome: answer.ok ? 'ok' : answer.kind });
    await this.db.transaction(async (tx) => {
      if (answer.ok) {
        const { ok: _ok, saidAt: fetchedAt = at, ...said } = answer;
        await this.store.save(tx, car.vehicleId, { ...said, source: source.source, fetchedAt, expiresAt: new Date(fetchedAt.getTime() + source.lifeMs) });
      } else await this.store.fail(tx, car.vehicleId, source.source, { kind: answer.kind, detail: answer.detail.slice(0, 300), at });
      await tx.audit({
        actor: system,
        action: answer.ok ? 'external_valuation.fetched' : 'external_valuation.failed',
        object: { type: 'vehicle', id: car.vehicleId },
        tenantId: car.ownerTenantId,
        after: answer.ok ? { source: source.source, currency: answer.currency, private_party: answer.privateParty } : { source: source.source, reason: answer.kind },
      });
    });
    return outcomeOf(answer);
  }

  private async askRegion(place: Place, how: Asking): Promise<string> {
    const now = this.db.clock.now();
    const known = await this.store.region(place);
    if (known?.expiresAt != null && !isStale({ expiresAt: known.expiresAt }, now)) return 'fresh';
    if (!(await this.store.claimRegion(place, now))) return 'claimed';
    const answer = await this.guarded(how, () => this.research.insights(place, how));
    const at = this.db.clock.now();
    asked.inc({ source: 'region', outcome: answer.ok ? 'ok' : answer.kind });
    await this.db.transaction(async (tx) => {
      if (answer.ok) {
        const { ok: _ok, ...said } = answer;
        await this.store.saveRegion(tx, { ...place, said, fetchedAt: at, expiresAt: new Date(at.getTime() + this.config.regionalMs), failure: null });
      } else await this.store.saveRegion(tx, { ...place, said: null, fetchedAt: null, expiresAt: null, failure: { kind: answer.kind, detail: answer.detail.slice(0, 300), at } });
      const object = { type: 'region', id: [place.country, place.region].filter(Boolean).join('/') };
      await tx.audit({ actor: system, action: answer.ok ? 'regional_insights.fetched' : 'regional_insights.failed', object, tenantId: null, after: answer.ok ? { demand: answer.demand } : { reason: answer.kind } });
    });
    return outcomeOf(answer);
  }

  /** A defect in reading one vendor must not keep the others from being asked, nor hold the claim. */
  private async guarded<T extends { readonly ok: true }>({ signal }: Asking, work: () => Promise<T | Failure>): Promise<T | Failure> {
    try {
      return await work();
    } catch (error) {
      // Whoever stops this process is no fault of the vendor's, nor of ours.
      if (signal.aborted) return failure('unavailable', 'it could not be waited for');
      log.error({ err: error }, 'a vendor could not be asked');
      return failure('unavailable', 'it could not be asked');
    }
  }
}

const outcomeOf = (answer: { readonly ok: true } | Failure): string => (answer.ok ? 'ok' : passes(answer.kind) ? 'again' : answer.kind);

const placeOf = ({ facts }: MarketCar): Place | null => (facts.country === null ? null : { country: facts.country, region: facts.region?.trim() ?? '' });

function valuedCar({ facts, vin, vinFlags }: MarketCar, vendorRef: string | null, now: Date): ValuedCar {
  return {
    // A VIN that contradicts its car would have another car valued.
    vin: vinFlags.length > 0 ? null : vin,
    make: facts.make,
    model: facts.model,
    trim: facts.trim,
    year: facts.year,
    ageYears: Math.max(1, now.getUTCFullYear() - facts.year),
    mileageKm: facts.mileageKm,
    country: facts.country,
    region: facts.region,
    condition: facts.condition,
    damaged: facts.damageType !== 'none' || facts.condition === 'damaged' || facts.condition === 'not_running',
    vendorRef,
  };
}
