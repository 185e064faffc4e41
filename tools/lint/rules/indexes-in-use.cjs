'use strict';

const { placeOf } = require('../workspace.cjs');

/** From before this rule: once landed, a migration is not edited. Nothing is added here. */
const landed = new Set([
  'documents/0003-patience',
  'documents/0004-files-left',
  'documents/0006-files-patience',
  'identity/0006-revocations',
  'payment/0005-refunds-due',
  'payment/0006-send-back',
  'payment/0007-tax-of-sales',
  'vehicle/0005-rare-values',
  'vehicle/0009-listing-archive',
  'vehicle/0010-waiting-cars',
  'vehicle/0012-search-beside-facts',
]);

const migration = /^src\/infrastructure\/migrations\/(?<name>\d{4}-[\w-]+)\.ts$/u;
const table = /\bcreate\s+table\s+(?:if\s+not\s+exists\s+)?(?<table>[\w.]+)/giu;
const index = /\bcreate\s+(?:unique\s+)?index\s+(?!concurrently\b)(?:if\s+not\s+exists\s+)?(?:(?<name>\w+)\s+)?on\s+(?:only\s+)?(?<table>[\w.]+)/giu;

/** @type {import('eslint').Rule.RuleModule} */
module.exports = {
  meta: {
    type: 'problem',
    schema: [],
    docs: { description: 'An index of a table that a migration finds there is built while others write to it.' },
    messages: { locks: '{{index}} keeps everybody from writing to {{table}} while it is built: make it with indexesInUse() and create index concurrently.' },
  },
  create(context) {
    const place = placeOf(context.filename);
    const { name } = place === null ? {} : (migration.exec(place.inside)?.groups ?? {});
    if (name === undefined || place.pkg.kind !== 'domain' || landed.has(`${place.pkg.name}/${name}`)) return {};
    const made = new Set();
    /** @type {{ node: import('eslint').Rule.Node, index: string, table: string }[]} */
    const found = [];
    const read = (node, text) => {
      for (const { groups } of text.matchAll(table)) made.add(groups.table.toLowerCase());
      for (const { groups } of text.matchAll(index)) found.push({ node, index: groups.name ?? 'The index', table: groups.table });
    };
    return {
      Literal(node) {
        if (typeof node.value === 'string') read(node, node.value);
      },
      TemplateLiteral(node) {
        // What is put in stands for a word of its own.
        read(node, node.quasis.map(({ value }) => value.cooked ?? value.raw).join('_'));
      },
      'Program:exit'() {
        for (const { node, ...data } of found) if (!made.has(data.table.toLowerCase())) context.report({ node, messageId: 'locks', data });
      },
    };
  },
};
