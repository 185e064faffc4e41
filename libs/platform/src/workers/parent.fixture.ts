import { TaskProcess, processTask } from './index';
import type { spin } from './tasks.fixture';

/** A process that starts a long task, says which process has it, and never ends it. */
const processes = new TaskProcess();
const task = processTask<typeof spin>({ name: 'spin', module: require.resolve('./tasks.fixture'), run: 'spin' });
void processes.run(task, 60_000);
const timer = setInterval(() => {
  if (processes.pid === null) return;
  clearInterval(timer);
  process.send?.({ pid: processes.pid });
}, 20);
