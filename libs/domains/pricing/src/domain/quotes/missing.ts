import type { CostQuestion } from '../costs/question';
import type { OpenLine } from './draft';

/** What would have to be told for a line to be one amount. */
export interface Missing {
  readonly pointer: string;
  readonly detail: string;
}

export interface ToldPlace {
  readonly country: string;
  readonly region: string | null;
  readonly postalCode: string | null;
}

/** Without it there is no working out anything. */
export const placeMissing = ({ country, region }: ToldPlace): Missing | null =>
  country === 'US' && region === null ? { pointer: '/destination/region', detail: 'Taxes and fees are the state’s: name it.' } : null;

/** What the buyer owes to the authority when the car is put into its name, whoever sells: a quote may leave that to the buyer. */
const leftToBuyer: ReadonlySet<string> = new Set(['title_fee', 'registration_fee', 'registration_tax', 'transfer_tax']);
const isLeftToBuyer = ({ code, rule }: OpenLine): boolean => leftToBuyer.has(rule?.terms.kind ?? code);

/** For each line that can't bind: the field that would settle it, or else that its buyer is content with a range. */
export function missingFor(open: readonly OpenLine[], question: Pick<CostQuestion, 'localRate' | 'miles' | 'currency'>, place: ToldPlace): readonly Missing[] {
  return open.filter((line) => !isLeftToBuyer(line)).map((line) => ({ pointer: pointerOf(line, question, place), detail: `${line.label}: ${line.because}.` }));
}

function pointerOf({ code }: OpenLine, { localRate, miles, currency }: Pick<CostQuestion, 'localRate' | 'miles' | 'currency'>, { country, postalCode }: ToldPlace): string {
  if (code === 'local_tax' && localRate === null) return '/local_tax_rate';
  // Elsewhere there is no rule for the way, however well it is known.
  if (code === 'transport' && miles === null && postalCode === null && country === 'US' && currency === 'USD') return '/destination/postal_code';
  return '/accept_ranges';
}
