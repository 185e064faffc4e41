/*
 * What a VIN says of the model, for makers that put it in a fixed place. `at` is where the code stands (from 0); a code
 * that is used for more than one model is left out. The first row with the code decides; where none has it nothing is said.
 */
interface ModelCodes {
  readonly wmis: RegExp;
  readonly at: readonly [number, number];
  /** `code code: Model; …` */
  readonly codes: string;
}

const tables: readonly ModelCodes[] = [
  // Golf and Jetta share the fifth platform; those of Puebla are Jettas or estates, the others Golfs.
  { wmis: /^WVW.{7}[WPDB]/u, at: [6, 8], codes: '1K: Golf' },
  { wmis: /^3VW(?!ZZZ)/u, at: [6, 8], codes: '1K: Jetta' },
  {
    wmis: /^(?:WVW|WVG|WV[12]|[139]VW|1V2|3VV|2V4|AAV|XW8|LSV)/u,
    at: [6, 8],
    codes:
      '1H 1J 5K 5G AU BQ CD: Golf; BU: Jetta; 3B 3C 3G A3: Passat; 35: CC; 3H: Arteon; 6N 6R 6C 9N AW: Polo; 5N AD AX RM: Tiguan; 7L 7P CR: Touareg; 1T 5T: Touran; ' +
      '7M 7N: Sharan; 7H 7E 7J ST: Transporter; 2K SK: Caddy; 2H: Amarok; 13: Scirocco; 1F: Eos; 9C 1C 1Y: New Beetle; AT: Beetle; A1: T-Roc; C1: T-Cross; AA: up!; B2: Taos; ' +
      'E1: ID.3; E2 E8: ID.4; EB: ID.Buzz; CA: Atlas; DG: Routan; 3D: Phaeton',
  },
  // Where the check digit's rules hold, a 4 before the engine is the sporting sister, which is a model of its own.
  { wmis: /^(?:WAU|WA1|TRU).(?!4)/u, at: [6, 8], codes: '8T 8F F5: A5; 8R FY: Q5' },
  { wmis: /^WA1.(?![4W])/u, at: [6, 8], codes: 'F1: Q8' },
  {
    wmis: /^(?:WAU|WA1|TRU)/u,
    at: [6, 8],
    codes: '8Z: A2; 8X GB: A1; 8L 8P 8V 8Y: A3; 8D 8E 8K 8W: A4; 4B 4F 4G: A6; 4D 4E 4H: A8; 8U F3 FS: Q3; 4L 4M: Q7; 8N 8J FV: TT; 42 4S: R8; GF: Q6 e-tron; FZ: Q4 e-tron',
  },
  {
    wmis: /^TMB/u,
    at: [6, 8],
    codes: '1U 1Z 5E NE NX: Octavia; 6Y NJ PJ: Fabia; 6U: Felicia; 3U 3T 3V NP: Superb; 5L: Yeti; NU: Karoq; NS: Kodiaq; NH: Rapid; NF: Citigo; NY: Enyaq',
  },
  // Kvasiny builds the Roomster on the Fabia's platform.
  { wmis: /^TMB.{7}[^5]/u, at: [6, 8], codes: '5J: Fabia' },
  { wmis: /^VSS/u, at: [6, 8], codes: '1P 5F KL: Leon; 6J: Ibiza; 7N: Alhambra; KH: Ateca; KN: Tarraco; 3R: Exeo' },
  { wmis: /^WDC/u, at: [3, 6], codes: '204: GLK; 156: GLA; 253 254: GLC; 163 164: M-Class; 167: GLE; 463: G-Class; 292: GLE; 293: EQC' },
  {
    wmis: /^(?:WDB|WDD|W1K|55S)/u,
    at: [3, 6],
    codes:
      '168 169 176 177: A-Class; 245 246: B-Class; 202 203 204 205 206: C-Class; 210 211 212 213 214: E-Class; 140 220 221 222 223: S-Class; 117 118: CLA; 208 209: CLK; 219 218 257: CLS; ' +
      '170 171 172: SLK; 129 230 231: SL; 463: G-Class; 251: R-Class; 190: AMG GT; 639 447: Vito; 906 907: Sprinter',
  },
  {
    wmis: /^(?:W1[KN]|4JG|55S|WDD|WDC)/u,
    at: [3, 5],
    codes:
      '0G 0J KM: GLC; ED FB FD: GLE; WH YC: G-Class; FF: GLS; 4M: GLB; GM: EQE; 5J SJ: CLA; HF HH LF ZF ZH: E-Class; GG: GLK; AF GF WF WJ: C-Class; 6G NG UG XK: S-Class; ' +
      'JK VK: SL; MJ MK: CLE; CG DM: EQS; 3G: A-Class; 7X YJ: AMG GT; TG: GLA; 9M: EQB',
  },
  {
    wmis: /^(?:WB[AXY]|5UX|4US|3MW)/u,
    at: [3, 5],
    codes:
      '1C 1P 1R 1S UD UE UF: 1 Series; 3A 3B 3C 3G 5P 5R 5U 8A 8B 8D 8E PC PH PK PL PM VA VB VC: 3 Series; 3N 4A 4F 4J 4W: 4 Series; 5A 5B FR FU JA JB JE JR NE NV NW XG: 5 Series; ' +
      '7E 7T 7U: 7 Series; HT HU JG VL: X1; YH YJ: X2; 57 TR TS TY WX WZ: X3; UJ XW: X4; CR FE JU KR KS ZV: X5; CW CX: X7; HF: Z4; 1Z 8P: i3',
  },
  { wmis: /^U5Y/u, at: [3, 5], codes: 'FF HM HN: Ceed; JE PB PC PG PH PU: Sportage' },
  {
    wmis: /^(?:KN[AD]|5XX|5XY|3KP)/u,
    at: [3, 5],
    codes:
      'BX B2 B3: Picanto; A2 DM DN: Rio; F2 F3 F4 F5 FK FL FX: Forte; FT: K4; GM GN GR GT GU GV GW: Optima; G1 G2 G3 G4 G6: K5; J2 J3 J5 JN JP JT JX: Soul; ' +
      'K5 K6 PM PN PR PU: Sportage; CP CR CT: Niro; ET EU: Seltos; PG PH RG RH RK: Sorento; P3 P5: Telluride; MB: Sedona; NB NC NE: Carnival; E1 E2 E5: Stinger; C4: EV6; AE: EV9',
  },
  {
    wmis: /^(?:KMH|KM8|5NP|5NM|3KP)/u,
    at: [3, 5],
    codes:
      'D0 D3 D7 D8 DH LL LM LN LS: Elantra; P2 P3 P5 S2 S3 S5 ZT: Santa Fe; K1 K2 K3 K5: Kona; R2 R5 R7: Palisade; RC: Venue; J2 J3: Tucson; ' +
      'E2 E3 EB EC EF EG EH EJ EL L2 L3 L4 L6: Sonata; C2 CT: Accent; TC: Veloster; KN KR: Ioniq 5',
  },
  { wmis: /^(?:1C4|1C6|3C4|1J4|1J8|ZAC)/u, at: [4, 6], codes: 'JE JF JG JH JJ JK JY: Grand Cherokee; JW JX: Wrangler; JC: Compass; JT: Gladiator; JL JM: Cherokee; JA JB: Renegade' },
  {
    wmis: /^(?:1C4|2C3|2C4|3C4)/u,
    at: [4, 7],
    codes: 'DGB DGC DGE: Grand Caravan; DHD DJA DJC DJD DJE DJG DJH: Durango; DXB DXC DXG DXH DXJ DXK DXL: Charger; DYB DYC DZB DZC DZD DZF DZH DZL: Challenger; DCA: Journey; CAA CAB CAE CAG: 300',
  },
  { wmis: /^(?:1C6|3C6|3C7)/u, at: [3, 6], codes: 'JR6 RR6 RR7 RRE RRF SRF: 1500; TR5 UR5: 2500; 3RR WRS WRT: 3500; LRV MRV TRV URV WRV: ProMaster' },
  { wmis: /^WP[01]/u, at: [6, 8], codes: '92 9P 9Y A2 AY: Cayenne; 95 A5: Macan; 97 A7 YA: Panamera; 99 A9: 911; Y1: Taycan' },
  { wmis: /^(?:5YJ|7SA|LRW|XP7)/u, at: [3, 4], codes: 'S: Model S; 3: Model 3; X: Model X; Y: Model Y' },
  { wmis: /^1FT/u, at: [3, 5], codes: 'AX BR BW YE ZK: Transit; ER: Ranger' },
  { wmis: /^(?:1FT|2FT)/u, at: [3, 6], codes: 'YR2 YR3: Transit; EW1 EX1 FW1 FX1 MF1: F-150; 7W2 7X2 8W2 BF2: F-250; 8W3 RF3 WF3 WW3: F-350; 8W4: F-450' },
  { wmis: /^3FT/u, at: [3, 6], codes: 'TW8: Maverick' },
  { wmis: /^(?:1FA|3FA)/u, at: [4, 6], codes: 'P8: Mustang; P0: Fusion; P3: Focus' },
  { wmis: /^3FA/u, at: [4, 6], codes: 'P4: Fiesta' },
  { wmis: /^3FM/u, at: [3, 5], codes: 'TK: Mustang Mach-E; CR: Bronco Sport' },
  { wmis: /^[12]FM/u, at: [4, 6], codes: 'K7 K8: Explorer; U0 U9: Escape; K3 K4: Edge' },
  { wmis: /^1FM/u, at: [3, 6], codes: 'DE5 DE7 EE0 EE5 EE9: Bronco; JK1 JK2 JU1 JU2: Expedition' },
  {
    wmis: /^(?:1HG|2HG|JHM|19X|SHH|SHS|2HK|5J6|5FN|5FP|3HG|7FA|3CZ|3GP|JHL|5KB)/u,
    at: [3, 5],
    codes: 'RL: Odyssey; RU RZ: HR-V; FA FB FC FE FG FK FL: Civic; RM RS RT RW: CR-V; CM CP CR CS CV CY: Accord; YG: Pilot; YK: Ridgeline; ZE: Insight; GD GE GK: Fit; ZC: Clarity',
  },
  {
    wmis: /^(?:4T1|4T3|4T4|5TD|5TE|5TF|5YF|2T1|2T3|3TM|3TY|7MU|7SV|JT[DEMN]|NMT)/u,
    at: [5, 8],
    codes:
      '1AK 1BK 1FK 1HK 3EK 46K ACK: Camry; 3DC KEC KFC: Sienna; RAH RBH RCH RFH: Highlander; 3FV REV RFV: RAV4; 14R 5BR 5JR: 4Runner; 4EE AAE MAE MBE MCE MDE MFE RAE RBE RCE RHE RJE: Corolla; ' +
      '42N 4CN 4EN 4GN 5AN 5BN 5CN 5GN 5JN 5LN: Tacoma; 5G1: Sequoia; MBX: C-HR; 3EU: Prius v; 1EB 1FB 36B: Avalon; 3BB AAH: Venza; 5DB 5F1: Tundra; AAG ABG: Corolla Cross; TB3: Prius c; ' +
      '20U 3DU AAU ABU MFU RFU: Prius; MFP RFP: Prius Prime',
  },
  { wmis: /^(?:JF[12]|4S[34])/u, at: [3, 5], codes: 'SJ SK SL: Forester; WM: Ascent; BP BR BS BT: Outback; VA VB: WRX; BN BW: Legacy; GK GR: Impreza; AB: Solterra' },
  {
    wmis: /^(?:5N1|JN[18]|1N[46]|3N[18]|KNM)/u,
    at: [4, 6],
    codes: 'R2 R3: Pathfinder; L2 L3 L4: Altima; T2 T3: Rogue; D0 D1: Frontier; B7 B8: Sentra; J1: Rogue Sport; Y2: Armada; P5: Kicks; A6: Maxima; R5: GT-R',
  },
  { wmis: /^(?:JM[13]|7MM|3M[VZ])/u, at: [3, 5], codes: 'BL BM BN BP: 3; GJ GL: 6; KF: CX-5; KK: CX-90; KJ: CX-70; TC: CX-9; ND: MX-5; VA: CX-50; DM: CX-30' },
  { wmis: /^SAL/u, at: [3, 5], codes: '1L 1P WR WV: Range Rover Sport; GS GV KP: Range Rover; YJ YL YT: Range Rover Velar; E2 EJ EP EX: Defender; VP ZJ: Range Rover Evoque; RJ: Discovery' },
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
    const model = wmis.test(vin) ? models.get(vin.slice(at[0], at[1])) : undefined;
    if (model !== undefined) return model;
  }
  return null;
}
