import { Controller } from '@nestjs/common';
import { etagOf, Handle, Input, orThrow, ProblemError, reply, type InputOf } from '@autobroker/platform/http';
import { Open{{Thing}}, type Requester } from '../application/open-{{thing}}';
import { Read{{Thing}} } from '../application/read-{{thing}}';
import { create{{Thing}}, get{{Thing}}, present{{Thing}} } from './{{thing}}.routes';

@Controller()
export class {{Thing}}Controller {
  constructor(
    private readonly opening: Open{{Thing}},
    private readonly reading: Read{{Thing}},
  ) {}

  @Handle(create{{Thing}})
  async create(@Input() input: InputOf<typeof create{{Thing}}>) {
    const {{thingCamel}} = orThrow(await this.opening.run(input.body, requesterOf(input)));
    return reply(present{{Thing}}({{thingCamel}}), { status: 201, etag: etagOf({{thingCamel}}.version), location: `/api/v1/{{things}}/${{{thingCamel}}.id}` });
  }

  @Handle(get{{Thing}})
  async get(@Input() input: InputOf<typeof get{{Thing}}>) {
    const {{thingCamel}} = orThrow(await this.reading.run(input.params.id, tenantOf(input)));
    return reply(present{{Thing}}({{thingCamel}}), { etag: etagOf({{thingCamel}}.version) });
  }
}

/** An operator of no tenant has none to open anything in. */
function tenantOf({ tenantId }: { readonly tenantId: string }): string {
  if (tenantId === '') throw new ProblemError('permission_denied', 'This belongs to a tenant');
  return tenantId;
}

function requesterOf(input: InputOf<typeof create{{Thing}}>): Requester {
  const { principal, request } = input;
  return {
    tenantId: tenantOf(input),
    actor: { kind: principal.kind, id: principal.id },
    from: { ip: request.ip, request_id: request.id },
  };
}
