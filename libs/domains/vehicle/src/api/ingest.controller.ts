import { Controller, Inject } from '@nestjs/common';
import { type Database, databaseOf } from '@autobroker/platform/database';
import { Handle, Input, type InputOf, noContent, orThrow, ProblemError, rawJson } from '@autobroker/platform/http';
import { IngestReader } from '../application/ingest/ingest-reader';
import { Reprocess } from '../application/ingest/reprocess';
import { pageAnswer, sealed, startOf } from './paging';
import { requesterOf, tenantOf } from './requester';
import { discardQuarantined, getQuarantined, ingestStats, listQuarantine, reprocessQuarantine, reprocessQuarantined } from './routes/ingest.routes';

/** What staff see of the ingest, and what they do about what could not be taken in. */
@Controller()
export class IngestController {
  constructor(
    private readonly reader: IngestReader,
    private readonly reprocess: Reprocess,
    @Inject(databaseOf('vehicle')) private readonly db: Database,
  ) {}

  @Handle(listQuarantine)
  async list(@Input() { query, tenantId }: InputOf<typeof listQuarantine>) {
    const criteria = { state: query.state, source: query.source, reason: query.reason, externalId: query.external_id };
    const onlooker = { tenantId: tenantOf(tenantId) };
    const binding = ['quarantine', criteria, onlooker];
    return pageAnswer(sealed(await this.reader.quarantine(criteria, onlooker, { perPage: query.per_page, from: startOf(query, binding) }), binding), query);
  }

  @Handle(getQuarantined)
  async one(@Input() { params, tenantId }: InputOf<typeof getQuarantined>) {
    const json = await this.reader.quarantined(params.id, { tenantId: tenantOf(tenantId) });
    if (json === null) throw new ProblemError('not_found', 'There is nothing under this id.');
    return rawJson(json);
  }

  @Handle(reprocessQuarantined)
  async again(@Input() input: InputOf<typeof reprocessQuarantined>) {
    return orThrow(await this.reprocess.one(input.params.id, requesterOf(input)));
  }

  @Handle(reprocessQuarantine)
  all(@Input() input: InputOf<typeof reprocessQuarantine>) {
    const { source, reason, after } = input.body;
    const which = { ...(source === undefined ? {} : { source }), ...(reason === undefined ? {} : { reason }), ...(after === undefined ? {} : { after }) };
    return this.reprocess.all(which, requesterOf(input));
  }

  @Handle(discardQuarantined)
  async discard(@Input() input: InputOf<typeof discardQuarantined>) {
    orThrow(await this.reprocess.discard(input.params.id, input.body.reason, requesterOf(input)));
    return noContent();
  }

  @Handle(ingestStats)
  async stats() {
    return rawJson(await this.reader.stats(this.db.clock.now()));
  }
}
