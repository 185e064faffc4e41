export { isPublicAddress } from './public-address';
export { dayOf, mayUse, spreadShare, type BudgetVerdict, type DailyBudget, type DailyUse } from './budget';
export { DailyBudgets, type BudgetAsk, type BudgetTaken, type ScopeUse } from './daily-budgets';
export { apiBudgetFields, apiBudgets, type ApiBudget } from './api-budgets';
export { refuseInProduction, SandboxVendors, type Vendor } from './sandbox-vendors';
