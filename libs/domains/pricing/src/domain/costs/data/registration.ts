import type { CurrencyCode } from '@autobroker/kernel';
import type { Confidence, CostRule, FlatFee, RegistrationTax } from '../rules';

const validFrom = '2026-01-01';
const cents = (amount: number): number => Math.round(amount * 100);

/** Papers and plates, from the least to the most: for a new owner, for a new car, and for a car from another country. */
interface Fee {
  readonly usual: readonly [least: number, most: number];
  readonly ofNew?: readonly [least: number, most: number];
  readonly ofArrival?: readonly [least: number, most: number] | null;
  /** More comes on top that nobody tells beforehand. */
  readonly isOpen?: true;
  readonly currency?: CurrencyCode;
  readonly source: string;
  readonly confidence: Confidence;
  readonly note: string;
}

const fees: Readonly<Record<string, Fee>> = {
  AT: {
    usual: [242.2, 242.2],
    ofNew: [265.2, 265.2],
    ofArrival: [265.2, 265.2],
    source: 'Federal Ministry of Finance (bmf.gv.at, costs of registration, January 2024); fee of the certificate as raised in July 2025',
    confidence: 'unverified',
    note: 'Certificate 178.00, work 60.80, register 1.10, sticker 2.30; plates 23.00. The work follows the index of prices. Before July 2025 the certificate cost 119.80.',
  },
  BE: { usual: [26, 30], ofNew: [30, 30], ofArrival: [30, 30], source: 'Federal Public Service Mobility (mobilit.belgium.be, delivery and price, July 2023)', confidence: 'official', note: 'Certificate alone 26 euros; with a plate 30.' },
  CZ: {
    usual: [800, 800],
    ofNew: [800, 1_200],
    ofArrival: [800, 1_200],
    currency: 'CZK',
    source: 'Administrative fees of registration offices (vitkov.info and others)',
    confidence: 'reported',
    note: 'A car with four wheels 800 crowns; some offices count 200 crowns more for each plate. What a single import’s approval costs is not in it.',
  },
  DE: {
    usual: [16.7, 74],
    ofNew: [52, 74],
    ofArrival: [52, 74],
    source: 'Scale of fees for road traffic measures (GebOSt), as charged by Frankfurt, Esslingen and Rhein-Sieg; plates as sold',
    confidence: 'reported',
    note: '16.70 to 34.00 at the office by district and by what is done; a pair of plates costs 25 to 40 where the old ones are not kept.',
  },
  DK: {
    usual: [380, 380],
    ofNew: [1_180, 1_180],
    ofArrival: [1_180, 1_180],
    currency: 'DKK',
    source: 'Danish Ministry of Taxation (skm.dk, rates of the act on registration of vehicles, 2023)',
    confidence: 'official',
    note: 'A new owner 380 crowns; a set of plates 1,180.',
  },
  ES: { usual: [55.7, 55.7], ofNew: [99.77, 99.77], ofArrival: [99.77, 99.77], source: 'Fees of the traffic authority (DGT), 1.5 and 1.1', confidence: 'reported', note: 'Change of owner 55.70; first registration in Spain 99.77. Plates are bought besides.' },
  FI: { usual: [3, 8.5], ofNew: [14, 30], ofArrival: [14, 30], source: 'Traficom, customer prices of vehicle registration', confidence: 'official', note: '3.00 online, 8.50 at a desk, 19.00 with papers attached; plates 5.50 each.' },
  FR: { usual: [13.76, 13.76], isOpen: true, source: 'Price of the certificate of registration, parts Y.1 to Y.6 (ornikar.com, 2026)', confidence: 'reported', note: 'Fixed tax 11.00 and delivery 2.76; the region takes 27 to 60 euros for each fiscal horsepower besides, half of it after ten years.' },
  IT: {
    usual: [236.01, 236.01],
    isOpen: true,
    source: 'Costs of the change of ownership (ilgiornale.it, March 2025; money.it, May 2025)',
    confidence: 'reported',
    note: 'Register 27.00, stamps 48.00, motor authority 10.20, and the province’s tax of 150.81 up to 53 kW, beyond it 3.5119 a kilowatt; provinces add up to 30 per cent.',
  },
  NL: { usual: [11.4, 11.4], ofArrival: null, source: 'Consumentenbond, transferring a car', confidence: 'unverified', note: 'The fee is set anew each year. A car from abroad is inspected first.' },
  PL: {
    usual: [66.5, 183.5],
    ofNew: [160, 183.5],
    ofArrival: [160, 183.5],
    currency: 'PLN',
    source: 'Fees of the district of Starogard; the ministry’s draft of higher ones for 2026 (gazetaprawna.pl, December 2025)',
    confidence: 'unverified',
    note: '66.50 zloty where plates are kept, 160.00 with new ones; the draft makes the latter 183.50.',
  },
  PT: { usual: [65, 85], source: 'Registration of property (pplware.sapo.pt)', confidence: 'reported', note: '65 euros online, 85 at a desk. Giving a foreign car a number is not in it.' },
  SE: {
    usual: [69, 69],
    ofNew: [131, 193],
    ofArrival: [1_231, 1_293],
    currency: 'SEK',
    source: 'Transportstyrelsen, fees for registration and plates',
    confidence: 'official',
    note: 'Register 69 crowns a year, a plate 62; for a car from abroad 1,100 for the check of its origin.',
  },
  SK: { usual: [33, 33], isOpen: true, source: 'Act on administrative fees, as told in 2026', confidence: 'reported', note: '33 euros at least; by power and age up to 3,900.' },
};

interface Tax {
  readonly name: string;
  readonly due?: RegistrationTax['due'];
  readonly percent?: readonly [least: string, most: string];
  readonly source: string;
  readonly note?: string | null;
}

/** Taxes at the first registration in a country, which go by what nobody asks for here. */
const taxes: Readonly<Record<string, Tax>> = {
  AT: { name: 'Standard consumption tax (NoVA)', source: 'Federal Ministry of Finance (bmf.gv.at)' },
  BE: { name: 'Tax on putting into service', due: 'always', source: 'Regional tax administrations of Brussels, Flanders and Wallonia' },
  DK: { name: 'Registration tax', source: 'Danish Motor Vehicle Agency (skat.dk)' },
  EE: { name: 'Registration fee for motor vehicles', due: 'always', source: 'Motor Vehicle Tax Act, since January 2025' },
  ES: {
    name: 'Tax on means of transport',
    percent: ['0', '16.9625'],
    source: 'Act 38/1992 on excise duties, article 70',
    note: '0, 4.75, 9.75 or 14.75 per cent by emissions; regions may ask up to 15 per cent more than that. Of a used car’s value by the official table, for which the price stands.',
  },
  FI: { name: 'Car tax', source: 'Finnish Tax Administration' },
  FR: { name: 'Tax on emissions and weight', source: 'Price of the certificate of registration, part Y.3', note: 'At the first registration in France.' },
  GR: { name: 'Registration tax', source: 'Independent Authority for Public Revenue' },
  HR: { name: 'Special tax on motor vehicles', source: 'Croatian Customs' },
  HU: { name: 'Registration tax', source: 'National Tax and Customs Administration' },
  IE: { name: 'Vehicle registration tax', source: 'Revenue Commissioners' },
  LT: { name: 'Motor vehicle registration tax', due: 'always', source: 'Act on the motor vehicle registration tax, since July 2020' },
  MT: { name: 'Registration tax', source: 'Transport Malta' },
  NL: { name: 'Tax on passenger cars (BPM)', source: 'Belastingdienst' },
  PL: {
    name: 'Excise duty',
    percent: ['0', '18.6'],
    source: 'Act on excise duty, article 105, as told by rankomat.pl and interia.pl',
    note: '3.1 per cent up to 2,000 cubic centimetres, 18.6 beyond; hybrids half of it, electric cars nothing.',
  },
  PT: { name: 'Vehicle tax (ISV)', source: 'Tax and Customs Authority' },
  SI: { name: 'Tax on motor vehicles', source: 'Financial Administration' },
};

const transfers: readonly CostRule[] = [
  {
    key: 'eu-es-transfer-tax',
    jurisdiction: 'ES',
    terms: { kind: 'transfer_tax', name: 'Tax on transfers of property', percent: ['4', '8'], privateBuyersOnly: true },
    currency: 'EUR',
    validFrom,
    validTo: null,
    source: 'Tax on transfers of property between private persons (101noticias.com, preciator.es)',
    confidence: 'reported',
    note: '4 per cent in Madrid, 5 in Catalonia, up to 8 elsewhere; of the value by the official table, for which the price stands.',
  },
  {
    key: 'eu-pl-transfer-tax',
    jurisdiction: 'PL',
    terms: { kind: 'transfer_tax', name: 'Tax on civil law transactions (PCC)', percent: ['2', '2'], freeUpTo: 100_000 },
    currency: 'PLN',
    validFrom,
    validTo: null,
    source: 'Act on the tax on civil law transactions, articles 7 and 9',
    confidence: 'reported',
    note: 'Of the market value, for which the price stands; up to 1,000 zloty nothing.',
  },
];

const feeRule = (country: string, { usual: [least, most], ofNew, ofArrival, isOpen, currency = 'EUR', source, confidence, note }: Fee): CostRule => {
  const inCents = ([from, to]: readonly [number, number]) => [cents(from), cents(to)] as const;
  const terms: FlatFee<'registration_fee'> = {
    kind: 'registration_fee',
    code: 'registration_fee',
    least: cents(least),
    most: cents(most),
    ...(ofNew === undefined ? {} : { ofNew: inCents(ofNew) }),
    ...(ofArrival === undefined ? {} : { ofArrival: ofArrival === null ? null : inCents(ofArrival) }),
    ...(isOpen === undefined ? {} : { isOpen }),
  };
  return { key: `eu-${country.toLowerCase()}-registration`, jurisdiction: country, terms, currency, validFrom, validTo: null, source, confidence, note };
};

const taxRule = (country: string, { name, due = 'on_arrival', percent, source, note = null }: Tax): CostRule => ({
  key: `eu-${country.toLowerCase()}-registration-tax`,
  jurisdiction: country,
  terms: { kind: 'registration_tax', name, due, ...(percent === undefined ? {} : { percent }) },
  currency: 'EUR',
  validFrom,
  validTo: null,
  source,
  confidence: 'reported',
  note,
});

/** What registering a car costs in the countries of the union, as far as anybody tells. */
export const registrationRules: readonly CostRule[] = [
  ...Object.entries(fees).map(([country, fee]) => feeRule(country, fee)),
  ...Object.entries(taxes).map(([country, tax]) => taxRule(country, tax)),
  ...transfers,
];
