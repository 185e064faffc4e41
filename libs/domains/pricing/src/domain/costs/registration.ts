import { exact, fromTo, percentOf, plus, type Span } from './amount';
import { type CostLine, type CostQuestion, lineOf } from './question';
import { type CostRule, rulesFor } from './rules';

/** Whether the car was registered in another country before; both where nobody told from where it comes. */
const arrivals = ({ origin, destination }: CostQuestion): readonly boolean[] => (origin === null ? [false, true] : [origin !== destination.country]);

/** A table in the money that is asked in goes before one in another, whose amounts are no amounts here. */
const inMoney = <R extends CostRule>(rules: readonly R[], currency: string): R | undefined => rules.find((rule) => rule.currency === currency) ?? rules[0];

const hull = (spans: readonly Span[]): Span => ({ least: Math.min(...spans.map(({ least }) => least)), most: Math.max(...spans.map(({ most }) => most)) });

const label = 'Registration';

/** What papers and plates cost in a country of the union, and what it takes of a car that comes to its roads. */
export function registrationLines(question: CostQuestion, rules: readonly CostRule[]): CostLine[] {
  return [feeLine(question, rules), ...taxLines(question, rules)];
}

function feeLine(question: CostQuestion, rules: readonly CostRule[]): CostLine {
  const { destination, day, price, currency, isNew } = question;
  const rule = inMoney(rulesFor(rules, 'registration_fee', destination.country, day), currency);
  if (rule === undefined) return { code: 'registration_fee', label, amount: null, rule: null, because: 'no rule yet' };
  const { code, least, most, percent, ofNew, ofArrival, isOpen } = rule.terms;
  if (rule.currency !== currency) return lineOf(rule, code, label, null, `its amounts are in ${rule.currency}`);
  if (isOpen === true) return lineOf(rule, code, label, null, least === 0 ? 'by power, emissions or place' : `at least ${least / 100}, and more by power, emissions or place`);
  const isReplaced = isNew && ofNew !== undefined;
  const share = isReplaced || percent === undefined ? 0 : percentOf(price, percent);
  const usual = isReplaced ? fromTo(ofNew) : plus({ least, most }, exact(share));
  const spans = arrivals(question).map((arrives) => (arrives && ofArrival !== undefined ? ofArrival : usual));
  const known = spans.flatMap((span) => (span === null ? [] : ['least' in span ? span : fromTo(span)]));
  if (known.length < spans.length) return lineOf(rule, code, label, null, 'no rule says what it costs for a car from another country');
  const amount = hull(known);
  return lineOf(rule, code, label, amount, amount.least === amount.most ? (share === 0 ? 'fixed' : 'with a share of the price') : question.origin === null ? 'it depends on where the car comes from' : 'by how it is done, and with which plates');
}

function taxLines(question: CostQuestion, rules: readonly CostRule[]): CostLine[] {
  const { destination, day, price, currency } = question;
  const rule = inMoney(rulesFor(rules, 'registration_tax', destination.country, day), currency);
  if (rule === undefined) return [];
  const { name, due, percent } = rule.terms;
  const ways = due === 'always' ? [true] : arrivals(question);
  if (!ways.includes(true)) return [];
  const whose = due === 'always' ? 'with each new owner' : 'for a car from another country';
  if (percent === undefined) return [lineOf(rule, 'registration_tax', name, null, `${whose}, by emissions, power or age`)];
  const [least, most] = percent;
  const amount: Span = { least: ways.includes(false) ? 0 : percentOf(price, least), most: percentOf(price, most) };
  return [lineOf(rule, 'registration_tax', name, amount, `${range(least, most)} of the price, ${whose}`)];
}

const range = (least: string, most: string): string => (least === most ? `${least} %` : `${least} to ${most} %`);

/** Where a private person sells, some countries have the buyer pay a tax of another kind. */
export function transferTaxLines(question: CostQuestion, rules: readonly CostRule[]): CostLine[] {
  const { destination, day, price, seller, buyer, currency } = question;
  const stays = arrivals(question).map((arrives) => !arrives);
  if (seller !== 'private' || !stays.includes(true)) return [];
  const rule = inMoney(rulesFor(rules, 'transfer_tax', destination.country, day), currency);
  if (rule === undefined) return [];
  const { name, percent: [least, most], freeUpTo, privateBuyersOnly } = rule.terms;
  if (privateBuyersOnly === true && buyer === 'business') return [];
  if (freeUpTo !== undefined && rule.currency === currency && price <= freeUpTo) return [lineOf(rule, 'transfer_tax', name, exact(0), `nothing up to ${freeUpTo / 100}`)];
  const amount: Span = { least: stays.includes(false) ? 0 : percentOf(price, least), most: percentOf(price, most) };
  return [lineOf(rule, 'transfer_tax', name, amount, `${range(least, most)} of the price, for whoever buys of a private person`)];
}
