import { FastifyAdapter } from '@nestjs/platform-fastify';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { uuidv7, type Clock } from '@autobroker/kernel';
import type { HttpConfig } from '../config';
import { answerClientError } from './client-errors';
import { acceptedRequestId } from './request-state';
import { WholeResponse } from './whole-response';

const noQuery = { text: '' };

/** Fastify with the platform's limits; its failures before routing go to `onFrameworkError`. */
export function createFastify(
  config: HttpConfig,
  clock: Clock,
  onFrameworkError: (error: Error, request: FastifyRequest, reply: FastifyReply) => void,
): FastifyInstance {
  const instance = fastify({
    logger: false,
    bodyLimit: config.bodyLimit,
    requestTimeout: config.requestTimeoutMs,
    keepAliveTimeout: config.keepAliveMs,
    connectionTimeout: 0,
    trustProxy: config.trustProxy.length === 0 ? false : [...config.trustProxy],
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    genReqId: (raw) => acceptedRequestId(raw.headers['x-request-id']) ?? uuidv7(),
    requestIdHeader: false,
    routerOptions: {
      maxParamLength: 1_024,
      caseSensitive: true,
      ignoreTrailingSlash: false,
      // Each route reads the text by its own schema, and may remember what it read.
      querystringParser: (text) => (text === '' ? noQuery : { text }),
    },
    frameworkErrors: (error, request, reply) => onFrameworkError(error, request, reply),
    clientErrorHandler: answerClientError(clock),
    http: {
      ServerResponse: WholeResponse,
      maxHeaderSize: 16_384,
      headersTimeout: config.requestTimeoutMs,
      connectionsCheckingInterval: 1_000,
      highWaterMark: 65_536,
    },
  });
  instance.decorateRequest('platform', null);
  return instance;
}

/**
 * Nest on an instance that is set up already: unknown addresses and errors stay the platform's business. Nest's own
 * request hooks (for its CORS, CSRF, versions and middleware, none of which we use) would run for every request, so they
 * are not installed.
 */
export class PlatformAdapter extends FastifyAdapter {
  constructor(instance: FastifyInstance) {
    const { addHook } = instance;
    Object.assign(instance, { addHook: () => instance });
    super(instance);
    Object.assign(instance, { addHook });
  }
  override init(): Promise<void> {
    return Promise.resolve();
  }
  override setErrorHandler(): FastifyInstance {
    return this.getInstance();
  }
  override setNotFoundHandler(): FastifyInstance {
    return this.getInstance();
  }
}
