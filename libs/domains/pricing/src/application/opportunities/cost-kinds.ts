import type { CostKind } from './ports';

/** Which of the record's amounts a line of the landed cost belongs to; what is not here is one of the other costs. */
const kinds: Readonly<Record<string, CostKind>> = {
  price: 'purchase_price',
  sales_tax: 'sales_tax',
  local_tax: 'sales_tax',
  luxury_tax: 'sales_tax',
  excise_tax: 'sales_tax',
  single_article_tax: 'sales_tax',
  vat: 'sales_tax',
  transfer_tax: 'sales_tax',
  title_fee: 'title_fee',
  registration_fee: 'registration_fee',
  registration_tax: 'registration_fee',
  transport: 'transportation_cost',
  transport_enclosed: 'transportation_cost',
  transport_inoperable: 'transportation_cost',
};

export const costKindOf = (code: string): CostKind => kinds[code] ?? 'other';
