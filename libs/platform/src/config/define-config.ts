import type { z } from 'zod';
import { coerceText, kindOf } from './kind';

export interface ConfigField<S extends z.ZodType = z.ZodType> {
  /** The environment variable. */
  readonly env: string;
  readonly schema: S;
  readonly description: string;
  /** Never printed; in production its default is refused. */
  readonly secret?: boolean;
  /** What an absent or empty variable means, already typed. */
  readonly default?: z.output<S>;
}

export interface ConfigSpec<T = unknown> {
  readonly name: string;
  readonly fields: Readonly<Record<string, ConfigField>>;
  /** Nest injection token of the loaded values. */
  readonly token: symbol;
  /** Only carries the type. */
  readonly values?: T;
}

export type ConfigOf<C extends ConfigSpec> = C extends ConfigSpec<infer T> ? T : never;

type Loaded<S extends Record<string, z.ZodType>, F> = {
  readonly [K in keyof S]: K extends keyof F
    ? F[K] extends { readonly default: infer D }
      ? undefined extends D
        ? z.output<S[K]>
        : Exclude<z.output<S[K]>, undefined>
      : z.output<S[K]>
    : never;
};

const registry = new Map<string, ConfigSpec>();

/** Declares the settings of one part of the program, once. */
export function defineConfig<
  S extends Record<string, z.ZodType>,
  F extends { readonly [K in keyof S]: ConfigField<S[K]> },
>(name: string, shape: { readonly [K in keyof S]: ConfigField<S[K]> } & F): ConfigSpec<Loaded<S, F>> {
  if (registry.has(name)) throw new Error(`configuration ${name} is defined twice`);
  const spec: ConfigSpec<Loaded<S, F>> = { name, fields: { ...shape }, token: Symbol(`config:${name}`) };
  registry.set(name, spec);
  return spec;
}

/** Every specification that this process has loaded, by name. */
export const allConfigs = (): ConfigSpec[] =>
  [...registry.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));

export interface ConfigProblem {
  readonly env: string;
  readonly reason: string;
  readonly description: string;
}

/** Everything that is wrong with the environment, in one message, without any of its values. */
export class ConfigError extends Error {
  constructor(readonly problems: readonly ConfigProblem[]) {
    const lines = problems.map(({ env, reason, description }) => `  ${env}: ${reason} (${description})`);
    super(`The configuration is not valid:\n${lines.join('\n')}`);
    this.name = 'ConfigError';
  }
}

export function loadConfig<T>(spec: ConfigSpec<T>, environment: NodeJS.ProcessEnv = process.env): T {
  const { values, problems } = read(spec, environment);
  if (problems.length > 0) throw new ConfigError(problems);
  return values as T;
}

/** Loads several at once, so that a first start names every bad variable of all of them. */
export function loadConfigs(
  specs: readonly ConfigSpec[],
  environment: NodeJS.ProcessEnv = process.env,
): Map<symbol, unknown> {
  const loaded = new Map<symbol, unknown>();
  const problems = new Map<string, ConfigProblem>();
  for (const spec of specs) {
    const result = read(spec, environment);
    for (const problem of result.problems) problems.set(`${problem.env} ${problem.reason}`, problem);
    loaded.set(spec.token, result.values);
  }
  if (problems.size > 0) throw new ConfigError([...problems.values()]);
  return loaded;
}

function read(
  spec: ConfigSpec,
  environment: NodeJS.ProcessEnv,
): { values: Record<string, unknown>; problems: ConfigProblem[] } {
  const values: Record<string, unknown> = {};
  const problems: ConfigProblem[] = [];
  const production = environment.NODE_ENV === 'production';
  for (const [key, field] of Object.entries(spec.fields)) {
    const outcome = readField(field, environment[field.env], production);
    if ('value' in outcome) values[key] = outcome.value;
    else problems.push({ env: field.env, reason: outcome.reason, description: field.description });
  }
  return { values, problems };
}

function readField(
  field: ConfigField,
  given: string | undefined,
  production: boolean,
): { value: unknown } | { reason: string } {
  const hasDefault = field.default !== undefined;
  const defaultSecret = field.secret === true && hasDefault && field.default !== null && field.default !== '';
  // An empty variable is what `FOO=` in a compose file gives: it means "not set".
  if (given === undefined || given === '') {
    if (production && defaultSecret) return { reason: 'must be set in production, its default is public' };
    if (hasDefault) return { value: field.default };
    const empty = field.schema.safeParse(undefined);
    return empty.success ? { value: empty.data } : { reason: 'is not set' };
  }
  const parsed = field.schema.safeParse(textFor(field.schema, given));
  if (!parsed.success) return { reason: parsed.error.issues.map((issue) => explain(issue)).join('; ') };
  if (production && defaultSecret && parsed.data === field.default) {
    return { reason: 'is the default, which production refuses' };
  }
  return { value: parsed.data };
}

function textFor(schema: z.ZodType, given: string): unknown {
  const kind = kindOf(schema);
  if (kind.is === 'list') {
    return given
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '')
      .map((part) => coerceText(part, kind.of));
  }
  return coerceText(given, kind);
}

// zod's messages name types and limits; those that would repeat the input are put in words of our own.
function explain(issue: z.core.$ZodIssue): string {
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.map(String).join(', ')}`;
  if (issue.code === 'invalid_type') return `must be of type ${issue.expected}`;
  if (issue.code === 'custom') return issue.message;
  return issue.message.charAt(0).toLowerCase() + issue.message.slice(1);
}
