import { Controller } from '@nestjs/common';
import { isUuid } from '@autobroker/kernel';
import { etagOfText, Handle, idPagination, idWindow, Input, type InputOf, orThrow, ProblemError, rawJson, reply } from '@autobroker/platform/http';
import { type Asker, AskPrice } from '../application/queries/ask-price';
import { ReadQueries } from '../application/queries/read-queries';
import { detailJson, queryJson } from './price-query.presenter';
import { askPrice, askPriceAlias, getPriceQuery, getPriceQueryAlias, listPriceQueries, listPriceQueriesAlias } from './routes/price-query.routes';

const tenantOf = (tenantId: string): string | null => (tenantId === '' ? null : tenantId);

/** Queries belong to somebody who can be told of them, and forgotten. */
function personOf({ principal }: Pick<InputOf<typeof askPrice>, 'principal'>): string {
  if (principal.id === null || !isUuid(principal.id)) throw new ProblemError('permission_denied');
  return principal.id;
}

function askerOf(input: Pick<InputOf<typeof askPrice>, 'principal' | 'tenantId' | 'request'>): Asker {
  const { principal, tenantId, request } = input;
  return { actor: { kind: principal.kind, id: principal.id }, userId: personOf(input), tenantId: tenantOf(tenantId), from: { ip: request.ip, request_id: request.id } };
}

@Controller()
export class PriceQueriesController {
  constructor(
    private readonly asking: AskPrice,
    private readonly reader: ReadQueries,
  ) {}

  @Handle(askPrice)
  async ask(@Input() input: InputOf<typeof askPrice>) {
    const { make, model, year, mileage, mileage_unit, color, damage_type, production_year, country } = input.body;
    const asked = {
      ...{ make, model, year },
      mileage: mileage ?? null,
      mileageUnit: mileage_unit ?? ('km' as const),
      color: color ?? null,
      damageType: damage_type ?? null,
      productionYear: production_year ?? null,
      country: country ?? null,
    };
    const query = orThrow(await this.asking.run(asked, askerOf(input)));
    const json = JSON.stringify(queryJson(query));
    return rawJson(json, { status: 202, etag: etagOfText(json), location: `/api/v1/price-queries/${query.id}` });
  }

  @Handle(getPriceQuery)
  async one(@Input() { params, principal, tenantId }: InputOf<typeof getPriceQuery>) {
    const view = await this.reader.one(params.id, { userId: principal.id, tenantId: tenantOf(tenantId), roles: principal.roles });
    if (view === null) throw new ProblemError('not_found', 'There is no such price query.');
    const json = JSON.stringify(detailJson(view));
    return rawJson(json, { etag: etagOfText(json) });
  }

  @Handle(listPriceQueries)
  async list(@Input() input: InputOf<typeof listPriceQueries>) {
    const { query } = input;
    const userId = personOf(input);
    const binding = ['price-queries', userId, query.status ?? null];
    const page = await this.reader.mine(userId, { status: query.status ?? null, ...idWindow(query, binding) });
    return reply(page.queries.map(queryJson), { pagination: idPagination(query, page, binding) });
  }

  @Handle(askPriceAlias)
  askToo(@Input() input: InputOf<typeof askPriceAlias>) {
    return this.ask(input);
  }

  @Handle(getPriceQueryAlias)
  oneToo(@Input() input: InputOf<typeof getPriceQueryAlias>) {
    return this.one(input);
  }

  @Handle(listPriceQueriesAlias)
  listToo(@Input() input: InputOf<typeof listPriceQueriesAlias>) {
    return this.list(input);
  }
}
