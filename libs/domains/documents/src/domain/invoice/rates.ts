/** Half a cent goes up, away from zero, as on paper. */
export const taxOn = (net: number, rate: number): number => Math.sign(net) * Math.floor((Math.abs(net) * rate * 2 + 10_000) / 20_000);

/** The net part of a price that has its tax inside. Its tax is `taxOn` of it, and both may miss the price by a cent. */
export const netOf = (gross: number, rate: number): number => Math.sign(gross) * Math.floor((Math.abs(gross) * 20_000 + (10_000 + rate)) / (2 * (10_000 + rate)));
