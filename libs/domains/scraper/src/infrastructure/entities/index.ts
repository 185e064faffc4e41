import type { EntityClass } from '@autobroker/platform/database';
import { CaptureEntity, FrontierEntity, RunEntity, ScrapeJobEntity } from './run.entities';
import { DailyUsageEntity, ErrorCountEntity, KnownListingEntity, PageEntity, RateWindowEntity, RobotsEntity, ScheduleEntity, SourceEntity } from './source.entities';

export const scraperEntities: readonly EntityClass[] = [
  SourceEntity,
  ScheduleEntity,
  KnownListingEntity,
  PageEntity,
  RobotsEntity,
  RateWindowEntity,
  DailyUsageEntity,
  ErrorCountEntity,
  ScrapeJobEntity,
  RunEntity,
  FrontierEntity,
  CaptureEntity,
];
