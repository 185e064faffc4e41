import { invalid } from './errors';

export type Sent = Record<string, unknown>;

/** A row as it goes out: without what is ours alone. */
export function render(row: object): Sent {
  const sent: Sent = {};
  for (const [name, value] of Object.entries(row)) if (!name.startsWith('_') && value !== undefined) sent[name] = value;
  return sent;
}

export interface Page {
  readonly object: 'list';
  readonly data: readonly object[];
  readonly has_more: boolean;
  readonly url: string;
}

export const pageOf = (url: string, data: readonly object[], hasMore = false): Page => ({ object: 'list', data, has_more: hasMore, url });

const isPage = (value: object): value is Page => 'object' in value && (value.object === 'list' || value.object === 'search_result') && 'data' in value && Array.isArray(value.data);

/** What a field's id stands for, or a field that is only there when it is asked for; undefined where the field can't be expanded. */
export type Resolve = (owner: Sent, field: string) => object | null | undefined;

const deepest = 4;

export function expanded(answer: object, paths: readonly string[], resolve: Resolve): Sent {
  const sent = sentOf(answer);
  for (const path of paths) {
    const parts = path.split('.');
    if (parts.length > deepest) throw invalid(`You cannot expand more than ${deepest} levels of a property. Property: ${path}`, { param: 'expand' });
    expand(sent, parts, path, resolve);
  }
  return sent;
}

const sentOf = (answer: object): Sent => (isPage(answer) ? { ...answer, data: answer.data.map(render) } : render(answer));

const isSent = (value: unknown): value is Sent => typeof value === 'object' && value !== null && !Array.isArray(value);

function expand(owner: Sent, [field, ...rest]: readonly string[], path: string, resolve: Resolve): void {
  if (field === undefined) return;
  if (field === 'data' && (owner['object'] === 'list' || owner['object'] === 'search_result')) {
    for (const one of Array.isArray(owner['data']) ? owner['data'] : []) if (isSent(one)) expand(one, rest, path, resolve);
    return;
  }
  const known = owner[field];
  if (isSent(known)) {
    // Expanded already by another path, or a part of the object itself.
    if (rest.length === 0 && known['object'] === undefined) throw cannot(path);
    const copy = { ...known };
    owner[field] = copy;
    expand(copy, rest, path, resolve);
    return;
  }
  const found = resolve(owner, field);
  if (found === undefined) throw cannot(path);
  if (found === null) return;
  const sent = sentOf(found);
  owner[field] = sent;
  expand(sent, rest, path, resolve);
}

const cannot = (path: string) => invalid(`This property cannot be expanded (${path}).`, { param: 'expand' });
