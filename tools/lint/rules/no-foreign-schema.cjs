'use strict';

const { readdirSync } = require('node:fs');
const { join } = require('node:path');
const { placeOf } = require('../workspace.cjs');

/** The schemas of the house: every service of docs/architecture.md, built or not, and every domain library there is. */
const planned = ['identity', 'scraper', 'vehicle', 'pricing', 'search', 'notifications', 'order', 'payment', 'documents', 'offers', 'bullmq'];
const schemasOf = new Map();

function schemas(root) {
  let known = schemasOf.get(root);
  if (known === undefined) {
    let built = [];
    try {
      built = readdirSync(join(root, 'libs', 'domains'));
    } catch {
      built = [];
    }
    known = new Set([...planned, ...built].map(schemaName));
    schemasOf.set(root, known);
  }
  return known;
}

/** `order` is a keyword of SQL, so that service's schema has the plural. */
const schemaName = (name) => (name === 'order' ? 'orders' : name.replaceAll('-', '_'));
const reference = /\b(?:from|join|into|update|table|references|truncate|on|using|only|exists|view|function|call|select|to|index|,)\s*"?(?<schema>[a-z_][a-z0-9_]*)"?\s*\.\s*"?[a-z_]/giu;
const looksLikeSql = /\b(?:select|insert|update|delete|create|alter|drop|truncate|from|join|grant|references|comment)\b/iu;

/** @type {import('eslint').Rule.RuleModule} */
module.exports = {
  meta: {
    type: 'problem',
    schema: [],
    docs: { description: 'A service reads and writes its own schema only.' },
    messages: { foreign: '{{schema}} is the schema of another service: hear its events, or ask it over REST.' },
  },
  create(context) {
    const place = placeOf(context.filename);
    if (place === null || place.pkg.kind !== 'domain') return {};
    const own = schemaName(place.pkg.name);
    const known = schemas(place.root);
    const foreign = (text) => {
      if (!looksLikeSql.test(text)) return [];
      return [...text.matchAll(reference)].map((match) => (match.groups?.schema ?? '').toLowerCase()).filter((schema) => schema !== own && known.has(schema));
    };
    const check = (node, text) => {
      for (const schema of new Set(foreign(text))) context.report({ node, messageId: 'foreign', data: { schema } });
    };
    return {
      Literal(node) {
        if (typeof node.value === 'string') check(node, node.value);
      },
      TemplateLiteral(node) {
        check(node, node.quasis.map((part) => part.value.cooked ?? part.value.raw).join('$'));
      },
      'Decorator > CallExpression[callee.name=/^(?:Entity|ViewEntity)$/] Property[key.name="schema"]'(node) {
        const schema = node.value.value;
        if (typeof schema === 'string' && schema !== own) context.report({ node, messageId: 'foreign', data: { schema } });
      },
    };
  },
};
