import { Controller } from '@nestjs/common';
import { Handle, Input, type InputOf, noContent, orThrow, rawJson } from '@autobroker/platform/http';
import { Catalogue } from '../application/catalogue';
import { ChangeStatus } from '../application/change-status';
import { ChangeVehicle } from '../application/change-vehicle';
import { CreateVehicle } from '../application/create-vehicle';
import { DeleteVehicle } from '../application/delete-vehicle';
import { requesterOf } from './requester';
import { amendVehicle, changeVehicleStatus, createVehicle, deleteVehicle, replaceVehicle } from './routes/vehicle.routes';
import { factsOf, patchFacts } from './schemas/vehicle-input';

/** What staff do to vehicles. Every change answers with the vehicle as it is then. */
@Controller()
export class VehiclesController {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly creation: CreateVehicle,
    private readonly change: ChangeVehicle,
    private readonly deletion: DeleteVehicle,
    private readonly statuses: ChangeStatus,
  ) {}

  @Handle(createVehicle)
  async create(@Input() input: InputOf<typeof createVehicle>) {
    const { stock, status, ...facts } = input.body;
    const by = requesterOf(input);
    const created = orThrow(await this.creation.run({ facts: factsOf(facts), stock, status }, by));
    return this.answer(created.id, created.ownerTenantId, 201);
  }

  @Handle(replaceVehicle)
  async replace(@Input() input: InputOf<typeof replaceVehicle>) {
    const facts = factsOf(input.body);
    const change = { id: input.params.id, expectedVersion: input.ifMatch, change: () => facts };
    const changed = orThrow(await this.change.run(change, requesterOf(input)));
    return this.answer(changed.id, changed.ownerTenantId, 200);
  }

  @Handle(amendVehicle)
  async amend(@Input() input: InputOf<typeof amendVehicle>) {
    const change = {
      id: input.params.id,
      expectedVersion: input.ifMatch,
      change: (facts: Parameters<typeof patchFacts>[0]) => patchFacts(facts, input.body),
    };
    const changed = orThrow(await this.change.run(change, requesterOf(input)));
    return this.answer(changed.id, changed.ownerTenantId, 200);
  }

  @Handle(deleteVehicle)
  async delete(@Input() input: InputOf<typeof deleteVehicle>) {
    orThrow(await this.deletion.run(input.params.id, input.ifMatch, requesterOf(input)));
    return noContent();
  }

  @Handle(changeVehicleStatus)
  async transition(@Input() input: InputOf<typeof changeVehicleStatus>) {
    const { to, reason, version } = input.body;
    const change = { id: input.params.id, to, reason: reason ?? null, expectedVersion: version };
    const changed = orThrow(await this.statuses.run(change, requesterOf(input)));
    return this.answer(changed.id, changed.ownerTenantId, 200);
  }

  private async answer(id: string, tenantId: string | null, status: 200 | 201) {
    const { json, etag } = await this.catalogue.fresh(id, tenantId);
    return rawJson(json, { status, etag, ...(status === 201 ? { location: `/api/v1/vehicles/${id}` } : {}) });
  }
}
