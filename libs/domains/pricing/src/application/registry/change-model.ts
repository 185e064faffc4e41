import { Inject, Injectable } from '@nestjs/common';
import { type modelActivationReasons, pricingModelActivated } from '@autobroker/contracts';
import { ok, refuse, type Refusal, type Result } from '@autobroker/kernel';
import { type AuditEntry, type Database, databaseOf, type Tx } from '@autobroker/platform/database';
import { Jobs } from '@autobroker/platform/jobs';
import { mayActivate } from '../../domain/model-version';
import { revalueCatalogueJob } from '../jobs-valuation';
import { PricingNotice } from '../valuation/pricing-notice';
import { ModelInService } from './model-in-service';
import { ModelStore, type ModelVersion } from './ports';

export type By = Pick<AuditEntry, 'actor' | 'from'>;
export type ActivationReason = (typeof modelActivationReasons)[number];

type ChangeRefusal = Refusal<'not_found' | 'transition_not_allowed' | 'conflict'>;

/** Puts a model into service, or the one before it back. */
@Injectable()
export class ChangeModel {
  constructor(
    @Inject(databaseOf('pricing')) private readonly db: Database,
    private readonly models: ModelStore,
    private readonly inService: ModelInService,
    private readonly notice: PricingNotice,
    private readonly jobs: Jobs,
  ) {}

  /** Staff may take any version that was trained, also one that was not better: they answer for it in the audit log. */
  async promote(id: string, why: string | null, by: By): Promise<Result<ModelVersion, ChangeRefusal>> {
    const result = await this.db.transaction<Result<ModelVersion, ChangeRefusal>>(async (tx) => {
      await this.models.lock(tx);
      const model = await this.models.find(id, tx);
      if (model === null) return refuse('not_found', 'There is no such model.');
      const allowed = mayActivate(model.status);
      if (!allowed.ok) return allowed;
      await this.activate(tx, model, 'operator', by, why);
      return ok(model);
    });
    return this.told(result);
  }

  /** One call, whatever the matter is with the model in service: the one before it serves again. */
  async rollBack(why: string | null, by: By): Promise<Result<ModelVersion, ChangeRefusal>> {
    const result = await this.db.transaction<Result<ModelVersion, ChangeRefusal>>(async (tx) => {
      await this.models.lock(tx);
      const previous = await this.models.previous(tx);
      if (previous === null) return refuse('conflict', 'No model was in service before this one.');
      await this.activate(tx, previous, 'rollback', by, why);
      return ok(previous);
    });
    return this.told(result);
  }

  /** In the caller's transaction, which holds the lock; call `activated` after it. */
  async activate(tx: Tx, model: Pick<ModelVersion, 'id' | 'label'>, reason: ActivationReason, by: By, why: string | null = null): Promise<void> {
    const at = this.db.clock.now();
    const before = await this.models.active(tx);
    if (before !== null) await this.models.setStatus(tx, before.id, { status: 'retired', reason: reason === 'rollback' ? 'rollback' : 'superseded', at });
    await this.models.setStatus(tx, model.id, { status: 'active', reason, at });
    await tx.publish(pricingModelActivated, {
      key: 'price-model',
      tenantId: null,
      data: { model_id: model.id, model_version: model.label, previous_id: before?.id ?? null, reason },
    });
    await tx.audit({
      ...by,
      action: 'pricing_model.activated',
      object: { type: 'pricing_model', id: model.id },
      tenantId: null,
      reason: why,
      before: { active: before?.label ?? null },
      after: { active: model.label, reason },
    });
  }

  /** What follows from it: this process uses it at once, and the catalogue is valued by it in the background. */
  async activated(modelId: string): Promise<void> {
    this.inService.forget();
    this.notice.allChanged();
    await this.jobs.enqueueEventually(revalueCatalogueJob, { because: 'model' }, { jobId: `model-${modelId}-${this.db.clock.now().getTime()}` });
  }

  private async told(result: Result<ModelVersion, ChangeRefusal>): Promise<Result<ModelVersion, ChangeRefusal>> {
    if (!result.ok) return result;
    await this.activated(result.value.id);
    const now = await this.models.find(result.value.id);
    return now === null ? result : ok(now);
  }
}
