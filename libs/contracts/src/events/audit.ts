import { z } from 'zod';
import { anyService, defineEvent } from '../event';

/** Every service writes its own audit rows; this carries them to identity, which serves the audit log. Ids only. */
export const auditRecorded = defineEvent({
  type: 'audit.recorded.v1',
  service: anyService,
  summary: 'A change of state, or a refusal worth keeping, was written to a service’s audit log.',
  data: z.strictObject({
    audit_id: z.uuid(),
    service: z.string().min(1),
    at: z.iso.datetime(),
    actor: z.strictObject({ kind: z.enum(['anonymous', 'user', 'client', 'system']), id: z.string().nullable() }),
    action: z.string().min(1),
    object: z.strictObject({ type: z.string().min(1), id: z.string().min(1) }),
    reason: z.string().nullable(),
    before: z.unknown(),
    after: z.unknown(),
    from: z.strictObject({ ip: z.string().nullable(), request_id: z.string().nullable() }),
  }),
  fixture: {
    audit_id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b5a',
    service: 'vehicle',
    at: '2026-11-20T12:00:00.000Z',
    actor: { kind: 'user', id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b5b' },
    action: 'vehicle.updated',
    object: { type: 'vehicle', id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b5c' },
    reason: null,
    before: { status: 'available' },
    after: { status: 'withdrawn' },
    from: { ip: '203.0.113.7', request_id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b5d' },
  },
});
