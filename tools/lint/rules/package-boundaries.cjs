'use strict';

const { relative, sep } = require('node:path');
const { placeOf, targetOf, visitImports } = require('../workspace.cjs');

/** Who may import whom: docs/architecture.md, as data. A package may always import itself. */
const allowed = {
  kernel: [],
  vocabulary: ['kernel'],
  contracts: ['kernel'],
  library: ['kernel', 'vocabulary'],
  'api-client': ['contracts', 'kernel'],
  ui: ['ui', 'api-client', 'contracts', 'kernel'],
  browser: ['ui', 'api-client', 'contracts', 'kernel'],
  platform: ['contracts', 'kernel'],
  domain: ['platform', 'contracts', 'vocabulary', 'kernel', 'library'],
  app: ['domain', 'platform', 'contracts', 'vocabulary', 'kernel', 'library', 'api-client'],
  e2e: ['api-client', 'contracts', 'kernel', 'tools'],
  tools: ['domain', 'platform', 'contracts', 'vocabulary', 'kernel', 'library', 'api-client', 'app', 'tools'],
};

/** What may come from npm where that is not free; specs may use a test's own tools as well. */
const npmAllowed = { kernel: [], vocabulary: [], contracts: ['zod'] };
const npmInSpecs = ['fast-check', '@jest/globals', 'zod'];
const serverOnly = [/^@nestjs\//u, /^typeorm$/u, /^pg$/u, /^fastify$/u, /^@fastify\//u, /^bullmq$/u, /^ioredis$/u, /^pino$/u, /^@platformatic\//u];
const withoutNode = new Set(['kernel', 'vocabulary', 'contracts', 'ui', 'browser', 'api-client']);

/** @type {import('eslint').Rule.RuleModule} */
module.exports = {
  meta: {
    type: 'problem',
    schema: [],
    docs: { description: 'Packages import each other in one direction only, and only through their front door.' },
    messages: {
      direction: '{{from}} must not import {{to}}: allowed here are {{allowed}}.',
      domains: 'One domain library never imports another ({{to}}): they meet through events, REST and contracts.',
      apps: 'Nothing imports an app ({{to}}).',
      internals: '{{specifier}} reaches into the inside of {{to}}: import what its index exports.',
      relative: '{{specifier}} leaves the package: import {{to}} by its name.',
      npm: '{{from}} must not depend on the npm package {{to}}.',
      node: '{{from}} must not use Node’s own modules ({{to}}).',
      testing: '{{specifier}} is for specs only.',
    },
  },
  create(context) {
    const place = placeOf(context.filename);
    if (place === null) return {};
    const { pkg: from, isSpec } = place;
    const report = (node, messageId, data) => context.report({ node, messageId, data: { from: from.name, ...data } });

    const checkPackage = (node, specifier, to, sub) => {
      if (to.kind === from.kind && to.name === from.name) {
        // By its own name a package would load itself a second way. A late `import()` has no other way to say a folder.
        if (node.type === 'ImportExpression' && to.kind === 'platform') return;
        return report(node, 'internals', { specifier, to: to.name });
      }
      if (to.kind === 'app' || to.kind === 'e2e' || to.kind === 'browser') {
        if (!allowed[from.kind].includes(to.kind)) return report(node, 'apps', { to: to.name });
      } else if (from.kind === 'domain' && to.kind === 'domain') {
        return report(node, 'domains', { to: to.name });
      } else if (!allowed[from.kind].includes(to.kind)) {
        return report(node, 'direction', { to: to.name, allowed: allowed[from.kind].join(', ') || 'no other packages' });
      }
      const depth = to.kind === 'platform' ? 1 : 0;
      if (sub !== 'package.json' && sub.split('/').filter(Boolean).length !== depth) return report(node, 'internals', { specifier, to: to.name });
      if (to.kind === 'platform' && sub === 'testing' && !isSpec && from.kind !== 'tools') return report(node, 'testing', { specifier });
    };

    const checkFile = (node, specifier, target) => {
      if (target.pkg === null) return;
      if (target.pkg.folder !== from.folder) {
        // The launchers of real servers are plain files in tools/, and only tests start them.
        if (from.kind === 'tools' || (target.pkg.kind === 'tools' && (isSpec || from.kind === 'e2e'))) return;
        return report(node, 'relative', { specifier, to: target.pkg.name });
      }
      if (from.kind === 'platform') checkPlatformFolders(node, specifier, target.path);
    };

    /** Inside platform every folder is a small package of its own: others see its index. */
    const checkPlatformFolders = (node, specifier, path) => {
      const [, here] = place.inside.split('/');
      const parts = relative(place.root, path).split(sep).slice(3);
      const [there, ...rest] = parts;
      if (isSpec && rest[0]?.startsWith('test-')) return;
      if (there === undefined || there === here || here === undefined || !place.inside.startsWith('src/') || !place.inside.slice(4).includes('/')) return;
      if (rest.length > 0 && !(rest.length === 1 && rest[0] === 'index')) report(node, 'internals', { specifier, to: `platform/${there}` });
      else if (there === 'testing' && !isSpec) report(node, 'testing', { specifier });
    };

    return visitImports((node, specifier) => {
      const target = targetOf(specifier, context.filename);
      if (target.to === 'package') return checkPackage(node, specifier, target.pkg, target.sub);
      if (target.to === 'file') return checkFile(node, specifier, target);
      if (target.to === 'node') {
        if (withoutNode.has(from.kind) && !isSpec) report(node, 'node', { to: target.name });
        return;
      }
      const list = npmAllowed[from.kind];
      if (list !== undefined && !list.includes(target.name) && !(isSpec && npmInSpecs.includes(target.name))) report(node, 'npm', { to: target.name });
      if ((from.kind === 'browser' || from.kind === 'ui') && serverOnly.some((pattern) => pattern.test(target.name))) report(node, 'npm', { to: target.name });
    });
  },
};
