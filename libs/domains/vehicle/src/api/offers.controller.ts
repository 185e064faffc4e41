import { Controller } from '@nestjs/common';
import { Handle, Input, type InputOf, ProblemError, rawJson } from '@autobroker/platform/http';
import { OfferReader, type ListingCriteria, type ListingOrder } from '../application/offer-reader';
import { pageAnswer, sealed, startOf } from './paging';
import { tenantOf } from './requester';
import { seeing } from './seeing';
import { getListing, listListings, listPriceHistory, listVehicleListings } from './routes/vehicle.routes';

const moment = (text: string | undefined): Date | undefined => (text === undefined ? undefined : new Date(text));

/** Where a vehicle is offered, and what was asked for it. */
@Controller()
export class OffersController {
  constructor(private readonly reader: OfferReader) {}

  @Handle(listVehicleListings)
  async ofVehicle(@Input() { params, query, tenantId }: InputOf<typeof listVehicleListings>) {
    const tenant = await seeing(this.reader, params.id, tenantId);
    const binding = ['listings', params.id];
    const slice = { perPage: query.per_page, from: startOf(query, binding) };
    const page = await this.reader.listings({ vehicleId: params.id }, { by: 'id', descending: false }, slice, tenant);
    return pageAnswer(sealed(page, binding), query);
  }

  @Handle(listPriceHistory)
  async history(@Input() { params, query, tenantId }: InputOf<typeof listPriceHistory>) {
    await seeing(this.reader, params.id, tenantId);
    const criteria = { vehicleId: params.id, since: moment(query.since), until: moment(query.until) };
    const binding = ['price-history', criteria];
    const page = await this.reader.history(criteria, { perPage: query.per_page, from: startOf(query, binding) });
    return pageAnswer(sealed(page, binding), query);
  }

  @Handle(listListings)
  async all(@Input() { query, tenantId }: InputOf<typeof listListings>) {
    const tenant = tenantOf(tenantId);
    const criteria: ListingCriteria = {
      vehicleId: query.vehicle_id,
      source: query.source,
      externalId: query.external_id,
      status: query.status,
      isActive: query.is_active,
      seenSince: moment(query.seen_since),
    };
    const descending = query.sort.startsWith('-');
    const order: ListingOrder = { by: query.sort.endsWith('price') ? 'price' : 'last_seen_at', descending };
    const binding = ['listings', tenant, criteria, order];
    const slice = { perPage: query.per_page, from: startOf(query, binding) };
    return pageAnswer(sealed(await this.reader.listings(criteria, order, slice, tenant), binding), query);
  }

  @Handle(getListing)
  async one(@Input() { params, tenantId }: InputOf<typeof getListing>) {
    const json = await this.reader.listing(params.id, tenantOf(tenantId));
    if (json === null) throw new ProblemError('not_found', 'There is no such listing.');
    return rawJson(json);
  }
}
