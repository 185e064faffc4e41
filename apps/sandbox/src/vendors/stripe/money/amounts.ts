import { invalid } from '../core/errors';
import { int, text, type Reader } from '../core/params';

const withoutDecimals = new Set(['bif', 'clp', 'djf', 'gnf', 'jpy', 'kmf', 'krw', 'mga', 'pyg', 'rwf', 'ugx', 'vnd', 'vuv', 'xaf', 'xof', 'xpf']);
/** Of which the last one is always nought. */
const withThree = new Set(['bhd', 'jod', 'kwd', 'omr', 'tnd']);
const others = 'aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bmd bnd bob brl bsd bwp byn bzd cad cdf chf cny cop crc cve czk dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gtq gyd hkd hnl hrk htg huf idr ils inr isk jmd kes kgs khr kyd kzt lak lbp lkr lrd lsl mad mdl mkd mmk mnt mop mur mvr mwk mxn myr mzn nad ngn nio nok npr nzd pab pen pgk php pkr pln qar ron rsd rub sar sbd scr sek sgd shp sle sos srd std szl thb tjs top try ttd twd tzs uah usd uyu uzs wst xcd yer zar zmw';
const currencies = new Set([...withoutDecimals, ...withThree, ...others.split(' ')]);

/** The least that can be charged where it is not 50. */
const least: Readonly<Record<string, number>> = { gbp: 30, aed: 200, bgn: 100, czk: 1_500, dkk: 250, hkd: 400, huf: 17_500, mxn: 1_000, myr: 200, nok: 300, pln: 200, ron: 200, sek: 300, thb: 1_000 };
const most = 99_999_999;

export const currency: Reader<string> = (raw, name) => {
  const value = text()(raw, name).toLowerCase();
  if (!currencies.has(value)) throw invalid(`Invalid currency: ${value}. Stripe currently supports these currencies: ${[...currencies].sort().join(', ')}`, { param: name });
  return value;
};

export const amount = int({ min: 1 });

const signs: Readonly<Record<string, string>> = { usd: '$', eur: '€', gbp: '£', jpy: '¥' };

export const inWords = (value: number, of: string): string => {
  const decimals = withoutDecimals.has(of) ? 0 : withThree.has(of) ? 3 : 2;
  return `${signs[of] ?? ''}${(value / 10 ** decimals).toLocaleString('en-US', { minimumFractionDigits: decimals, maximumFractionDigits: decimals })}${signs[of] === undefined ? ` ${of}` : ''}`;
};

export function checkAmount(value: number, of: string, param = 'amount'): void {
  const smallest = least[of] ?? 50;
  if (value < smallest) throw invalid(`Amount must be at least ${inWords(smallest, of)} ${of}`, { code: 'amount_too_small', param });
  if (withThree.has(of) && value % 10 !== 0) throw invalid(`Amounts in ${of} have to end with a zero: ${value}`, { param });
  if (value > most) throw invalid(`Amount must be no more than ${inWords(most, of)}`, { code: 'amount_too_large', param });
}

/** What Stripe keeps of a payment by card. */
export function cardFee(value: number, of: string): number {
  const [share, fixed] = of === 'eur' ? [0.015, 25] : of === 'gbp' ? [0.015, 20] : [0.029, withoutDecimals.has(of) ? 0 : 30];
  return Math.round(value * share) + fixed;
}

/** And of one by bank transfer. */
export const transferFee = (value: number): number => Math.min(500, Math.round(value * 0.005));

export const disputeFee = (of: string): number => (of === 'eur' ? 2_000 : of === 'gbp' ? 2_000 : withoutDecimals.has(of) ? 1_500 : 1_500);
