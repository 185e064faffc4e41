'use strict';

const { relative, sep } = require('node:path');
const { isTypeOnly, placeOf, targetOf, visitImports } = require('../workspace.cjs');

/** Facts and calculations without an engine: what rules are made of. */
const pure = new Set(['kernel', 'vocabulary']);
const layers = ['domain', 'application', 'infrastructure', 'api'];
const mayImport = {
  domain: ['domain'],
  application: ['application', 'domain'],
  infrastructure: ['infrastructure', 'application', 'domain'],
  api: ['api', 'application', 'domain'],
};
const databaseClients = new Set(['typeorm', 'pg', 'ioredis', 'bullmq']);
const httpServers = new Set(['fastify', '@nestjs/platform-fastify', '@nestjs/swagger', '@nestjs/graphql']);

/** What of Nest and of our own HTTP room means a request or a response; a use case must work without either. */
const nestHttp = new Set(
  ('Controller Get Post Put Patch Delete Head Options All Search Sse Body Param Query Headers Header HttpCode HttpStatus Req Request Res Response Next Ip HostParam Session Redirect Render ' +
    'UploadedFile UploadedFiles UseGuards UseInterceptors UsePipes UseFilters HttpException').split(' '),
);
const ourHttp = new Set(['ProblemError', 'orThrow', 'invalid', 'defineRoute', 'Handle', 'Input', 'reply', 'rawJson', 'noContent', 'stream', 'redirect', 'plain', 'multipart']);

/** @type {import('eslint').Rule.RuleModule} */
module.exports = {
  meta: {
    type: 'problem',
    schema: [],
    docs: { description: 'Inside a domain library: api → application → domain, infrastructure → application, domain; only the module wires.' },
    messages: {
      layer: '{{from}}/ must not import {{to}}/.',
      pure: 'domain/ is pure: it imports the kernel, the vocabulary and itself, not {{to}}.',
      application: 'application/ knows nothing of {{to}}: that belongs to {{where}}.',
      api: 'api/ does not speak to the database ({{to}}): ask application/.',
      http: 'infrastructure/ has no requests or responses ({{to}}): that is api/.',
      wiring: 'Only {{name}}.module.ts wires; nothing imports it but index.ts and specs.',
      index: 'index.ts exports the service from ./{{name}}.module and nothing else.',
      homeless: 'A file of a domain library belongs to domain/, application/, infrastructure/ or api/.',
    },
  },
  create(context) {
    const place = placeOf(context.filename);
    if (place === null || place.pkg.kind !== 'domain' || place.isSpec || !place.inside.startsWith('src/')) return {};
    const { name } = place.pkg;
    const [, top = '', ...rest] = place.inside.split('/');
    if (rest.length === 0) {
      if (top === 'index.ts') return checkIndex(context, name);
      if (top === `${name}.module.ts`) return {};
      return { Program: (node) => context.report({ node, messageId: 'homeless' }) };
    }
    if (!layers.includes(top)) return { Program: (node) => context.report({ node, messageId: 'homeless' }) };

    const report = (node, messageId, data) => context.report({ node, messageId, data: { from: top, name, ...data } });
    return visitImports((node, specifier) => {
      const target = targetOf(specifier, context.filename);
      if (target.to === 'file') {
        const [into = ''] = relative(`${place.root}/${place.pkg.folder}/src`, target.path).split(sep);
        if (into === '..') return;
        if (into.endsWith('.module') || into === '' || into === 'index') report(node, 'wiring');
        else if (layers.includes(into) && !mayImport[top].includes(into)) report(node, 'layer', { to: into });
        return;
      }
      if (top === 'domain') {
        if (!(target.to === 'package' && pure.has(target.pkg.kind))) report(node, 'pure', { to: specifier });
        return;
      }
      if (top === 'application') checkApplication(node, specifier, target, report);
      if (top === 'api' && target.to === 'npm' && databaseClients.has(target.name)) report(node, 'api', { to: target.name });
      if (top === 'infrastructure') checkNames(node, target, (names) => names.filter((each) => each === 'Controller' || each === 'defineRoute'), (to) => report(node, 'http', { to }));
    });
  },
};

function checkApplication(node, specifier, target, report) {
  if (target.to === 'npm' && databaseClients.has(target.name)) return report(node, 'application', { to: target.name, where: 'infrastructure/' });
  if (target.to === 'npm' && httpServers.has(target.name)) return report(node, 'application', { to: target.name, where: 'api/' });
  checkNames(node, target, (names, http) => names.filter((each) => http.has(each) || /Exception$/u.test(each)), (to) => report(node, 'application', { to, where: 'api/' }));
}

/** Looks at the names that an import takes from Nest or from platform/http. */
function checkNames(node, target, pick, complain) {
  if (isTypeOnly(node) || !Array.isArray(node.specifiers)) return;
  const http = target.to === 'npm' && target.name === '@nestjs/common' ? nestHttp : target.to === 'package' && target.pkg.kind === 'platform' && target.sub === 'http' ? ourHttp : null;
  if (http === null) return;
  const names = node.specifiers.filter((each) => each.importKind !== 'type').map((each) => each.imported?.name ?? each.local?.name ?? '');
  for (const found of pick(names, http)) complain(found);
}

function checkIndex(context, name) {
  const refuse = (node) => context.report({ node, messageId: 'index', data: { name } });
  return {
    Program(program) {
      for (const node of program.body) {
        const fine = (node.type === 'ExportNamedDeclaration' || node.type === 'ExportAllDeclaration') && node.source?.value === `./${name}.module`;
        if (!fine) refuse(node);
      }
    },
  };
}
