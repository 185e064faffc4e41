'use strict';

const { placeOf } = require('../workspace.cjs');

/** @type {import('eslint').Rule.RuleModule} */
module.exports = {
  meta: {
    type: 'problem',
    schema: [],
    docs: { description: 'domain/ and application/ take the time from the Clock, so that a test and the sandbox can move it.' },
    messages: { clock: '{{what}} reads the wall clock: take the time from the Clock, or as an argument.' },
  },
  create(context) {
    const place = placeOf(context.filename);
    if (place === null || place.pkg.kind !== 'domain' || place.isSpec || !/^src\/(?:domain|application)\//u.test(place.inside)) return {};
    const report = (node, what) => context.report({ node, messageId: 'clock', data: { what } });
    /** A parameter or variable that happens to be called Date or performance is not the global one. */
    const isGlobal = (node) => {
      for (let scope = context.sourceCode.getScope(node); scope !== null; scope = scope.upper) {
        const variable = scope.set.get(node.name);
        if (variable !== undefined) return variable.defs.length === 0;
      }
      return true;
    };
    return {
      NewExpression(node) {
        if (node.callee.type !== 'Identifier') return;
        if (node.callee.name === 'Date' && node.arguments.length === 0 && isGlobal(node.callee)) report(node, 'new Date()');
        if (node.callee.name === 'SystemClock') report(node, 'new SystemClock()');
      },
      CallExpression(node) {
        if (node.callee.type === 'Identifier' && node.callee.name === 'Date' && isGlobal(node.callee)) report(node, 'Date()');
      },
      MemberExpression(node) {
        if (node.object.type !== 'Identifier' || !isGlobal(node.object)) return;
        const name = node.computed ? node.property.value : node.property.name;
        if (name === 'now' && (node.object.name === 'Date' || node.object.name === 'performance')) report(node, `${node.object.name}.now`);
      },
    };
  },
};
