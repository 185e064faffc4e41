export {
  backoffDelay,
  classOf,
  jobClasses,
  jobClassNames,
  priorities,
  serviceOf,
  settingsOf,
  type ClassSettings,
  type JobClass,
  type Overrides,
  type Priority,
  type QueueName,
} from './job-classes';
export {
  allJobs,
  allSchedules,
  defineJob,
  defineSchedule,
  JobHandler,
  jobHandledBy,
  type JobContext,
  type JobData,
  type JobDef,
  type JobInput,
  type JobProcessor,
  type ScheduleDef,
} from './define-job';
export { JobDataError, Jobs, JobStoreAwayError, type EnqueueOptions } from './jobs';
export { JobTimeoutError } from './job-attempt';
export { JobRunner, type RunnerOptions } from './job-runner';
export { JobSchedules, reconcileEveryMs } from './job-schedules';
export { JobsAdmin, type DeadJob, type QueueView, type ScheduleView } from './jobs-admin';
export { JobStore } from './job-store';
export type { JobsBackend } from './backend';
export { createPostgresJobsBackend, provisionPostgresJobs } from './postgres-backend';
export { createRedisJobsBackend } from './redis-backend';
export { JobsController } from './jobs.controller';
export { jobRoutes } from './job-routes';
export { jobsConfig, overridesOf } from './jobs.config';
