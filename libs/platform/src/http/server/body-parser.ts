import type { FastifyInstance, FastifyRequest } from 'fastify';
import { ProblemError } from '../errors/problem-error';
import { parseQueryString } from '../validation/query-string';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: false });

/** What arrived, kept for the hash of an idempotent request. */
const rawBodies = new WeakMap<FastifyRequest, Buffer>();
export const rawBodyOf = (request: FastifyRequest): Buffer => rawBodies.get(request) ?? Buffer.alloc(0);

function decode(bytes: Buffer): string {
  try {
    return decoder.decode(bytes);
  } catch {
    throw new ProblemError('malformed_json', 'The body is not valid UTF-8.');
  }
}

function parseJson(bytes: Buffer): unknown {
  if (bytes.length === 0) return undefined;
  const text = decode(bytes);
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch (cause) {
    // V8's message repeats the text around the fault, so only its position is passed on.
    const at = cause instanceof Error ? /at position (\d+)/.exec(cause.message)?.[1] : undefined;
    throw new ProblemError(
      'malformed_json',
      at === undefined ? undefined : `The body is not valid JSON at position ${at}.`,
    );
  }
}

function parseForm(bytes: Buffer): Record<string, string> {
  const parsed = parseQueryString(decode(bytes));
  if (parsed === null) throw new ProblemError('malformed_request', 'The form is not validly percent-encoded.');
  const form = Object.create(null) as Record<string, string>;
  for (const [name, values] of parsed) {
    const [value] = values;
    if (value === undefined) continue;
    if (values.length > 1) {
      throw new ProblemError('validation_failed', `${name} is given more than once.`, {
        errors: [{ pointer: `/${name}`, code: 'duplicate', detail: 'Is given more than once.' }],
      });
    }
    form[name] = value;
  }
  // A null prototype keeps `__proto__` an ordinary name until the hygiene check refuses it.
  return form;
}

export const formType = 'application/x-www-form-urlencoded';

/** Bodies are read as bytes: what is not UTF-8 is refused, not repaired. */
export function installBodyParsers(fastify: FastifyInstance): void {
  fastify.removeAllContentTypeParsers();
  const add = (types: string[], parse: (bytes: Buffer) => unknown): void => {
    fastify.addContentTypeParser<Buffer>(types, { parseAs: 'buffer' }, (request, bytes, done) => {
      try {
        const coding = request.headers['content-encoding'];
        if (coding !== undefined && coding !== 'identity') throw new ProblemError('unsupported_media_type', 'Send the body as it is, without a Content-Encoding.');
        rawBodies.set(request, bytes);
        done(null, parse(bytes));
      } catch (error) {
        done(error instanceof Error ? error : new ProblemError('malformed_request'));
      }
    });
  };
  add(['application/json', 'application/merge-patch+json'], parseJson);
  add([formType], parseForm);
}
