import { Controller, Inject } from '@nestjs/common';
import { type Database, databaseOf } from '@autobroker/platform/database';
import { Handle, Input, type InputOf, keptJson, ProblemError, redirect } from '@autobroker/platform/http';
import { Catalogue } from '../application/catalogue';
import type { ListQuery } from '../application/criteria';
import { IngestReader } from '../application/ingest/ingest-reader';
import { ReferencePrices } from '../application/ports';
import { criteriaOf, orderingOf } from './list-query';
import { cursorOf, keptPageAnswer, pageAnswer, startOf } from './paging';
import { tenantOf } from './requester';
import { getVehicle, listVehicles } from './routes/vehicle.routes';
import type { VehicleListQuery } from './schemas/vehicle-query';

/** The reads that everybody waits for. */
@Controller()
export class CatalogueController {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly prices: ReferencePrices,
    private readonly ingest: IngestReader,
    @Inject(databaseOf('vehicle')) private readonly db: Database,
  ) {}

  @Handle(getVehicle)
  get(@Input() { params, query, tenantId }: InputOf<typeof getVehicle>) {
    const tenant = tenantOf(tenantId);
    const { fields, include } = query;
    const shape = fields === undefined && include === undefined ? '' : `${fields?.join() ?? '*'}+${include?.join() ?? ''}`;
    const hit = this.catalogue.peek(params.id, shape, tenant);
    if (hit !== undefined) return keptJson(hit);
    return this.load(params.id, shape, { fields: fields ?? null, include: include ?? [] }, tenant);
  }

  @Handle(listVehicles)
  list(@Input() { query, tenantId }: InputOf<typeof listVehicles>) {
    const tenant = tenantOf(tenantId);
    const hit = this.catalogue.peekPage(query, tenant);
    return hit === undefined ? this.find(query, tenant) : keptPageAnswer(hit, query);
  }

  private async find(query: VehicleListQuery, tenant: string | null) {
    const criteria = criteriaOf(query, this.prices, this.db.clock.now());
    const order = orderingOf(query.sort);
    // A cursor goes on in one list only: the same filter, in the same order, for the same eyes.
    const binding = [tenant, criteria, order];
    const asked: ListQuery = {
      criteria,
      order,
      perPage: query.per_page,
      from: startOf(query, binding),
      fields: query.fields ?? null,
      include: query.include ?? [],
    };
    const page = await this.catalogue.list(asked, tenant, (next) => cursorOf(next, binding), query);
    return pageAnswer(page, query);
  }

  private async load(id: string, shape: string, of: Pick<ListQuery, 'fields' | 'include'>, tenant: string | null) {
    const entry = await this.catalogue.one(id, shape, of, tenant);
    if (entry === null) return this.elsewhere(id, of, tenant);
    return keptJson(entry);
  }

  /** A vehicle that was merged into another is found there. */
  private async elsewhere(id: string, of: Pick<ListQuery, 'fields' | 'include'>, tenant: string | null) {
    const survivor = await this.ingest.survivorOf(id, tenant);
    if (survivor === null) throw new ProblemError('not_found', 'There is no such vehicle.');
    const query = new URLSearchParams({
      ...(of.fields === null ? {} : { fields: of.fields.join() }),
      ...(of.include.length === 0 ? {} : { include: of.include.join() }),
    });
    return redirect(`/api/v1/vehicles/${survivor}${query.size === 0 ? '' : `?${query.toString()}`}`, 308);
  }
}
