import { Controller, Inject } from '@nestjs/common';
import type { Clock } from '@autobroker/kernel';
import { CLOCK } from '@autobroker/platform/app';
import type { Principal } from '@autobroker/platform/auth';
import { etagOf, Handle, Input, type InputOf, orThrow, pageWindow, paginationOf, plain, ProblemError, reply, type RequestInfo } from '@autobroker/platform/http';
import { ChangeSource, CommandRuns, type Requester } from '../application/change-source';
import { ReadSources } from '../application/read-sources';
import { budgetJson, jobJson, politenessOf, runJson, sourceJson } from './presenters';
import { cancelRun, changeSource, getCapture, getRun, getScrapeJob, getSource, listBudgets, listRuns, listSources, replayRun, startRun, startScrapeJob } from './routes/source.routes';

const by = ({ principal, request }: { readonly principal: Principal; readonly request: RequestInfo }): Requester => ({
  actor: { kind: principal.kind, id: principal.id },
  from: { ip: request.ip, request_id: request.id },
});

function found<T>(value: T | null, what: string): T {
  if (value === null) throw new ProblemError('not_found', `There is no such ${what}.`);
  return value;
}

/** Sources and what is set of them. */
@Controller()
export class SourcesController {
  constructor(
    private readonly reader: ReadSources,
    private readonly changes: ChangeSource,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  @Handle(listSources)
  async all() {
    const now = this.clock.now();
    return reply((await this.reader.all()).map((view) => sourceJson(view, now)));
  }

  @Handle(getSource)
  one(@Input() { params }: InputOf<typeof getSource>) {
    return this.answer(params.slug);
  }

  @Handle(changeSource)
  async change(@Input() input: InputOf<typeof changeSource>) {
    const { enabled, cron, fetcher, politeness, paused, paused_until } = input.body;
    const wish = {
      enabled,
      cron,
      fetcher,
      paused,
      ...(politeness === undefined ? {} : { politeness: politenessOf(politeness) }),
      ...(paused_until === undefined ? {} : { pausedUntil: paused_until === null ? null : new Date(paused_until) }),
    };
    orThrow(await this.changes.run(input.params.slug, input.ifMatch, wish, by(input)));
    return this.answer(input.params.slug);
  }

  @Handle(listBudgets)
  async budgets(@Input() { params }: InputOf<typeof listBudgets>) {
    return reply(found(await this.reader.budgets(params.slug), 'source').map((budget) => budgetJson(budget)));
  }

  @Handle(getCapture)
  async capture(@Input() { params }: InputOf<typeof getCapture>) {
    const { row, page } = found(await this.reader.capture(params.slug, params.id), 'capture');
    const headers = {
      'content-disposition': `attachment; filename="${row.id}"`,
      'content-security-policy': "default-src 'none'; sandbox",
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
      'x-captured-content-type': (page.contentType ?? '').replaceAll(/[^\x20-\x7e]/gu, ''),
      'x-captured-status': String(page.status),
    };
    return plain(page.body, 'application/octet-stream', { headers });
  }

  private async answer(slug: string) {
    const view = found(await this.reader.one(slug), 'source');
    const budgets = (await this.reader.budgets(slug)) ?? [];
    return reply(sourceJson(view, this.clock.now(), budgets), { etag: etagOf(view.row.version) });
  }
}

/** Runs: started, watched, repeated, called off. */
@Controller()
export class RunsController {
  constructor(
    private readonly reader: ReadSources,
    private readonly commands: CommandRuns,
  ) {}

  @Handle(startRun)
  async start(@Input() input: InputOf<typeof startRun>) {
    const run = orThrow(await this.commands.start(input.params.slug, input.body.kind, by(input)));
    return reply(runJson(run), { status: 202, location: `/api/v1/sources/${run.source}/runs/${run.id}` });
  }

  @Handle(listRuns)
  async list(@Input() { params, query }: InputOf<typeof listRuns>) {
    const { rows, total } = found(await this.reader.runs(params.slug, pageWindow(query)), 'source');
    return reply(rows.map((run) => runJson(run)), { pagination: paginationOf({ page: query.page, perPage: query.per_page, total }) });
  }

  @Handle(getRun)
  async one(@Input() { params }: InputOf<typeof getRun>) {
    const { run, progress } = found(await this.reader.run(params.slug, params.id), 'run');
    return reply(runJson(run, progress));
  }

  @Handle(replayRun)
  async replay(@Input() input: InputOf<typeof replayRun>) {
    const run = orThrow(await this.commands.replay(input.params.slug, input.params.id, by(input)));
    return reply(runJson(run), { status: 202, location: `/api/v1/sources/${run.source}/runs/${run.id}` });
  }

  @Handle(cancelRun)
  async cancel(@Input() input: InputOf<typeof cancelRun>) {
    return reply(runJson(orThrow(await this.commands.cancel(input.params.slug, input.params.id, by(input)))), { status: 202 });
  }

  @Handle(startScrapeJob)
  async scrape(@Input() input: InputOf<typeof startScrapeJob>) {
    const { sources = null, filters, max_results, checks } = input.body;
    const asked =
      checks === undefined
        ? await this.commands.scrape({ sources, filters, maxResults: max_results }, by(input))
        : await this.commands.check(checks.map(({ source, external_id }) => ({ source, externalId: external_id })), by(input));
    const { jobId } = orThrow(asked);
    const { job, runs } = found(await this.reader.job(jobId), 'job');
    return reply(jobJson(job, runs), { status: 202, location: `/api/v1/scrape-jobs/${jobId}` });
  }

  @Handle(getScrapeJob)
  async job(@Input() { params }: InputOf<typeof getScrapeJob>) {
    const { job, runs } = found(await this.reader.job(params.id), 'scrape job');
    return reply(jobJson(job, runs));
  }
}
