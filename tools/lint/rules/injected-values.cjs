'use strict';

/** The decorators that say: Nest makes this. A class with others only may be made by hand. */
const madeByNest = new Set(['Injectable', 'Controller', 'Catch', 'Resolver', 'EventConsumer']);

/**
 * Nest reads what to inject from the metadata that the compiler writes for a decorated class. A class that is imported
 * as a type leaves `Object` there, and the process fails at boot, far away from the line that is wrong.
 * @type {import('eslint').Rule.RuleModule}
 */
module.exports = {
  meta: {
    type: 'problem',
    schema: [],
    docs: { description: 'What Nest injects by its type is imported as a value; a constructor takes at most six things.' },
    messages: {
      type: '{{name}} is injected by its type, so it must not be imported with `type` (or give it @Inject).',
      many: 'A constructor with {{count}} parameters: from seven on two things live together.',
    },
  },
  create(context) {
    const types = new Set();
    return {
      ImportDeclaration(node) {
        for (const each of node.specifiers) {
          if (node.importKind === 'type' || each.importKind === 'type') types.add(each.local.name);
        }
      },
      'MethodDefinition[kind="constructor"]'(node) {
        const { params } = node.value;
        if (params.length > 6 && node.accessibility !== 'private') context.report({ node, messageId: 'many', data: { count: params.length } });
        const { decorators = [] } = node.parent.parent;
        if (!decorators.some(({ expression }) => madeByNest.has(expression.callee?.name ?? ''))) return;
        for (const param of params) {
          if ((param.decorators ?? []).length > 0) continue;
          const target = param.type === 'TSParameterProperty' ? param.parameter : param;
          const annotation = target.typeAnnotation?.typeAnnotation;
          const name = annotation?.type === 'TSTypeReference' && annotation.typeName.type === 'Identifier' ? annotation.typeName.name : undefined;
          if (name !== undefined && types.has(name)) context.report({ node: param, messageId: 'type', data: { name } });
        }
      },
    };
  },
};
