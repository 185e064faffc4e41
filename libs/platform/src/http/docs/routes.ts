import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isProblemCode, problemCodes, problems, type ProblemCode } from '@autobroker/contracts';
import { z } from 'zod';
import { publicRoute } from '../../auth';
import { etagOfText } from '../conditions/etag';
import { ProblemError } from '../errors/problem-error';
import { buildOpenApi, type OpenApiInfo } from '../openapi/build';
import { plain } from '../reply/results';
import { defineRoute, type RouteDefinition } from '../route/define-route';
import type { BuiltIn } from '../server/built-in';
import { escapeHtml, inline, layout, markdown, pageHeaders } from './html';
import { renderReference } from './reference';

const html = 'text/html; charset=utf-8';
const common = { method: 'GET', tag: 'documents', access: publicRoute(), hidden: true } as const;

const openApiRoute = defineRoute({
  ...common,
  hidden: false,
  path: '/openapi.json',
  operationId: 'getOpenapi',
  summary: 'This document',
  response: { status: 200, raw: 'application/json; charset=utf-8' },
});
const docsRoute = defineRoute({
  ...common,
  root: true,
  path: '/api/docs',
  summary: 'The API as a page',
  response: { status: 200, raw: html },
});
const problemsRoute = defineRoute({
  ...common,
  root: true,
  path: '/problems',
  summary: 'All problem codes',
  response: { status: 200, raw: html },
});
const codeParams = z.object({ code: z.string().max(100) });
const problemRoute = defineRoute({
  ...common,
  root: true,
  path: '/problems/:code',
  summary: 'One problem code',
  params: codeParams,
  response: { status: 200, raw: html },
  errors: ['not_found'],
});

export interface DocumentOptions extends OpenApiInfo {
  /** The markdown of docs/problems/<code>.md; read from there unless given. */
  readonly problemPage?: (code: ProblemCode) => string | null;
}

const page = (text: string): ReturnType<typeof plain> =>
  plain(text, html, {
    etag: etagOfText(text),
    headers: pageHeaders,
  });

/** The OpenAPI document, its readable form, and a page for each problem type. Made when first asked for. */
export function documentRoutes(routes: readonly RouteDefinition[], options: DocumentOptions): BuiltIn[] {
  const document = once(() => buildOpenApi([...routes, openApiRoute], options));
  const text = once(() => JSON.stringify(document()));
  const reference = once(() => renderReference(document()));
  const problemList = once(renderProblemList);
  const json = (): ReturnType<typeof plain> =>
    plain(text(), 'application/json; charset=utf-8', {
      etag: etagOfText(text()),
      headers: { 'cache-control': 'no-cache' },
    });
  return [
    { route: openApiRoute, handle: json, guarded: false },
    { route: docsRoute, handle: () => page(reference()), guarded: false },
    { route: problemsRoute, handle: () => page(problemList()), guarded: false },
    {
      route: problemRoute,
      guarded: false,
      handle: ({ params }) => {
        const { code } = codeParams.parse(params);
        if (!isProblemCode(code)) throw new ProblemError('not_found', 'There is no such problem code.');
        return page(renderProblem(code, (options.problemPage ?? pageOf)(code)));
      },
    },
  ];
}

function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => (made ??= { value: make() }).value;
}

const folder = join(__dirname, '../../../../../docs/problems');

/** An installation without the folder shows what the table says. */
function pageOf(code: ProblemCode): string | null {
  try {
    return readFileSync(join(folder, `${code}.md`), 'utf8');
  } catch {
    return null;
  }
}

/** The codes under their statuses; the one that is being read is marked. */
function nav(current: ProblemCode | null): string {
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of problemCodes) {
    const { status } = problems[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const item = (code: ProblemCode): string =>
    `<li><a href="/problems/${code}"${code === current ? ' aria-current="page"' : ''}>${code}</a></li>`;
  return [...byStatus]
    .sort(([a], [b]) => a - b)
    .map(([status, codes]) => `<h2>${status}</h2><ul>${codes.map(item).join('')}</ul>`)
    .join('');
}

function renderProblem(code: ProblemCode, source: string | null): string {
  const { status, title } = problems[code];
  const main =
    source === null ? `<h1>${escapeHtml(title)}</h1><p><code>${code}</code> · HTTP ${status}</p>` : markdown(source);
  return layout({ title: `${title} · ${code}`, nav: nav(code), main });
}

function renderProblemList(): string {
  const rows = problemCodes.map((code) => {
    const { status, title } = problems[code];
    return `<tr><td><a href="/problems/${code}"><code>${code}</code></a></td><td>${status}</td><td>${inline(title)}</td></tr>`;
  });
  const main = `<h1>Problem codes</h1><div class="scroll" tabindex="0"><table><thead><tr><th>code</th><th>status</th><th>title</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
  return layout({ title: 'Problem codes', nav: nav(null), main });
}

/** Definitions of what is served beside the services, for the committed OpenAPI document. */
export const documentDefinitions: readonly RouteDefinition[] = [openApiRoute];
