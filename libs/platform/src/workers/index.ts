export { CpuPool, type CpuPoolOptions, type CpuRunOptions } from './cpu-pool';
export { CpuPoolClosedError, CpuQueueFullError, cpuTask, CpuTaskError, CpuTimeoutError, type CpuTask } from './cpu-task';
