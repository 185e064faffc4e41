import { z } from 'zod';
import { defineEvent } from '../event';
import { idSchema } from '../schemas';

export const {{thingCamel}}Opened = defineEvent({
  type: '{{thingSnake}}.opened.v1',
  service: '{{schema}}',
  summary: '{{A}} {{words}} was opened.',
  data: z.strictObject({ {{thingSnake}}_id: idSchema, version: z.int().positive() }),
  fixture: { {{thingSnake}}_id: '0192f0c1-7c1e-7d3a-9a4f-0c1f2e3d4b5a', version: 1 },
});

export const {{camel}}Events = [{{thingCamel}}Opened] as const;
