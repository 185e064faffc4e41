import { createRequire } from 'node:module';
import type { TaskAnswer, TaskMessage } from './cpu-task';

const load = createRequire(__filename);

/** Loads the module of a task once, runs its function, and says what came of it. */
export async function answerTo({ id, module, run, input }: TaskMessage, ...more: readonly unknown[]): Promise<TaskAnswer> {
  try {
    const loaded: unknown = load(module);
    const work: unknown = typeof loaded === 'object' && loaded !== null ? Reflect.get(loaded, run) : undefined;
    if (!isWork(work)) throw new Error(`${run} is not a function of its module`);
    return { id, ok: true, output: await work(input, ...more) };
  } catch (error) {
    return failed({ id }, error);
  }
}

export const failed = ({ id }: Pick<TaskMessage, 'id'>, error: unknown): TaskAnswer => ({ id, ok: false, error: described(error) });

const isWork = (value: unknown): value is (...input: readonly unknown[]) => unknown => typeof value === 'function';

function described(error: unknown): { name: string; message: string; code?: string } {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error) };
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  return { name: error.name, message: error.message, ...code };
}
