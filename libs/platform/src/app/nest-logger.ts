import type { LoggerService } from '@nestjs/common';
import { logger } from '../telemetry';

const log = logger('nest');

/** Nest's own messages, in our lines. What it tells about its start is for debugging only. */
export const nestLogger: LoggerService = {
  log: (message: unknown, ...more: unknown[]) => log.debug({ context: contextOf(more) }, String(message)),
  debug: (message: unknown, ...more: unknown[]) => log.debug({ context: contextOf(more) }, String(message)),
  verbose: (message: unknown, ...more: unknown[]) => log.debug({ context: contextOf(more) }, String(message)),
  warn: (message: unknown, ...more: unknown[]) => log.warn({ context: contextOf(more) }, String(message)),
  error: (message: unknown, ...more: unknown[]) => log.error({ context: contextOf(more) }, String(message)),
  fatal: (message: unknown, ...more: unknown[]) => log.critical({ context: contextOf(more) }, String(message)),
};

const contextOf = (more: readonly unknown[]): string | undefined => {
  const last = more.at(-1);
  return typeof last === 'string' ? last : undefined;
};
