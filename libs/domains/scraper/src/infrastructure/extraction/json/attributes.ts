import { isArray, isObject, own, scalar, type Json, type JsonObject } from './types';

const labels = ['label', 'key_label', 'keyLabel', 'attributeLabel', 'name', 'key', 'title', 'localizedName', 'attribute', 'ariaLabel', 'displayName', 'type', 'id', 'iconName', 'heading'];
const values = ['value_label', 'valueLabel', 'value', 'text', 'displayValue', 'displayText', 'formattedValue', 'data', 'values', 'subtitle', 'content', 'val', 'description', 'localizedValue'];

const textIn = (value: Json | undefined): string | null => {
  if (isArray(value)) return value.length === 1 ? textIn(value[0]) : null;
  if (isObject(value)) return textIn(own(value, 'value') ?? own(value, 'label') ?? own(value, 'text') ?? own(value, 'name') ?? own(value, 'title'));
  return scalar(value);
};

/** Label and value pairs that stand as a list in the JSON of a listing: `[{name: 'Make', value: 'BMW'}]`, however deep. */
export const attributesOf = (object: JsonObject, skip: ReadonlySet<Json>): readonly (readonly [label: string, value: string])[] => {
  const pairs: (readonly [string, string])[] = [];
  const walk: (readonly [Json, number])[] = [[object, 0]];
  let budget = 3_000;
  while (walk.length > 0 && budget > 0) {
    const [value, depth] = walk.pop() ?? [null, 0];
    budget -= 1;
    if (depth > 6 || skip.has(value)) continue;
    if (isArray(value)) {
      for (const item of value.slice(0, 100)) {
        if (!isObject(item)) continue;
        const label = labels.map((key) => own(item, key)).find((found) => typeof found === 'string' && found !== '');
        const text = values.map((key) => textIn(own(item, key))).find((found) => found !== null && found !== '');
        if (typeof label === 'string' && text !== undefined && text !== null && label !== text) pairs.push([label, text]);
        else walk.push([item, depth + 1]);
      }
    } else if (isObject(value)) {
      for (const key of Object.keys(value)) {
        const inner = own(value, key);
        if (inner !== undefined && typeof inner === 'object' && inner !== null && !/similar|recommend|related|filter|facet|financ|leas/iu.test(key)) walk.push([inner, depth + 1]);
      }
    }
  }
  return pairs;
};
