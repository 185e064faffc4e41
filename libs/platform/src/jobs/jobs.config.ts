import { defineConfig, env, parseDuration } from '../config';
import { type ClassSettings, jobClassNames, type Overrides, priorities } from './job-classes';

const fields = {
  timeout: 'timeoutMs',
  attempts: 'attempts',
  backoff: 'backoffMs',
  'backoff-max': 'backoffMaxMs',
  concurrency: 'concurrency',
  priority: 'priority',
} as const satisfies Record<string, keyof ClassSettings>;
type Field = keyof typeof fields;

const settingPattern = /^(?<target>[a-z][a-z0-9-]*(?:\.[a-z]+)?)\.(?<field>[a-z-]+)=(?<value>[^=]+)$/;
const isField = (text: string): text is Field => Object.hasOwn(fields, text);

const valueOf = (field: Field, text: string): Partial<ClassSettings> | undefined => {
  if (field === 'priority') {
    const priority = priorities.find((name) => name === text);
    return priority === undefined ? undefined : { priority };
  }
  const counted = field === 'attempts' || field === 'concurrency';
  const value = counted ? (/^\d{1,3}$/.test(text) ? Number(text) : null) : parseDuration(text);
  return value === null || value < 1 ? undefined : { [fields[field]]: value };
};

/** Reads `alerts.concurrency=20` and `vehicle.default.timeout=5m`; throws over anything else. */
export const overridesOf = (settings: readonly string[]): Overrides => {
  const overrides: Record<string, Partial<ClassSettings>> = {};
  for (const setting of settings) {
    const { target = '', field = '', value = '' } = settingPattern.exec(setting)?.groups ?? {};
    const parsed = isField(field) ? valueOf(field, value) : undefined;
    const known = target.includes('.') ? jobClassNames.some((name) => target.endsWith(`.${name}`)) : jobClassNames.some((name) => name === target);
    if (parsed === undefined || !known) throw new Error(`${setting} is no setting of a class or queue of jobs`);
    overrides[target] = { ...overrides[target], ...parsed };
  }
  return overrides;
};

export const jobsConfig = defineConfig('jobs', {
  settings: {
    env: 'JOB_SETTINGS',
    schema: env.list().superRefine((list, context) => {
      try {
        overridesOf(list);
      } catch (error) {
        context.addIssue(error instanceof Error ? error.message : 'is not right');
      }
    }),
    description: `What differs from the table of classes, as class.field=value or service.class.field=value with the fields ${Object.keys(fields).join(', ')}; for example alerts.concurrency=20,vehicle.default.timeout=5m`,
    default: [],
  },
});

