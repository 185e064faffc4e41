/**
 * One maker in one country: `[country of manufacture, maker, make, WMIs]`. The WMIs are separated by blanks.
 * Makers of fewer than 1,000 vehicles a year share a WMI that ends in 9 and are told apart by positions 12–14, written after a slash. A make of '' means that several makes share the WMI.
 */
export type WmiRow = readonly [country: string, maker: string, make: string, wmis: string];
