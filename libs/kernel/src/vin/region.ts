import { ORDER } from './alphabet';

export type VinRegion = 'Africa' | 'Asia' | 'Europe' | 'North America' | 'Oceania' | 'South America';

/** First characters and the region that ISO 3780 gives them. */
const regions: readonly (readonly [from: string, to: string, region: VinRegion])[] = [
  ['A', 'G', 'Africa'],
  ['H', 'R', 'Asia'],
  ['S', 'Z', 'Europe'],
  ['1', '5', 'North America'],
  ['6', '6', 'Oceania'],
  ['7', '7', 'North America'],
  ['8', '0', 'South America'],
];

/** Ranges of the first two characters and the country (ISO 3166-1) that allots them. */
const countries: Readonly<Record<string, string>> = {
  'AA-AH': 'ZA', 'AJ-AN': 'CI', 'BA-BE': 'AO', 'BF-BK': 'KE', 'BL-BR': 'TZ', 'CA-CE': 'BJ', 'CF-CK': 'MG', 'CL-CR': 'TN',
  'DA-DE': 'EG', 'DF-DK': 'MA', 'DL-DR': 'ZM', 'EA-EE': 'ET', 'EF-EK': 'MZ', 'FA-FE': 'GH', 'FF-FK': 'NG', 'HA-H0': 'CN',
  'JA-J0': 'JP', 'KA-KE': 'LK', 'KF-KK': 'IL', 'KL-KR': 'KR', 'KS-K0': 'KZ', 'LA-L0': 'CN', 'MA-ME': 'IN', 'MF-MK': 'ID',
  'ML-MR': 'TH', 'MS-MW': 'MM', 'MX-MX': 'MN', 'MY-M0': 'IN', 'NA-NE': 'IR', 'NF-NK': 'PK', 'NL-NR': 'TR', 'NS-NW': 'UZ',
  'PA-PE': 'PH', 'PF-PK': 'SG', 'PL-PR': 'MY', 'RA-RE': 'AE', 'RF-RK': 'TW', 'RL-RR': 'VN', 'RS-R0': 'SA',
  'SA-SM': 'GB', 'SN-ST': 'DE', 'SU-SZ': 'PL', 'S1-S2': 'LV', 'S3-S3': 'GE', 'S4-S4': 'IS',
  'TA-TH': 'CH', 'TJ-TP': 'CZ', 'TR-TV': 'HU', 'TW-T2': 'PT', 'T3-T5': 'RS', 'T6-T6': 'AD', 'T7-T8': 'NL',
  'UA-UC': 'ES', 'UH-UM': 'DK', 'UN-UR': 'IE', 'UU-UX': 'RO', 'U1-U2': 'MK', 'U5-U7': 'SK', 'U8-U0': 'BA',
  'VA-VE': 'AT', 'VF-VR': 'FR', 'VS-VW': 'ES', 'VX-V2': 'FR', 'V3-V5': 'HR', 'V6-V8': 'EE', 'WA-W0': 'DE',
  'XA-XE': 'BG', 'XF-XH': 'GR', 'XJ-XK': 'GR', 'XL-XR': 'NL', 'XS-XW': 'RU', 'XX-XY': 'LU', 'XZ-X0': 'RU',
  'YA-YE': 'BE', 'YF-YK': 'FI', 'YN-YN': 'MT', 'YS-YW': 'SE', 'YX-Y2': 'NO', 'Y3-Y5': 'BY', 'Y6-Y8': 'UA',
  'ZA-ZU': 'IT', 'ZX-ZZ': 'SI', 'Z1-Z1': 'SM', 'Z3-Z5': 'LT', 'Z6-Z0': 'RU',
  '1A-10': 'US', '2A-25': 'CA', '3A-3X': 'MX', '34-34': 'NI', '35-35': 'DO', '36-36': 'HN', '37-37': 'PA', '38-39': 'PR',
  '4A-40': 'US', '5A-50': 'US', '6A-6X': 'AU', '61-61': 'NZ', '7A-7E': 'NZ', '7F-70': 'US',
  '8A-8E': 'AR', '8F-8G': 'CL', '8L-8N': 'EC', '8S-8T': 'PE', '8X-8Z': 'VE', '82-82': 'BO', '84-84': 'CR',
  '9A-9E': 'BR', '9F-9G': 'CO', '9S-9V': 'UY', '91-90': 'BR',
};

/** Every pair of first characters, so that a look-up does no arithmetic. */
const countryOfPair = new Map<string, string>();
for (const [range, country] of Object.entries(countries)) {
  const [from = '', to = ''] = range.split('-');
  for (let at = ORDER.indexOf(from.charAt(1)); at <= ORDER.indexOf(to.charAt(1)); at += 1) countryOfPair.set(from.charAt(0) + ORDER.charAt(at), country);
}

export function countryOf(vin: string): string | undefined {
  return countryOfPair.get(vin.slice(0, 2));
}

export function regionOf(vin: string): VinRegion {
  // New Zealand shares the 7 with the United States.
  if (countryOf(vin) === 'NZ') return 'Oceania';
  const at = ORDER.indexOf(vin.charAt(0));
  const row = regions.find(([from, to]) => at >= ORDER.indexOf(from) && at <= ORDER.indexOf(to));
  if (row === undefined) throw new RangeError(`Not the beginning of a VIN: ${vin}`);
  return row[2];
}
