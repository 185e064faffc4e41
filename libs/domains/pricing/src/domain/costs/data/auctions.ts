import type { CostRule, FeeStep } from '../rules';

const source = 'Fee tables of the two houses as transcribed by the public, 2026';

/** Hammer price from, fee for everybody, fee for those who buy much; in dollars. */
const buyer: readonly (readonly [number, number, number])[] = [
  [0, 0, 1], [50, 25, 1], [100, 80, 25], [200, 130, 60], [300, 137.5, 85], [350, 145, 100], [400, 175, 125], [450, 185, 135], [500, 205, 145], [550, 210, 155],
  [600, 240, 170], [700, 270, 195], [800, 295, 215], [900, 320, 230], [1_000, 375, 250], [1_200, 395, 270], [1_300, 410, 285], [1_400, 430, 300], [1_500, 445, 315],
  [1_600, 465, 330], [1_700, 485, 350], [1_800, 510, 370], [2_000, 535, 390], [2_400, 570, 425], [2_500, 610, 460], [3_000, 655, 505], [3_500, 705, 555],
  [4_000, 725, 600], [4_500, 750, 625], [5_000, 775, 650], [5_500, 800, 675], [6_000, 825, 700], [6_500, 845, 720], [7_000, 880, 755], [7_500, 900, 775],
  [8_000, 925, 800], [8_500, 945, 820], [10_000, 1_000, 850], [11_500, 1_000, 860], [12_000, 1_000, 875], [12_500, 1_000, 890],
];
const bid: readonly (readonly [number, number, number])[] = [[0, 0, 0], [100, 50, 40], [500, 65, 55], [1_000, 85, 75], [1_500, 95, 85], [2_000, 110, 100], [4_000, 125, 110], [6_000, 145, 125], [8_000, 160, 140]];

const cents = (dollars: number): number => Math.round(dollars * 100);
const steps = (table: readonly (readonly [number, number, number])[], column: 1 | 2): FeeStep[] => table.map((row) => ({ from: cents(row[0]), fee: cents(row[column]) }));

const house = (jurisdiction: 'COPART' | 'IAAI'): CostRule[] => {
  const key = jurisdiction.toLowerCase();
  const base = { jurisdiction, currency: 'USD' as const, validFrom: '2026-01-01', validTo: null, source, confidence: 'reported' as const, note: null };
  const last = 'Tables agree on the share above 15,000 dollars; one note adds 250 dollars to it.';
  const clean = jurisdiction === 'COPART' ? ' For titles that are not clean; another table holds for clean ones.' : '';
  const fixed = (code: string, dollars: number): CostRule => ({ ...base, key: `${key}-${code.replaceAll('_', '-')}`, terms: { kind: 'auction_fixed_fee', code, least: cents(dollars), most: cents(dollars) } });
  return [
    { ...base, key: `${key}-buyer-standard`, note: `${last}${clean}`, confidence: jurisdiction === 'COPART' ? 'unverified' : 'reported', terms: { kind: 'auction_buyer_fee', variant: 'standard', steps: [...steps(buyer, 1), { from: cents(15_000), percent: '7.5' }] } },
    { ...base, key: `${key}-buyer-high-volume`, note: `For 25 cars and 75,000 dollars a year and fewer than five bidders. ${last}${clean}`, terms: { kind: 'auction_buyer_fee', variant: 'high_volume', steps: [...steps(buyer, 2), { from: cents(15_000), percent: '6' }] } },
    { ...base, key: `${key}-bid-live`, terms: { kind: 'auction_bid_fee', variant: 'live', steps: steps(bid, 1) } },
    { ...base, key: `${key}-bid-proxy`, terms: { kind: 'auction_bid_fee', variant: 'proxy', steps: steps(bid, 2) } },
    fixed('gate_fee', 95),
    fixed('environmental_fee', 15),
    fixed('title_handling_fee', 20),
  ];
};

export const auctionRules: readonly CostRule[] = [...house('COPART'), ...house('IAAI')];
