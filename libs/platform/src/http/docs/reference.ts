import { exampleOf, toJson, type Json, type JsonObject } from '../openapi/schemas';
import { escapeHtml, inline, layout } from './html';

const object = (value: Json | undefined): JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {};
const list = (value: Json | undefined): Json[] => (Array.isArray(value) ? value : []);
const str = (value: Json | undefined): string => (typeof value === 'string' ? value : '');

interface Operation {
  readonly method: string;
  readonly path: string;
  readonly id: string;
  readonly tag: string;
  readonly spec: JsonObject;
}

/** The API as a page: everything of the OpenAPI document, readable without a script. */
export function renderReference(document: Record<string, unknown>): string {
  const spec = object(toJson(document));
  const info = object(spec.info);
  const byTag = new Map<string, Operation[]>();
  for (const operation of operationsOf(spec))
    byTag.set(operation.tag, [...(byTag.get(operation.tag) ?? []), operation]);
  const tags = [...byTag].sort(([a], [b]) => (a < b ? -1 : 1));
  const resolve = resolver(spec);
  const nav = tags
    .map(
      ([tag, operations]) =>
        `<h2><a href="#tag-${escapeHtml(tag)}">${escapeHtml(tag)}</a></h2><ul>${operations.map(navItem).join('')}</ul>`,
    )
    .join('');
  const sections = tags.map(
    ([tag, operations]) =>
      `<section aria-labelledby="tag-${escapeHtml(tag)}"><h2 id="tag-${escapeHtml(tag)}">${escapeHtml(tag)}</h2>${operations.map((one) => article(one, resolve)).join('')}</section>`,
  );
  const intro = `<h1>${escapeHtml(str(info.title))} API</h1><p>${inline(str(info.description))}</p>
<p class="muted">Version ${escapeHtml(str(info.version))}</p>`;
  return layout({ title: `${str(info.title)} API`, nav, main: intro + sections.join('') + schemasHtml(spec) });
}

const methods = ['get', 'post', 'put', 'patch', 'delete'];

function operationsOf(spec: JsonObject): Operation[] {
  return Object.entries(object(spec.paths)).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const one = object(object(item)[method]);
      if (Object.keys(one).length === 0) return [];
      return [{ method, path, id: str(one.operationId), tag: str(list(one.tags)[0]), spec: one }];
    }),
  );
}

type Resolve = (schema: JsonObject) => JsonObject;

function resolver(spec: JsonObject): Resolve {
  const resolve: Resolve = (schema) => {
    const { $ref } = schema;
    if (typeof $ref !== 'string') return schema;
    let at: Json | undefined = spec;
    for (const part of $ref.replace(/^#\//, '').split('/')) at = object(at)[part];
    return resolve(object(at));
  };
  return resolve;
}

const methodHtml = (method: string): string => `<span class="method ${method}">${method.toUpperCase()}</span>`;

const navItem = ({ id, method, path }: Operation): string =>
  `<li><a href="#${escapeHtml(id)}">${methodHtml(method)} ${escapeHtml(path.replace('/api/v1', ''))}</a></li>`;

function article(operation: Operation, resolve: Resolve): string {
  const { id, method, path, spec } = operation;
  const permission = str(spec['x-permission']);
  const open = list(spec.security).some((entry) => Object.keys(object(entry)).length === 0);
  const access =
    permission !== ''
      ? `Needs <code>${escapeHtml(permission)}</code>${open ? ', which visitors have too' : ''}.`
      : open
        ? 'Open to everybody.'
        : 'Needs a login.';
  return `<article aria-labelledby="${escapeHtml(id)}"><h3 id="${escapeHtml(id)}">${inline(str(spec.summary))}</h3>
<p>${methodHtml(method)} <code>${escapeHtml(path)}</code></p>
${spec.description === undefined ? '' : `<p>${inline(str(spec.description))}</p>`}<p class="muted">${access}</p>
${parametersHtml(list(spec.parameters), resolve)}${bodyHtml(object(spec.requestBody), resolve)}
<h4>Example</h4><pre tabindex="0"><code>${escapeHtml(curl(operation, open, resolve))}</code></pre>
${responsesHtml(object(spec.responses), resolve)}</article>`;
}

function parametersHtml(parameters: readonly Json[], resolve: Resolve): string {
  if (parameters.length === 0) return '';
  const rows = parameters.map((entry) => {
    const one = resolve(object(entry));
    const needed = one.required === true ? ' <strong>required</strong>' : '';
    return `<tr><td><code>${escapeHtml(str(one.name))}</code>${needed}</td><td>${escapeHtml(str(one.in))}</td><td>${escapeHtml(typeText(object(one.schema), resolve))}</td><td>${inline(str(one.description))}</td></tr>`;
  });
  return `<h4>Parameters</h4><div class="scroll" tabindex="0"><table><thead><tr><th>name</th><th>in</th><th>type</th><th>meaning</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

function bodyHtml(body: JsonObject, resolve: Resolve): string {
  const [entry] = Object.entries(object(body.content));
  if (entry === undefined) return '';
  const [type, media] = entry;
  return `<h4>Body (${escapeHtml(type)})</h4>${membersHtml(object(object(media).schema), resolve)}`;
}

function membersHtml(schema: JsonObject, resolve: Resolve): string {
  const at = resolve(schema);
  const needed = new Set(list(at.required));
  const rows = Object.entries(object(at.properties)).map(([name, inner]) => {
    const one = object(inner);
    const mark = needed.has(name) ? ' <strong>required</strong>' : '';
    return `<tr><td><code>${escapeHtml(name)}</code>${mark}</td><td>${typeHtml(one, resolve)}</td><td>${inline(str(one.description) || str(resolve(one).description))}</td></tr>`;
  });
  if (rows.length === 0) return `<p>${typeHtml(schema, resolve)}</p>`;
  return `<div class="scroll" tabindex="0"><table><thead><tr><th>member</th><th>type</th><th>meaning</th></tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
}

const refName = (schema: JsonObject): string => str(schema.$ref).split('/').at(-1) ?? '';

function typeHtml(schema: JsonObject, resolve: Resolve): string {
  const name = refName(schema);
  if (name !== '') return `<a href="#schema-${escapeHtml(name)}">${escapeHtml(name)}</a>`;
  if (schema.type === 'array') return `list of ${typeHtml(object(schema.items), resolve)}`;
  return escapeHtml(typeText(schema, resolve));
}

function typeText(schema: JsonObject, resolve: Resolve): string {
  const name = refName(schema);
  if (name !== '') return name;
  const options = list(schema.anyOf ?? schema.oneOf);
  if (options.length > 0) return options.map((option) => typeText(object(option), resolve)).join(' or ');
  if (Array.isArray(schema.enum)) return schema.enum.map(String).join(' | ');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.type === 'array') return `list of ${typeText(object(schema.items), resolve)}`;
  const type = Array.isArray(schema.type) ? schema.type.join(' or ') : str(schema.type) || 'any';
  const limits = [
    str(schema.format),
    schema.minimum === undefined ? '' : `≥ ${String(schema.minimum)}`,
    schema.maximum === undefined ? '' : `≤ ${String(schema.maximum)}`,
    schema.maxLength === undefined ? '' : `at most ${String(schema.maxLength)} characters`,
    schema.default === undefined ? '' : `default ${JSON.stringify(schema.default)}`,
  ].filter((limit) => limit !== '');
  return limits.length === 0 ? type : `${type} (${limits.join(', ')})`;
}

function curl({ method, path, spec }: Operation, open: boolean, resolve: Resolve): string {
  const lines = [`curl ${method === 'get' ? '' : `-X ${method.toUpperCase()} `}"$AUTOBROKER${path}"`];
  const header = (text: string): number => lines.push(`  -H "${text}"`);
  if (!open) header('Authorization: Bearer $TOKEN');
  for (const entry of list(spec.parameters)) {
    const one = resolve(object(entry));
    if (one.in === 'header' && one.required === true)
      header(`${str(one.name)}: ${one.name === 'If-Match' ? '\\"1-0\\"' : '$(uuidgen)'}`);
  }
  const [content] = Object.entries(object(object(spec.requestBody).content));
  if (content?.[0] === 'multipart/form-data') lines.push('  -F "file=@photo.jpg"');
  else if (content !== undefined) {
    header(`Content-Type: ${content[0]}`);
    lines.push(`  -d '${JSON.stringify(object(content[1]).example ?? {}).replaceAll("'", "'\\''")}'`);
  }
  return lines.join(' \\\n');
}

function responsesHtml(responses: JsonObject, resolve: Resolve): string {
  const made = Object.entries(responses).map(([status, entry]) => {
    const one = object(entry);
    const codes = list(one['x-problem-codes']).map(String);
    if (codes.length > 0) {
      const links = codes.map((code) => `<a href="/problems/${escapeHtml(code)}"><code>${escapeHtml(code)}</code></a>`);
      return `<tr><td>${escapeHtml(status)}</td><td>${links.join(' ')}</td></tr>`;
    }
    const [content] = Object.entries(object(one.content));
    const schema = content === undefined ? {} : object(object(content[1]).schema);
    const data = object(object(schema.properties).data);
    const sample =
      Object.keys(data).length === 0
        ? ''
        : `<pre tabindex="0"><code>${escapeHtml(JSON.stringify(exampleOf(data, resolve), null, 2))}</code></pre>`;
    const type = Object.keys(data).length === 0 ? escapeHtml(content?.[0] ?? '') : `<code>data</code>: ${typeHtml(data, resolve)}`;
    const body = type === '' ? '' : `<p class="data">${type}</p>${sample}`;
    return `<tr><td>${escapeHtml(status)}</td><td>${inline(str(one.description))}${body}</td></tr>`;
  });
  return `<h4>Answers</h4><div class="scroll" tabindex="0"><table><thead><tr><th>status</th><th>meaning</th></tr></thead><tbody>${made.join('')}</tbody></table></div>`;
}

function schemasHtml(spec: JsonObject): string {
  const resolve = resolver(spec);
  const made = Object.entries(object(object(spec.components).schemas)).map(
    ([name, schema]) =>
      `<article><h3 id="schema-${escapeHtml(name)}">${escapeHtml(name)}</h3><p>${inline(str(object(schema).description))}</p>${membersHtml(object(schema), resolve)}</article>`,
  );
  return `<section aria-labelledby="schemas"><h2 id="schemas">Schemas</h2>${made.join('')}</section>`;
}
