import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The platform's own version: one for all packages, in the root package.json. */
export const version = (JSON.parse(readFileSync(join(__dirname, '../../../package.json'), 'utf8')) as { version: string }).version;
