import { Controller } from '@nestjs/common';
import { Handle, Input, type InputOf, orThrow, rawJson } from '@autobroker/platform/http';
import { IngestReader } from '../application/ingest/ingest-reader';
import { Reorganise } from '../application/ingest/reorganise';
import { OfferReader } from '../application/offer-reader';
import { pageAnswer, sealed, startOf } from './paging';
import { requesterOf } from './requester';
import { seeing } from './seeing';
import { listMatchDecisions, mergeVehicles, revertMerge, splitListing } from './routes/ingest.routes';

/** Which listings are of one car: why the machine thinks so, and what staff say. */
@Controller()
export class MergesController {
  constructor(
    private readonly reader: IngestReader,
    private readonly offers: OfferReader,
    private readonly reorganise: Reorganise,
  ) {}

  @Handle(listMatchDecisions)
  async decisions(@Input() { params, query, tenantId }: InputOf<typeof listMatchDecisions>) {
    await seeing(this.offers, params.id, tenantId);
    const binding = ['match-decisions', params.id];
    return pageAnswer(sealed(await this.reader.decisions(params.id, { perPage: query.per_page, from: startOf(query, binding) }), binding), query);
  }

  @Handle(mergeVehicles)
  async merge(@Input() input: InputOf<typeof mergeVehicles>) {
    const { vehicle_id, reason } = input.body;
    return this.answer(orThrow(await this.reorganise.merge(input.params.id, vehicle_id, reason, requesterOf(input))).id);
  }

  @Handle(splitListing)
  async split(@Input() input: InputOf<typeof splitListing>) {
    const { id, listing_id } = input.params;
    return this.answer(orThrow(await this.reorganise.split(id, listing_id, input.body.reason, requesterOf(input))).id);
  }

  @Handle(revertMerge)
  async revert(@Input() input: InputOf<typeof revertMerge>) {
    return this.answer(orThrow(await this.reorganise.revert(input.params.id, requesterOf(input))).id);
  }

  private async answer(id: string) {
    const json = await this.reader.merge(id);
    if (json === null) throw new Error(`merge ${id} was just written and is gone`);
    return rawJson(json);
  }
}
