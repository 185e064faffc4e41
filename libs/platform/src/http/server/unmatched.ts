import type { FastifyReply, FastifyRequest } from 'fastify';
import { ProblemError } from '../errors/problem-error';
import { rateLimited } from '../rate-limit/limiter';
import type { HttpCore } from './core';
import { watchOf } from './route-watch';
import { sendWire } from './send';

interface KnownPath {
  readonly segments: readonly string[];
  readonly methods: Set<string>;
}

/** Which methods an address takes, for requests that found no route: 405 and OPTIONS need to know. */
export class KnownPaths {
  private readonly paths = new Map<string, KnownPath>();

  add(method: string, url: string): void {
    let known = this.paths.get(url);
    if (known === undefined) {
      known = { segments: url.split('/'), methods: new Set() };
      this.paths.set(url, known);
    }
    known.methods.add(method);
    if (method === 'GET') known.methods.add('HEAD');
  }

  methodsOf(path: string): string[] {
    const segments = path.split('/');
    const methods = new Set<string>();
    for (const known of this.paths.values()) {
      if (!fits(known.segments, segments)) continue;
      for (const method of known.methods) methods.add(method);
    }
    return methods.size === 0 ? [] : [...methods, 'OPTIONS'].sort();
  }
}

function fits(pattern: readonly string[], segments: readonly string[]): boolean {
  if (pattern.at(-1) === '*')
    return segments.length >= pattern.length && pattern.slice(0, -1).every((part, i) => part === segments[i]);
  return (
    pattern.length === segments.length &&
    pattern.every((part, i) => (part.startsWith(':') ? segments[i] !== '' : part === segments[i]))
  );
}

/** Answers what no route does: preflights, a wrong method, an unknown address. */
export function answerUnmatched(
  core: HttpCore,
  paths: KnownPaths,
): (request: FastifyRequest, reply: FastifyReply) => void {
  const watch = watchOf('ANY', 'unmatched', false);
  return (request, reply) => {
    const state = request.platform ?? core.begin(request, watch);
    const decision = core.limiter.check('default', null, state.ip);
    if (decision !== null && !(decision instanceof Promise)) {
      state.limited(decision);
      if (!decision.allowed) return core.fail(request, reply, rateLimited(decision));
    }
    const methods = paths.methodsOf(state.url.split('?', 1)[0] ?? '/');
    if (methods.length === 0) return core.fail(request, reply, new ProblemError('route_not_found'));
    const allow = methods.join(', ');
    if (state.method === 'OPTIONS') {
      if (core.cors.enabled && request.headers['access-control-request-method'] !== undefined)
        core.cors.preflight(methods, state);
      return sendWire(core, request, reply, { status: 204, headers: { allow }, body: null });
    }
    core.fail(
      request,
      reply,
      new ProblemError('method_not_allowed', `This address takes ${allow}.`, { headers: { allow } }),
    );
  };
}
