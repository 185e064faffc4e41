import { Injectable, type OnModuleInit } from '@nestjs/common';
import { errors, errorThresholds, metrics } from '@autobroker/platform/telemetry';
import { documentPatience, isOverdue } from '../domain/patience';
import { DocumentStore, type DueDocument } from './ports';

/** A paper that is owed and could not be written for two weeks. */
class OverdueDocumentError extends Error {
  override readonly name = 'OverdueDocumentError';
}

/** Papers that are owed and do not come are counted for as long as that lasts. */
@Injectable()
export class WatchOverdue implements OnModuleInit {
  constructor(private readonly store: DocumentStore) {}

  onModuleInit(): void {
    const shown = new Set<string>();
    metrics.gauge({
      name: 'documents_overdue',
      help: 'Papers with a number, or signed by everybody, that could not be written for two weeks, by what keeps them',
      labels: ['problem'],
      collect: async (gauge) => {
        const found = new Map((await this.store.overdue(documentPatience.length)).map(({ problem, count }) => [problem, count]));
        for (const problem of [...shown, ...found.keys()]) gauge.set(found.get(problem) ?? 0, { problem });
        for (const problem of found.keys()) shown.add(problem);
      },
    });
  }
}

/** Of a try that is one of the slow ones: somebody has to look. */
export function tellOverdue({ id, tenantId, kind, state, problem, tries }: DueDocument): void {
  if (state === 'planned' || !isOverdue(tries)) return;
  const error = new OverdueDocumentError(`${kind} ${id} is ${state} and can’t be written: ${problem ?? 'nobody knows why'}`);
  errors.report(error, 'documents.overdue', { document_id: id, tenant_id: tenantId });
  errorThresholds.record('document_failures', error);
}
