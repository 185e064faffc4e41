/** In whose name a broker acts in a sale. It decides who invoices, which tax is due, and what can be withdrawn from. */
export const capacities = ['buyer_agent', 'seller_agent', 'commissionaire', 'dealer'] as const;
export type Capacity = (typeof capacities)[number];

/** Who gets the money of a line in the end. */
export const payees = ['seller', 'auction', 'broker', 'carrier', 'authority'] as const;
export type Payee = (typeof payees)[number];
