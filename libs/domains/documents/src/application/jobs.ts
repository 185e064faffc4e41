import { defineJob, defineSchedule } from '@autobroker/platform/jobs';
import { z } from 'zod';

const ref = z.strictObject({ document_id: z.uuid(), tenant_id: z.uuid() });

export const issueDocumentJob = defineJob({ name: 'issue', queue: 'documents.documents', data: ref });
/** Writes the copy that shows who signed, when and how. */
export const sealDocumentJob = defineJob({ name: 'seal', queue: 'documents.documents', data: ref });
/** Asks the signature service, or asks it how a request stands. */
export const followSignatureJob = defineJob({ name: 'follow-signature', queue: 'documents.default', data: z.strictObject({ request_id: z.uuid() }) });
export const sweepDocumentsJob = defineJob({ name: 'sweep', queue: 'documents.maintenance', data: z.strictObject({}) });

/** What a lost job or a service that was away has left behind. */
export const sweepDocuments = defineSchedule({ key: 'sweep', job: sweepDocumentsJob, everyMs: 60_000, data: {} });
