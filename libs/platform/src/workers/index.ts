export { CpuPool, type CpuPoolOptions, type CpuRunOptions } from './cpu-pool';
export {
  CpuMemoryError,
  CpuPoolClosedError,
  CpuProcessEndedError,
  CpuQueueFullError,
  cpuTask,
  CpuTaskError,
  CpuTimeoutError,
  processTask,
  type CpuTask,
  type ProcessTask,
} from './cpu-task';
export { TaskProcess, type TaskProcessOptions, type TaskProcessRun } from './task-process';
