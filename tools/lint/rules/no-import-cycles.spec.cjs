'use strict';

const { readFileSync } = require('node:fs');
const rule = require('./no-import-cycles.cjs');
const { at, test } = require('./tester.cjs');

/** Cycles are between files, so these cases are real ones. */
const house = 'tools/lint/fixtures/libs/domains/garage/src/infrastructure';
const real = (name) => {
  const { filename } = at(`${house}/${name}`, '');
  return { filename, code: readFileSync(filename, 'utf8') };
};

test('no-import-cycles', rule, {
  valid: [real('type-circle-a.ts'), real('type-circle-b.ts'), real('rows.ts'), { ...real('cycle-a.ts'), code: "import type { b } from './cycle-b';" }, { ...real('cycle-a.ts'), code: "import { type b } from './cycle-b';" }],
  invalid: [
    {
      ...real('cycle-a.ts'),
      errors: [{ messageId: 'cycle', data: { way: ['b', 'c', 'a'].map((each) => `libs/domains/garage/src/infrastructure/cycle-${each}.ts`).join(' → ') } }],
    },
    { ...real('cycle-c.ts'), errors: [{ messageId: 'cycle' }] },
    { ...real('cycle-a.ts'), code: "export * from './cycle-b';", errors: [{ messageId: 'cycle' }] },
    { ...real('cycle-a.ts'), code: "import './cycle-a';", errors: [{ messageId: 'cycle' }] },
  ],
});
