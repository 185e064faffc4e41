'use strict';

const { placeOf, visitImports } = require('../workspace.cjs');

const bare = new Set(['Get', 'Post', 'Put', 'Patch', 'Delete', 'Head', 'Options', 'All', 'Search', 'Sse', 'RequestMapping']);

/** @type {import('eslint').Rule.RuleModule} */
module.exports = {
  meta: {
    type: 'problem',
    schema: [],
    docs: { description: 'A route is data made by defineRoute, with who may use it.' },
    messages: {
      bare: '@{{name}} makes a route without a declared access: use defineRoute and @Handle.',
      access: 'This route does not say who may use it: give it an access.',
    },
  },
  create(context) {
    const place = placeOf(context.filename);
    if (place === null || (place.pkg.kind !== 'domain' && place.pkg.kind !== 'app')) return {};
    return {
      ...visitImports((node, specifier) => {
        if (specifier !== '@nestjs/common' || place.isSpec) return;
        for (const each of node.specifiers ?? []) {
          const name = each.imported?.name ?? '';
          if (bare.has(name)) context.report({ node: each, messageId: 'bare', data: { name } });
        }
      }),
      'CallExpression[callee.name="defineRoute"]'(node) {
        const [spec] = node.arguments;
        if (spec?.type !== 'ObjectExpression') return;
        const has = spec.properties.some((property) => property.type === 'SpreadElement' || property.key?.name === 'access' || property.key?.value === 'access');
        if (!has) context.report({ node: spec, messageId: 'access' });
      },
    };
  },
};
