import { idSchema } from '@autobroker/contracts';
import { can } from '@autobroker/platform/auth';
import { defineRoute, pageQuery } from '@autobroker/platform/http';
import { z } from 'zod';
import { budgetSchema, runSchema, scrapeJobBody, scrapeJobSchema, slugSchema, sourcePatchSchema, sourceSchema, startRunSchema } from '../schemas/source';

const tag = 'sources';
const slugParams = z.strictObject({ slug: slugSchema });
const runParams = z.strictObject({ slug: slugSchema, id: idSchema });
const etag = { etag: { description: 'Version of the source, for If-Match' } };

export const listSources = defineRoute({
  method: 'GET',
  path: '/sources',
  tag,
  summary: 'All sources, with their health',
  access: can('source.read'),
  response: { status: 200, data: z.array(sourceSchema) },
});

export const getSource = defineRoute({
  method: 'GET',
  path: '/sources/:slug',
  tag,
  summary: 'One source: health, schedule, budgets and its last runs',
  access: can('source.read'),
  params: slugParams,
  response: { status: 200, data: sourceSchema, headers: etag },
  errors: ['not_found'],
});

export const changeSource = defineRoute({
  method: 'PATCH',
  path: '/sources/:slug',
  tag,
  summary: 'Switch a source on or off, set when and how it is read, pause it or end its pause',
  access: can('source.manage'),
  params: slugParams,
  body: sourcePatchSchema,
  response: { status: 200, data: sourceSchema, headers: etag },
  errors: ['not_found'],
});

export const listBudgets = defineRoute({
  method: 'GET',
  path: '/sources/:slug/budgets',
  tag,
  summary: 'What of the day’s requests and money is used',
  access: can('source.read'),
  params: slugParams,
  response: { status: 200, data: z.array(budgetSchema) },
  errors: ['not_found'],
});

export const startRun = defineRoute({
  method: 'POST',
  path: '/sources/:slug/runs',
  tag,
  summary: 'Read a source now',
  access: can('source.manage'),
  params: slugParams,
  body: startRunSchema,
  response: { status: 202, data: runSchema, headers: { location: { description: 'Address of the run' } } },
  errors: ['not_found', 'source_unavailable', 'run_in_progress'],
});

export const listRuns = defineRoute({
  method: 'GET',
  path: '/sources/:slug/runs',
  tag,
  summary: 'Runs of a source, latest first',
  access: can('source.read'),
  params: slugParams,
  query: z.strictObject({ page: pageQuery.shape.page, per_page: pageQuery.shape.per_page }),
  response: { status: 200, data: z.array(runSchema), paginated: true },
  errors: ['not_found', 'page_too_deep'],
});

export const getRun = defineRoute({
  method: 'GET',
  path: '/sources/:slug/runs/:id',
  tag,
  summary: 'One run, with its progress while it is under way',
  access: can('source.read'),
  params: runParams,
  response: { status: 200, data: runSchema },
  errors: ['not_found'],
});

export const replayRun = defineRoute({
  method: 'POST',
  path: '/sources/:slug/runs/:id/replay',
  tag,
  summary: 'Read what a run has kept once more, without asking the source',
  access: can('source.manage'),
  params: runParams,
  response: { status: 202, data: runSchema, headers: { location: { description: 'Address of the new run' } } },
  errors: ['not_found', 'conflict'],
});

export const cancelRun = defineRoute({
  method: 'POST',
  path: '/sources/:slug/runs/:id/cancel',
  tag,
  summary: 'Call a run off',
  access: can('source.manage'),
  params: runParams,
  response: { status: 202, data: runSchema },
  errors: ['not_found', 'conflict'],
});

export const getCapture = defineRoute({
  method: 'GET',
  path: '/sources/:slug/captures/:id',
  tag,
  summary: 'A page as the source sent it',
  description: 'As bytes and never as a page: it is a stranger’s, and may hold personal data.',
  access: can('source.manage'),
  params: runParams,
  response: { status: 200, raw: 'application/octet-stream' },
  errors: ['not_found'],
});

export const startScrapeJob = defineRoute({
  method: 'POST',
  path: '/scrape-jobs',
  tag: 'scrape-jobs',
  summary: 'Look for something at several sources now, or whether single offers still stand',
  access: can('scrape.run'),
  body: scrapeJobBody,
  response: { status: 202, data: scrapeJobSchema, headers: { location: { description: 'Address of the job' } } },
  errors: ['not_found', 'source_unavailable'],
});

export const getScrapeJob = defineRoute({
  method: 'GET',
  path: '/scrape-jobs/:id',
  tag: 'scrape-jobs',
  summary: 'How far a scrape job is',
  access: can('source.read'),
  params: z.strictObject({ id: idSchema }),
  response: { status: 200, data: scrapeJobSchema },
  errors: ['not_found'],
});
