import { Controller, Inject } from '@nestjs/common';
import { uuidv7 } from '@autobroker/kernel';
import { type Database, databaseOf } from '@autobroker/platform/database';
import { Handle, Input, type InputOf, orThrow, pageWindow, paginationOf, ProblemError, reply } from '@autobroker/platform/http';
import { Jobs } from '@autobroker/platform/jobs';
import { revalueCatalogueJob, trainModelJob } from '../application/jobs-valuation';
import { ChangeModel } from '../application/registry/change-model';
import { ModelStore } from '../application/registry/ports';
import { callerOf } from './caller';
import { getPriceModel, listPriceModels, promotePriceModel, revalueVehicles, rollBackPriceModel, trainPriceModel } from './routes/price-model.routes';
import { healthJson, priceModelJson } from './schemas/price-model';

/** What operators see of the price models, and what they do about them. */
@Controller()
export class PriceModelsController {
  constructor(
    @Inject(databaseOf('pricing')) private readonly db: Database,
    private readonly models: ModelStore,
    private readonly changes: ChangeModel,
    private readonly jobs: Jobs,
  ) {}

  @Handle(listPriceModels)
  async list(@Input() { query }: InputOf<typeof listPriceModels>) {
    const { offset, limit } = pageWindow(query);
    const { total, models } = await this.models.page(offset, limit);
    return reply(models.map(priceModelJson), { pagination: paginationOf({ page: query.page, perPage: query.per_page, total }) });
  }

  @Handle(getPriceModel)
  async one(@Input() { params }: InputOf<typeof getPriceModel>) {
    const model = await this.models.find(params.id);
    if (model === null) throw new ProblemError('not_found', 'There is no such model.');
    const health = await this.models.latestHealth(model.id);
    return reply({ ...priceModelJson(model), health: health === null ? null : healthJson(health) });
  }

  @Handle(trainPriceModel)
  async train(@Input() input: InputOf<typeof trainPriceModel>) {
    const id = uuidv7(this.db.clock.now());
    await this.audit(input, 'pricing_model.training_asked', id);
    const jobId = await this.jobs.enqueue(trainModelJob, { model_id: id }, { jobId: `asked-${id}` });
    return reply({ job_id: jobId, model_id: id }, { status: 202, location: `/api/v1/pricing-models/${id}` });
  }

  @Handle(promotePriceModel)
  async promote(@Input() input: InputOf<typeof promotePriceModel>) {
    return reply(priceModelJson(orThrow(await this.changes.promote(input.params.id, reasonOf(input.body), callerOf(input)))));
  }

  @Handle(rollBackPriceModel)
  async rollBack(@Input() input: InputOf<typeof rollBackPriceModel>) {
    return reply(priceModelJson(orThrow(await this.changes.rollBack(reasonOf(input.body), callerOf(input)))));
  }

  @Handle(revalueVehicles)
  async revalue(@Input() input: InputOf<typeof revalueVehicles>) {
    const id = uuidv7(this.db.clock.now());
    await this.audit(input, 'pricing.revaluation_asked', id);
    return reply({ job_id: await this.jobs.enqueue(revalueCatalogueJob, { because: 'operator' }, { jobId: `asked-${id}` }), model_id: null }, { status: 202 });
  }

  /** Who asked for it stands in the log whether or not the job comes to anything. */
  private async audit(input: Parameters<typeof callerOf>[0], action: string, id: string): Promise<void> {
    await this.db.transaction((tx) => tx.audit({ ...callerOf(input), action, object: { type: 'pricing_model', id }, tenantId: null }));
  }
}

/** A body may be left out. */
const reasonOf = (body: { readonly reason?: string | undefined } | undefined): string | null => body?.reason ?? null;
