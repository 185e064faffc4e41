import { type CurrencyCode, isCurrencyCode } from '@autobroker/kernel';
import { env } from '../config';

/** Settings that every service with paid interfaces has among its own: the same variables everywhere. */
export const apiBudgetFields = {
  apiBudgets: {
    env: 'API_DAILY_BUDGETS',
    schema: env.list(),
    description: 'Requests a day at paid interfaces, `name=requests`; what nobody waits for takes at most three quarters of them, spread over the hours',
    default: ['firecrawl=1000', 'perplexity=100', 'kbb=500', 'edmunds=500', 'ebay=5000'],
  },
  apiCosts: {
    env: 'API_COSTS',
    schema: env.list(),
    description: 'What one request costs at paid interfaces, `name=amount currency` in minor units, and after a slash the most a day: `firecrawl=1 USD/800`',
    default: ['firecrawl=1 USD/1000', 'perplexity=1 USD/100'],
  },
};

export interface ApiBudget {
  readonly requests: number;
  readonly costEach: number;
  readonly costPerDay: number | null;
  readonly currency: CurrencyCode;
}

/** The daily budgets of paid interfaces, by name; a text that can't be read stops the process at its start. */
export function apiBudgets(config: { readonly apiBudgets: readonly string[]; readonly apiCosts: readonly string[] }): Map<string, ApiBudget> {
  const budgets = new Map<string, ApiBudget>();
  for (const text of config.apiBudgets) {
    const match = /^([a-z][a-z0-9_-]*)=(\d{1,9})$/u.exec(text);
    if (match === null) throw new Error(`API_DAILY_BUDGETS: ${JSON.stringify(text)} is not name=requests`);
    budgets.set(match[1] ?? '', { requests: Number(match[2]), costEach: 0, costPerDay: null, currency: 'USD' });
  }
  for (const text of config.apiCosts) {
    const match = /^([a-z][a-z0-9_-]*)=(\d{1,9}) ([A-Z]{3})(?:\/(\d{1,9}))?$/u.exec(text);
    const before = budgets.get(match?.[1] ?? '');
    const currency = match?.[3] ?? '';
    if (match === null || before === undefined || !isCurrencyCode(currency)) throw new Error(`API_COSTS: ${JSON.stringify(text)} is not name=amount currency of a budget`);
    budgets.set(match[1] ?? '', { ...before, costEach: Number(match[2]), costPerDay: match[4] === undefined ? null : Number(match[4]), currency });
  }
  return budgets;
}
