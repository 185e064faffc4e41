import { pino, type DestinationStream, type Logger as PinoLogger } from 'pino';
import { currentContext } from './context';
import { redactFields, redactText } from './redaction';

/** What code logs with: an object of fields and a sentence, or the sentence alone. */
export interface Logger {
  debug: LogMethod;
  info: LogMethod;
  warn: LogMethod;
  error: LogMethod;
  /** The service is degraded: somebody should look now. */
  critical: LogMethod;
}
export interface LogMethod {
  (message: string): void;
  (fields: object, message?: string): void;
}

export const logLevels = ['debug', 'info', 'warning', 'error', 'critical', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

const toPino: Readonly<Record<LogLevel, string>> = {
  debug: 'debug',
  info: 'info',
  warning: 'warn',
  error: 'error',
  critical: 'fatal',
  silent: 'silent',
};
const written: Readonly<Record<string, string>> = {
  trace: 'DEBUG',
  debug: 'DEBUG',
  info: 'INFO',
  warn: 'WARNING',
  error: 'ERROR',
  fatal: 'CRITICAL',
};

// Loggers are made while modules load, before configuration is known: they write through these two.
let output: DestinationStream = { write: (line) => void process.stdout.write(line) };
let base: Record<string, unknown> = {};

/** `warn` is what most other programs call it. */
export const logLevelNames = [...logLevels, 'warn'] as const;
export const logLevelNamed = (name: (typeof logLevelNames)[number]): LogLevel => (name === 'warn' ? 'warning' : name);

const isLogLevel = (text: string): text is (typeof logLevelNames)[number] => (logLevelNames as readonly string[]).includes(text);

function levelFrom(env: NodeJS.ProcessEnv): LogLevel {
  const asked = env.LOG_LEVEL?.toLowerCase() ?? '';
  if (isLogLevel(asked)) return logLevelNamed(asked);
  return env.NODE_ENV === 'test' ? 'error' : 'info';
}

const root: PinoLogger = pino(
  {
    level: toPino[levelFrom(process.env)],
    base: null,
    messageKey: 'message',
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: {
      level: (label) => ({ level: written[label] ?? label.toUpperCase() }),
      log: redactFields,
    },
    // `log` has described errors already, scrubbed; pino's own description would put the raw ones back.
    serializers: { err: (described: unknown) => described },
    mixin: () => {
      const context = currentContext();
      if (context === undefined) return { ...base };
      return {
        ...base,
        ...(context.requestId === null ? {} : { request_id: context.requestId }),
        trace_id: context.trace.traceId,
        span_id: context.trace.spanId,
      };
    },
    hooks: {
      logMethod(args, method) {
        const safe = args.map((arg: unknown) => (typeof arg === 'string' ? redactText(arg) : arg));
        method.apply(this, safe as typeof args);
      },
    },
  },
  { write: (line) => output.write(line) },
);

const loggers = new Map<string, { pino: PinoLogger; logger: Logger }>();

/** The logger of one part of the program, by name. */
export function logger(name: string): Logger {
  const existing = loggers.get(name);
  if (existing !== undefined) return existing.logger;
  const child = root.child({ logger: name });
  const made: Logger = {
    debug: method(child, 'debug'),
    info: method(child, 'info'),
    warn: method(child, 'warn'),
    error: method(child, 'error'),
    critical: method(child, 'fatal'),
  };
  loggers.set(name, { pino: child, logger: made });
  return made;
}

function method(target: PinoLogger, level: 'debug' | 'info' | 'warn' | 'error' | 'fatal'): LogMethod {
  return (first: string | object, message?: string): void => {
    if (typeof first === 'string') target[level](first);
    else target[level](first, message);
  };
}

export interface LoggingSettings {
  readonly level: LogLevel;
  /** Stands in every line: service name and version. */
  readonly base?: Record<string, unknown>;
  readonly destination?: DestinationStream;
}

/** Applies to loggers that exist already, too. */
export function configureLogging(settings: LoggingSettings): void {
  root.level = toPino[settings.level];
  for (const { pino: child } of loggers.values()) child.level = toPino[settings.level];
  base = settings.base ?? {};
  if (settings.destination !== undefined) output = settings.destination;
}

/** Colours and short lines for somebody who watches a terminal; needs pino-pretty, which production does not install. */
export async function prettyDestination(): Promise<DestinationStream | null> {
  try {
    const { default: pretty } = await import('pino-pretty');
    return pretty({
      sync: true,
      colorize: true,
      messageKey: 'message',
      timestampKey: 'time',
      translateTime: 'SYS:HH:MM:ss.l',
      ignore: 'service,version,span_id',
      customLevels: 'DEBUG:20,INFO:30,WARNING:40,ERROR:50,CRITICAL:60',
    });
  } catch {
    return null;
  }
}
