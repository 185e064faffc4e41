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

/** What a field's id stands for, or a field that is only there when it is asked for; null where there is nothing. */
export type Resolve = (owner: Sent, field: string) => object | null;

/** With what the paths lead to, as far as they lead anywhere: what can't be expanded at all has been refused before. */
export function expanded(answer: object, paths: readonly string[], resolve: Resolve): Sent {
  const sent = sentOf(answer);
  for (const path of paths) {
    if (path === 'total_count' && isCounted(answer)) sent['total_count'] = answer._total();
    else expand(sent, path.split('.'), resolve);
  }
  return sent;
}

/** A search, which counts what it finds only for whoever asks. */
const isCounted = (answer: object): answer is { readonly _total: () => number } => '_total' in answer && typeof answer._total === 'function';

const sentOf = (answer: object): Sent => (isPage(answer) ? { ...render(answer), data: answer.data.map(render) } : render(answer));

const isSent = (value: unknown): value is Sent => typeof value === 'object' && value !== null && !Array.isArray(value);

function expand(owner: Sent, [field, ...rest]: readonly string[], resolve: Resolve): void {
  if (field === undefined) return;
  if (field === 'data' && (owner['object'] === 'list' || owner['object'] === 'search_result')) {
    for (const one of Array.isArray(owner['data']) ? owner['data'] : []) if (isSent(one)) expand(one, rest, resolve);
    return;
  }
  const known = owner[field];
  const found = isSent(known) ? known : resolve(owner, field);
  if (found === null) return;
  // What was expanded already by another path, or is a part of the object itself, is copied: it is shown here alone.
  const sent = isSent(known) ? { ...known } : sentOf(found);
  owner[field] = sent;
  expand(sent, rest, resolve);
}
