/*
 * What a VIN says of the model, for makers that put it in a fixed place. `at` is where the code stands (from 0); a code
 * that is used for more than one model is left out. Where nothing fits nothing is said.
 */
interface ModelCodes {
  readonly wmis: RegExp;
  readonly at: readonly [number, number];
  /** `code code: Model; …` */
  readonly codes: string;
}

const tables: readonly ModelCodes[] = [
  {
    wmis: /^(?:WVW|WVG|WV[12]|[139]VW|1V2|3VV|AAV|XW8|LSV)/u,
    at: [6, 8],
    codes:
      '1H 1J 5K 5G AU BQ CD: Golf; 16 BU: Jetta; 3B 3C 3G A3: Passat; 35: CC; 3H: Arteon; 6N 6R 6C 9N AW: Polo; 5N AD AX: Tiguan; 7L 7P CR: Touareg; 1T 5T: Touran; ' +
      '7M 7N: Sharan; 7H 7E 7J ST: Transporter; 2K SK: Caddy; 2H: Amarok; 13: Scirocco; 1F: Eos; 9C 1C 1Y: New Beetle; A1: T-Roc; C1: T-Cross; AA: up!; E1: ID.3; E2: ID.4; CA: Atlas; 3D: Phaeton',
  },
  {
    wmis: /^(?:WAU|WA1|WUA|TRU)/u,
    at: [6, 8],
    codes:
      '8Z: A2; 8X GB: A1; 8L 8P 8V 8Y: A3; 8D 8E 8K 8W: A4; 8T 8F F5: A5; 4B 4F 4G F2: A6; 4D 4E 4H F8: A8; 8U F3: Q3; 8R FY: Q5; 4L 4M: Q7; F1: Q8; 8N 8J FV: TT; 42 4S: R8; GE: e-tron',
  },
  {
    wmis: /^TMB/u,
    at: [6, 8],
    codes: '1U 1Z 5E NX: Octavia; 6Y 5J NJ PJ: Fabia; 3U 3T 3V: Superb; 5L: Yeti; NU: Karoq; NS: Kodiaq; NH: Rapid; NF: Citigo; NY: Enyaq',
  },
  { wmis: /^VSS/u, at: [6, 8], codes: '1M 1P 5F KL: Leon; 6K 6L 6J: Ibiza; 5P: Altea; 7N: Alhambra; KH: Ateca; KN: Tarraco; 3R: Exeo' },
  { wmis: /^WDC/u, at: [3, 6], codes: '204: GLK; 156: GLA; 253 254: GLC; 163 164 166: M-Class; 167: GLE; 463: G-Class; 164: GL-Class; 292: GLE; 293: EQC' },
  {
    wmis: /^(?:WDB|WDD|W1K|55S)/u,
    at: [3, 6],
    codes:
      '168 169 176 177: A-Class; 245 246: B-Class; 202 203 204 205 206: C-Class; 210 211 212 213 214: E-Class; 140 220 221 222 223: S-Class; 117 118: CLA; 208 209: CLK; 219 218 257: CLS; ' +
      '170 171 172: SLK; 129 230 231: SL; 463: G-Class; 251: R-Class; 190: AMG GT; 639 447: Vito; 906 907: Sprinter',
  },
  { wmis: /^WP[01]/u, at: [6, 8], codes: '92 9P 9Y: Cayenne; 95: Macan; 97: Panamera; 99: 911; Y1: Taycan' },
  { wmis: /^(?:5YJ|7SA|LRW|XP7)/u, at: [3, 4], codes: 'S: Model S; 3: Model 3; X: Model X; Y: Model Y' },
  { wmis: /^1FT/u, at: [5, 6], codes: '1: F-150; 2: F-250; 3: F-350' },
  { wmis: /^(?:1FA|3FA)/u, at: [4, 6], codes: 'P8: Mustang; P0: Fusion; P3: Focus; P4: Fiesta' },
  { wmis: /^(?:1FM|2FM|3FM)/u, at: [4, 6], codes: 'K7 K8: Explorer; U0 U9: Escape; K3 K4: Edge; JU: Expedition' },
  {
    wmis: /^(?:1HG|2HG|JHM|19X|SHH|SHS|2HK|5J6|5FN|3HG|7FA)/u,
    at: [3, 6],
    codes: 'CM5 CM6 CM7 CM8 CP2 CP3 CR2 CR3 CV1 CV2: Accord; FA1 FB2 FB6 FC1 FC2 FC3 FE1 FE2: Civic; RE3 RE4 RM3 RM4 RW1 RW2 RS3 RS4: CR-V; YF4 YF5 YF6: Pilot; RL5 RL6: Odyssey; GK5: Fit',
  },
  { wmis: /^(?:4T1|JTN)/u, at: [3, 6], codes: 'BE4 BF1 BF3 B11 G11 BK1: Camry' },
  { wmis: /^(?:2T1|5YF|JTD)/u, at: [3, 6], codes: 'BU4 BUR BR3 EPR: Corolla; KN3 KB2 KAR: Prius' },
  { wmis: /^1G1/u, at: [3, 5], codes: 'ZB ZC ZD ZE: Malibu; PA PC PE: Cruze; YY YA YB: Corvette; FA FB FE FF: Camaro; RA RC: Volt' },
  { wmis: /^(?:2GN|3GN)/u, at: [3, 5], codes: 'AL AX FL: Equinox' },
];

const parsed = tables.map(({ wmis, at, codes }) => ({
  wmis,
  at,
  models: new Map(
    codes.split(';').flatMap((row) => {
      const [left = '', name = ''] = row.split(':');
      return left.trim().split(/\s+/u).map((code): [string, string] => [code, name.trim()]);
    }),
  ),
}));

export function modelOfVin(vin: string): string | null {
  for (const { wmis, at, models } of parsed) {
    if (wmis.test(vin)) return models.get(vin.slice(at[0], at[1])) ?? null;
  }
  return null;
}
