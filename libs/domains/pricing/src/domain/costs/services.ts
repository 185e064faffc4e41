import { exact, percentOf, plus, type Span } from './amount';
import { type CostLine, type CostQuestion, lineOf } from './question';
import { type CostRule, rulesFor, type Transport } from './rules';

/** Where the schedule of the tenant that is asked stands among the rules. */
export const tenantsOwn = 'TENANT';

export function brokerLine({ brokerFee, price, day, currency }: CostQuestion, rules: readonly CostRule[]): CostLine | null {
  if (!brokerFee) return null;
  // The tenant's own schedule goes before everybody's, and one in the price's currency before one in another.
  const schedules = [...rulesFor(rules, 'broker_fee', tenantsOwn, day), ...rulesFor(rules, 'broker_fee', '*', day)];
  const own = schedules.filter(({ jurisdiction }) => jurisdiction === tenantsOwn);
  const rule = (own.length > 0 ? own : schedules).reduce<(typeof schedules)[number] | undefined>((found, each) => (found === undefined || (each.currency === currency && found.currency !== currency) ? each : found), undefined);
  if (rule === undefined) return { code: 'broker_fee', label: 'Broker’s fee', amount: null, rule: null, because: `no schedule holds on ${day}` };
  const { percent, least, most } = rule.terms;
  const share = percentOf(price, percent);
  const fee = Math.min(most ?? Number.MAX_SAFE_INTEGER, Math.max(least, share));
  // Bounds are money of the rule's own currency; in another one it is somewhere around the share.
  if (rule.currency !== currency) {
    if (least === 0 && most === null) return lineOf(rule, 'broker_fee', 'Broker’s fee', exact(share), `${percent} % of the price`);
    return lineOf(rule, 'broker_fee', 'Broker’s fee', null, `${percent} % of the price, within bounds that are in ${rule.currency}`);
  }
  return lineOf(rule, 'broker_fee', 'Broker’s fee', exact(fee), fee === share ? `${percent} % of the price` : `${percent} % of the price, within its bounds`);
}

/** By the mile: what is between two places is counted in whole cents, half a cent up. */
export function transportLines({ miles, transportMethod, enclosed, inoperable, day, destination, currency }: CostQuestion, rules: readonly CostRule[]): CostLine[] {
  const place = transportMethod === 'bands' ? 'US-BANDS' : 'US';
  const priced = rules.filter((each) => each.currency === currency);
  const rule = destination.country === 'US' ? rulesFor(priced, 'transport', place, day)[0] : undefined;
  if (rule === undefined || miles === null) {
    return [{ code: 'transport', label: 'Transport', amount: null, rule: null, because: miles === null ? 'the distance is not known' : 'no rule for this way' }];
  }
  const way = wayCost(rule.terms, miles);
  const lines = [lineOf(rule, 'transport', 'Transport', way, miles <= rule.terms.freeMiles ? 'picked up nearby' : `${miles} miles`)];
  // What is picked up nearby needs no carrier.
  if (miles > rule.terms.freeMiles && enclosed) lines.push(extraLine('enclosed', way, day, priced));
  if (miles > rule.terms.freeMiles && inoperable) lines.push(extraLine('inoperable', way, day, priced));
  return lines;
}

const extras = { enclosed: 'Closed trailer', inoperable: 'A car that does not run' } as const;

function extraLine(variant: keyof typeof extras, way: Span, day: string, rules: readonly CostRule[]): CostLine {
  const [code, label] = [`transport_${variant}`, extras[variant]];
  const rule = rulesFor(rules, 'transport_extra', 'US', day).find(({ terms }) => terms.variant === variant);
  if (rule === undefined) return { code, label, amount: null, rule: null, because: 'no rule says how much' };
  const { percent, amount } = rule.terms;
  const share = percent === undefined ? exact(0) : { least: percentOf(way.least, percent[0]), most: percentOf(way.most, percent[1]) };
  const because = [...(percent === undefined ? [] : [`${percent[0]} to ${percent[1]} % more`]), ...(amount === undefined ? [] : ['an amount besides'])].join(', and ');
  return lineOf(rule, code, label, plus(share, { least: amount?.[0] ?? 0, most: amount?.[1] ?? 0 }), because);
}

function wayCost({ freeMiles, base, bands }: Transport, miles: number): Span {
  if (miles <= freeMiles) return exact(0);
  const band = bands.find(({ upToMiles }) => upToMiles === null || miles <= upToMiles);
  if (band === undefined) return exact(0);
  return { least: base + Math.round(band.least * miles), most: base + Math.round(band.most * miles) };
}
