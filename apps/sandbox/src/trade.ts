import { marketSources, type Market, type SourceSlug } from '@autobroker/market';
import { Shop } from './shared/shop';

/** Between two looks the market stands still: a list that is walked page by page would shift under the walker. */
const lookEveryMs = 15_000;

/** The market at the sandbox's time. */
export class Trade {
  private lastLook = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly market: Market,
    private readonly now: () => Date,
  ) {}

  /** Moves the market on; at once after the clock was moved, by and by as time passes. */
  catchUp(force: boolean): void {
    const at = performance.now();
    if (!force && at - this.lastLook < lookEveryMs) return;
    this.lastLook = at;
    const now = this.now();
    if (now <= this.market.now) return;
    this.market.advanceTo(now);
  }

  shop(slug: SourceSlug): Shop {
    const source = marketSources.find((one) => one.slug === slug);
    if (source === undefined) throw new RangeError(`No such source in the market: ${slug}`);
    return new Shop(source, () => {
      this.catchUp(false);
      return this.market;
    });
  }

  truth(): ReturnType<Market['truth']> {
    this.catchUp(false);
    return this.market.truth();
  }
}
