import { Controller, Inject, Injectable, Module } from '@nestjs/common';
import { defineEvent } from '@autobroker/contracts';
import { uuidv7, type Clock } from '@autobroker/kernel';
import { z } from 'zod';
import { authenticated, can, publicRoute, testSigningKey, type KeySource, type TenantDirectory, type TenantLookup } from '../../auth';
import { Cache, invalidatedBy, type Region } from '../../cache';
import { databaseOf, platformTables, type Database, type Tx } from '../../database';
import { collectRoutes, defineRoute, Handle, Input, ProblemError, rawJson, reply, type InputOf } from '../../http';
import { defineJob, JobHandler, Jobs, type JobContext } from '../../jobs';
import { defineConsumer, EventConsumer, type EventFor } from '../../messaging';
import { defineService, type DemoSeeder, type DemoWorld } from '../define-service';
import { CLOCK } from '../tokens';

/** A service as small as one can be that uses everything the platform gives: for the tests of this folder. */
export const noteWritten = defineEvent({
  type: 'note.written.v1',
  service: 'notes',
  summary: 'A note was written.',
  data: z.strictObject({ note_id: z.uuid() }),
  fixture: { note_id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b5a' },
});

const noteSchema = z.strictObject({ id: z.uuid(), text: z.string() });
const id = z.strictObject({ id: z.uuid() });

const readNote = defineRoute({
  method: 'GET', path: '/notes/:id', tag: 'notes', summary: 'A note', access: publicRoute(), rateLimit: 'hot',
  params: id, response: { status: 200, data: noteSchema }, errors: ['not_found'],
});
const writeNote = defineRoute({
  method: 'POST', path: '/notes', tag: 'notes', summary: 'Writes a note', access: can('vehicle.write', { auditRefusals: true }),
  body: z.strictObject({ text: z.string().min(1) }), response: { status: 201, data: noteSchema },
});
const whoAmI = defineRoute({
  method: 'GET', path: '/notes-me', tag: 'notes', summary: 'Who is asking', access: authenticated(),
  response: { status: 200, data: z.strictObject({ id: z.string().nullable(), tenant_id: z.string() }) },
});

export const shout = defineJob({ name: 'shout', queue: 'notes.default', data: z.strictObject({ note_id: z.uuid() }) });
export const noteCopier = defineConsumer({ name: 'notes.copy', on: [noteWritten] });

@Injectable()
export class Notes {
  readonly region: Region;

  constructor(
    @Inject(databaseOf('notes')) private readonly db: Database,
    @Inject(CLOCK) private readonly clock: Clock,
    private readonly jobs: Jobs,
    cache: Cache,
  ) {
    this.region = cache.region({ name: 'notes', invalidateOn: [invalidatedBy(noteWritten, (event) => [event.data.note_id])] });
  }

  async write(text: string, tenantId: string, by: string | null): Promise<{ id: string; text: string }> {
    const noteId = uuidv7(this.clock.now());
    await this.db.transaction(async (tx) => {
      await tx.query('insert into notes.note (id, text) values ($1, $2)', [noteId, text]);
      await tx.audit({ actor: { kind: 'user', id: by }, action: 'note.written', object: { type: 'note', id: noteId }, tenantId });
      await tx.publish(noteWritten, { key: noteId, tenantId, data: { note_id: noteId } });
    });
    await this.jobs.enqueue(shout, { note_id: noteId }, { jobId: noteId });
    return { id: noteId, text };
  }

  read(noteId: string): Promise<string> {
    return this.region.getOrLoad(noteId, async () => {
      const [row] = await this.db.read<{ json: string }>(
        `select json_build_object('id', id, 'text', text)::text as json from notes.note where id = $1`,
        [noteId],
      );
      if (row === undefined) throw new ProblemError('not_found');
      return row.json;
    });
  }
}

@Controller()
export class NotesController {
  constructor(private readonly notes: Notes) {}

  @Handle(readNote)
  async read(@Input() { params }: InputOf<typeof readNote>) {
    return rawJson(await this.notes.read(params.id));
  }

  @Handle(writeNote)
  async write(@Input() { body, tenantId, principal }: InputOf<typeof writeNote>) {
    return reply(await this.notes.write(body.text, tenantId, principal.id), { status: 201 });
  }

  @Handle(whoAmI)
  me(@Input() { principal, tenantId }: InputOf<typeof whoAmI>) {
    return { id: principal.id, tenant_id: tenantId };
  }
}

@Injectable()
@EventConsumer(noteCopier)
export class CopyNotes {
  async handle(event: EventFor<typeof noteCopier>, tx: Tx): Promise<void> {
    await tx.query(`insert into notes.done (what, note_id) values ('copied', $1)`, [event.data.note_id]);
  }
}

@Injectable()
@JobHandler(shout)
export class Shout {
  constructor(@Inject(databaseOf('notes')) private readonly db: Database) {}
  async run(data: { note_id: string }, _context: JobContext): Promise<void> {
    await this.db.query(`insert into notes.done (what, note_id) values ('shouted', $1) on conflict do nothing`, [data.note_id]);
  }
}

export const testKey = testSigningKey('notes-key');
export const testTenant = { id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b01', slug: 'acme' };

@Injectable()
class LocalKeys implements KeySource {
  keys = async () => [testKey.jwk];
}
@Injectable()
class LocalTenants implements TenantDirectory {
  find = async (lookup: TenantLookup) => ('tenant' in lookup && lookup.tenant !== testTenant.slug ? null : testTenant);
}
@Injectable()
class NotesSeeder implements DemoSeeder {
  constructor(private readonly notes: Notes) {}
  async seed(world: DemoWorld): Promise<void> {
    await this.notes.write('from the demo', testTenant.id, null);
    world.accounts.push({ role: 'admin', tenant: testTenant.slug, email: 'admin@acme.example', password: 'demo' });
  }
}

@Module({ controllers: [NotesController], providers: [Notes, CopyNotes, Shout, LocalKeys, LocalTenants, NotesSeeder] })
class NotesModule {}

export const notesService = defineService({
  name: 'notes',
  module: NotesModule,
  entities: [],
  migrations: [
    ...platformTables('notes'),
    {
      id: '0001-notes',
      up: `create table notes.note (id uuid primary key, text text not null);
           create table notes.done (what text not null, note_id uuid not null, primary key (what, note_id));`,
    },
  ],
  routes: collectRoutes([NotesController]),
  seed: NotesSeeder,
  authPorts: { keySource: LocalKeys, tenants: LocalTenants },
});
