import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentRoutes, type BuiltIn, type RouteDefinition } from '../../http';

// Of the same depth in sources and in what is compiled from them.
const packageFolder = join(__dirname, '../../..');
const problemFolder = join(packageFolder, '../../docs/problems');

/** The platform's version: one for all of its packages. */
export function platformVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '0.0.0';
}

/** OpenAPI, its readable form and the pages of the problems; an image without docs/ has shorter pages. */
export function documents(routes: readonly RouteDefinition[]): BuiltIn[] {
  return documentRoutes(routes, {
    version: platformVersion(),
    problemPage: (code) => {
      try {
        return readFileSync(join(problemFolder, `${code}.md`), 'utf8');
      } catch {
        return null;
      }
    },
  });
}
