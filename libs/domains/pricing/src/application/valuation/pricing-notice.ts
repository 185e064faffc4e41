/** Tells the caches of this process, at once; other processes hear it from the event. */
export abstract class PricingNotice {
  abstract changed(vehicleIds: readonly string[]): void;
  /** Every car may be priced otherwise now. */
  abstract allChanged(): void;
}
