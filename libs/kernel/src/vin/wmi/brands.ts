/**
 * Makers that sell several brands under one WMI tell them apart further on: from which position (from 0), and by what. Without
 * a make it is one of several, and nothing is said; what is not listed is the WMI's usual make.
 */
const rows: readonly (readonly [wmis: string, from: number, codes: string])[] = [
  ['1C3 1C4 2C3 2C4 3C3 3C4 ZAC ZFB', 4, 'J: Jeep; D: Dodge; C: Chrysler; F: Fiat; R: Ram'],
  ['1C6 3C6 3C7', 4, 'J: Jeep; R: Ram'],
  ['JN1', 4, 'V: Infiniti; Y: Infiniti'],
  ['JN8', 4, 'Z2: Infiniti; Z3: Infiniti'],
  ['5N1', 4, 'L: Infiniti'],
  ['3KP', 3, 'C: Hyundai'],
  ['5NM', 3, 'M: Genesis'],
  ['KMH', 3, 'GN:'],
  ['JF1', 3, 'ZN:'],
  ['KNM', 3, 'A: Nissan'],
];

interface Mark {
  readonly from: number;
  readonly makes: ReadonlyMap<string, string>;
}

const marks = new Map<string, Mark>(
  rows.flatMap(([wmis, from, codes]) => {
    const makes = new Map(codes.split(';').map((row): [string, string] => [row.slice(0, row.indexOf(':')).trim(), row.slice(row.indexOf(':') + 1).trim()]));
    return wmis.split(' ').map((wmi): [string, Mark] => [wmi, { from, makes }]);
  }),
);

/** The make that a VIN marks within its WMI: null when it may be several, undefined when it marks none. */
export function markedMake(vin: string): string | null | undefined {
  const mark = marks.get(vin.slice(0, 3));
  if (mark === undefined) return undefined;
  for (const length of [2, 1]) {
    const make = mark.makes.get(vin.slice(mark.from, mark.from + length));
    if (make !== undefined) return make === '' ? null : make;
  }
  return undefined;
}
