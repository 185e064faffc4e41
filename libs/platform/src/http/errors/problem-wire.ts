import { dataPolicy, jsonType, metaJson, type Wire } from '../reply/wire';
import type { ProblemError } from './problem-error';

export const problemType = 'application/problem+json';

/** The envelope of a failure. A caller that takes problem objects only gets the same members as one. */
export function problemWire(problem: ProblemError, requestId: string, nowMs: number, accept: string | undefined): Wire {
  const error = {
    type: `/problems/${problem.code}`,
    title: problem.title,
    status: problem.status,
    detail: problem.detail,
    code: problem.code,
    instance: `urn:request:${requestId}`,
    ...problem.extra,
    ...(problem.errors === undefined ? {} : { errors: problem.errors }),
  };
  const headers: Record<string, string> = { 'content-security-policy': dataPolicy, 'cache-control': 'no-store' };
  for (const [name, value] of Object.entries(problem.headers)) headers[name.toLowerCase()] = value;
  if (problem.status === 503 || problem.status === 429) headers['retry-after'] ??= '1';
  const bare =
    accept !== undefined && accept.includes(problemType) && !/application\/json|\*\/\*|application\/\*/.test(accept);
  headers['content-type'] = bare ? `${problemType}; charset=utf-8` : jsonType;
  const meta = metaJson(requestId, nowMs);
  const envelope = `{"data":null,"meta":${meta},"error":${JSON.stringify(error)}}`;
  return { status: problem.status, headers, body: envelope };
}
