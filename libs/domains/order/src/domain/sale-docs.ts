import { capacities } from '@autobroker/kernel';
import { capacityTable } from './capacity';
import { guards } from './guards';
import { orderLife } from './life';
import { refundMatrix } from './policies/refunds';
import { withdrawalRules } from './policies/withdrawal';
import { compensationKinds } from './saga';
import { usualDeadlines, usualPolicy, usualUse } from './tenant-policy';

const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [`| ${heads.join(' | ')} |`, `|${heads.map(() => '---').join('|')}|`, ...rows.map((row) => `| ${row.join(' | ')} |`)].join('\n');

const code = (text: string): string => `\`${text}\``;

const steps = (): string =>
  table(
    ['from', 'trigger', 'to', 'who', 'conditions', 'by itself after', 'note'],
    orderLife.transitions.map(({ from, trigger, to, who, guards: asked, after, doc }) => [from, code(trigger), to, who.join(', '), asked.map(code).join(' '), after ?? '', doc ?? '']),
  );

const conditions = (): string => table(['condition', 'where it does not hold'], Object.entries(guards).map(([name, { otherwise }]) => [code(name), otherwise]));

const deadlines = (): string => table(['clock', 'usual length'], Object.entries(usualDeadlines).map(([name, value]: [string, string | number]) => [code(name), typeof value === 'number' ? `${value} business days` : value]));

const rights = (): string =>
  table(
    ['right', 'where', 'buyer', 'across from', 'capacity', 'of', 'days', 'from', 'not told', 'limits', 'kept', 'basis', 'valid', 'confidence'],
    withdrawalRules.map((rule) => [
      code(rule.key),
      rule.countries.length > 1 ? 'EU' : `${rule.countries.join(', ')}${rule.region === null ? '' : `-${rule.region}`}`,
      rule.buyer,
      rule.standing ?? 'anybody',
      rule.capacity ?? 'any',
      rule.object,
      String(rule.days),
      rule.from,
      rule.monthsIfNotTold === 0 ? '' : `+${rule.monthsIfNotTold} months`,
      [rule.mostKm === null ? '' : `${rule.mostKm} km`, rule.mostPrice === null ? '' : `${rule.mostPrice.amount / 100} ${rule.mostPrice.currency}`, rule.usedOnly ? 'used' : ''].filter((text) => text !== '').join(', '),
      rule.fee === null ? '' : `${rule.fee.basisPoints / 100} %, ${rule.fee.least / 100} to ${rule.fee.most / 100} ${rule.fee.currency}`,
      rule.basis,
      `${rule.validFrom} to ${rule.validUntil ?? ''}`.trim(),
      rule.confidence,
    ]),
  );

/** Rows that say the same in every place are one here. */
function refunds(): string {
  const merged = new Map<string, { readonly areas: string[]; readonly cells: readonly string[] }>();
  for (const row of refundMatrix) {
    const cells = [row.stage, row.fault, row.keeps, row.returnPaidBy ?? '', `${row.days} days`, row.note, row.source];
    const known = merged.get(cells.join('|'));
    if (known === undefined) merged.set(cells.join('|'), { areas: [row.area], cells });
    else known.areas.push(row.area);
  }
  return table(['stage', 'fault', 'where', 'what is kept', 'way back paid by', 'within', 'note', 'source'], [...merged.values()].map(({ areas, cells: [stage = '', fault = '', ...rest] }) => [stage, fault, areas.length === 4 ? 'everywhere' : areas.join(', '), ...rest]));
}

const standing = (): string =>
  table(
    ['capacity', 'who sells', 'who invoices the car', 'fee from', 'may hold funds', 'contract of service', 'least guarantee', 'source'],
    capacities.map((capacity) => {
      const row = capacityTable[capacity];
      return [code(capacity), row.sellsAsOwn ? 'the broker' : 'the seller', row.invoicesCar, row.feeFrom, row.mayHoldFunds ? 'yes' : 'no', row.serviceContract ? 'yes' : 'no', `${row.leastGuaranteeMonths} months`, row.source];
    }),
  );

/** docs/orders.md: the same tables that the service works by. */
export const saleDocs = (): string => `# The life of an order

Written by \`npm run sale:docs\` from the tables of \`libs/domains/order/src/domain\`; a spec fails where this page says something else.

\`\`\`mermaid
${orderLife.toMermaid().trimEnd()}
\`\`\`

## Steps

${steps()}

Money is no state: what is held, paid and given back is told by the payment service and kept by its ledger. A dispute keeps
the state in which it stopped the sale, and the car stays held.

## Conditions

${conditions()}

## Clocks

A tenant sets its own (\`PUT /api/v1/orders/policies\`). The deposit is ${usualPolicy.depositShare / 100} % of the total unless the tenant says otherwise. What is kept for the use of a car that comes back is its own setting too: by
default ${usualUse.freeKm} km are free, a car runs ${usualUse.lifeKm.toLocaleString('en')} km and has at least ${usualUse.leastKmLeft.toLocaleString('en')} left, and above ${(usualUse.fourEyesLimit / 100).toFixed(2)} two people agree to an assessment.
The refund of a car that was delivered waits until it is back and was looked at: what it has lost is kept with the pictures and the words that show it.

${deadlines()}

## In whose name the broker acts

${standing()}

## Rights to withdraw

Of rows that fit a sale the first counts; where none fits, the law gives no right. Counsel should look before anybody relies on these rows.

${rights()}

## What is kept when a sale comes to nothing

${refunds()}

\`proven_cost\` is at most the deposit. \`GET /api/v1/orders/{id}/terms\` shows the rows of an order with their amounts before anything is paid.

## What is undone, and in which order

${compensationKinds.map((kind, index) => `${index + 1}. ${code(kind)}`).join('\n')}

Only what was done is undone. What another service has to do is waited for, and parked in the ops queue when it does not come;
what only people can do is parked there at once. Money is never tried again in silence.
`;
