import { Inject, Injectable } from '@nestjs/common';
import { ok } from '@autobroker/kernel';
import type { DemoSeeder, DemoWorld } from '@autobroker/platform/app';
import { type Database, databaseOf } from '@autobroker/platform/database';
import { logger } from '@autobroker/platform/telemetry';
import { AddMedia } from '../../application/add-media';
import { systemRequester, type Requester } from '../../application/requester';
import { UpsertVehicles } from '../../application/upsert-vehicles';
import type { Offer } from '../../domain/offer';
import { generatedOffers } from './generator';
import { drawCar } from './silhouettes';
import { Random } from './random';

const log = logger('vehicle.demo');
const dayMs = 86_400_000;

/** What a fresh installation shows. The seed is part of the offers' keys: another one would add another catalogue. */
const shared = { count: 360, seed: 2026, pictures: 14 };
const ofTenant = { count: 24, pictures: 2 };

/** A catalogue that looks alive: cars of many makers in three currencies, prices with a past, some pictures. */
@Injectable()
export class VehicleDemo implements DemoSeeder {
  constructor(
    @Inject(databaseOf('vehicle')) private readonly db: Database,
    private readonly upsert: UpsertVehicles,
    private readonly media: AddMedia,
  ) {}

  async seed({ tenants }: DemoWorld): Promise<void> {
    const everybody = systemRequester('demo');
    await this.stock(everybody, 'shared', shared);
    for (const [index, { id }] of tenants.entries()) {
      await this.stock({ ...everybody, tenantId: id }, 'private', { ...ofTenant, seed: shared.seed + 1 + index });
    }
  }

  private async stock(by: Requester, stock: 'shared' | 'private', what: { count: number; seed: number; pictures: number }): Promise<void> {
    const now = this.db.clock.now();
    const owner = stock === 'shared' ? null : by.tenantId;
    const offers = [...generatedOffers({ count: what.count, seed: what.seed, now })].map((offer) => withoutStrangersPictures(offer));
    if (await this.isThere(offers, owner)) return;
    const random = new Random(what.seed);
    const first = offers.map((offer) => ({ ...offer, seenAt: new Date(now.getTime() - Math.floor(random.between(20, 90)) * dayMs) }));
    const ids = await this.takeIn(first, stock, by);
    // Every third has become cheaper since, and some of those once more.
    const cheaper = offers.filter((_offer, index) => index % 3 === 0).map((offer) => discounted(offer, 0.96, new Date(now.getTime() - 12 * dayMs)));
    await this.takeIn(cheaper, stock, by);
    const again = cheaper.filter((_offer, index) => index % 4 === 0).map((offer) => discounted(offer, 0.97, new Date(now.getTime() - 2 * dayMs)));
    await this.takeIn(again, stock, by);
    await Promise.all(ids.slice(0, what.pictures).map((id, index) => this.picture(id, offers[index], index, by)));
  }

  private async picture(id: string | undefined, offer: Offer | undefined, index: number, by: Requester): Promise<void> {
    if (id === undefined || offer === undefined) return;
    const { body, exteriorColour } = offer.facts;
    const added = await this.media.run(id, await drawCar(body, exteriorColour, index * 11), by);
    if (!added.ok) log.warn({ vehicle: id, code: added.error.code }, 'a demo picture was refused');
  }

  private async isThere(offers: readonly Offer[], owner: string | null): Promise<boolean> {
    const [first] = offers;
    const rows = await this.db.query(
      'select 1 from vehicle.listings where source = $1 and external_id = $2 and tenant_id is not distinct from $3::uuid',
      [first?.source, first?.externalId, owner],
    );
    return rows.length > 0;
  }

  private async takeIn(offers: readonly Offer[], stock: 'shared' | 'private', by: Requester): Promise<(string | undefined)[]> {
    const taken = await this.upsert.run(offers.map((offer) => ok(offer)), stock, by);
    if (!taken.ok) throw new Error(`the demo may not be written: ${taken.error.detail}`);
    return taken.value.map((outcome) => (outcome.result === 'refused' ? undefined : outcome.vehicleId));
  }
}

/** The generator's picture addresses lead nowhere, and a demo page must not ask strangers for them. */
const withoutStrangersPictures = (offer: Offer): Offer => ({ ...offer, facts: { ...offer.facts, images: [] } });

function discounted(offer: Offer, factor: number, seenAt: Date): Offer {
  const { price } = offer.facts;
  if (price === null) return { ...offer, seenAt };
  const amount = Math.round((price.amount * factor) / 5_000) * 5_000;
  return { ...offer, seenAt, facts: { ...offer.facts, price: { ...price, amount } } };
}
