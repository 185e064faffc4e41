import { exact, percentOf, type Span } from './amount';
import { type CostLine, type CostQuestion, lineOf } from './question';
import { type CostRule, rulesFor, type Transport } from './rules';

export function brokerLine({ brokerFee, price, day, currency }: CostQuestion, rules: readonly CostRule[]): CostLine | null {
  if (!brokerFee) return null;
  const rule = rulesFor(rules, 'broker_fee', '*', day).find((each) => each.currency === currency);
  if (rule === undefined) return { code: 'broker_fee', label: 'Broker’s fee', amount: null, rule: null, because: `no schedule in ${currency}` };
  const { percent, least, most } = rule.terms;
  const share = percentOf(price, percent);
  const fee = Math.min(most ?? Number.MAX_SAFE_INTEGER, Math.max(least, share));
  return lineOf(rule, 'broker_fee', 'Broker’s fee', exact(fee), fee === share ? `${percent} % of the price` : `${percent} % of the price, within its bounds`);
}

/** By the mile: what is between two places is counted in whole cents, half a cent up. */
export function transportLines({ miles, transportMethod, enclosed, inoperable, day, destination, currency }: CostQuestion, rules: readonly CostRule[]): CostLine[] {
  const place = transportMethod === 'bands' ? 'US-BANDS' : 'US';
  const rule = destination.country === 'US' && currency === 'USD' ? rulesFor(rules, 'transport', place, day)[0] : undefined;
  if (rule === undefined || miles === null) {
    return [{ code: 'transport', label: 'Transport', amount: null, rule: null, because: miles === null ? 'the distance is not known' : 'no rule for this way' }];
  }
  const way = wayCost(rule.terms, miles);
  const lines = [lineOf(rule, 'transport', 'Transport', way, miles <= rule.terms.freeMiles ? 'picked up nearby' : `${miles} miles`)];
  if (way.most > 0 && enclosed) {
    const [least, most] = rule.terms.enclosedPercent;
    lines.push(lineOf(rule, 'transport_enclosed', 'Closed trailer', { least: percentOf(way.least, least), most: percentOf(way.most, most) }, `${least} to ${most} % more`));
  }
  if (way.most > 0 && inoperable) {
    const [least, most] = rule.terms.inoperable;
    lines.push(lineOf(rule, 'transport_inoperable', 'A car that does not run', { least, most }, 'needs a winch'));
  }
  return lines;
}

function wayCost({ freeMiles, base, bands }: Transport, miles: number): Span {
  if (miles <= freeMiles) return exact(0);
  const band = bands.find(({ upToMiles }) => upToMiles === null || miles <= upToMiles);
  if (band === undefined) return exact(0);
  return { least: base + Math.round(band.least * miles), most: base + Math.round(band.most * miles) };
}
