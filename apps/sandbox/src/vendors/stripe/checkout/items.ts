import type { Account } from '../account';
import { draftPrice, draftProduct, findPrice, findProduct } from '../catalog';
import { invalid } from '../core/errors';
import { required, type Given, type Reader } from '../core/params';
import type { LineItem, Price, Product } from '../objects';
import type { priceData } from './parameters';

type Asked = Given<{ price: Reader<string>; price_data: typeof priceData; quantity: Reader<number> }>;

function lineOf(account: Account, price: Price, quantity: number, description: string): LineItem {
  const total = price.unit_amount * quantity;
  return { id: account.id('li'), object: 'item', adjustable_quantity: null, amount_discount: 0, amount_subtotal: total, amount_tax: 0, amount_total: total, currency: price.currency, description, metadata: {}, price: { ...price }, quantity };
}

interface Named {
  readonly price: Price;
  /** What has to be made for it. */
  readonly product: Product | null;
  readonly title: string;
}

/** A price that is said, for something that there is or for something that is named for this sale alone. */
function named(account: Account, given: NonNullable<Asked['price_data']>, at: string): Named {
  required(given.currency, `${at}[currency]`);
  const known = given.product === undefined ? null : findProduct(account, given.product, `${at}[product]`, 400);
  if (known === null && given.product_data === undefined) throw invalid('You must specify either `product` or `product_data` when creating a price.', { code: 'parameter_missing', param: `${at}[product]` });
  const { description, metadata, name } = given.product_data ?? {};
  const product = known ?? draftProduct(account, { active: false, description, metadata, name }, undefined, `${at}[product_data][name]`);
  const { currency, tax_behavior, unit_amount, unit_amount_decimal } = given;
  return { price: draftPrice(account, product.id, { active: false, currency, tax_behavior, unit_amount, unit_amount_decimal, recurring: given.recurring }, at), product: known === null ? product : null, title: product.name };
}

/** What a session sells. Prices that it brings along are kept, without a word, when everything else is found to be right. */
export function itemsOf(account: Account, given: readonly Asked[]): { readonly items: readonly LineItem[]; readonly keep: () => void } {
  const made: Named[] = [];
  const items = given.map((item, at): LineItem => {
    const name = `line_items[${at}]`;
    if (item.price !== undefined) {
      const price = findPrice(account, item.price, `${name}[price]`, 400);
      if (!price.active) throw invalid('The price specified is inactive. This field only accepts active prices.', { param: `${name}[price]` });
      return lineOf(account, price, required(item.quantity, `${name}[quantity]`), account.products.get(price.product)?.name ?? 'Product');
    }
    const one = named(account, required(item.price_data, `${name}[price_data]`), `${name}[price_data]`);
    made.push(one);
    return lineOf(account, one.price, required(item.quantity, `${name}[quantity]`), one.title);
  });
  const keep = (): void => {
    for (const { price, product } of made) {
      if (product !== null) account.products.put(product);
      account.prices.put(price);
    }
  };
  return { items, keep };
}
