import { american, southern } from './americas';
import { asian } from './asia';
import { markedMake } from './brands';
import { european } from './europe';
import type { WmiRow } from './row';

export interface WmiEntry {
  /** Three characters, or three and the three of positions 12–14 for a small maker. */
  readonly wmi: string;
  readonly manufacturer: string;
  /** Absent when one WMI stands for several makes. */
  readonly make?: string;
  /** Where it was made (ISO 3166-1), which may differ from the country that allotted the WMI. */
  readonly country: string;
}

const rows: readonly WmiRow[] = [...european, ...asian, ...american, ...southern];

/** Built on first use: most processes never decode a VIN. */
let entries: ReadonlyMap<string, WmiEntry> | undefined;

function load(): ReadonlyMap<string, WmiEntry> {
  const table = new Map<string, WmiEntry>();
  for (const [country, manufacturer, make, list] of rows) {
    for (const wmi of list.split(' ')) {
      if (table.has(wmi)) throw new Error(`The WMI ${wmi} is in the table twice`);
      table.set(wmi, Object.freeze({ wmi, manufacturer, country, ...(make === '' ? {} : { make }) }));
    }
  }
  return table;
}

/** The maker behind a WMI; for one that ends in 9 positions 12–14 of the VIN decide. */
export function lookUpWmi(wmi: string, positions12to14 = ''): WmiEntry | undefined {
  entries ??= load();
  return (wmi.endsWith('9') ? entries.get(`${wmi}/${positions12to14}`) : undefined) ?? entries.get(wmi);
}

/** Every entry, for reference screens and tests. */
export function allWmis(): WmiEntry[] {
  entries ??= load();
  return [...entries.values()];
}

/** The maker of a car by its VIN: as the WMI says, with the brand that is marked further on. */
export function lookUpMaker(vin: string): WmiEntry | undefined {
  const entry = lookUpWmi(vin.slice(0, 3), vin.slice(11, 14));
  const marked = entry === undefined ? undefined : markedMake(vin);
  if (entry === undefined || marked === undefined) return entry;
  const { make: _usual, ...rest } = entry;
  return marked === null ? rest : { ...rest, make: marked };
}
