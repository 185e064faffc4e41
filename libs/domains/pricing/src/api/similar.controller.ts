import { Controller } from '@nestjs/common';
import { Handle, Input, type InputOf, pageWindow, paginationOf, ProblemError, reply } from '@autobroker/platform/http';
import { FindSimilar, type SimilarCar } from '../application/market/find-similar';
import type { MarketCar } from '../domain/market-car';
import { listSimilar } from './routes/similar.routes';

@Controller()
export class SimilarController {
  constructor(private readonly finder: FindSimilar) {}

  @Handle(listSimilar)
  async similar(@Input() { params, query, tenantId }: InputOf<typeof listSimilar>) {
    const window = pageWindow(query);
    // The empty text is what a route gives an operator of no tenant.
    const found = await this.finder.run(params.id, tenantId === '' ? null : tenantId, query.sort);
    if (found === null) throw new ProblemError('not_found', 'There is no such vehicle.');
    const page = found.slice(window.offset, window.offset + window.limit);
    return reply(page.map((one, index) => similarView(one, window.offset + index + 1)), {
      pagination: paginationOf({ page: query.page, perPage: query.per_page, total: found.length }),
    });
  }
}

const similarView = ({ car, byRule, learned, learnedFrom }: SimilarCar, rank: number) => ({
  rank,
  vehicle: carCard(car),
  score: byRule.score,
  points: byRule.points,
  learned: {
    score: learned.score,
    cars: learnedFrom,
    gaps: learned.gaps.map(({ fact, effect }) => ({ fact, percent: Math.round(1_000 * (Math.exp(effect) - 1)) / 10 })),
  },
});

/** A car as far as one needs it to compare. */
export const carCard = ({ vehicleId, facts, price, referencePrice, status, sources, listedAt }: MarketCar) => ({
  id: vehicleId,
  make: facts.make,
  model: facts.model,
  trim: facts.trim,
  year: facts.year,
  mileage_km: facts.mileageKm,
  colour: facts.colour,
  damage_type: facts.damageType,
  country: facts.country,
  city: facts.city,
  price,
  reference_price: referencePrice,
  status,
  sources,
  listed_at: listedAt.toISOString(),
});
