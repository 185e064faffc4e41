import { metrics } from '../telemetry';

/** A small picture takes 5 ms, a PDF 10 to 200, and a training a minute or several. */
const buckets = [0.002, 0.005, 0.01, 0.02, 0.035, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3, 0.5, 1, 2.5, 5, 10, 20, 30, 45, 60, 90, 120, 300, 900];

/** Of the work alone: how long it had to wait for its turn is another question. */
export const taskSeconds = metrics.histogram({
  name: 'cpu_task_seconds',
  help: 'Time of a task in its worker thread or process, by task and outcome (ok, failed)',
  labels: ['task', 'outcome'],
  buckets,
});
export const tasksWaiting = metrics.gauge({ name: 'cpu_tasks_waiting', help: 'Tasks that wait for a worker thread' });
export const peakBytes = metrics.gauge({ name: 'cpu_task_peak_bytes', help: 'The most memory that the last process of a task has held', labels: ['task'] });
