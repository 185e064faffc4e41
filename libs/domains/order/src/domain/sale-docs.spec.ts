import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { saleDocs } from './sale-docs';

it('docs/orders.md says what the tables say (npm run sale:docs)', () => {
  expect(readFileSync(join(__dirname, '../../../../../docs/orders.md'), 'utf8')).toBe(saleDocs());
});
