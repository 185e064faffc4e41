import type { Account } from './account';
import { invalid, missing } from './core/errors';
import { listRows } from './core/lists';
import { anything, flag, hash, int, list, mergeMetadata, metadata, oneOf, readParams, required, text, unsettable, type Given } from './core/params';
import { searchRows } from './core/search';
import type { Call, Endpoint } from './core/routes';
import { currency } from './money/amounts';
import type { Price, Product } from './objects';

/** What is sold by name: enough of it for a page of Checkout that names a price instead of saying it. */

const productParams = { active: flag, description: unsettable(text()), images: list(text()), marketing_features: anything, metadata, name: text(5_000), package_dimensions: anything, shippable: flag, statement_descriptor: text(22), tax_code: unsettable(text()), tax_details: anything, unit_label: unsettable(text(12)), url: unsettable(text()) } as const;
const priceFacts = { currency, recurring: anything, tax_behavior: oneOf('exclusive', 'inclusive', 'unspecified'), unit_amount: int({ min: 0 }), unit_amount_decimal: text() } as const;

const productFilters = { active: flag, ids: list(text()), shippable: flag, type: text(), url: text() } as const;
const priceFilters = { active: flag, currency, lookup_keys: list(text()), product: text(), recurring: anything, type: text() } as const;

export const findProduct = (account: Account, id: string, param = 'id', status = 404): Product => {
  const found = account.products.get(id);
  if (found === undefined) throw missing('product', id, param, status);
  return found;
};

export const findPrice = (account: Account, id: string, param = 'price', status = 404): Price => {
  const found = account.prices.get(id);
  if (found === undefined) throw missing('price', id, param, status);
  return found;
};

/** Not kept yet: what is wrong with the rest of the request is found first. */
export function draftProduct(account: Account, given: Given<typeof productParams>, id?: string, named = 'name'): Product {
  return {
    id: id ?? account.id('prod', 14),
    object: 'product',
    created: account.now(),
    active: given.active ?? true,
    default_price: null,
    description: given.description ?? null,
    images: given.images ?? [],
    livemode: false,
    marketing_features: [],
    metadata: mergeMetadata({}, given.metadata),
    name: required(given.name, named),
    package_dimensions: null,
    shippable: given.shippable ?? null,
    statement_descriptor: given.statement_descriptor ?? null,
    tax_code: given.tax_code ?? null,
    tax_details: null,
    type: 'service',
    unit_label: given.unit_label ?? null,
    updated: account.now(),
    url: given.url ?? null,
  };
}

function keepProduct(account: Account, product: Product): Product {
  account.emit('product.created', account.products.put(product));
  return product;
}

export interface NewPrice extends Given<typeof priceFacts> {
  readonly lookup_key?: string | null | undefined;
  readonly nickname?: string | null | undefined;
  readonly metadata?: Given<{ metadata: typeof metadata }>['metadata'];
  readonly active?: boolean | undefined;
}

export function draftPrice(account: Account, product: string, given: NewPrice, prefix = ''): Price {
  const named = (name: string): string => (prefix === '' ? name : `${prefix}[${name}]`);
  if (given.recurring !== undefined) throw invalid('The sandbox sells once: recurring prices are not played.', { param: named('recurring') });
  const of = required(given.currency, named('currency'));
  const unit = given.unit_amount ?? (given.unit_amount_decimal === undefined ? undefined : Math.round(Number(given.unit_amount_decimal)));
  return {
    id: account.id('price'),
    object: 'price',
    created: account.now(),
    active: given.active ?? true,
    billing_scheme: 'per_unit',
    currency: of,
    custom_unit_amount: null,
    livemode: false,
    lookup_key: given.lookup_key ?? null,
    metadata: mergeMetadata({}, given.metadata),
    nickname: given.nickname ?? null,
    product,
    recurring: null,
    tax_behavior: given.tax_behavior ?? 'unspecified',
    tiers_mode: null,
    transform_quantity: null,
    type: 'one_time',
    unit_amount: required(unit, named('unit_amount')),
    unit_amount_decimal: String(unit),
  };
}

function keepPrice(account: Account, price: Price): Price {
  account.emit('price.created', account.prices.put(price));
  return price;
}

const createProduct = ({ account, raw }: Call): Product => {
  const { id, default_price_data: data, ...given } = readParams({ ...productParams, id: text(), type: text(), default_price_data: hash({ ...priceFacts, currency_options: anything, custom_unit_amount: anything, metadata }) }, raw);
  if (id !== undefined && account.products.get(id) !== undefined) throw invalid(`Product already exists: ${id}.`, { code: 'resource_already_exists', param: 'id' });
  const product = draftProduct(account, given, id);
  const price = data === undefined ? null : draftPrice(account, product.id, data, 'default_price_data');
  product.default_price = price?.id ?? null;
  keepProduct(account, product);
  if (price !== null) keepPrice(account, price);
  return product;
};

const updateProduct = ({ account, params, raw }: Call): Product => {
  const given = readParams({ ...productParams, default_price: text() }, raw);
  if (given.default_price !== undefined) findPrice(account, given.default_price, 'default_price', 400);
  return account.change(account.products, findProduct(account, params['id'] ?? ''), (one) => {
    one.metadata = mergeMetadata(one.metadata, given.metadata);
    one.active = given.active ?? one.active;
    one.name = given.name ?? one.name;
    one.default_price = given.default_price ?? one.default_price;
    one.images = given.images ?? one.images;
    if (given.description !== undefined) one.description = given.description;
    if (given.url !== undefined) one.url = given.url;
    one.updated = account.now();
  }, 'product.updated');
};

const createPrice = ({ account, raw }: Call): Price => {
  const given = readParams({ ...priceFacts, active: flag, billing_scheme: oneOf('per_unit'), currency_options: anything, lookup_key: text(200), metadata, nickname: text(), product: text(), product_data: hash({ active: flag, id: text(), metadata, name: text(), statement_descriptor: text(22), tax_code: text(), tax_details: anything, unit_label: text(12) }), transfer_lookup_key: flag }, raw);
  if (given.product === undefined && given.product_data === undefined) throw invalid('You must specify either `product` or `product_data` when creating a price.', { code: 'parameter_missing', param: 'product' });
  required(given.currency, 'currency');
  const { id, ...data } = given.product_data ?? {};
  const product = given.product === undefined ? draftProduct(account, data, id, 'product_data[name]') : findProduct(account, given.product, 'product', 400);
  const price = draftPrice(account, product.id, given);
  if (given.product === undefined) keepProduct(account, product);
  return keepPrice(account, price);
};

export const catalogEndpoints: readonly Endpoint[] = [
  ['POST', '/v1/products', createProduct],
  ['GET', '/v1/products', ({ account, raw }) => listRows({ table: account.products, url: '/v1/products', noun: 'product', filters: productFilters, fits: (row, given) => (given.active === undefined || row.active === given.active) && (given.ids === undefined || given.ids.includes(row.id)) }, raw)],
  ['GET', '/v1/products/search', ({ account, raw }) => searchRows(account.products, '/v1/products/search', ['active', 'description', 'metadata', 'name', 'shippable', 'url'], raw)],
  ['GET', '/v1/products/:id', ({ account, params }) => findProduct(account, params['id'] ?? '')],
  ['POST', '/v1/products/:id', updateProduct],
  ['DELETE', '/v1/products/:id', ({ account, params }) => {
    const product = findProduct(account, params['id'] ?? '');
    if ([...account.prices.oldestFirst()].some((price) => price.product === product.id)) throw invalid('This product cannot be deleted because it has one or more user-created prices.', {});
    account.products.remove(product.id);
    account.emit('product.deleted', product);
    return { id: product.id, object: 'product', deleted: true };
  }],
  ['POST', '/v1/prices', createPrice],
  ['GET', '/v1/prices', ({ account, raw }) => listRows({ table: account.prices, url: '/v1/prices', noun: 'price', filters: priceFilters, fits: (row, given) => (given.active === undefined || row.active === given.active) && (given.product === undefined || row.product === given.product) && (given.currency === undefined || row.currency === given.currency) && (given.lookup_keys === undefined || given.lookup_keys.includes(row.lookup_key ?? '')) }, raw)],
  ['GET', '/v1/prices/search', ({ account, raw }) => searchRows(account.prices, '/v1/prices/search', ['active', 'currency', 'lookup_key', 'metadata', 'product', 'type'], raw)],
  ['GET', '/v1/prices/:id', ({ account, params }) => findPrice(account, params['id'] ?? '')],
  ['POST', '/v1/prices/:id', ({ account, params, raw }) => {
    const given = readParams({ active: flag, currency_options: anything, lookup_key: text(200), metadata, nickname: unsettable(text()), tax_behavior: text(), transfer_lookup_key: flag }, raw);
    return account.change(account.prices, findPrice(account, params['id'] ?? ''), (one) => {
      one.metadata = mergeMetadata(one.metadata, given.metadata);
      one.active = given.active ?? one.active;
      one.lookup_key = given.lookup_key ?? one.lookup_key;
      if (given.nickname !== undefined) one.nickname = given.nickname;
    }, 'price.updated');
  }],
];
