import { z } from 'zod';
import { jsonInProse } from './json-in-prose';

const schema = z.object({ price: z.number() });

it.each([
  ['nothing around it', '{"price": 1}'],
  ['a fence and prose', 'Here it is [1]:\n```json\n{"price": 1}\n```\nas of {today}.'],
  ['braces that are none of it before', 'Prices {in general} vary. {"note": "x"} So: {"price": 1}'],
  ['thoughts with another answer', '<think>{"price": 99}</think>{"price": 1}'],
  ['braces in its strings', '{"why": "a } and a \\" {", "price": 1}'],
  ['a comma too many', '{"price": 1,}'],
  ['an object around it', '{"answer": {"price": 1}}'],
])('an answer is found with %s', (_name, text) => expect(jsonInProse(text, schema)).toMatchObject({ price: 1 }));

it.each([
  ['cut in the middle', '{"price": 1, "why": "becau'],
  ['of another shape', '{"price": "much"}'],
  ['no answer', 'I could not find anything.'],
  ['endless openings', '{'.repeat(100_000)],
])('%s is none', (_name, text) => expect(jsonInProse(text, schema)).toBeNull());
