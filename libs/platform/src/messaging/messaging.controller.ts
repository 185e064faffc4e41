import { Controller, Inject } from '@nestjs/common';
import { Handle, Input, noContent, ProblemError, reply, type InputOf } from '../http';
import type { DeadLetter, DeadLetterFilter, OperatorAction } from './dead-letters';
import type { ConsumerState } from './messaging-admin';
import { MessagingAdmin } from './messaging-admin';
import * as routes from './routes';

/** What operators see and do about events. */
@Controller()
export class MessagingController {
  constructor(@Inject(MessagingAdmin) private readonly admin: MessagingAdmin) {}

  @Handle(routes.listConsumers)
  async consumers() {
    return (await this.admin.consumers()).map(presentConsumer);
  }

  @Handle(routes.rewindConsumer)
  async rewind(@Input() input: InputOf<typeof routes.rewindConsumer>) {
    const { to, reason } = input.body;
    const target = to === 'beginning' || to === 'now' ? to : new Date(to);
    if (!(await this.admin.rewind(input.params.name, target, by(input, reason)))) throw new ProblemError('not_found');
    const state = await this.admin.consumer(input.params.name);
    return reply(state === undefined ? null : presentConsumer(state), { status: 202 });
  }

  @Handle(routes.listDeadLetters)
  async deadLetters(@Input() { query }: InputOf<typeof routes.listDeadLetters>) {
    const { cursor, page, per_page, ...filter } = query;
    // Deep pages are walked by cursor: ids are in the order of time, so the last one seen is the place to go on.
    if (page > 1 && cursor === undefined) throw new ProblemError('page_too_deep', 'Follow pagination.next_cursor.');
    const found = await this.admin.listDeadLetters(filterOf(filter), { limit: per_page, before: cursor });
    return reply(found.items.map(present), {
      pagination: {
        page,
        per_page,
        total: found.total,
        total_pages: Math.ceil(found.total / per_page),
        next_cursor: found.nextBefore,
      },
    });
  }

  @Handle(routes.getDeadLetter)
  async deadLetter(@Input() { params }: InputOf<typeof routes.getDeadLetter>) {
    const letter = await this.admin.deadLetter(params.id);
    if (letter === undefined) throw new ProblemError('not_found');
    return { ...present(letter), event: letter.event, raw: letter.raw };
  }

  @Handle(routes.replayDeadLetter)
  async replayOne(@Input() input: InputOf<typeof routes.replayDeadLetter>) {
    const { id } = input.params;
    const letter = await this.admin.deadLetter(id);
    if (letter === undefined) throw new ProblemError('not_found');
    if (letter.event === null) throw new ProblemError('not_replayable', 'What arrived was not an event.');
    return reply({ count: await this.admin.replay({ ids: [id] }, by(input, input.body?.reason)) }, { status: 202 });
  }

  @Handle(routes.replayDeadLetters)
  async replayMany(@Input() input: InputOf<typeof routes.replayDeadLetters>) {
    const { reason, ...filter } = input.body;
    return reply({ count: await this.admin.replay(filterOf(filter), by(input, reason)) }, { status: 202 });
  }

  @Handle(routes.discardDeadLetters)
  async discardMany(@Input() input: InputOf<typeof routes.discardDeadLetters>) {
    const { reason, ...filter } = input.body;
    return { count: await this.admin.discard(filterOf(filter), by(input, reason)) };
  }

  @Handle(routes.discardDeadLetter)
  async discardOne(@Input() input: InputOf<typeof routes.discardDeadLetter>) {
    if ((await this.admin.discard({ ids: [input.params.id] }, by(input, undefined))) === 0) throw new ProblemError('not_found');
    return noContent();
  }
}

interface Asking {
  readonly principal: InputOf<typeof routes.rewindConsumer>['principal'];
  readonly request: InputOf<typeof routes.rewindConsumer>['request'];
}

const by = ({ principal, request }: Asking, reason: string | undefined): OperatorAction => ({
  actor: { kind: principal.kind, id: principal.id },
  reason,
  from: { ip: request.ip, request_id: request.id },
});

type WireFilter = Omit<DeadLetterFilter, 'since'> & { readonly since?: string | undefined };

const filterOf = ({ since, ...filter }: WireFilter): DeadLetterFilter => ({
  ...filter,
  since: since === undefined ? undefined : new Date(since),
});

const present = (letter: DeadLetter) => ({
  id: letter.id,
  consumer: letter.consumer,
  source: letter.source,
  reason: letter.reason,
  event_id: letter.event_id,
  type: letter.type,
  key: letter.key,
  tenant_id: letter.tenant_id,
  error: letter.error,
  attempts: letter.attempts,
  occurred_at: letter.occurred_at?.toISOString() ?? null,
  dead_at: letter.dead_at.toISOString(),
});

const presentConsumer = (state: ConsumerState) => ({
  ...state,
  sources: state.sources.map(({ source, behind, oldest }) => ({ source, behind, oldest: oldest?.toISOString() ?? null })),
});
